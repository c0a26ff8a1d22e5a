//! Durable work: jobs are rows, written by the transaction of the event that caused them, claimed under a lease,
//! finished, retried with growing pauses, and buried with their last error when they will not come right.
//!
//! It has never heard of an interview; what a job means is for `jobs` to know. Each kind has a [`Policy`].

use crate::{
    edge::Clock,
    store::{Store, StoreError, WriteTx, tables},
};
use interviewd_domain::{ids::JobId, job::Job, time::Timestamp};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

/// How long an idle worker sleeps before it looks by itself.
const POLL: Duration = Duration::from_secs(5);
/// No pause between tries is longer.
const PAUSE_MAX: Duration = Duration::from_secs(3_600);
/// A job that was interrupted more often by the end of the server may be the reason for it: its tries count again.
const INTERRUPTIONS_MAX: u32 = 10;
/// Dead letters beyond this many are forgotten, the oldest first.
const DEAD_MAX: usize = 1_000;

/// How one kind of job is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Tries in all.
    pub tries: u32,
    /// A worker that is not back by then is taken for dead.
    pub lease: Duration,
    /// Before the second try; doubled for each further one.
    pub pause: Duration,
}

/// The one table of policies.
pub fn policy(job: &Job) -> Policy {
    match job {
        // The lease is longer than a submit may take (30 s) and a scorecard from rules (milliseconds) together.
        Job::Evaluate { .. } => Policy {
            tries: 3,
            lease: Duration::from_secs(120),
            pause: Duration::from_secs(2),
        },
    }
}

/// A job that waits or is being worked on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueuedJob {
    pub job: Job,
    pub made_at: Timestamp,
    /// Not before this.
    pub due_at: Timestamp,
    /// Tries begun so far.
    pub tries: u32,
    pub lease: Option<Lease>,
    pub last_error: Option<String>,
    /// Tries that ended because the whole server did; they are given back, up to [`INTERRUPTIONS_MAX`].
    #[serde(default, skip_serializing_if = "is_zero")]
    pub interruptions: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Tells one claim from the next.
    pub number: u64,
    pub until: Timestamp,
}

/// A job that nobody will try again by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeadJob {
    pub job: Job,
    pub made_at: Timestamp,
    pub died_at: Timestamp,
    pub tries: u32,
    pub reason: String,
    /// The number of its last lease: whoever still holds that one must not pass for the holder of a later one.
    #[serde(default)]
    pub lease_number: u64,
}

/// A job in the hands of a worker.
#[derive(Debug, Clone, PartialEq)]
pub struct Claimed {
    pub id: JobId,
    pub job: Job,
    /// 1 for the first try.
    pub attempt: u32,
    /// All tries were begun and none came back: only to be buried, by whoever knows whom to tell.
    pub exhausted: bool,
    number: u64,
}

/// What became of a failed try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Retried,
    Buried,
    /// The lease had run out and somebody else has it.
    NotOurs,
}

#[derive(Clone)]
pub struct Queue {
    store: Store,
    clock: Clock,
    wake: Arc<Notify>,
}

/// Puts a job into the transaction of whatever caused it. `dice` makes its id.
pub fn enqueue(
    tx: &mut WriteTx,
    job: Job,
    now: Timestamp,
    dice: u128,
) -> Result<JobId, StoreError> {
    let id = JobId::new(now, dice);
    tx.put(
        tables::JOBS,
        &id,
        &QueuedJob {
            job,
            made_at: now,
            due_at: now,
            tries: 0,
            lease: None,
            last_error: None,
            interruptions: 0,
        },
    )?;
    Ok(id)
}

impl Queue {
    pub fn new(store: Store, clock: Clock) -> Queue {
        Queue {
            store,
            clock,
            wake: Arc::new(Notify::new()),
        }
    }

    /// There may be something to do.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// The next job, whenever there is one.
    pub async fn next(&self) -> Result<Claimed, StoreError> {
        loop {
            if let Some(claimed) = self.claim().await? {
                return Ok(claimed);
            }
            tokio::select! {
                () = self.wake.notified() => {}
                () = self.clock.sleep(POLL) => {}
            }
        }
    }

