//! The composition root: config → parts → tasks → serving → draining. The only file that knows everyone.

use crate::{
    access::Gate,
    config::Config,
    edge::{self, Clock, Entropy, Tasks},
    engine::Engine,
    jobs::Jobs,
    ops::log,
    problems::{self, Library},
    queue::Queue,
    realtime::{self, Realtime, timer, token::SocketTokens},
    runs::{self, Runs},
    sandbox::{JavaPlaces, LimitsCeiling, Sandbox, SandboxConfig},
    store::{Store, private_dir},
    views::reader::Views,
    web::{self, Web, cookies::Cookies, limits},
};
use anyhow::Context;
use interviewd_domain::interview::Rules;
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio::net::TcpListener;

/// How long open requests and jobs have after a signal to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// Evaluations at once: they wait for the sandbox most of the time.
const JOB_WORKERS: usize = 2;
/// The store's file in `data.dir`.
pub const DATABASE: &str = "interviewd.redb";

/// How the server is started.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A store in memory, a demo account and a finished interview to look at.
    pub demo: bool,
    /// Shows `/design`.
    pub dev: bool,
    /// The binary that becomes sandbox workers; the running one when absent.
    pub executable: Option<PathBuf>,
}

/// Everything, wired; clones share it.
#[derive(Clone)]
pub struct App {
    pub config: Config,
    pub store: Store,
    pub gate: Gate,
    pub engine: Engine,
    pub views: Views,
    pub queue: Queue,
    pub jobs: Jobs,
    pub library: Arc<Library>,
    pub sandbox: Arc<Sandbox>,
    pub realtime: Realtime,
    pub web: Web,
    pub tasks: Tasks,
    pub clock: Clock,
}

/// What takes a while to prepare; tests bring what they share.
pub struct Tools {
    pub library: Arc<Library>,
    pub sandbox: Arc<Sandbox>,
}

impl Tools {
    /// What the config says; the sandbox goes on preparing itself in the background.
    pub fn prepare(config: &Config, options: &Options) -> Tools {
        Tools {
            library: Arc::new(Library::load(Some(&config.problems.dir))),
            sandbox: Arc::new(start_sandbox(config, options)),
        }
    }
}

impl App {
    /// Wires everything over a store that is open. Nothing runs yet but the sandbox's own preparation.
    pub fn assemble(
        config: Config,
        store: Store,
        clock: Clock,
        entropy: Entropy,
        options: &Options,
    ) -> anyhow::Result<App> {
        let tools = Tools::prepare(&config, options);
        App::with_tools(config, store, clock, entropy, options, tools)
    }

    /// [`Self::assemble`] around tools that are there already.
    pub fn with_tools(
        config: Config,
        store: Store,
        clock: Clock,
        entropy: Entropy,
        options: &Options,
        Tools { library, sandbox }: Tools,
    ) -> anyhow::Result<App> {
        let tasks = Tasks::new();
        let queue = Queue::new(store.clone(), clock.clone());
        let gate = Gate::new(store.clone(), clock.clone());
        let views = Views::new(store.clone());
        let engine = Engine::new(
            store.clone(),
            queue.clone(),
            clock.clone(),
            entropy.clone(),
            rules(&config),
        );
        let runs = Runs {
            engine: engine.clone(),
            views: views.clone(),
            sandbox: sandbox.clone(),
            tasks: tasks.clone(),
        };
        let jobs = Jobs {
            queue: queue.clone(),
            gate: gate.clone(),
            engine: engine.clone(),
            views: views.clone(),
            runs: runs.clone(),
        };
        let socket_key = store.signing_key("socket tokens", &entropy)?;
        let realtime = Realtime::new(realtime::Parts {
            engine: engine.clone(),
            views: views.clone(),
            gate: gate.clone(),
            tokens: SocketTokens::new(store.clone(), clock.clone(), entropy.clone(), &socket_key),
            clock: clock.clone(),
            tasks: tasks.clone(),
        });
        let public_url = config.public_url();
        let web = Web::new(web::Parts {
            cookies: Cookies::for_url(&public_url),
            public_url,
            gate: gate.clone(),
            engine: engine.clone(),
            views: views.clone(),
            library: library.clone(),
            sandbox: sandbox.clone(),
            runs,
            realtime: realtime.clone(),
            limits: limits::Limits::new(&config.limits, clock.clone()),
            form_key: store.signing_key("forms", &entropy)?,
            clock: clock.clone(),
            tasks: tasks.clone(),
            started: clock.now(),
            dev: options.dev,
            demo: options.demo.then(|| crate::demo::EMAIL.to_owned()),
            config: config.clone(),
        });
        Ok(App {
            config,
            store,
            gate,
            engine,
            views,
            queue,
            jobs,
            library,
            sandbox,
            realtime,
            web,
            tasks,
            clock,
        })
    }

