//! `serve --demo`: an account to log in with and a finished interview to look at, played through the same door as a
//! real one, on a clock of its own, so that every event, score and citation is what the product makes of it.

use crate::{
    access::{Gate, Member, System},
    app::App,
    edge::{Clock, Entropy},
    engine::{Engine, accounts::SignUp},
    insight,
    runs::{Request, Runs},
};
use anyhow::Context;
use interviewd_domain::{
    ids::{ConnectionId, SnapshotId, UtteranceId},
    interview::{Channel, Command, EndReason, Level, Mode, Personality, Plan, Speaker, What},
    interviewer::{CodeFacts, Input, Interviewer, Move, Setting},
    problem::{Language, Problem},
    run::RunKind,
    time::Timestamp,
};
use std::{sync::Arc, time::Duration};

pub const EMAIL: &str = "demo@interviewd.example";
pub const PASSWORD: &str = "look around freely";
/// The demo interview began so long ago: longer than it takes, shorter than a scheduled one is kept.
const BEGAN_AGO: Duration = Duration::from_secs(27 * 60);

/// What the demo's candidate does.
enum Step {
    Wait(u64),
    Say(&'static str),
    Code(&'static str),
    Run,
    Submit,
}

/// Opens the account and plays the interview; the evaluation follows as a job like any other.
pub async fn furnish(app: &App) -> anyhow::Result<()> {
    let form = SignUp {
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        name: "Robin".to_owned(),
        terms_version: crate::web::api::auth::TERMS_VERSION.to_owned(),
        credits: 25,
        first_is_admin: true,
    };
    let signed_in = app.engine.sign_up(form, "demo").await?;
    let member = app
        .gate
        .member(&signed_in.secret)?
        .context("the demo account was just opened")?;
    app.engine.complete_onboarding(&member).await?;
    let problem = app
        .library
        .get(script::PROBLEM)
        .context("the demo's problem is part of the binary")?;
    // The server is there at once; the interview follows as soon as Python can be run.
    let stagehands = app.clone();
    app.tasks.spawn("demo interview", async move {
        stagehands.sandbox.settled(Language::Python).await;
        match play(&stagehands, &member, problem).await {
            Ok(()) => tracing::info!("The demo interview is there to look at."),
            Err(error) => tracing::error!("The demo interview could not be played: {error:#}"),
        }
    });
    Ok(())
}

async fn play(app: &App, member: &Member, problem: Arc<Problem>) -> anyhow::Result<()> {
    let clock = Clock::manual(app.clock.now() - BEGAN_AGO);
    let engine = Engine::new(
        app.store.clone(),
        app.queue.clone(),
        clock.clone(),
        Entropy::os(),
        app.engine.rules().clone(),
    );
    let runs = Runs {
        engine: engine.clone(),
        views: app.views.clone(),
        sandbox: app.sandbox.clone(),
        tasks: app.tasks.clone(),
    };
    let plan = Plan {
        candidate: member.id(),
        problem: problem.hash(),
        slug: problem.slug.clone(),
        title: problem.title.clone(),
        difficulty: problem.difficulty,
        language: Language::Python,
        duration_ms: 45 * 60_000,
        mode: Mode::Text,
        personality: Personality::Neutral,
        level: Level::Mid,
        starter: problem
            .starter
            .get(&Language::Python)
            .cloned()
            .unwrap_or_default(),
    };
    let started = engine.start(member, problem.clone(), plan, None).await?;
    let system = system(&app.gate, &started)?;
    let mut stage = Stage {
        engine,
        runs,
        clock,
        system,
        interviewer: Interviewer::new(
            problem,
            Setting {
                personality: Personality::Neutral,
                level: Level::Mid,
                language: Language::Python,
                candidate_name: None,
                duration_ms: 45 * 60_000,
                dice: 7,
            },
        ),
        code: String::new(),
        revision: 0,
        elapsed_ms: 0,
    };
    let connection = ConnectionId::new(stage.now(), 1);
    stage
        .engine
        .apply(&system, Command::Connect { connection })
        .await?;
    stage.ask(Input::Started).await?;
    for step in script::STEPS {
        stage.step(step).await?;
    }
    let snapshot = stage.snapshot();
    stage
        .engine
        .apply(
            &system,
            Command::End {
                reason: EndReason::Candidate,
                snapshot,
            },
        )
        .await?;
    app.queue.wake();
    Ok(())
}

fn system(gate: &Gate, started: &crate::engine::Started) -> anyhow::Result<System> {
    gate.system(started.interview)?
        .context("the demo interview was just made")
}

struct Stage {
    engine: Engine,
    runs: Runs,
    clock: Clock,
    system: System,
    interviewer: Interviewer,
    code: String,
    revision: u64,
    elapsed_ms: u64,
}

impl Stage {
    async fn step(&mut self, step: &Step) -> anyhow::Result<()> {
        match step {
            Step::Wait(seconds) => {
                self.clock.advance(Duration::from_secs(*seconds));
                self.elapsed_ms += seconds * 1000;
            }
            Step::Say(text) => {
                self.say(Speaker::Candidate, (*text).to_owned(), None)
                    .await?;
                self.pass(2);
                self.ask(Input::CandidateSaid { text }).await?;
            }
            Step::Code(code) => {
                self.code = (*code).to_owned();
                self.revision += 1;
                let snapshot = self.snapshot();
                let command = Command::EditCode {
                    code: self.code.clone(),
                    language: Language::Python,
                    revision: self.revision,
                    snapshot,
                };
                self.engine.apply(&self.system, command).await?;
                let facts = insight::analyse(Language::Python, code);
                let facts = CodeFacts {
                    lines: facts.code_lines,
                    functions: facts.functions.len() as u32,
                    syntax_error_line: facts.syntax_errors.first().map(|error| error.line),
                };
                self.ask(Input::CodeChanged {
                    code,
                    language: Language::Python,
                    facts,
                })
                .await?;
            }
            Step::Run => self.run(RunKind::Run).await?,
            Step::Submit => self.run(RunKind::Submit).await?,
        }
        Ok(())
    }

    async fn run(&mut self, kind: RunKind) -> anyhow::Result<()> {
        let request = Request {
            kind,
            language: Language::Python,
            code: self.code.clone(),
            custom_input: None,
            own_cases: vec![],
        };
        let finished = self.runs.execute(self.system, request).await?;
        // A run keeps the code, and with it the client's counter.
        self.revision += 1;
        self.pass(2);
        self.ask(Input::RunFinished {
            report: &finished.report,
            kind,
        })
        .await
    }

    async fn ask(&mut self, input: Input<'_>) -> anyhow::Result<()> {
        for step in self.interviewer.on(input, self.elapsed_ms) {
            match step {
                Move::Say { text, act } => {
                    self.say(Speaker::Interviewer, text, Some(act)).await?;
                    self.pass(4);
                }
                Move::EnterPhase(phase) => drop(
                    self.engine
                        .apply(&self.system, Command::EnterPhase { phase })
                        .await?,
                ),
                Move::WaitUntil(_) => {}
            }
        }
        Ok(())
    }

    async fn say(
        &self,
        speaker: Speaker,
        text: String,
        act: Option<interviewd_domain::interview::Act>,
    ) -> anyhow::Result<()> {
        let utterance = UtteranceId::new(self.now(), self.engine.entropy().u128());
        let command = Command::Say {
            utterance,
            item: utterance.to_string(),
            speaker,
            channel: Channel::Typed,
            text,
            act,
        };
        let events = self.engine.apply(&self.system, command).await?;
        debug_assert!(
            events
                .iter()
                .all(|event| matches!(event.what, What::Said { .. }))
        );
        Ok(())
    }

    fn pass(&mut self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        self.elapsed_ms += seconds * 1000;
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn snapshot(&self) -> SnapshotId {
        SnapshotId::new(self.now(), self.engine.entropy().u128())
    }
}

/// The words and the code of the demo's candidate.
mod script;