    /// At start, when nobody works yet: whatever the process before held is free again, and the try does not count.
    pub async fn release_all(&self) -> Result<(), StoreError> {
        self.store
            .write(|tx| {
                let rows: Vec<(JobId, QueuedJob)> =
                    tx.range(tables::JOBS, ..)?.collect::<Result<_, _>>()?;
                for (id, mut row) in rows {
                    let Some(lease) = row.lease.filter(|lease| row.due_at < lease.until) else {
                        continue;
                    };
                    row.lease = Some(Lease {
                        until: row.due_at,
                        ..lease
                    });
                    if row.interruptions < INTERRUPTIONS_MAX {
                        row.interruptions += 1;
                        row.tries = row.tries.saturating_sub(1);
                    }
                    tx.put(tables::JOBS, &id, &row)?;
                }
                Ok::<_, StoreError>(())
            })
            .await
    }

    /// Takes the oldest job that is due and in nobody's hands. One whose worker went silent too often comes exhausted.
    pub async fn claim(&self) -> Result<Option<Claimed>, StoreError> {
        let now = self.clock.now();
        // A look at a snapshot first: an idle server writes nothing.
        let idle = self.store.read(|tx| {
            for row in tx.range(tables::JOBS, ..)? {
                if is_free(&row?.1, now) {
                    return Ok(false);
                }
            }
            Ok(true)
        })?;
        if idle {
            return Ok(None);
        }
        self.store
            .write(move |tx| {
                let rows: Vec<(JobId, QueuedJob)> =
                    tx.range(tables::JOBS, ..)?.collect::<Result<_, _>>()?;
                let mut claimed = None;
                for (id, mut row) in rows {
                    let policy = policy(&row.job);
                    if !is_free(&row, now) {
                        continue;
                    }
                    let exhausted = row.tries >= policy.tries;
                    row.tries += u32::from(!exhausted);
                    let number = row.lease.map_or(0, |lease| lease.number) + 1;
                    row.lease = Some(Lease {
                        number,
                        until: now + policy.lease,
                    });
                    tx.put(tables::JOBS, &id, &row)?;
                    claimed = Some(Claimed {
                        id,
                        job: row.job,
                        attempt: row.tries,
                        exhausted,
                        number,
                    });
                    break;
                }
                Ok::<_, StoreError>(claimed)
            })
            .await
    }

    /// The job is done. `false`: the lease had run out, somebody else has it.
    pub async fn finish(&self, claimed: &Claimed) -> Result<bool, StoreError> {
        let claimed = claimed.clone();
        self.store
            .write(move |tx| {
                let ours = held(tx, &claimed)?.is_some();
                if ours {
                    tx.delete(tables::JOBS, &claimed.id)?;
                }
                Ok::<_, StoreError>(ours)
            })
            .await
    }

    /// The try failed: again after a pause, or buried when that was the last one.
    pub async fn retry(&self, claimed: &Claimed, error: String) -> Result<Fate, StoreError> {
        let (claimed, now) = (claimed.clone(), self.clock.now());
        self.store
            .write(move |tx| {
                let Some(mut row) = held(tx, &claimed)? else {
                    return Ok(Fate::NotOurs);
                };
                let policy = policy(&row.job);
                if row.tries >= policy.tries {
                    bury(tx, claimed.id, row, error, now)?;
                    forget_oldest(tx)?;
                    return Ok(Fate::Buried);
                }
                row.due_at = now + pause_after(policy, row.tries);
                // With the next number, so that this claim is over for good.
                row.lease = Some(Lease {
                    number: claimed.number + 1,
                    until: now,
                });
                row.last_error = Some(error);
                tx.put(tables::JOBS, &claimed.id, &row)?;
                Ok::<_, StoreError>(Fate::Retried)
            })
            .await
    }