    /// Puts right what a crash left behind, then starts the timer and the workers.
    pub async fn resume(&self) -> anyhow::Result<()> {
        timer::resume(&self.store, &self.gate, &self.engine).await?;
        runs::sweep_lost(&self.gate, &self.engine, &self.views, &self.queue).await?;
        self.queue.release_all().await?;
        let (store, gate, engine) = (self.store.clone(), self.gate.clone(), self.engine.clone());
        self.tasks.spawn(
            "interview timer",
            timer::run(store, gate, engine, self.tasks.stop_signal()),
        );
        for _ in 0..JOB_WORKERS {
            self.tasks.spawn(
                "job worker",
                self.jobs.clone().work(self.tasks.stop_signal()),
            );
        }
        self.tasks.spawn(
            "problem reload",
            problems::watch(
                self.library.clone(),
                self.clock.clone(),
                self.tasks.stop_signal(),
            ),
        );
        Ok(())
    }
}

/// Runs the server until a signal comes.
pub async fn serve(config: Config, options: Options) -> anyhow::Result<()> {
    log::start(&config.telemetry);
    let clock = Clock::real();
    let stopwatch = clock.stopwatch();
    let store = if options.demo {
        Store::in_memory()
    } else {
        private_dir(&config.data.dir)
            .with_context(|| format!("{} cannot be made", config.data.dir.display()))?;
        Store::open(&config.data.dir.join(DATABASE))?
    };
    let bind = config.server.bind;
    let app = App::assemble(config, store, clock, Entropy::os(), &options)?;
    app.resume().await?;
    if options.demo {
        crate::demo::furnish(&app).await?;
    }
    let listener = TcpListener::bind(bind).await.with_context(|| {
        format!("cannot listen on {bind}; set `server.bind` to another address")
    })?;
    let address = listener.local_addr()?;
    if !options.demo {
        let socket = app.config.data.dir.join(crate::cli::control::SOCKET);
        // A path too long for a socket must not keep the server from its candidates.
        if let Err(error) = crate::cli::control::listen(&app, &socket) {
            tracing::warn!(
                "Commands of the command line cannot reach this server while it runs: {error:#}"
            );
        }
    }
    tracing::info!(
        ready_ms = stopwatch.elapsed().as_millis() as u64,
        "interviewd {} listens on http://{address}",
        env!("CARGO_PKG_VERSION")
    );
    if options.demo {
        tracing::info!(
            "Demo: log in as {} with the password {}. Nothing is kept.",
            crate::demo::EMAIL,
            crate::demo::PASSWORD
        );
    }
    web::serving::serve(listener, app.web.clone(), edge::interrupted()).await?;
    let unfinished = app.tasks.shutdown(DRAIN).await;
    if !unfinished.is_empty() {
        tracing::warn!("Stopped without waiting for: {}", unfinished.join(", "));
    }
    tracing::info!("Stopped.");
    Ok(())
}

fn rules(config: &Config) -> Rules {
    Rules {
        warnings_minutes: config.interview.warnings_minutes.clone(),
        abandon_ms: u64::from(config.interview.abandon_minutes) * 60_000,
    }
}

/// The sandbox for this config; its guests are prepared in the background, with a line in the log.
pub fn start_sandbox(config: &Config, options: &Options) -> Sandbox {
    let cache_dir = if options.demo {
        std::env::temp_dir().join("interviewd-demo-cache")
    } else {
        config.data.dir.join("cache")
    };
    let mut sandbox = SandboxConfig::new(cache_dir);
    if config.sandbox.concurrency > 0 {
        sandbox.concurrency = config.sandbox.concurrency;
    }
    let limits = &config.sandbox.limits;
    sandbox.limits = LimitsCeiling {
        case_ms: Some(limits.wall_ms),
        memory_bytes: Some(limits.memory_mb << 20),
        output_bytes: Some(limits.output_kb << 10),
    };
    let home = &config.sandbox.java.home;
    sandbox.java = JavaPlaces {
        home: (!home.is_empty()).then(|| home.into()),
        java_home: config.machine.java_home.clone(),
        path: config.machine.path.clone(),
    };
    sandbox.executable = options.executable.clone();
    // The sandbox tells the log by itself.
    Sandbox::start(sandbox, |_| {})
}
