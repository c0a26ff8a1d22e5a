//! One-time tokens for the live socket: a JWT (HS256) that lives a minute and opens one socket once.

use crate::{
    edge::{Clock, Entropy},
    store::{Store, StoreError, tables},
};
use interviewd_domain::ids::{AccountId, InterviewId, SocketTokenId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};

/// How long a token can be used.
pub const TOKEN_LIFETIME: Duration = Duration::from_secs(60);
const ISSUER: &str = "interviewd";
const AUDIENCE: &str = "interviewd-socket";

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: AccountId,
    sid: InterviewId,
    jti: SocketTokenId,
    iat: i64,
    exp: i64,
}

/// Makes and redeems socket tokens. The signing key lives in the store.
#[derive(Clone)]
pub struct SocketTokens {
    store: Store,
    clock: Clock,
    entropy: Entropy,
    keys: Arc<(EncodingKey, DecodingKey)>,
}

/// Whom a redeemed token speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redeemed {
    pub candidate: AccountId,
    pub interview: InterviewId,
}

impl SocketTokens {
    pub fn new(store: Store, clock: Clock, entropy: Entropy, secret: &[u8]) -> SocketTokens {
        let keys = Arc::new((
            EncodingKey::from_secret(secret),
            DecodingKey::from_secret(secret),
        ));
        SocketTokens {
            store,
            clock,
            entropy,
            keys,
        }
    }

    /// A fresh token for this person and interview.
    pub fn issue(&self, candidate: AccountId, interview: InterviewId) -> String {
        let now = self.clock.now();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: candidate,
            sid: interview,
            jti: SocketTokenId::new(now, self.entropy.u128()),
            iat: now.as_ms() / 1000,
            exp: (now + TOKEN_LIFETIME).as_ms() / 1000,
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.keys.0)
            .expect("claims are plain strings and numbers")
    }

    /// Checks signature, issuer, audience and age, and uses the token up. `None`: bad, stale or used before.
    pub async fn redeem(&self, token: &str) -> Result<Option<Redeemed>, StoreError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        // The library would ask the machine's clock; ours is asked below.
        validation.validate_exp = false;
        let Ok(data) = jsonwebtoken::decode::<Claims>(token, &self.keys.1, &validation) else {
            return Ok(None);
        };
        let (claims, now) = (data.claims, self.clock.now());
        if claims.exp <= now.as_ms() / 1000 {
            return Ok(None);
        }
        let fresh = self
            .store
            .write(move |tx| {
                if tx.get(tables::SOCKET_TOKENS_USED, &claims.jti)?.is_some() {
                    return Ok(false);
                }
                // Ids sort by time, so what can no longer be replayed stands in front.
                let oldest_needed = SocketTokenId::new(now - TOKEN_LIFETIME * 2, 0);
                tx.delete_range(tables::SOCKET_TOKENS_USED, ..oldest_needed)?;
                tx.put(tables::SOCKET_TOKENS_USED, &claims.jti, &now)?;
                Ok::<_, StoreError>(true)
            })
            .await?;
        Ok(fresh.then_some(Redeemed {
            candidate: claims.sub,
            interview: claims.sid,
        }))
    }
}
