//! One task for each code run: the request is stored, the sandbox works, the outcome is stored. A crash, a timeout or
//! a wrong answer is an outcome; only trouble of ours is an error, and then the run is recorded as lost.
//!
//! The task goes on when whoever asked goes away. What the process did not live to finish is found at the next start
//! by [`sweep_lost`].

use crate::{
    access::{Gate, Holder},
    edge::Tasks,
    engine::{self, Engine},
    queue::Queue,
    sandbox::{Sandbox, SandboxError},
    store::StoreError,
    views::reader::Views,
};
use interviewd_domain::{
    ids::{RunId, SnapshotId},
    interview::Command,
    job::Job,
    problem::{CaseInput, Language},
    run::{OwnCase, RunKind, RunReport},
};
use std::{sync::Arc, time::Duration};

/// How long a run waits for its language to be prepared.
const PREPARING_WAIT: Duration = Duration::from_secs(30);

/// What somebody asks to have run.
#[derive(Debug, Clone)]
pub struct Request {
    pub kind: RunKind,
    pub language: Language,
    pub code: String,
    /// Instead of the visible cases.
    pub custom_input: Option<CaseInput>,
    /// The candidate's own, instead of the visible cases.
    pub own_cases: Vec<OwnCase>,
}

/// A finished run.
#[derive(Debug, Clone)]
pub struct Finished {
    pub run: RunId,
    pub report: RunReport,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Engine(#[from] engine::Error),
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the server is shutting down")]
    Stopping,
}

/// Everything a run needs.
#[derive(Clone)]
pub struct Runs {
    pub engine: Engine,
    pub views: Views,
    pub sandbox: Arc<Sandbox>,
    pub tasks: Tasks,
}

impl Runs {
    /// Runs the code and stores request and outcome.
    pub async fn execute<H>(&self, holder: H, request: Request) -> Result<Finished, Error>
    where
        H: Holder + Send + Sync + 'static,
    {
        let this = self.clone();
        let task = self.tasks.spawn(
            "code run",
            async move { this.carry_out(&holder, request).await },
        );
        task.join().await.unwrap_or(Err(Error::Stopping))
    }

    async fn carry_out(&self, holder: &impl Holder, request: Request) -> Result<Finished, Error> {
        let interview = self.views.interview(holder)?.ok_or(engine::Error::Gone)?;
        let problem = self
            .views
            .pinned_problem(&interview.problem)?
            .ok_or(engine::Error::Gone)?;
        self.sandbox.offers(request.language)?;
        // On a machine's first start the runtime is compiled for some seconds; whoever runs code then waits a little.
        self.engine
            .clock()
            .timeout(PREPARING_WAIT, self.sandbox.settled(request.language))
            .await;
        let (now, entropy) = (self.engine.clock().now(), self.engine.entropy());
        let run = RunId::new(now, entropy.u128());
        let Request {
            kind,
            language,
            code,
            custom_input,
            own_cases,
        } = request;
        let command = Command::Run {
            run,
            snapshot: SnapshotId::new(now, entropy.u128()),
            kind,
            code: code.clone(),
            language,
            custom_input: custom_input.clone(),
            own_cases: own_cases.clone(),
        };
        self.engine.apply(holder, command).await?;
        let system = holder.as_system();
        let candidate = interview.candidate.to_string();
        let judged = match own_cases.as_slice() {
            [] => {
                self.sandbox
                    .judge(&candidate, language, &code, &problem, kind, custom_input)
                    .await
            }
            own => {
                self.sandbox
                    .judge_own(&candidate, language, &code, &problem, own)
                    .await
            }
        };
        match judged {
            Ok(report) => {
                self.engine
                    .apply(
                        &system,
                        Command::FinishRun {
                            run,
                            report: Box::new(report.clone()),
                        },
                    )
                    .await?;
                Ok(Finished { run, report })
            }
            Err(error) => {
                self.engine.apply(&system, Command::LoseRun { run }).await?;
                Err(error.into())
            }
        }
    }
}

/// At start: every run that was open when the process died is recorded as lost; also the one that an evaluation had
/// begun after the end, or it could never begin another.
pub async fn sweep_lost(
    gate: &Gate,
    engine: &Engine,
    views: &Views,
    queue: &Queue,
) -> Result<(), engine::Error> {
    let mut systems = gate.open_interviews()?;
    for (_, waiting) in queue.waiting()? {
        let Job::Evaluate { interview } = waiting.job;
        systems.extend(gate.system(interview)?);
    }
    for system in systems {
        for open in views
            .interview(&system)?
            .map(|interview| interview.open_runs)
            .unwrap_or_default()
        {
            engine
                .apply(&system, Command::LoseRun { run: open.run })
                .await?;
        }
    }
    Ok(())
}
