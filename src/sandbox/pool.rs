//! Worker processes of one language: started when needed, handed out one order at a time, killed when they overrun,
//! replaced when they die.
//!
//! Each process has a thread of the server's that starts it, talks to it and reaps it; the processes are tied to
//! these threads, so none outlives the server. A death in the middle of an order is no news about the candidate's
//! code (it may be the kernel's or an admin's doing): the order is given once more to a fresh worker, then it is our
//! own error. Starts that fail are repeated with growing pauses and reported.

use super::wire::{self, Hello, Order};
use interviewd_domain::problem::Language;
use interviewd_wasm::{Answer, End};
use parking_lot::Mutex;
use serde::de::DeserializeOwned;
use std::{
    collections::VecDeque,
    io::{self, Read, Write},
    os::fd::{AsRawFd, RawFd},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};
use tokio::sync::{oneshot, watch};

/// How much later than its own limit a worker may answer before it is killed.
const GRACE: Duration = Duration::from_millis(1_500);

/// Loading takes tens of milliseconds; a machine under load gets more.
const HELLO_TIMEOUT: Duration = Duration::from_secs(20);

/// Pauses between failed starts: doubling from the first to the last of these.
const BACKOFF_FIRST: Duration = Duration::from_millis(100);
const BACKOFF_LAST: Duration = Duration::from_secs(30);

/// After this many failed starts in a row those who wait are told.
const FAILURES_MAX: u32 = 3;

/// An order is tried on this many workers at most.
const TRIES_MAX: u32 = 2;

/// What there is to say about a language's workers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The guest is being compiled or the first worker is starting.
    Preparing,
    Ready,
    /// No worker could be started; the reason is for the admin.
    Broken(String),
}

/// What happens in the background, for a progress line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// First start on this machine: the guest is compiled once, which takes seconds.
    Compiling(Language),
    Compiled(Language, Duration),
    /// The first worker takes orders.
    Ready(Language, Duration),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PoolError {
    Preparing,
    Broken(String),
    /// Workers died under this order, one after the other.
    Lost,
}

pub struct Launch {
    /// The binary to start as a worker.
    pub executable: PathBuf,
    pub cache_dir: PathBuf,
    pub language: Language,
    /// At most so many processes.
    pub capacity: usize,
    pub progress: Arc<dyn Fn(Progress) + Send + Sync>,
}

/// Dropping it ends the workers.
pub struct Pool {
    shared: Arc<Shared>,
}

impl Pool {
    /// Starts the first worker in the background.
    pub fn start(launch: Launch) -> Pool {
        let (status, _) = watch::channel(Status::Preparing);
        let state = State {
            idle: vec![],
            live: 0,
            waiting: VecDeque::new(),
            failures: 0,
            deaths: 0,
            stopping: false,
        };
        let shared = Arc::new(Shared {
            launch,
            started: Instant::now(),
            status,
            state: Mutex::new(state),
            compiling: Mutex::new(()),
        });
        shared.start_worker();
        Pool { shared }
    }

    pub fn status(&self) -> Status {
        self.shared.status.borrow().clone()
    }

    /// Waits until the first worker is ready or cannot be had.
    pub async fn settled(&self) -> Status {
        let mut status = self.shared.status.subscribe();
        match status.wait_for(|status| *status != Status::Preparing).await {
            Ok(status) => status.clone(),
            Err(_) => Status::Preparing,
        }
    }

    /// Workers that died or were killed since the start.
    pub fn deaths(&self) -> u64 {
        self.shared.state.lock().deaths
    }

    /// The processes that wait for an order.
    pub fn idle_processes(&self) -> Vec<u32> {
        self.shared
            .state
            .lock()
            .idle
            .iter()
            .map(|worker| worker.process_id)
            .collect()
    }

