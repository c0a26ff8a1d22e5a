//! Runs candidates' code: a [`Program`] goes in, an [`Observation`] comes out, and neither the server nor another
//! run notices anything of what happened in between.
//!
//! Walls, from the inside out: a fresh wasm instance for every test case with limits on memory, time and output
//! (the crate in `wasm/`); worker processes that have given up files, network, new threads and new machine code
//! (`worker.rs`, `confine.rs`), supervised from here (`pool.rs`); comparison in the host, so that expected values never meet
//! candidate code. Java runs in the machine's own JVM instead, one process per run in a jail (`java.rs`). At most [`SandboxConfig::concurrency`] runs happen at once, candidates take turns (`admission.rs`).
//!
//! Not here: what a result means (the domain's `run`), rate limits, storage. The server's own process never runs a guest.
//!
//! To add a language that runs in wasm: build a guest for it, name it in `interviewd_wasm::guest`. One that runs otherwise: a
//! variant of `Stage`, with a file beside `java.rs`.

#![allow(
    clippy::disallowed_methods,
    reason = "limits are real time: guests and worker processes are measured and stopped by the machine's clock, which no test may move"
)]

mod admission;
mod confine;
mod java;
mod job;
mod own;
mod pool;
mod wire;
pub mod worker;

pub use java::JavaPlaces;
pub use pool::Progress;

use admission::Admission;
use interviewd_domain::{
    problem::{Case, CaseInput, Comparison, Language, Parameter, Problem, Signature, Type},
    run::{
        self, Judgement, Limits, Observation, OwnCase, Played, Program, RunKind, RunPlan,
        RunReport, RunStatus, SOURCE_BYTES_MAX,
    },
};
use java::Java;
use pool::{Launch, Pool, PoolError, Status};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};
use wire::Order;

/// How many runs of one candidate may wait; a person has one, two tabs have two.
const WAITING_PER_CANDIDATE_MAX: usize = 4;

/// How many runs may wait in all: more would wait longer than a person does.
const WAITING_MAX: usize = 256;

/// The server's own runs (checks of problems, generators) share a line of their own.
const OWN_LINE: &str = "";
const OWN_WAITING_MAX: usize = 128;

/// When to ask again after [`SandboxError::Busy`].
const BUSY_RETRY: Duration = Duration::from_secs(3);
/// When to ask again while a guest is compiled or a worker is started.
const PREPARING_RETRY: Duration = Duration::from_secs(2);
/// When to ask again after trouble of our own.
const TROUBLE_RETRY: Duration = Duration::from_secs(10);

/// Repeated runs repeat: the guests' dice start from here, and differ from case to case.
const FIRST_SEED: u64 = 20_251_122;

/// How to run code here.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    /// Runs at once; by default one per core.
    pub concurrency: usize,
    /// Private directory for compiled guests; made with mode 0700 if missing.
    pub cache_dir: PathBuf,
    /// Upper bounds over what [`Limits::standard`] says; `None` leaves it as it is.
    pub limits: LimitsCeiling,
    /// Where a JDK may be.
    pub java: JavaPlaces,
    /// The binary that becomes a worker when started with [`worker::SUBCOMMAND`]; by default the running one.
    pub executable: Option<PathBuf>,
}

/// `[sandbox.limits]` of the configuration.
#[derive(Debug, Clone, Copy, Default)]
pub struct LimitsCeiling {
    /// Milliseconds a case may take; in Java twice as many.
    pub case_ms: Option<u64>,
    pub memory_bytes: Option<u64>,
    /// Per stream and case.
    pub output_bytes: Option<usize>,
}

impl SandboxConfig {
    pub fn new(cache_dir: impl Into<PathBuf>) -> Self {
        Self {
            concurrency: thread::available_parallelism().map_or(1, usize::from),
            cache_dir: cache_dir.into(),
            limits: LimitsCeiling::default(),
            java: JavaPlaces::default(),
            executable: None,
        }
    }
}

/// Whether a language can be run here, now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    Ready,
    /// In a few seconds.
    Preparing,
    /// The reason is a sentence for whoever runs the server.
    Unavailable(String),
}

