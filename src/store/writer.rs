//! The one thread that writes. What is waiting is committed together; the answer is sent after the commit.

use super::{StoreError, WriteTx};
use redb::Database;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
    thread::JoinHandle,
};

/// Closures in one commit: more would keep the first one waiting.
const GROUP_MAX: usize = 256;

/// A closure with its answer packed inside; says afterwards what is to be done and how to send it.
type Work = Box<dyn FnOnce(Step<'_, '_>) -> Done + Send>;
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

enum Done {
    /// The changes are to be kept; the answer waits for the commit.
    Keep(Answer),
    /// Nothing is to be kept. The answer waits all the same: the refusal may rest on what a neighbour in the same
    /// group has just changed ("there is one already"), and must not be told before that is on disk.
    Refuse(Answer),
    Answered,
}

enum Step<'a, 'base> {
    Run(&'a mut WriteTx<'base>),
    /// The transaction could not even begin.
    Fail(StoreError),
}

pub(super) struct Writer {
    /// Present until the drop: closing it ends the thread.
    queue: Option<mpsc::Sender<Work>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(database: Arc<Database>) -> Writer {
        let (queue, work) = mpsc::channel();
        let thread = crate::edge::thread("store writer", move || {
            while let Some(group) = next_group(&work) {
                commit(&database, group);
            }
        })
        .expect("the operating system starts a thread");
        Writer {
            queue: Some(queue),
            thread: Some(thread),
        }
    }

    /// Hands a closure over. `answer` is dropped unused when the thread is gone.
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
                    return Done::Answered;
                }
            };
            match catch_unwind(AssertUnwindSafe(|| body(tx))) {
                Ok(Ok(value)) => Done::Keep(Box::new(move |committed| {
                    answer(committed.map(|()| value).map_err(E::from));
                })),
                Ok(Err(refused)) => Done::Refuse(Box::new(move |committed| {
                    answer(Err(committed.map_or_else(E::from, |()| refused)));
                })),
                Err(panic) => {
                    let reason = panic
                        .downcast_ref::<&str>()
                        .map(|text| (*text).to_owned())
                        .or_else(|| panic.downcast_ref::<String>().cloned())
                        .unwrap_or_else(|| "no reason given".to_owned());
                    tracing::error!("A write was abandoned: {reason}");
                    answer(Err(StoreError::Panicked(reason).into()));
                    Done::Answered
                }
            }
        });
        if let Some(queue) = &self.queue {
            // A closed queue drops the work and with it the answer, which its reader takes for `Closed`.
            let _ = queue.send(work);
        }
    }
}

/// The file is closed when the last store was dropped, not some time later: a restart may follow at once.
impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        // A closure may hold a store, and its thread cannot wait for itself.
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            let _ = thread.join();
        }
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
    let mut changed = false;
    for work in group {
        if let Some(error) = &broken {
            work(Step::Fail(error.clone()));
            continue;
        }
        let mut tx = WriteTx::new(&transaction);
        match work(Step::Run(&mut tx)) {
            Done::Keep(answer) => {
                // A merge that failed half-way has spoilt the whole transaction: nobody in it gets a yes.
                broken = tx.merge().err();
                changed = true;
                answers.push(answer);
            }
            Done::Refuse(answer) => answers.push(answer),
            Done::Answered => {}
        }
    }
    let outcome = match broken {
        Some(error) => {
            drop(transaction);
            Err(error)
        }
        None if !changed => {
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