    /// Runs one order. Dropping the future kills the worker that is busy with it.
    pub async fn run(&self, order: Order) -> Result<Answer, PoolError> {
        let limit = Duration::from_millis(order.limits.case_ms);
        let frame: Arc<[u8]> = wire::encode(&order).map_err(|_| PoolError::Lost)?.into();
        let (mut tries, mut found_dead) = (0, 0);
        while tries < TRIES_MAX && found_dead <= self.shared.launch.capacity {
            let worker = self.shared.lease().await?;
            let (reply, answer) = oneshot::channel();
            let busy = Busy {
                worker: Some(worker),
                shared: &self.shared,
            };
            busy.send(Task {
                frame: frame.clone(),
                limit,
                reply,
            });
            match answer.await {
                Ok(Outcome::Answered(answer)) => {
                    busy.give_back();
                    return Ok(answer);
                }
                Ok(Outcome::Overran(spent)) => return Ok(overrun(spent)),
                // Dead before it saw the order: found out only now, and no try.
                Ok(Outcome::FoundDead) => found_dead += 1,
                Ok(Outcome::Died) | Err(_) => tries += 1,
            }
        }
        Err(PoolError::Lost)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let mut state = self.shared.state.lock();
        state.stopping = true;
        state.idle.clear();
        state.waiting.clear();
    }
}

/// A worker that did not even answer when its time was up has used up its time.
fn overrun(spent: Duration) -> Answer {
    Answer {
        end: End::Timeout,
        stdout: String::new(),
        stderr: String::new(),
        starved: false,
        duration_us: spent.as_micros() as u64,
    }
}

struct Shared {
    launch: Launch,
    started: Instant,
    status: watch::Sender<Status>,
    state: Mutex<State>,
    /// Held by the thread that compiles; the others wait and then find the code in the cache.
    compiling: Mutex<()>,
}

struct State {
    idle: Vec<Worker>,
    /// Processes that exist or are being started.
    live: usize,
    waiting: VecDeque<oneshot::Sender<Worker>>,
    /// Failed starts in a row.
    failures: u32,
    deaths: u64,
    stopping: bool,
}

/// A process that waits for orders. Dropping it ends the process.
struct Worker {
    tasks: mpsc::Sender<Task>,
    child: Arc<Mutex<Child>>,
    process_id: u32,
}

struct Task {
    frame: Arc<[u8]>,
    limit: Duration,
    reply: oneshot::Sender<Outcome>,
}

enum Outcome {
    Answered(Answer),
    Overran(Duration),
    FoundDead,
    Died,
}

/// A worker with an order. Unless it is given back, it is killed: nobody waits for its answer any more.
struct Busy<'a> {
    worker: Option<Worker>,
    shared: &'a Arc<Shared>,
}

impl Busy<'_> {
    fn send(&self, task: Task) {
        if let Some(worker) = &self.worker {
            // When the thread is gone, so is the task with its reply channel, which tells the caller.
            let _ = worker.tasks.send(task);
        }
    }

    fn give_back(mut self) {
        if let Some(worker) = self.worker.take() {
            self.shared.offer(worker);
        }
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            // Does nothing to a process that was reaped already.
            let _ = worker.child.lock().kill();
        }
    }
}

impl Shared {
    async fn lease(self: &Arc<Self>) -> Result<Worker, PoolError> {
        let turn = {
            let mut state = self.state.lock();
            if let Some(worker) = state.idle.pop() {
                return Ok(worker);
            }
            match &*self.status.borrow() {
                Status::Preparing => return Err(PoolError::Preparing),
                Status::Broken(reason) => {
                    let reason = reason.clone();
                    return Err(PoolError::Broken(reason));
                }
                Status::Ready => {}
            }
            let (call, turn) = oneshot::channel();
            state.waiting.push_back(call);
            if state.live < self.launch.capacity {
                state.live += 1;
                self.spawn_thread(Duration::ZERO);
            }
            turn
        };
        turn.await.map_err(|_| match self.status.borrow().clone() {
            Status::Broken(reason) => PoolError::Broken(reason),
            _ => PoolError::Lost,
        })
    }

    fn offer(&self, worker: Worker) {
        let mut state = self.state.lock();
        let mut worker = worker;
        while let Some(call) = state.waiting.pop_front() {
            match call.send(worker) {
                Ok(()) => return,
                Err(returned) => worker = returned,
            }
        }
        if !state.stopping {
            state.idle.push(worker);
        }
    }

    fn start_worker(self: &Arc<Self>) {
        self.state.lock().live += 1;
        self.spawn_thread(Duration::ZERO);
    }