/// Why nothing was run. What candidate code does is never one of these.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SandboxError {
    #[error("Many people are running code right now. Please try again in a few seconds.")]
    Busy,
    #[error("{} is still being prepared on this server. Please try again in a few seconds.", .0.label())]
    Preparing(Language),
    #[error("{} cannot be run on this server: {reason}", .language.label())]
    Unavailable { language: Language, reason: String },
    #[error("The code is longer than {} KB.", SOURCE_BYTES_MAX >> 10)]
    SourceTooLong,
    /// The candidate's own input does not fit the problem.
    #[error("{0}")]
    InvalidInput(String),
    /// The problem's own Python (checker or generator) is at fault; for whoever writes problems.
    #[error("The problem's {part} failed: {reason}")]
    Problem { part: &'static str, reason: String },
    #[error("The code could not be run because of trouble on our side. Please try again.")]
    Lost,
}

/// Whether asking again helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    RetryAfter(Duration),
    GiveUp,
}

impl SandboxError {
    pub fn advice(&self) -> Advice {
        match self {
            SandboxError::Busy => Advice::RetryAfter(BUSY_RETRY),
            SandboxError::Preparing(_) => Advice::RetryAfter(PREPARING_RETRY),
            SandboxError::Lost => Advice::RetryAfter(TROUBLE_RETRY),
            SandboxError::Unavailable { .. }
            | SandboxError::SourceTooLong
            | SandboxError::InvalidInput(_)
            | SandboxError::Problem { .. } => Advice::GiveUp,
        }
    }
}

/// Runs code. Cheap to clone; the workers end when the last clone is dropped.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

struct Inner {
    config: SandboxConfig,
    admission: Admission,
    python: Pool,
    javascript: Pool,
    java: Java,
}

