//! The one door for every change. A command comes in with a capability, is judged by the domain on fresh state, and
//! leaves as events that are stored together with the jobs they cause, in one transaction; then whoever watches is
//! told.
//!
//! Not in here: reading for pages (`views`), waiting for anything (drivers). To let something new happen: add it to
//! `domain`; if it causes work, say which job in [`jobs_caused_by`].

pub mod accounts;
pub mod live;
mod write;

use crate::{
    access::{Holder, Member},
    edge::{Clock, Entropy},
    queue::Queue,
    store::{Store, StoreError, tables},
};
use interviewd_domain::{
    account::Ask,
    ids::InterviewId,
    interview::{self, Actor, Command, EndReason, Event, Plan, Refusal, Rules, What},
    job::Job,
    login::StartedBefore,
    problem::Problem,
};
use std::{sync::Arc, time::Duration};

pub use live::{Eviction, Live, Occupied};

/// A repeated `Idempotency-Key` is recognised for this long.
const IDEMPOTENCY_WINDOW: Duration = Duration::from_secs(24 * 3600);
pub const IDEMPOTENCY_KEY_CHARS_MAX: usize = 128;

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("it no longer exists")]
    Gone,
    #[error("the e-mail address is taken")]
    EmailTaken,
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Clone)]
pub struct Engine(Arc<Parts>);

struct Parts {
    store: Store,
    queue: Queue,
    live: Live,
    clock: Clock,
    entropy: Entropy,
    rules: Rules,
}

/// What a start came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Started {
    pub interview: InterviewId,
    /// The same key had started it before; nothing was taken this time.
    pub repeated: bool,
}

impl Engine {
    pub fn new(store: Store, queue: Queue, clock: Clock, entropy: Entropy, rules: Rules) -> Engine {
        Engine(Arc::new(Parts {
            store,
            queue,
            live: Live::default(),
            clock,
            entropy,
            rules,
        }))
    }

    pub fn live(&self) -> &Live {
        &self.0.live
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn entropy(&self) -> &Entropy {
        &self.0.entropy
    }

    pub fn rules(&self) -> &Rules {
        &self.0.rules
    }

    /// Judges one command about one interview and stores what then happens. An empty answer: nothing had to change.
    pub async fn apply(&self, holder: &impl Holder, command: Command) -> Result<Vec<Event>, Error> {
        let (candidate, id, actor) = (holder.candidate(), holder.interview(), holder.actor());
        let rules = self.0.rules.clone();
        let now = self.0.clock.now();
        let dice = self.0.entropy.u128();
        let events = self
            .0
            .store
            .write(move |tx| {
                let Some(interview) = tx.get(tables::INTERVIEWS, &(candidate, id))? else {
                    return Err(Error::Gone);
                };
                let now = write::moment(tx, &interview, now)?;
                let happens = interview::decide(Some(&interview), actor, command, &rules, now)?;
                write::append(tx, interview, happens, now, dice)
            })
            .await?;
        self.announce(id, &events);
        Ok(events)
    }

    /// Like [`Self::apply`], but looks at a snapshot first and writes only when something would happen: for ticks.
    pub async fn apply_if_due(
        &self,
        holder: &impl Holder,
        command: Command,
    ) -> Result<Vec<Event>, Error> {
        let key = (holder.candidate(), holder.interview());
        let Some(interview) = self.0.store.read(|tx| tx.get(tables::INTERVIEWS, &key))? else {
            return Err(Error::Gone);
        };
        let due = interview::decide(
            Some(&interview),
            holder.actor(),
            command.clone(),
            &self.0.rules,
            self.0.clock.now(),
        )?;
        if due.is_empty() {
            Ok(vec![])
        } else {
            self.apply(holder, command).await
        }
    }

    /// Takes a credit and creates the interview, in one transaction. With a key that was used before, answers with
    /// the interview that it made.
    pub async fn start(
        &self,
        member: &Member,
        problem: Arc<Problem>,
        plan: Plan,
        key: Option<String>,
    ) -> Result<Started, Error> {
        let account = member.id();
        let now = self.0.clock.now();
        let (id, dice) = (
            InterviewId::new(now, self.0.entropy.u128()),
            self.0.entropy.u128(),
        );
        let rules = self.0.rules.clone();
        let started = self
            .0
            .store
            .write(move |tx| {
                if let Some(key) = &key
                    && let Some(before) = tx.get(tables::STARTED_BEFORE, &(account, key.clone()))?
                    && now.since(before.at) < IDEMPOTENCY_WINDOW
                {
                    return Ok(Started {
                        interview: before.interview,
                        repeated: true,
                    });
                }
                write::change_account(tx, account, Ask::TakeCredit { interview: id }, now)?;
                tx.put(tables::PROBLEMS, &plan.problem, &problem)?;
                let happens = interview::decide(
                    None,
                    Actor::Candidate,
                    Command::Create(Box::new(plan)),
                    &rules,
                    now,
                )?;
                write::create(tx, id, happens, now, dice)?;
                if let Some(key) = key {
                    tx.put(
                        tables::STARTED_BEFORE,
                        &(account, key),
                        &StartedBefore {
                            interview: id,
                            at: now,
                        },
                    )?;
                }
                Ok::<_, Error>(Started {
                    interview: id,
                    repeated: false,
                })
            })
            .await?;
        Ok(started)
    }

    fn announce(&self, id: InterviewId, events: &[Event]) {
        let Some(last) = events.last() else { return };
        self.0.live.publish(id, last.seq + 1);
        if events
            .iter()
            .any(|event| !jobs_caused_by(id, &event.what).is_empty())
        {
            self.0.queue.wake();
        }
    }
}

/// What must be done because of an event; stored with it.
fn jobs_caused_by(interview: InterviewId, what: &What) -> Vec<Job> {
    match what {
        What::EvaluationRequested => vec![Job::Evaluate { interview }],
        _ => vec![],
    }
}

/// Whether an end gives the credit back.
fn returns_credit(reason: EndReason) -> bool {
    matches!(reason, EndReason::NeverStarted | EndReason::Errored)
}