    fn spawn_thread(self: &Arc<Self>, pause: Duration) {
        let shared = self.clone();
        let name = format!("sandbox {}", self.launch.language);
        let spawned = thread::Builder::new().name(name).spawn(move || {
            thread::sleep(pause);
            shared.attend();
        });
        if let Err(error) = spawned {
            self.status
                .send_replace(Status::Broken(format!("no thread for a worker: {error}")));
        }
    }

    /// The life of one worker process.
    fn attend(self: &Arc<Self>) {
        match self.start_process() {
            Ok((process, tasks, worker)) => {
                {
                    self.state.lock().failures = 0;
                    let first = self.status.send_replace(Status::Ready) != Status::Ready;
                    if first {
                        let (language, took) = (self.launch.language, self.started.elapsed());
                        tracing::info!(%language, took_ms = took.as_millis() as u64, "Ready to run code");
                        (self.launch.progress)(Progress::Ready(language, took));
                    }
                }
                self.offer(worker);
                let killed = process.serve(tasks);
                self.ended(killed);
            }
            Err(reason) => self.failed(reason),
        }
    }

    fn start_process(&self) -> Result<(Process, mpsc::Receiver<Task>, Worker), String> {
        // Twice: the first hello may be that the guest must be compiled.
        for _ in 0..2 {
            let mut process = Process::start(&self.launch)
                .map_err(|error| format!("a worker could not be started: {error}"))?;
            match process.receive::<Hello>(Instant::now() + HELLO_TIMEOUT) {
                Ok(Hello::Ready) => {
                    let (tasks, receiver) = mpsc::channel();
                    let worker = Worker {
                        tasks,
                        child: process.child.clone(),
                        process_id: process.child.lock().id(),
                    };
                    return Ok((process, receiver, worker));
                }
                Ok(Hello::NotCompiled) => {
                    process.end();
                    self.compile()?;
                }
                Ok(Hello::Failed { reason }) => {
                    process.end();
                    return Err(reason);
                }
                Err(_) => {
                    let status = process.end();
                    return Err(format!("a worker ended before it was ready ({status})"));
                }
            }
        }
        Err("the compiled guest does not load".to_owned())
    }

    fn compile(&self) -> Result<(), String> {
        let _alone = self.compiling.lock();
        let language = self.launch.language;
        let started = Instant::now();
        tracing::info!(%language, "Compiling a language runtime; this happens once on a machine and takes seconds");
        (self.launch.progress)(Progress::Compiling(language));
        let output = command(&self.launch, "compile")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| format!("the guest could not be compiled: {error}"))?;
        if !output.status.success() {
            let reason = String::from_utf8_lossy(&output.stderr);
            return Err(format!(
                "the guest could not be compiled ({}): {}",
                output.status,
                reason.trim()
            ));
        }
        let took = started.elapsed();
        tracing::info!(%language, took_ms = took.as_millis() as u64, "Compiled");
        (self.launch.progress)(Progress::Compiled(language, took));
        Ok(())
    }

    /// A worker that had been ready is gone.
    fn ended(self: &Arc<Self>, died: bool) {
        let mut state = self.state.lock();
        state.live -= 1;
        state.deaths += u64::from(died && !state.stopping);
        let needed = state.live == 0 || !state.waiting.is_empty();
        if !state.stopping && needed {
            state.live += 1;
            self.spawn_thread(Duration::ZERO);
        }
    }

    /// A worker did not get ready.
    fn failed(self: &Arc<Self>, reason: String) {
        let mut state = self.state.lock();
        state.failures += 1;
        let failures = state.failures;
        if state.stopping {
            state.live -= 1;
            return;
        }
        // One thread keeps trying; more would only fail together. Those who wait are served by the others.
        if state.live > 1 {
            state.live -= 1;
            return;
        }
        if failures >= FAILURES_MAX {
            tracing::error!(language = %self.launch.language, failures, "Code cannot be run: {reason}");
            self.status.send_replace(Status::Broken(reason));
            state.waiting.clear();
        } else {
            tracing::warn!(language = %self.launch.language, failures, "A worker did not start, trying again: {reason}");
        }
        let pause = BACKOFF_FIRST
            .saturating_mul(1 << failures.min(16))
            .min(BACKOFF_LAST);
        self.spawn_thread(pause);
    }
}

