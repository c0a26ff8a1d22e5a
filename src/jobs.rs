//! The workers of the queue: `match job`, exhaustive; one file for each job. A job may run twice and must not mind.
//!
//! To add one: a variant of `domain::job::Job`, its policy in `queue`, a file here, an arm below.

mod evaluate;

use crate::{
    access::Gate,
    edge::Stop,
    engine::{self, Engine},
    queue::{Claimed, Fate, Queue},
    runs::{self, Runs},
    sandbox::Advice,
    store::StoreError,
    views::reader::Views,
};
use interviewd_domain::{interview::Command, job::Job};
use std::time::Duration;

/// Why a job is not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Engine(#[from] engine::Error),
    #[error(transparent)]
    Run(#[from] runs::Error),
    /// Trying again would not help.
    #[error("{0}")]
    Hopeless(String),
}

impl Error {
    fn is_hopeless(&self) -> bool {
        match self {
            Error::Hopeless(_) => true,
            Error::Run(runs::Error::Sandbox(error)) => matches!(error.advice(), Advice::GiveUp),
            Error::Store(_) | Error::Engine(_) | Error::Run(_) => false,
        }
    }
}

/// What jobs work with.
#[derive(Clone)]
pub struct Jobs {
    pub queue: Queue,
    pub gate: Gate,
    pub engine: Engine,
    pub views: Views,
    pub runs: Runs,
}

/// Pause after trouble with the store itself.
const TROUBLE_PAUSE: Duration = Duration::from_secs(2);

impl Jobs {
    /// Works until told to stop; the job in hand is finished first.
    pub async fn work(self, mut stop: Stop) {
        // An evaluation runs code. Until the languages are prepared (minutes on a new machine, or after an update), its
        // tries would be wasted one after the other.
        tokio::select! {
            biased;
            () = stop.stopped() => return,
            () = self.languages_settled() => {}
        }
        loop {
            let claimed = tokio::select! {
                biased;
                () = stop.stopped() => return,
                claimed = self.queue.next() => claimed,
            };
            let outcome = match claimed {
                Ok(claimed) => self.treat(claimed).await,
                Err(error) => Err(error),
            };
            if let Err(error) = outcome {
                tracing::error!("The queue could not go on: {error}");
                self.engine.clock().sleep(TROUBLE_PAUSE).await;
            }
        }
    }

    async fn languages_settled(&self) {
        for (language, _) in self.runs.sandbox.languages() {
            self.runs.sandbox.settled(language).await;
        }
    }

    /// Does everything that is due now; for tests and for `eval rerun`.
    pub async fn drain(&self) -> Result<usize, StoreError> {
        let mut done = 0;
        while let Some(claimed) = self.queue.claim().await? {
            self.treat(claimed).await?;
            done += 1;
        }
        Ok(done)
    }

    async fn treat(&self, claimed: Claimed) -> Result<(), StoreError> {
        let outcome = match &claimed.job {
            _ if claimed.exhausted => {
                Err(Error::Hopeless("the worker stopped answering".to_owned()))
            }
            Job::Evaluate { interview } => evaluate::evaluate(self, *interview).await,
        };
        let fate = match outcome {
            Ok(()) => {
                self.queue.finish(&claimed).await?;
                return Ok(());
            }
            Err(error) if error.is_hopeless() => {
                (self.queue.bury(&claimed, error.to_string()).await?, error)
            }
            Err(error) => (self.queue.retry(&claimed, error.to_string()).await?, error),
        };
        if let (Fate::Buried, error) = fate {
            self.tell_the_truth(&claimed.job, &error).await;
        }
        Ok(())
    }

    /// What the person who waits is told when a job is given up.
    async fn tell_the_truth(&self, job: &Job, error: &Error) {
        let Job::Evaluate { interview } = job;
        tracing::warn!(interview.id = %interview, "An evaluation was given up: {error}");
        let Ok(Some(system)) = self.gate.system(*interview) else {
            return;
        };
        let reason = "The evaluation failed for a reason on the server's side.".to_owned();
        if let Err(error) = self
            .engine
            .apply(&system, Command::FailEvaluation { reason })
            .await
        {
            tracing::error!("A failed evaluation could not be recorded: {error}");
        }
    }
}
