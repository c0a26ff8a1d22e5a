//! Every table, with what its keys and values are. Names carry their version; keys begin with the owner's id, so that
//! deleting a person is a bounded range. To add one: a line below, one in `records.rs`, and a golden file for its record.

use super::{Key, Record};
use crate::queue::{DeadJob, QueuedJob};
use interviewd_domain::{
    account::{Account, AccountEvent},
    ids::{AccountId, ApiTokenId, InterviewId, JobId, LoginId, SocketTokenId},
    interview::{Event, Interview},
    login::{ApiToken, Credential, Login, StartedBefore},
    problem::{Problem, ProblemHash},
    time::Timestamp,
};
use std::{
    marker::PhantomData,
    ops::{Range, RangeInclusive},
};

/// A name with the types of its rows.
pub struct Table<K: Key, R: Record> {
    name: &'static str,
    rows: PhantomData<fn() -> (K, R)>,
}

impl<K: Key, R: Record> Clone for Table<K, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: Key, R: Record> Copy for Table<K, R> {}

impl<K: Key, R: Record> Table<K, R> {
    pub const fn new(name: &'static str) -> Table<K, R> {
        Table {
            name,
            rows: PhantomData,
        }
    }

    pub fn name(self) -> &'static str {
        self.name
    }
}

/// Declares the tables, and lists their names so that none can go without its golden file.
macro_rules! tables {
    ($($(#[$doc:meta])* pub const $table:ident: Table<$key:ty, $record:ty> = $name:literal;)*) => {
        $($(#[$doc])* pub const $table: Table<$key, $record> = Table::new($name);)*

        /// The name of every table.
        pub const NAMES: &[&str] = &[$($name),*];
    };
}

tables! {
    pub const SCHEMA_VERSION: Table<(), u64> = "schema/1";
    pub const SIGNING_KEYS: Table<String, Vec<u8>> = "signing_keys/1";
    /// When the server last said that it lives.
    pub const LAST_ALIVE: Table<(), Timestamp> = "last_alive/1";

    pub const ACCOUNTS: Table<AccountId, Account> = "accounts/1";
    pub const ACCOUNT_EVENTS: Table<(AccountId, u64), AccountEvent> = "account_events/1";
    /// Address in lower case → account.
    pub const EMAILS: Table<String, AccountId> = "emails/1";
    /// SHA-256 of a secret → whose it is.
    pub const CREDENTIALS: Table<[u8; 32], Credential> = "credentials/1";
    pub const LOGINS: Table<(AccountId, LoginId), Login> = "logins/1";
    pub const API_TOKENS: Table<(AccountId, ApiTokenId), ApiToken> = "api_tokens/1";
    /// Who was deleted and when, for whoever restores an older copy.
    pub const ERASURES: Table<AccountId, Timestamp> = "erasures/1";

    /// The folded state.
    pub const INTERVIEWS: Table<(AccountId, InterviewId), Interview> = "interviews/1";
    pub const INTERVIEW_EVENTS: Table<(AccountId, InterviewId, u64), Event> = "interview_events/1";
    pub const INTERVIEW_OWNERS: Table<InterviewId, AccountId> = "interview_owners/1";
    /// The ones that have not ended.
    pub const OPEN_INTERVIEWS: Table<InterviewId, AccountId> = "open_interviews/1";
    /// Problems as they were when an interview began with them.
    pub const PROBLEMS: Table<ProblemHash, Problem> = "problems/1";
    /// `Idempotency-Key`s of starts.
    pub const STARTED_BEFORE: Table<(AccountId, String), StartedBefore> = "started_before/1";
    pub const SOCKET_TOKENS_USED: Table<SocketTokenId, Timestamp> = "socket_tokens_used/1";

    pub const JOBS: Table<JobId, QueuedJob> = "jobs/1";
    pub const DEAD_JOBS: Table<JobId, DeadJob> = "dead_jobs/1";
}

/// The smallest value of the second part of a key.
pub trait First {
    fn first() -> Self;
}

impl First for u64 {
    fn first() -> u64 {
        0
    }
}

impl First for String {
    fn first() -> String {
        String::new()
    }
}

macro_rules! first_ids {
    ($($id:ty),*) => {$( impl First for $id { fn first() -> Self { <$id>::from_bytes([0; 16]) } } )*};
}
first_ids!(InterviewId, LoginId, ApiTokenId);

/// Every row of one owner, in a table keyed by owner and something else.
pub fn owned_by<K: First>(account: AccountId) -> Range<(AccountId, K)> {
    (account, K::first())..(after(account), K::first())
}

/// Every event of one interview.
pub fn events_of(
    account: AccountId,
    interview: InterviewId,
) -> RangeInclusive<(AccountId, InterviewId, u64)> {
    (account, interview, 0)..=(account, interview, u64::MAX)
}

fn after(account: AccountId) -> AccountId {
    AccountId::from_bytes(
        u128::from_be_bytes(account.to_bytes())
            .saturating_add(1)
            .to_be_bytes(),
    )
}