/// A running worker process and the pipes to it.
struct Process {
    child: Arc<Mutex<Child>>,
    orders: ChildStdin,
    answers: ChildStdout,
}

fn command(launch: &Launch, role: &str) -> Command {
    let mut command = Command::new(&launch.executable);
    command
        .args([super::worker::SUBCOMMAND, role, launch.language.as_str()])
        .arg(&launch.cache_dir)
        .env_clear()
        .current_dir("/");
    command
}

impl Process {
    fn start(launch: &Launch) -> io::Result<Process> {
        let mut child = command(launch, "serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let orders = child.stdin.take().expect("stdin is piped");
        let answers = child.stdout.take().expect("stdout is piped");
        for pipe in [orders.as_raw_fd(), answers.as_raw_fd()] {
            never_block(pipe)?;
        }
        Ok(Process {
            child: Arc::new(Mutex::new(child)),
            orders,
            answers,
        })
    }

    /// Works off tasks until the process dies (true) or nobody has tasks any more (false).
    fn serve(mut self, tasks: mpsc::Receiver<Task>) -> bool {
        while let Ok(task) = tasks.recv() {
            if !matches!(self.child.lock().try_wait(), Ok(None)) {
                let _ = task.reply.send(Outcome::FoundDead);
                self.end();
                return true;
            }
            let started = Instant::now();
            let deadline = started + task.limit + GRACE;
            let outcome = match self
                .send(&task.frame, deadline)
                .and_then(|()| self.receive(deadline))
            {
                Ok(answer) => Outcome::Answered(answer),
                Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                    Outcome::Overran(started.elapsed())
                }
                Err(_) => Outcome::Died,
            };
            let died = !matches!(outcome, Outcome::Answered(_));
            if died {
                // Reaped before anybody hears of it, so that whoever looks finds the process gone.
                let status = self.end();
                tracing::warn!(%status, "A worker ended in the middle of a run");
            }
            let _ = task.reply.send(outcome);
            if died {
                return true;
            }
        }
        self.end();
        false
    }

    /// Kills and reaps; says how it ended, for a log line.
    fn end(&mut self) -> String {
        let mut child = self.child.lock();
        let _ = child.kill();
        child
            .wait()
            .map_or_else(|error| error.to_string(), |status| status.to_string())
    }

    fn send(&mut self, frame: &[u8], deadline: Instant) -> io::Result<()> {
        let mut rest = frame;
        while !rest.is_empty() {
            match self.orders.write(rest) {
                Ok(n) => rest = &rest[n..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    wait_for(self.orders.as_raw_fd(), libc::POLLOUT, deadline)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn receive<T: DeserializeOwned>(&mut self, deadline: Instant) -> io::Result<T> {
        let mut header = [0; 4];
        self.fill(&mut header, deadline)?;
        let mut body = vec![0; wire::announced(header)?];
        self.fill(&mut body, deadline)?;
        wire::decode(&body)
    }

    fn fill(&mut self, buffer: &mut [u8], deadline: Instant) -> io::Result<()> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.answers.read(&mut buffer[filled..]) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(n) => filled += n,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    wait_for(self.answers.as_raw_fd(), libc::POLLIN, deadline)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

pub fn never_block(pipe: RawFd) -> io::Result<()> {
    // SAFETY: a descriptor that our caller owns, and flags.
    let flags = unsafe { libc::fcntl(pipe, libc::F_GETFL) };
    if flags < 0 || unsafe { libc::fcntl(pipe, libc::F_SETFL, flags | libc::O_NONBLOCK) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

fn wait_for(pipe: RawFd, events: i16, deadline: Instant) -> io::Result<()> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    let mut poll = libc::pollfd {
        fd: pipe,
        events,
        revents: 0,
    };
    let timeout_ms = i32::try_from(left.as_millis() + 1).unwrap_or(i32::MAX);
    // SAFETY: one live pollfd, and its count.
    match unsafe { libc::poll(&mut poll, 1, timeout_ms) } {
        -1 if io::Error::last_os_error().kind() != io::ErrorKind::Interrupted => {
            Err(io::Error::last_os_error())
        }
        _ => Ok(()),
    }
}
