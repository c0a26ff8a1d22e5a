//! Java: no interpreter in wasm but the machine's own JDK, so each run gets a process of its own, in a jail
//! (`java/jail.rs`), and that process ends with the run.
//!
//! A JVM takes half a second to start and to load its compiler. So a few are kept waiting, warmed up with programs of our
//! own; a run takes one, which compiles the code once and plays case after case, each in a class loader of its own, with its
//! input sent only when the case before has been answered. Afterwards it is killed and another is started. The first use of Java
//! starts all this; half an interview without Java ends it.
//!
//! Not here: what a reply means (`job.rs`), the Java in the JVM (`sandbox/java` of the guests).

pub mod jail;
mod jdk;
mod jvm;
mod runtime;

pub use jdk::JavaPlaces;

use super::{
    pool::{PoolError, Status},
    worker,
};
use interviewd_domain::run::Limits;
use interviewd_wasm::{Answer, End};
use jail::Jail;
use jdk::Jdk;
use jvm::{Exchange, Jvm};
use parking_lot::Mutex;
use runtime::Runtime;
use std::{
    collections::VecDeque,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};
use tokio::sync::{oneshot, watch};

/// JVMs that wait for a run, if there are as many cores; each takes some 150 MB when it is warm.
const WAITING_MAX: usize = 2;

/// A JVM that nobody asked for in this time ends.
const IDLE: Duration = Duration::from_secs(600);

/// Rounds of warming up; more gain nothing that can be measured.
const ROUNDS: u32 = 20;

/// Pauses between failed starts, and how many failures in a row make those who wait be told.
const BACKOFF: Duration = Duration::from_millis(500);
const FAILURES_MAX: u32 = 3;

/// A run is tried on so many JVMs when they are killed from outside.
const TRIES_MAX: u32 = 2;

/// Users of the JVMs of a server that is root: from here on, one each.
const USER_FIRST: u32 = 64_001;
const USERS: u32 = 500;

/// What compiling may take, however little time a case has.
const COMPILE_MS: u64 = 10_000;

/// What the runner answers to a request to compile that went well.
const COMPILED: &str = r#"{"status":"ok","value":null}"#;

/// What is needed to run Java, found out once.
pub struct Launch {
    /// The binary to start as the jail.
    pub executable: PathBuf,
    pub cache_dir: PathBuf,
    pub places: JavaPlaces,
    /// Runs at once.
    pub capacity: usize,
    pub memory_mb: u64,
}

/// Dropping it ends the JVMs.
pub struct Java {
    shared: Arc<Shared>,
}

struct Shared {
    launch: Launch,
    status: watch::Sender<Status>,
    /// Which walls there are; for a log line and for `/ready`.
    found: Mutex<Option<Found>>,
    runtime: Mutex<Option<Arc<Runtime>>>,
    state: Mutex<State>,
}

#[derive(Clone)]
struct Found {
    jdk: Jdk,
    bubblewrap: Option<PathBuf>,
    as_root: bool,
}

#[derive(Default)]
struct State {
    idle: Vec<Waiting>,
    /// Being started and warmed up, to be kept.
    starting_to_keep: usize,
    calls: VecDeque<oneshot::Sender<Waiting>>,
    failures: u32,
    deaths: u64,
    next_user: u32,
    stopping: bool,
}

/// A JVM in the care of its thread. Dropping it ends the JVM.
struct Waiting {
    tasks: mpsc::Sender<Task>,
    child: Arc<Mutex<Child>>,
    process_id: u32,
}

struct Task {
    job: Arc<[u8]>,
    limits: Limits,
    reply: oneshot::Sender<Exchange>,
}

