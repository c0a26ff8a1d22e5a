//! Every type that is kept, with the version that its shape has today.
//!
//! To keep a new type: a line below. To change a shape by more than a new optional field: keep the old struct beside
//! the new one, take the type out of the list, and write its `impl Record` by hand, with the next version and an
//! `upcast` that reads the old struct and makes the new one of it; the golden file of the old shape stays, and a new one is added.

use super::Record;
use crate::queue::{DeadJob, QueuedJob};
use interviewd_domain::{
    account::{Account, AccountEvent},
    ids::AccountId,
    interview::{Event, Interview},
    login::{ApiToken, Credential, Login, StartedBefore},
    problem::Problem,
    time::Timestamp,
};

macro_rules! records {
    ($($record:ty: $version:literal,)*) => {$(
        impl Record for $record {
            const VERSION: u8 = $version;
        }
    )*};
}

records! {
    // Numbers and keys that need no name of their own.
    u64: 1,
    Vec<u8>: 1,
    Timestamp: 1,
    AccountId: 1,

    Account: 1,
    AccountEvent: 1,
    Credential: 1,
    Login: 1,
    ApiToken: 1,
    StartedBefore: 1,

    Interview: 1,
    Event: 1,
    Problem: 1,

    QueuedJob: 1,
    DeadJob: 1,
}
