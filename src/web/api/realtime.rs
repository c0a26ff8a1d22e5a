//! Tokens for the live socket.

use crate::{
    access::Member,
    realtime::token::TOKEN_LIFETIME,
    web::{Web, error::Error, extract::Json},
};
use axum::extract::State;
use interviewd_domain::ids::InterviewId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TokenBody {
    pub session_id: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenAnswer {
    pub token: String,
    pub expires_in_ms: u64,
}

pub async fn token(
    State(web): State<Web>,
    member: Member,
    Json(body): Json<TokenBody>,
) -> Result<axum::Json<TokenAnswer>, Error> {
    let id: InterviewId = body.session_id.parse().map_err(|_| Error::NotFound)?;
    let owned = web.gate.owned(&member, id)?.ok_or(Error::NotFound)?;
    let interview = web.views.interview(&owned)?.ok_or(Error::NotFound)?;
    if interview.status.is_final() {
        return Err(Error::Refused(
            interviewd_domain::interview::Refusal::AlreadyEnded,
        ));
    }
    let token = web.realtime.tokens().issue(member.id(), id);
    Ok(axum::Json(TokenAnswer {
        token,
        expires_in_ms: TOKEN_LIFETIME.as_millis() as u64,
    }))
}