/// Where one run's cases are played.
enum Stage<'a> {
    /// Workers that serve case after case, whoever's it is.
    Wasm(&'a Pool),
    /// Processes that belong to this run.
    Java(java::Run<'a>),
}

impl Sandbox {
    /// Starts a worker of each language in the background and returns at once. `progress` hears of what takes
    /// time; on a machine's first start that is the guests' compilation.
    pub fn start(
        config: SandboxConfig,
        progress: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Sandbox {
        let progress: Arc<dyn Fn(Progress) + Send + Sync> = Arc::new(progress);
        // Workers run in the root directory; a relative path would lead elsewhere from there.
        let from_root = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // The kernel's own link still leads to this binary when an update has replaced the file.
        let executable = config
            .executable
            .as_deref()
            .map_or_else(|| "/proc/self/exe".into(), from_root);
        let pool = |language| {
            Pool::start(Launch {
                executable: executable.clone(),
                cache_dir: from_root(&config.cache_dir),
                language,
                capacity: config.concurrency.max(1),
                progress: progress.clone(),
            })
        };
        // JavaScript first: its guest compiles in a moment and is not kept waiting by Python's.
        let (javascript, python) = (pool(Language::Javascript), pool(Language::Python));
        let standard = Limits::standard(Language::Java, RunKind::Run);
        let memory_bytes = config.limits.memory_bytes.unwrap_or(u64::MAX);
        let java = Java::start(java::Launch {
            executable: executable.clone(),
            cache_dir: from_root(&config.cache_dir),
            places: config.java.clone(),
            capacity: config.concurrency.max(1),
            memory_mb: standard.memory_bytes.min(memory_bytes) >> 20,
        });
        let admission = Admission::new(config.concurrency.max(1), WAITING_MAX);
        Sandbox {
            inner: Arc::new(Inner {
                config,
                admission,
                python,
                javascript,
                java,
            }),
        }
    }

    /// Every language, and whether it can be run now.
    pub fn languages(&self) -> Vec<(Language, Availability)> {
        Language::ALL
            .into_iter()
            .map(|language| (language, self.availability(language)))
            .collect()
    }

    pub fn availability(&self, language: Language) -> Availability {
        match self.pool(language) {
            Some(pool) => pool.status().into(),
            None => self.inner.java.status().into(),
        }
    }

    /// Waits until a language is ready or is known not to become so.
    pub async fn settled(&self, language: Language) -> Availability {
        match self.pool(language) {
            Some(pool) => pool.settled().await.into(),
            None => self.inner.java.settled().await.into(),
        }
    }

    /// Says no when this server cannot run the language at all; one that is being prepared will do.
    pub fn offers(&self, language: Language) -> Result<(), SandboxError> {
        match self.availability(language) {
            Availability::Ready | Availability::Preparing => Ok(()),
            Availability::Unavailable(reason) => {
                Err(SandboxError::Unavailable { language, reason })
            }
        }
    }

    /// Somebody begins to write in this language and will run it soon: what keeps nothing ready while nobody does gets
    /// ready now. A run alone does not need this; it only waits longer.
    pub fn get_ready(&self, language: Language) {
        if language == Language::Java {
            self.inner.java.wake();
        }
    }

    /// How many runs may happen at once.
    pub fn concurrency(&self) -> usize {
        self.inner.config.concurrency.max(1)
    }

    /// Runs a candidate's code on a problem's cases (visible ones; for a submit the hidden ones as well), or on
    /// an input of the candidate's own, and judges it. `candidate` is whoever takes turns with the others.
    pub async fn judge(
        &self,
        candidate: &str,
        language: Language,
        source: &str,
        problem: &Problem,
        kind: RunKind,
        custom_input: Option<CaseInput>,
    ) -> Result<RunReport, SandboxError> {
        if source.len() > SOURCE_BYTES_MAX {
            return Err(SandboxError::SourceTooLong);
        }
        self.offers(language)?;
        if let Some(input) = custom_input {
            let own = [OwnCase {
                input,
                expected: None,
            }];
            return self
                .judge_own(candidate, language, source, problem, &own)
                .await;
        }
        let plan = match kind {
            RunKind::Run => RunPlan {
                visible: problem.examples.iter().collect(),
                hidden: vec![],
            },
            RunKind::Submit => RunPlan {
                visible: problem.examples.iter().collect(),
                hidden: problem.hidden.iter().collect(),
            },
        };

        let _permit = self.admit(candidate, WAITING_PER_CANDIDATE_MAX).await?;
        let limits = self.capped(language, Limits::standard(language, kind));
        let mut stage = self.stage(language);
        let mut left_ms = limits.total_ms;
        let mut visible = vec![];
        let mut hidden = vec![];
        let cases = plan
            .visible
            .iter()
            .map(|case| (*case, true))
            .chain(plan.hidden.iter().map(|case| (*case, false)));
        for (seed, (case, is_visible)) in (FIRST_SEED..).zip(cases) {
            if left_ms == 0 {
                break;
            }
            let program = Program {
                language,
                source: source.to_owned(),
                signature: problem.signature.clone(),
                input: case.input.clone(),
                seed,
            };
            let limits = Limits {
                case_ms: limits.case_ms.min(left_ms),
                ..limits
            };
            let observation = self.play(&mut stage, &program, limits).await?;
            let compiling = stage.compiling().as_millis() as u64;
            left_ms = left_ms.saturating_sub(observation.duration_ms.ceil() as u64 + compiling);
            // A checker's time counts as well: an answer can be made to keep it busy.
            let judging = Instant::now();
            let correct = self.is_correct(problem, case, &observation).await?;
            left_ms = left_ms.saturating_sub(judging.elapsed().as_millis() as u64);
            let hopeless = observation.status == RunStatus::CompileError;
            let played = if is_visible {
                &mut visible
            } else {
                &mut hidden
            };
            played.push(Played {
                observation,
                correct,
            });
            if hopeless {
                break;
            }
        }
        Ok(run::report(&problem.signature, &plan, &visible, &hidden))
    }

    /// Plays some cases of a problem, each given as its number (examples first, then hidden ones) and the milliseconds that
    /// it may take, until one is not answered rightly. For whoever checks problems: what was seen of each, and whether
    /// it was right.
    pub async fn play_cases(
        &self,
        language: Language,
        source: &str,
        problem: &Problem,
        cases: &[(usize, u64)],
    ) -> Result<Vec<(Observation, bool)>, SandboxError> {
        self.offers(language)?;
        let _permit = self.admit(OWN_LINE, OWN_WAITING_MAX).await?;
        let standard = self.capped(language, Limits::standard(language, RunKind::Submit));
        let mut stage = self.stage(language);
        let mut seen = Vec::new();
        for (number, case_ms) in cases {
            let mut all = problem.examples.iter().chain(&problem.hidden);
            let Some(case) = all.nth(*number) else {
                return Err(SandboxError::InvalidInput(
                    "There is no such case.".to_owned(),
                ));
            };
            let program = Program {
                language,
                source: source.to_owned(),
                signature: problem.signature.clone(),
                input: case.input.clone(),
                seed: FIRST_SEED + *number as u64,
            };
            let limits = Limits {
                case_ms: standard.case_ms.min(*case_ms),
                ..standard
            };
            let observation = self.play(&mut stage, &program, limits).await?;
            let correct = self.is_correct(problem, case, &observation).await?;
            seen.push((observation, correct));
            if !correct {
                break;
            }
        }
        Ok(seen)
    }

    /// Runs one program, for the server's own purposes. Waits its turn among such runs.
    pub async fn execute(
        &self,
        program: Program,
        limits: Limits,
    ) -> Result<Observation, SandboxError> {
        self.offers(program.language)?;
        let _permit = self.admit(OWN_LINE, OWN_WAITING_MAX).await?;
        let mut stage = self.stage(program.language);
        let limits = self.capped(program.language, limits);
        self.play(&mut stage, &program, limits).await
    }

    /// The arguments that a problem's generator makes for a size: Python's `generate(size, seed)`, run in an
    /// instance of its own, returns a list with one value per parameter.
    pub async fn generate(
        &self,
        generator: &str,
        size: u64,
        seed: u64,
    ) -> Result<Vec<Value>, SandboxError> {
        let failed = |reason: String| SandboxError::Problem {
            part: "generator",
            reason,
        };
        let program = own_python("generate", generator, vec![json!(size), json!(seed)], seed);
        let limits = Limits::standard(Language::Python, RunKind::Submit);
        let seen = self.execute(program, limits).await?;
        match (seen.status, seen.value) {
            (RunStatus::Ok, Some(Value::Array(args))) => Ok(args),
            (RunStatus::Ok, _) => Err(failed(
                "`generate` must return a list with one value per parameter".to_owned(),
            )),
            (_, _) => Err(failed(seen.message.unwrap_or_default())),
        }
    }

    /// Workers that died or were killed since the start, of all languages.
    pub fn worker_deaths(&self) -> u64 {
        let inner = &self.inner;
        inner.python.deaths() + inner.javascript.deaths() + inner.java.deaths()
    }

    /// The process ids of workers that wait for an order.
    pub fn idle_workers(&self, language: Language) -> Vec<u32> {
        match self.pool(language) {
            Some(pool) => pool.idle_processes(),
            None => self.inner.java.idle_processes(),
        }
    }

    /// The workers of a language that runs in wasm.
    fn pool(&self, language: Language) -> Option<&Pool> {
        match language {
            Language::Python => Some(&self.inner.python),
            Language::Javascript => Some(&self.inner.javascript),
            Language::Java => None,
        }
    }

    fn stage(&self, language: Language) -> Stage<'_> {
        match self.pool(language) {
            Some(pool) => Stage::Wasm(pool),
            None => Stage::Java(self.inner.java.run()),
        }
    }

    async fn admit(
        &self,
        candidate: &str,
        own_max: usize,
    ) -> Result<admission::Permit, SandboxError> {
        self.inner
            .admission
            .enter(candidate, own_max)
            .await
            .map_err(|_| SandboxError::Busy)
    }

    fn capped(&self, language: Language, limits: Limits) -> Limits {
        let ceiling = &self.inner.config.limits;
        let slowness = if language == Language::Java { 2 } else { 1 };
        let case_ms = ceiling
            .case_ms
            .map_or(u64::MAX, |ms| ms.saturating_mul(slowness));
        Limits {
            case_ms: limits.case_ms.min(case_ms),
            total_ms: limits.total_ms,
            memory_bytes: limits
                .memory_bytes
                .min(ceiling.memory_bytes.unwrap_or(u64::MAX)),
            output_bytes: limits
                .output_bytes
                .min(ceiling.output_bytes.unwrap_or(usize::MAX)),
        }
    }

    /// One case, on its own. The caller holds a permit.
    async fn play(
        &self,
        stage: &mut Stage<'_>,
        program: &Program,
        limits: Limits,
    ) -> Result<Observation, SandboxError> {
        let language = program.language;
        let Some(job) = job::job(program) else {
            return Err(SandboxError::InvalidInput(
                "The input does not fit the problem.".to_owned(),
            ));
        };
        let answer = match stage {
            Stage::Wasm(pool) => pool.run(Order { job, limits }).await,
            Stage::Java(run) => run.play(&job, limits).await,
        };
        let answer = answer.map_err(|error| match error {
            PoolError::Preparing => SandboxError::Preparing(language),
            PoolError::Broken(reason) => SandboxError::Unavailable { language, reason },
            PoolError::Lost => SandboxError::Lost,
        })?;
        Ok(job::observe(program, &limits, answer))
    }

    async fn is_correct(
        &self,
        problem: &Problem,
        case: &Case,
        observation: &Observation,
    ) -> Result<bool, SandboxError> {
        match run::judge(
            &problem.signature,
            &problem.comparison,
            observation,
            &case.expected,
        ) {
            Judgement::Same => Ok(true),
            Judgement::Different => Ok(false),
            Judgement::AskChecker => match (
                &problem.comparison,
                run::answer(&problem.signature, observation),
            ) {
                (Comparison::Checker { python }, Some(actual)) => {
                    self.ask_checker(python, case, actual).await
                }
                _ => Ok(false),
            },
        }
    }

    /// Python's `check(args, actual, expected)`. `args` is the list of arguments; for a class a dictionary with
    /// `operations` and `arguments`, for a program the text of stdin. `actual` and `expected` are the returned
    /// value, the list of results, or what was printed. Only `True` counts. A checker that stumbles over an answer has not accepted it.
    async fn ask_checker(
        &self,
        python: &str,
        case: &Case,
        actual: Value,
    ) -> Result<bool, SandboxError> {
        let args = match &case.input {
            CaseInput::Arguments { args } => json!(args),
            CaseInput::Operations {
                operations,
                arguments,
            } => json!({"operations": operations, "arguments": arguments}),
            CaseInput::Stdin { stdin } => json!(stdin),
        };
        let program = own_python(
            "check",
            python,
            vec![args, actual, case.expected.clone()],
            FIRST_SEED,
        );
        let limits = Limits::standard(Language::Python, RunKind::Submit);
        let mut stage = self.stage(Language::Python);
        let seen = self.play(&mut stage, &program, limits).await?;
        match seen.status {
            RunStatus::Ok => Ok(seen.value == Some(Value::Bool(true))),
            RunStatus::CompileError => Err(SandboxError::Problem {
                part: "checker",
                reason: seen.message.unwrap_or_default(),
            }),
            _ => Ok(false),
        }
    }
}

impl Stage<'_> {
    /// Time that went into compiling since this was asked last, where that is not part of each case.
    fn compiling(&mut self) -> Duration {
        match self {
            Stage::Wasm(_) => Duration::ZERO,
            Stage::Java(run) => run.compiling(),
        }
    }
}

impl From<Status> for Availability {
    fn from(status: Status) -> Self {
        match status {
            Status::Preparing => Availability::Preparing,
            Status::Ready => Availability::Ready,
            Status::Broken(reason) => Availability::Unavailable(reason),
        }
    }
}

/// A function of the problem's own, on values of any shape.
fn own_python(entry: &str, source: &str, args: Vec<Value>, seed: u64) -> Program {
    let params = args.iter().enumerate().map(|(i, _)| Parameter {
        name: format!("value_{i}"),
        kind: Type::Json,
    });
    Program {
        language: Language::Python,
        source: source.to_owned(),
        signature: Signature::Function {
            name: entry.to_owned(),
            params: params.collect(),
            returns: Type::Json,
            result_argument: None,
        },
        input: CaseInput::Arguments { args },
        seed,
    }
}