impl Java {
    /// Looks for a JDK, and tries the jail in the background. No JVM is started.
    pub fn start(launch: Launch) -> Java {
        let (status, _) = watch::channel(Status::Preparing);
        let shared = Arc::new(Shared {
            launch,
            status,
            found: Mutex::default(),
            runtime: Mutex::default(),
            state: Mutex::default(),
        });
        let jdk = match jdk::find(&shared.launch.places) {
            Ok(jdk) => jdk,
            Err(reason) => {
                shared.status.send_replace(Status::Broken(reason));
                return Java { shared };
            }
        };
        let probing = shared.clone();
        shared.spawn(move || {
            let status = match probing.probe(jdk) {
                Ok(found) => {
                    let walls = match found.bubblewrap {
                        Some(_) => "bubblewrap, Landlock and seccomp",
                        None => "Landlock and seccomp",
                    };
                    tracing::info!(
                        version = found.jdk.version,
                        "Java can be run, in a jail of {walls}"
                    );
                    *probing.found.lock() = Some(found);
                    Status::Ready
                }
                Err(reason) => {
                    tracing::info!("Java cannot be run: {reason}");
                    Status::Broken(reason)
                }
            };
            probing.status.send_replace(status);
        });
        Java { shared }
    }

    pub fn status(&self) -> Status {
        self.shared.status.borrow().clone()
    }

    /// Waits until it is known whether Java can be run.
    pub async fn settled(&self) -> Status {
        let mut status = self.shared.status.subscribe();
        match status.wait_for(|status| *status != Status::Preparing).await {
            Ok(status) => status.clone(),
            Err(_) => Status::Preparing,
        }
    }

    /// Somebody is about to use Java: JVMs are started and warmed up.
    pub fn wake(&self) {
        if self.status() == Status::Ready {
            self.shared.refill();
        }
    }

    /// JVMs that were killed from outside or ended on their own since the start.
    pub fn deaths(&self) -> u64 {
        self.shared.state.lock().deaths
    }

    pub fn idle_processes(&self) -> Vec<u32> {
        let state = self.shared.state.lock();
        state.idle.iter().map(|jvm| jvm.process_id).collect()
    }

    /// A run of one program on any number of inputs.
    pub fn run(&self) -> Run<'_> {
        Run {
            shared: &self.shared,
            jvm: None,
            compiling: Duration::ZERO,
        }
    }
}

impl Drop for Java {
    fn drop(&mut self) {
        let mut state = self.shared.state.lock();
        state.stopping = true;
        state.idle.clear();
        state.calls.clear();
    }
}

/// The cases of one run, one after the other. Dropping it kills the JVM that it has, busy or not.
pub struct Run<'a> {
    shared: &'a Arc<Shared>,
    jvm: Option<Leased<'a>>,
    compiling: Duration,
}

/// Nobody gets a JVM that somebody else's code has run in.
struct Leased<'a> {
    jvm: Waiting,
    shared: &'a Arc<Shared>,
}

impl Drop for Leased<'_> {
    fn drop(&mut self) {
        let _ = self.jvm.child.lock().kill();
        // Not before: the run should have the machine for itself.
        self.shared.refill();
    }
}

impl<'a> Run<'a> {
    /// Plays one case. `job` is the whole job, its source the same each time. The answer's duration is that of the case
    /// alone.
    pub async fn play(&mut self, job: &str, limits: Limits) -> Result<Answer, PoolError> {
        let mut killed = None;
        for _ in 0..TRIES_MAX {
            let jvm = match self.jvm.take() {
                Some(jvm) => jvm,
                None => {
                    let jvm = self.shared.lease().await?;
                    let compile = format!(
                        "{},\"task\":\"compile\"}}",
                        job.strip_suffix('}').unwrap_or(job)
                    );
                    let started = Instant::now();
                    let case_ms = limits.case_ms.max(COMPILE_MS);
                    let compiled = jvm
                        .ask(compile.as_bytes(), Limits { case_ms, ..limits })
                        .await;
                    self.compiling += started.elapsed();
                    match compiled {
                        Some(Exchange { answer, .. }) if is_compiled(&answer) => jvm,
                        Some(exchange) if exchange.was_killed => {
                            killed = Some(exchange.answer);
                            continue;
                        }
                        Some(exchange) => return Ok(exchange.answer),
                        None => continue,
                    }
                }
            };
            let Some(exchange) = jvm.ask(job.as_bytes(), limits).await else {
                continue;
            };
            if exchange.was_killed {
                killed = Some(exchange.answer);
                continue;
            }
            if exchange.alive {
                self.jvm = Some(jvm);
            }
            return Ok(exchange.answer);
        }
        // Twice in a row is no accident: it is what the kernel does to code that uses up the memory.
        killed.ok_or(PoolError::Lost)
    }