    /// Trying again would not help.
    pub async fn bury(&self, claimed: &Claimed, reason: String) -> Result<Fate, StoreError> {
        let (claimed, now) = (claimed.clone(), self.clock.now());
        self.store
            .write(move |tx| {
                let Some(row) = held(tx, &claimed)? else {
                    return Ok(Fate::NotOurs);
                };
                bury(tx, claimed.id, row, reason, now)?;
                forget_oldest(tx)?;
                Ok::<_, StoreError>(Fate::Buried)
            })
            .await
    }

    /// Puts a dead job back in line. `false`: there is none of that id.
    pub async fn redrive(&self, id: JobId) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let found = self
            .store
            .write(move |tx| {
                let Some(dead) = tx.get(tables::DEAD_JOBS, &id)? else {
                    return Ok(false);
                };
                tx.delete(tables::DEAD_JOBS, &id)?;
                let row = QueuedJob {
                    job: dead.job,
                    made_at: dead.made_at,
                    due_at: now,
                    tries: 0,
                    lease: Some(Lease {
                        number: dead.lease_number,
                        until: now,
                    }),
                    last_error: Some(dead.reason),
                    interruptions: 0,
                };
                tx.put(tables::JOBS, &id, &row)?;
                Ok::<_, StoreError>(true)
            })
            .await?;
        self.wake();
        Ok(found)
    }

    /// The dead letters, oldest first.
    pub fn dead(&self) -> Result<Vec<(JobId, DeadJob)>, StoreError> {
        self.store
            .read(|tx| tx.range(tables::DEAD_JOBS, ..)?.collect())
    }

    /// What waits or is being worked on, oldest first.
    pub fn waiting(&self) -> Result<Vec<(JobId, QueuedJob)>, StoreError> {
        self.store.read(|tx| tx.range(tables::JOBS, ..)?.collect())
    }
}

/// Due, and in nobody's hands. A moment twice as far ahead as the policy could have put it was written by a clock that
/// has been set back since; waiting for it could take years.
fn is_free(row: &QueuedJob, now: Timestamp) -> bool {
    let policy = policy(&row.job);
    let reached = |moment: Timestamp, ahead: Duration| moment <= now || moment > now + ahead * 2;
    reached(row.due_at, pause_after(policy, row.tries))
        && row
            .lease
            .is_none_or(|lease| reached(lease.until, policy.lease))
}

/// The pause after so many tries: doubled for each one after the first, up to [`PAUSE_MAX`].
fn pause_after(policy: Policy, tries: u32) -> Duration {
    let doubled = policy
        .pause
        .saturating_mul(2u32.saturating_pow(tries.saturating_sub(1)));
    doubled.min(PAUSE_MAX)
}

fn held(tx: &WriteTx, claimed: &Claimed) -> Result<Option<QueuedJob>, StoreError> {
    let row = tx.get(tables::JOBS, &claimed.id)?;
    Ok(row.filter(|row| {
        row.lease
            .is_some_and(|lease| lease.number == claimed.number)
    }))
}

fn bury(
    tx: &mut WriteTx,
    id: JobId,
    row: QueuedJob,
    reason: String,
    now: Timestamp,
) -> Result<(), StoreError> {
    tracing::warn!(job.id = %id, tries = row.tries, "A job was given up: {reason}");
    tx.delete(tables::JOBS, &id)?;
    tx.put(
        tables::DEAD_JOBS,
        &id,
        &DeadJob {
            job: row.job,
            made_at: row.made_at,
            died_at: now,
            tries: row.tries,
            reason,
            lease_number: row.lease.map_or(0, |lease| lease.number),
        },
    )?;
    Ok(())
}

/// Once a write, not once a burial: after a long outage a single claim may bury a thousand.
fn forget_oldest(tx: &mut WriteTx) -> Result<(), StoreError> {
    let dead: Vec<(JobId, DeadJob)> = tx.range(tables::DEAD_JOBS, ..)?.collect::<Result<_, _>>()?;
    for (oldest, _) in dead.iter().take(dead.len().saturating_sub(DEAD_MAX)) {
        tx.delete(tables::DEAD_JOBS, oldest)?;
    }
    Ok(())
}
