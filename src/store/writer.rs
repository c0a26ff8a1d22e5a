//! The one thread that writes. What is waiting is committed together; the answer is sent after the commit.

use super::{StoreError, WriteTx};
use redb::Database;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
};

/// Closures in one commit: more would keep the first one waiting.
const GROUP_MAX: usize = 256;

/// A closure with its answer packed inside; says afterwards how to send it.
type Work = Box<dyn FnOnce(Step<'_, '_>) -> Option<Answer> + Send>;
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

enum Step<'a, 'base> {
    Run(&'a mut WriteTx<'base>),
    /// The transaction could not even begin.
    Fail(StoreError),
}

pub(super) struct Writer {
    queue: mpsc::Sender<Work>,
}

impl Writer {
    pub(super) fn start(database: Arc<Database>) -> Writer {
        let (queue, work) = mpsc::channel();
        crate::edge::thread("store writer", move || {
            while let Some(group) = next_group(&work) {
                commit(&database, group);
            }
        })
        .expect("the operating system starts a thread");
        Writer { queue }
    }

    /// Hands a closure over. `answer` is dropped without being called when the thread is gone.
    pub(super) fn submit<T, E>(
        &self,
        body: impl FnOnce(&mut WriteTx) -> Result<T, E> + Send + 'static,
        answer: impl FnOnce(Result<T, E>) + Send + 'static,
    ) where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let work: Work = Box::new(move |step| {
            let tx = match step {
                Step::Run(tx) => tx,
                Step::Fail(error) => {
                    answer(Err(error.into()));
                    return None;
                }
            };
            match catch_unwind(AssertUnwindSafe(|| body(tx))) {
                Ok(Ok(value)) => Some(Box::new(move |committed: Result<(), StoreError>| {
                    answer(committed.map(|()| value).map_err(E::from));
                })),
                Ok(Err(refused)) => {
                    answer(Err(refused));
                    None
                }
                Err(panic) => {
                    let reason = panic
                        .downcast_ref::<&str>()
                        .map(|text| (*text).to_owned())
                        .or_else(|| panic.downcast_ref::<String>().cloned())
                        .unwrap_or_else(|| "no reason given".to_owned());
                    tracing::error!("A write was abandoned: {reason}");
                    answer(Err(StoreError::Panicked(reason).into()));
                    None
                }
            }
        });
        // A closed queue drops the work, and with it the answer.
        drop(self.queue.send(work));
    }
}

fn next_group(work: &mpsc::Receiver<Work>) -> Option<Vec<Work>> {
    let mut group = vec![work.recv().ok()?];
    while group.len() < GROUP_MAX
        && let Ok(more) = work.try_recv()
    {
        group.push(more);
    }
    Some(group)
}

fn commit(database: &Database, group: Vec<Work>) {
    let transaction = match database.begin_write() {
        Ok(transaction) => transaction,
        Err(error) => {
            for work in group {
                work(Step::Fail(StoreError::Write(error.to_string())));
            }
            return;
        }
    };
    let mut answers: Vec<Answer> = Vec::with_capacity(group.len());
    let mut broken: Option<StoreError> = None;
    for work in group {
        if let Some(error) = &broken {
            work(Step::Fail(error.clone()));
            continue;
        }
        let mut tx = WriteTx::new(&transaction);
        if let Some(answer) = work(Step::Run(&mut tx)) {
            // A merge that failed half-way has spoilt the whole transaction: nobody in it gets a yes.
            broken = tx.merge().err();
            answers.push(answer);
        }
    }
    let outcome = match broken {
        Some(error) => {
            drop(transaction);
            Err(error)
        }
        None if answers.is_empty() => {
            drop(transaction);
            Ok(())
        }
        None => transaction
            .commit()
            .map_err(|error| StoreError::Write(error.to_string())),
    };
    if let Err(error) = &outcome {
        tracing::error!("A commit failed: {error}");
    }
    for answer in answers {
        answer(outcome.clone());
    }
}