    /// What compiling took since this was asked last.
    pub fn compiling(&mut self) -> Duration {
        std::mem::take(&mut self.compiling)
    }
}

fn is_compiled(answer: &Answer) -> bool {
    matches!(&answer.end, End::Returned(reply) if reply == COMPILED)
}

impl Leased<'_> {
    /// `None` when the JVM was gone before it saw the order.
    async fn ask(&self, job: &[u8], limits: Limits) -> Option<Exchange> {
        let (reply, exchange) = oneshot::channel();
        let job = job.into();
        let task = Task { job, limits, reply };
        self.jvm.tasks.send(task).ok()?;
        exchange.await.ok()
    }
}

impl Shared {
    /// Which jail can be put up.
    fn probe(&self, jdk: Jdk) -> Result<Found, String> {
        // SAFETY: asks for a number.
        let as_root = unsafe { libc::geteuid() } == 0;
        let mut found = Found {
            jdk,
            bubblewrap: self
                .launch
                .places
                .path
                .iter()
                .map(|folder| folder.join("bwrap"))
                .find(|path| path.is_file()),
            as_root,
        };
        if found.bubblewrap.is_some() {
            match self.try_jail(&found) {
                Ok(()) => return Ok(found),
                Err(reason) => {
                    tracing::info!("Bubblewrap does not work here, going on without it: {reason}");
                    found.bubblewrap = None;
                }
            }
        }
        match self.try_jail(&found) {
            Ok(()) => Ok(found),
            Err(reason) => Err(format!("it cannot be locked in safely here: {reason}")),
        }
    }

