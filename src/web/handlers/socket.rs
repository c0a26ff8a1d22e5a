//! `/ws`: hands the connection to the live interviews.

use crate::{realtime::socket, web::Web};
use axum::{
    extract::{State, WebSocketUpgrade},
    http::HeaderMap,
    response::Response,
};

pub async fn upgrade(
    State(web): State<Web>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    socket::upgrade(web.realtime.clone(), &headers, upgrade)
}
