//! Live interviews: one task for each open socket. Frames of the browser become commands and inputs of the turn-taking
//! machine; what is stored and what the machine wants becomes frames. The task decides nothing; it obeys.
//!
//! `socket` speaks WebSocket, `frames` is the vocabulary, `token` lets a browser in once, `room` is the task, `timer`
//! ticks for all interviews whether anybody is connected or not.

pub mod frames;
mod room;
pub mod socket;
pub mod timer;
pub mod token;

use crate::{
    access::Gate,
    edge::{Clock, Tasks},
    engine::Engine,
    views::reader::Views,
};
use std::sync::Arc;
use token::SocketTokens;

/// What live interviews need; clones share it.
#[derive(Clone)]
pub struct Realtime(Arc<Parts>);

/// See [`Realtime`].
pub struct Parts {
    pub engine: Engine,
    pub views: Views,
    pub gate: Gate,
    pub tokens: SocketTokens,
    pub clock: Clock,
    pub tasks: Tasks,
}

impl Realtime {
    pub fn new(parts: Parts) -> Realtime {
        Realtime(Arc::new(parts))
    }

    pub fn tokens(&self) -> &SocketTokens {
        &self.0.tokens
    }

    /// Where browsers open the socket of a server with this public address.
    pub fn socket_url(&self, public_url: &url::Url) -> String {
        let scheme = if public_url.scheme() == "https" {
            "wss"
        } else {
            "ws"
        };
        let authority = &public_url[url::Position::BeforeHost..url::Position::AfterPort];
        format!("{scheme}://{authority}/ws")
    }
}

impl std::ops::Deref for Realtime {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
