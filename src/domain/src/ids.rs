//! Every id knows what it identifies: `int_01jd…` is an interview and nothing else.
//!
//! An id is a prefix, an underscore and 26 characters of Crockford base 32 (lower case): 48 bits of milliseconds
//! since 1970, then 80 random bits (the layout of ULID, <https://github.com/ulid/spec>), so ids sort by time.
//! To add one: add a line to `ids! { … }` at the bottom.

use crate::time::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// Characters after the underscore.
const BODY_LEN: usize = 26;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is not the id it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {kind} id")]
pub struct InvalidId {
    kind: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            /// Makes an id from the moment of its making and 80 random bits (the low ones of `dice`).
            pub fn new(now: Timestamp, dice: u128) -> Self {
                Self(compose(now, dice))
            }

            /// When the id was made.
            pub fn made_at(self) -> Timestamp {
                Timestamp::from_ms((self.0 >> 80) as i64)
            }

            /// The 16 bytes that stand for this id in a store key; they sort as the ids do.
            pub fn to_bytes(self) -> [u8; 16] {
                self.0.to_be_bytes()
            }

            /// The inverse of [`Self::to_bytes`].
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(u128::from_be_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_id(f, $prefix, self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                parse(text, $prefix).map(Self).ok_or(InvalidId { kind: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

fn compose(now: Timestamp, dice: u128) -> u128 {
    ((now.as_ms().max(0) as u128 & ((1 << 48) - 1)) << 80) | (dice & ((1 << 80) - 1))
}

fn write_id(f: &mut fmt::Formatter<'_>, prefix: &str, value: u128) -> fmt::Result {
    let mut body = [0u8; BODY_LEN];
    for (i, slot) in body.iter_mut().enumerate() {
        let shift = 5 * (BODY_LEN - 1 - i);
        *slot = ALPHABET[((value >> shift) & 31) as usize];
    }
    write!(
        f,
        "{prefix}_{}",
        std::str::from_utf8(&body).expect("the alphabet is ASCII")
    )
}

fn parse(text: &str, prefix: &str) -> Option<u128> {
    let body = text.strip_prefix(prefix)?.strip_prefix('_')?.as_bytes();
    // The first character carries three bits only, or the value would not fit.
    if body.len() != BODY_LEN || body[0] > b'7' {
        return None;
    }
    body.iter().try_fold(0u128, |value, character| {
        let digit = ALPHABET.iter().position(|a| a == character)?;
        Some((value << 5) | digit as u128)
    })
}

ids! {
    /// A person's account.
    AccountId = "acc";
    /// One interview; the HTTP API calls it a session.
    InterviewId = "int";
    /// One sign-in of a browser (the row behind a login cookie).
    LoginId = "log";
    /// A personal API token.
    ApiTokenId = "tok";
    /// One execution of the candidate's code.
    RunId = "run";
    /// A stored state of the candidate's code.
    SnapshotId = "snap";
    /// One thing that was said or typed by either side.
    UtteranceId = "utt";
    /// A row of the durable queue.
    JobId = "job";
    /// One connection of the live socket.
    ConnectionId = "con";
    /// A one-time socket token (its `jti`).
    SocketTokenId = "jti";
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_survives_text_and_bytes(ms in 0i64..(1 << 47), dice: u128) {
            let id = InterviewId::new(Timestamp::from_ms(ms), dice);
            prop_assert_eq!(id.to_string().parse::<InterviewId>(), Ok(id));
            prop_assert_eq!(InterviewId::from_bytes(id.to_bytes()), id);
            prop_assert_eq!(id.made_at().as_ms(), ms);
        }

        #[test]
        fn ids_sort_by_time(a in 0i64..(1 << 47), b in 0i64..(1 << 47), dice: u128) {
            prop_assume!(a < b);
            let (first, second) = (RunId::new(Timestamp::from_ms(a), dice), RunId::new(Timestamp::from_ms(b), !dice));
            prop_assert!(first < second && first.to_string() < second.to_string());
        }

        #[test]
        fn garbage_is_refused_without_a_panic(text: String) {
            prop_assert!(text.parse::<AccountId>().is_err());
        }
    }

    #[test]
    fn one_kind_is_never_taken_for_another() {
        let id = InterviewId::new(Timestamp::from_ms(1), 7).to_string();
        assert!(id.parse::<AccountId>().is_err());
        assert!(id.to_uppercase().parse::<InterviewId>().is_err());
    }
}
