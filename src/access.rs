//! Who may reach what. [`Gate`] looks at a credential and hands out a capability; every call of the engine and of
//! the views takes one, so a handler that forgot to ask does not compile.
//!
//! | capability | whoever holds it |
//! |---|---|
//! | [`Member`] | is signed in |
//! | [`OwnedInterview`] | is the candidate of this interview |
//! | [`Seat`] | came in with a one-time socket token for this interview |
//! | [`Staff`] | is an administrator |
//! | [`Operator`] | sits at the server's own command line |
//! | [`System`] | is the server itself, about one interview; made by the engine's own parts |
//!
//! To add one: a struct with private fields here, one method of [`Gate`] that makes it, one row above.

pub mod password;

use crate::{
    edge::Clock,
    store::{ReadTx, Store, StoreError, tables},
};
use interviewd_domain::{
    account::{Account, Role},
    ids::{AccountId, InterviewId, LoginId},
    interview::Actor,
    login::Credential,
};
use sha2::{Digest, Sha256};

/// Somebody who is signed in. Holds the account as it was when the request came in.
#[derive(Debug, Clone)]
pub struct Member {
    account: Account,
    login: Option<LoginId>,
}

impl Member {
    pub fn id(&self) -> AccountId {
        self.account.id
    }

    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The browser's sign-in; none when an API token was used.
    pub fn login(&self) -> Option<LoginId> {
        self.login
    }
}

/// An administrator.
#[derive(Debug, Clone)]
pub struct Staff {
    member: Member,
}

impl Staff {
    pub fn member(&self) -> &Member {
        &self.member
    }
}

/// The right of a candidate to one interview of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnedInterview {
    candidate: AccountId,
    interview: InterviewId,
}

impl OwnedInterview {
    pub fn id(&self) -> InterviewId {
        self.interview
    }

    pub fn candidate(&self) -> AccountId {
        self.candidate
    }
}

/// The right to sit in one live interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    candidate: AccountId,
    interview: InterviewId,
}

impl Seat {
    pub fn id(&self) -> InterviewId {
        self.interview
    }

    /// The same right, for calls that take an owner.
    pub fn owned(&self) -> OwnedInterview {
        OwnedInterview {
            candidate: self.candidate,
            interview: self.interview,
        }
    }
}

/// The server's own right to one interview: timers, workers, the interviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct System {
    candidate: AccountId,
    interview: InterviewId,
}

/// Whoever runs the server, on the machine itself.
#[derive(Debug, Clone)]
pub struct Operator(());

/// Whoever may bring commands to one interview.
pub trait Holder {
    fn candidate(&self) -> AccountId;
    fn interview(&self) -> InterviewId;
    fn actor(&self) -> Actor;

    /// The server's own right to the same interview: it finishes what the holder began.
    fn as_system(&self) -> System {
        System {
            candidate: self.candidate(),
            interview: self.interview(),
        }
    }
}

macro_rules! holders {
    ($($capability:ty => $actor:expr;)*) => {$(
        impl Holder for $capability {
            fn candidate(&self) -> AccountId { self.candidate }
            fn interview(&self) -> InterviewId { self.interview }
            fn actor(&self) -> Actor { $actor }
        }
    )*};
}

holders! {
    OwnedInterview => Actor::Candidate;
    Seat => Actor::Candidate;
    System => Actor::System;
}

/// The only maker of capabilities.
#[derive(Clone)]
pub struct Gate {
    store: Store,
    clock: Clock,
}

impl Gate {
    pub fn new(store: Store, clock: Clock) -> Gate {
        Gate { store, clock }
    }

    /// Whoever holds this secret (of a cookie or an API token); `None` when nobody does, or no longer.
    pub fn member(&self, secret: &str) -> Result<Option<Member>, StoreError> {
        let hash = secret_hash(secret);
        let now = self.clock.now();
        self.store.read(|tx| {
            let Some(credential) = tx.get(tables::CREDENTIALS, &hash)? else {
                return Ok(None);
            };
            let (account, login) = match credential {
                Credential::Login { account, login } => {
                    let Some(row) = tx.get(tables::LOGINS, &(account, login))? else {
                        return Ok(None);
                    };
                    if row.expires_at <= now {
                        return Ok(None);
                    }
                    (account, Some(login))
                }
                Credential::ApiToken { account, token } => {
                    if tx.get(tables::API_TOKENS, &(account, token))?.is_none() {
                        return Ok(None);
                    }
                    (account, None)
                }
            };
            Ok(tx
                .get(tables::ACCOUNTS, &account)?
                .map(|account| Member { account, login }))
        })
    }

    /// This member's own interview; `None` when there is none of that id or it is somebody else's.
    pub fn owned(
        &self,
        member: &Member,
        interview: InterviewId,
    ) -> Result<Option<OwnedInterview>, StoreError> {
        let candidate = member.id();
        let exists = self.store.read(|tx| {
            Ok::<_, StoreError>(
                tx.get(tables::INTERVIEWS, &(candidate, interview))?
                    .is_some(),
            )
        })?;
        Ok(exists.then_some(OwnedInterview {
            candidate,
            interview,
        }))
    }

    /// The seat that a verified socket token speaks of; `None` when the interview is not (or no longer) theirs.
    pub fn seat(
        &self,
        candidate: AccountId,
        interview: InterviewId,
    ) -> Result<Option<Seat>, StoreError> {
        let exists = self.store.read(|tx| {
            Ok::<_, StoreError>(
                tx.get(tables::INTERVIEWS, &(candidate, interview))?
                    .is_some(),
            )
        })?;
        Ok(exists.then_some(Seat {
            candidate,
            interview,
        }))
    }

    /// An administrator's right; `None` for everybody else.
    pub fn staff(&self, member: &Member) -> Option<Staff> {
        (member.account.role == Role::Admin).then(|| Staff {
            member: member.clone(),
        })
    }

    /// The server's right to an interview, for its own parts; `None` when it is gone.
    pub fn system(&self, interview: InterviewId) -> Result<Option<System>, StoreError> {
        let owner = self
            .store
            .read(|tx| tx.get(tables::INTERVIEW_OWNERS, &interview))?;
        Ok(owner.map(|candidate| System {
            candidate,
            interview,
        }))
    }

    /// The right of whoever sits at the machine: asked for by the command line and its socket alone.
    pub fn operator(&self) -> Operator {
        Operator(())
    }

    /// Every interview that has not ended, as the server sees it.
    pub fn open_interviews(&self) -> Result<Vec<System>, StoreError> {
        self.store.read(|tx: &ReadTx| {
            tx.range(tables::OPEN_INTERVIEWS, ..)?
                .map(|row| {
                    row.map(|(interview, candidate)| System {
                        candidate,
                        interview,
                    })
                })
                .collect()
        })
    }
}

/// How secrets of cookies and tokens are kept: 256 random bits need no salt and no slow hash.
pub fn secret_hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
