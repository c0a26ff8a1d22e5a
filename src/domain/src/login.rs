//! How a browser or a program proves later that it signed in: facts beside an account, hashed at rest.

use crate::{
    ids::{AccountId, ApiTokenId, InterviewId, LoginId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A sign-in. The cookie holds a secret of 32 random bytes; only its SHA-256 is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Login {
    pub id: LoginId,
    pub account: AccountId,
    pub secret_hash: [u8; 32],
    pub made_at: Timestamp,
    /// Updated at most once an hour.
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
    /// What the browser called itself, shortened; shown in the list of sign-ins.
    pub user_agent: String,
}

/// A personal API token; the secret is shown once and kept as its SHA-256.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiToken {
    pub id: ApiTokenId,
    pub account: AccountId,
    pub name: String,
    pub secret_hash: [u8; 32],
    pub made_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// Whose secret a hash is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Credential {
    Login {
        account: AccountId,
        login: LoginId,
    },
    ApiToken {
        account: AccountId,
        token: ApiTokenId,
    },
}

/// A `start` that carried an `Idempotency-Key`; a repeat gets the same interview.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StartedBefore {
    pub interview: InterviewId,
    pub at: Timestamp,
}