    fn try_jail(&self, found: &Found) -> Result<(), String> {
        // The same path as later: not everybody may get there.
        let cache_dir = &self.launch.cache_dir;
        runtime::make_private(cache_dir).map_err(|error| error.to_string())?;
        let folder = std::fs::File::open(cache_dir).map_err(|error| error.to_string())?;
        let mut command = Command::new(&self.launch.executable);
        command
            .arg(worker::SUBCOMMAND)
            .args(self.jail(found, USER_FIRST + USERS).words())
            .arg("-")
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::null());
        runtime::at_its_place(&mut command, &folder.into());
        let output = command.output().map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let told = String::from_utf8_lossy(&output.stderr);
        Err(format!("{} ({})", told.trim(), output.status))
    }

    fn jail(&self, found: &Found, user: u32) -> Jail {
        Jail {
            jdk: found.jdk.home.clone(),
            data_mb: self.launch.memory_mb,
            user: found.as_root.then_some(user),
            bubblewrap: found.bubblewrap.clone(),
        }
    }

    async fn lease<'a>(self: &'a Arc<Self>) -> Result<Leased<'a>, PoolError> {
        match self.status.borrow().clone() {
            Status::Preparing => return Err(PoolError::Preparing),
            Status::Broken(reason) => return Err(PoolError::Broken(reason)),
            Status::Ready => {}
        }
        let turn = {
            let mut state = self.state.lock();
            while let Some(jvm) = state.idle.pop() {
                if matches!(jvm.child.lock().try_wait(), Ok(None)) {
                    return Ok(Leased { jvm, shared: self });
                }
            }
            let (call, turn) = oneshot::channel();
            state.calls.push_back(call);
            turn
        };
        // In a hurry: without warming up. Whichever is ready first is taken.
        self.start_one(0);
        match turn.await {
            Ok(jvm) => Ok(Leased { jvm, shared: self }),
            Err(_) => Err(match self.status.borrow().clone() {
                Status::Broken(reason) => PoolError::Broken(reason),
                _ => PoolError::Lost,
            }),
        }
    }

    /// Starts a JVM to keep if there are too few. One at a time: the next begins when this one is ready.
    fn refill(self: &Arc<Self>) {
        let wanted = {
            let mut state = self.state.lock();
            let wanted = WAITING_MAX.min(self.launch.capacity);
            let missing = !state.stopping
                && state.starting_to_keep == 0
                && state.failures < FAILURES_MAX
                && state.idle.len() < wanted;
            state.starting_to_keep += usize::from(missing);
            missing
        };
        if wanted {
            self.start_one(ROUNDS);
        }
    }

    fn start_one(self: &Arc<Self>, rounds: u32) {
        let shared = self.clone();
        self.spawn(move || shared.attend(rounds));
    }

    fn spawn(&self, life: impl FnOnce() + Send + 'static) {
        let name = "sandbox java".to_owned();
        if let Err(error) = thread::Builder::new().name(name).spawn(life) {
            self.status
                .send_replace(Status::Broken(format!("no thread for a JVM: {error}")));
        }
    }

    /// The life of one JVM. The process ends with this thread at the latest.
    fn attend(self: &Arc<Self>, rounds: u32) {
        let started = self.begin(rounds);
        if rounds > 0 {
            self.state.lock().starting_to_keep -= 1;
        }
        let mut jvm = match started {
            Ok(jvm) => jvm,
            Err(reason) => return self.failed(rounds, reason),
        };
        self.state.lock().failures = 0;
        let (tasks, orders) = mpsc::channel();
        let process_id = jvm.process_id();
        self.offer(Waiting {
            tasks,
            child: jvm.child(),
            process_id,
        });
        if rounds > 0 {
            self.refill();
        }
        loop {
            match orders.recv_timeout(IDLE) {
                Ok(Task { job, limits, reply }) => {
                    let exchange = jvm.exchange(&job, &limits);
                    let (is_over, was_killed) = (!exchange.alive, exchange.was_killed);
                    let is_wanted = reply.send(exchange).is_ok();
                    if is_over {
                        // One that nobody waits for any more was killed by us.
                        self.state.lock().deaths += u64::from(was_killed && is_wanted);
                        return;
                    }
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => return,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    let mut state = self.state.lock();
                    state
                        .idle
                        .retain(|waiting| waiting.process_id != process_id);
                }
            }
        }
    }

    fn begin(&self, rounds: u32) -> Result<Jvm, String> {
        let found = self.found.lock().clone().ok_or("Java was not found")?;
        let runtime = {
            // Made by whoever comes first; the others wait for it.
            let mut runtime = self.runtime.lock();
            match &*runtime {
                Some(runtime) => runtime.clone(),
                None => {
                    let started = Instant::now();
                    let launch = &self.launch;
                    let made = Runtime::prepare(&found.jdk, &launch.cache_dir, launch.memory_mb)?;
                    tracing::info!(
                        took_ms = started.elapsed().as_millis() as u64,
                        "Java's runner is ready"
                    );
                    runtime.insert(Arc::new(made)).clone()
                }
            }
        };
        let user = {
            let mut state = self.state.lock();
            if state.stopping {
                return Err("the server stops".to_owned());
            }
            state.next_user = (state.next_user + 1) % USERS;
            USER_FIRST + state.next_user
        };
        let jail = self.jail(&found, user);
        Jvm::start(&runtime, &self.launch.executable, &jail, rounds)
    }

    /// To whoever has waited longest, else to the idle ones.
    fn offer(&self, jvm: Waiting) {
        let mut state = self.state.lock();
        let mut jvm = jvm;
        while let Some(call) = state.calls.pop_front() {
            match call.send(jvm) {
                Ok(()) => return,
                Err(returned) => jvm = returned,
            }
        }
        if !state.stopping && state.idle.len() < WAITING_MAX.min(self.launch.capacity) {
            state.idle.push(jvm);
        }
    }

    fn failed(self: &Arc<Self>, rounds: u32, reason: String) {
        let (failures, is_awaited) = {
            let mut state = self.state.lock();
            if state.stopping {
                return;
            }
            state.failures += 1;
            state.calls.retain(|call| !call.is_closed());
            (state.failures, !state.calls.is_empty())
        };
        tracing::warn!(failures, "A JVM did not start: {reason}");
        if failures >= FAILURES_MAX {
            // Those who wait are told, the next one who comes tries again.
            let mut state = self.state.lock();
            state.calls.clear();
            state.failures = 0;
        } else if is_awaited || rounds > 0 {
            thread::sleep(BACKOFF);
            match is_awaited {
                true => self.start_one(0),
                false => self.refill(),
            }
        }
    }
}
