//! The one place that asks the operating system for time, dice or a task: [`Clock`], [`Entropy`], [`Tasks`], and
//! [`environment`] for the variables that the program was started with.
//!
//! It is not a place for anything that knows what the product does. Everything else is handed a clock, dice and
//! tasks, so that tests can hand it a manual clock and seeded dice; `clippy.toml` holds the rule and says why.
//! To add a question to the outside world: one method here, its answer for tests beside it, one line in `clippy.toml`.

#![allow(
    clippy::disallowed_methods,
    reason = "this module is where the outside world is asked"
)]

use futures_util::FutureExt as _;
use interviewd_domain::time::Timestamp;
use parking_lot::Mutex;
use rand::{Rng as _, SeedableRng as _, TryRng as _};
use rand_chacha::ChaCha20Rng;
use std::{
    collections::BTreeMap,
    fmt,
    future::Future,
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::{sync::watch, task::AbortHandle};

/// The longest nap of [`Clock::sleep_until`] before it looks at the wall clock again, which people and NTP may set.
const NAP_MAX: Duration = Duration::from_secs(30);

/// How long [`Tasks::shutdown`] waits for aborted tasks to let go of what they hold.
const ABORT_WAIT: Duration = Duration::from_secs(1);

// ── Time ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What time it is: the machine's clock, or one that a test moves. Clones show the same time.
#[derive(Clone)]
pub struct Clock(ClockKind);

#[derive(Clone)]
enum ClockKind {
    Real,
    Manual(Arc<watch::Sender<Timestamp>>),
}

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        Self(ClockKind::Real)
    }

    /// A clock that stands at `now` until it is moved by [`Self::advance`] or [`Self::set`].
    pub fn manual(now: Timestamp) -> Self {
        Self(ClockKind::Manual(Arc::new(watch::Sender::new(now))))
    }

    pub fn now(&self) -> Timestamp {
        match &self.0 {
            ClockKind::Real => {
                let since_epoch = SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .unwrap_or_default();
                Timestamp::from_ms(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
            }
            ClockKind::Manual(time) => *time.borrow(),
        }
    }

    /// Waits for `duration`. On a manual clock: until it was moved that far.
    pub async fn sleep(&self, duration: Duration) {
        match &self.0 {
            ClockKind::Real => tokio::time::sleep(duration).await,
            ClockKind::Manual(_) => self.sleep_until(self.now() + duration).await,
        }
    }

    /// Waits until the clock shows `deadline` or later.
    pub async fn sleep_until(&self, deadline: Timestamp) {
        match &self.0 {
            ClockKind::Real => loop {
                let left = deadline.since(self.now());
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(NAP_MAX)).await;
            },
            ClockKind::Manual(time) => {
                // An error would mean that the sender is gone, but `self` holds it.
                let _ = time.subscribe().wait_for(|now| *now >= deadline).await;
            }
        }
    }

    /// Waits for `future`, but no longer than `limit`: then `None`.
    pub async fn timeout<T>(&self, limit: Duration, future: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            value = future => Some(value),
            () = self.sleep(limit) => None,
        }
    }

    /// Starts measuring a duration; unlike the difference of two `now`s it never runs backwards.
    pub fn stopwatch(&self) -> Stopwatch {
        match &self.0 {
            ClockKind::Real => Stopwatch(StopwatchKind::Real(Instant::now())),
            ClockKind::Manual(_) => Stopwatch(StopwatchKind::Manual(self.clone(), self.now())),
        }
    }

    /// Moves a manual clock forward and wakes whoever slept until then. Panics on the real clock.
    pub fn advance(&self, by: Duration) {
        self.move_to(|now| now + by);
    }

    /// Sets a manual clock, backwards too. Panics on the real clock.
    pub fn set(&self, to: Timestamp) {
        self.move_to(|_| to);
    }

    fn move_to(&self, to: impl FnOnce(Timestamp) -> Timestamp) {
        match &self.0 {
            ClockKind::Real => panic!("only a manual clock can be moved"),
            ClockKind::Manual(time) => time.send_modify(|now| *now = to(*now)),
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            ClockKind::Real => f.write_str("Clock::real"),
            ClockKind::Manual(time) => write!(f, "Clock::manual({})", *time.borrow()),
        }
    }
}

/// A running measurement; see [`Clock::stopwatch`].
#[derive(Debug, Clone)]
pub struct Stopwatch(StopwatchKind);

#[derive(Debug, Clone)]
enum StopwatchKind {
    Real(Instant),
    Manual(Clock, Timestamp),
}

impl Stopwatch {
    pub fn elapsed(&self) -> Duration {
        match &self.0 {
            StopwatchKind::Real(start) => start.elapsed(),
            StopwatchKind::Manual(clock, start) => clock.now().since(*start),
        }
    }
}

// ── Dice ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Random numbers: the operating system's (fit for keys), or a seeded sequence for tests. Clones share one sequence.
#[derive(Clone)]
pub struct Entropy(Option<Arc<Mutex<ChaCha20Rng>>>);

impl Entropy {
    /// The operating system's generator.
    pub fn os() -> Self {
        Self(None)
    }

    /// The same numbers for the same seed, on every machine.
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed)))))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            Some(seeded) => seeded.lock().fill_bytes(&mut bytes),
            None => rand::rngs::SysRng
                .try_fill_bytes(&mut bytes)
                .expect("a system without random numbers cannot make keys or ids"),
        }
        bytes
    }

    pub fn u64(&self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }

    /// What the ids of [`interviewd_domain::ids`] are made of.
    pub fn u128(&self) -> u128 {
        u128::from_le_bytes(self.bytes())
    }

    /// A number from 0 to `bound - 1`, each equally likely. Panics when `bound` is 0.
    pub fn u64_below(&self, bound: u64) -> u64 {
        assert!(bound > 0, "there is no number below zero");
        // Numbers above the largest multiple of `bound` are thrown away, or small results would be likelier.
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let number = self.u64();
            if number < fair {
                return number % bound;
            }
        }
    }
}

impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            None => "Entropy::os",
            Some(_) => "Entropy::seeded",
        })
    }
}

// ── Tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Everything that runs on its own: named, counted, told when to stop, awaited at shutdown. Clones share the count.
#[derive(Clone)]
pub struct Tasks(Arc<Shared>);

struct Shared {
    stop: watch::Sender<bool>,
    live: watch::Sender<Live>,
}

#[derive(Default)]
struct Live {
    next: u64,
    tasks: BTreeMap<u64, Entry>,
}

struct Entry {
    name: &'static str,
    /// Missing between the entry and the spawn, and for blocking work, which cannot be aborted.
    abort: Option<AbortHandle>,
}

/// The signal that tasks listen to; clones hear the same.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

/// A spawned task. Dropping this leaves the task running.
#[derive(Debug)]
pub struct Task<T = ()>(tokio::task::JoinHandle<Option<T>>);

impl Tasks {
    pub fn new() -> Self {
        Self(Arc::new(Shared {
            stop: watch::Sender::new(false),
            live: watch::Sender::new(Live::default()),
        }))
    }

    /// Runs `future` on its own. It must return soon after [`Self::stop_signal`] says so; a panic in it is logged.
    pub fn spawn<T: Send + 'static>(
        &self,
        name: &'static str,
        future: impl Future<Output = T> + Send + 'static,
    ) -> Task<T> {
        let listed = Listed::new(&self.0, name);
        let id = listed.id;
        let handle = tokio::spawn(async move {
            let outcome = AssertUnwindSafe(future).catch_unwind().await;
            drop(listed);
            outcome
                .map_err(|panic| log_panic(name, panic.as_ref()))
                .ok()
        });
        self.0.live.send_if_modified(|live| {
            if let Some(entry) = live.tasks.get_mut(&id) {
                entry.abort = Some(handle.abort_handle());
            }
            false
        });
        Task(handle)
    }

    /// Runs `work` on a thread where it may block (password hashing, files). It cannot be aborted, only awaited.
    pub fn blocking<T: Send + 'static>(
        &self,
        name: &'static str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Task<T> {
        let listed = Listed::new(&self.0, name);
        Task(tokio::task::spawn_blocking(move || {
            let outcome = std::panic::catch_unwind(AssertUnwindSafe(work));
            drop(listed);
            outcome
                .map_err(|panic| log_panic(name, panic.as_ref()))
                .ok()
        }))
    }

    /// What a long-lived task waits for beside its work.
    /// Tells every task to stop, without waiting; [`Self::shutdown`] does both.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    pub fn stop_signal(&self) -> Stop {
        Stop(self.0.stop.subscribe())
    }

    /// How many tasks live, by name.
    pub fn live(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for entry in self.0.live.borrow().tasks.values() {
            *counts.entry(entry.name).or_default() += 1;
        }
        counts
    }

    /// Tells all tasks to stop, waits at most `bound`, aborts the rest, and returns the names of those aborted.
    pub async fn shutdown(&self, bound: Duration) -> Vec<&'static str> {
        self.0.stop.send_replace(true);
        if self.all_gone(bound).await {
            return Vec::new();
        }
        let mut late = Vec::new();
        for entry in self.0.live.borrow().tasks.values() {
            late.push(entry.name);
            if let Some(abort) = &entry.abort {
                abort.abort();
            }
        }
        tracing::warn!(tasks = ?late, "Some tasks did not stop in time and were aborted");
        self.all_gone(ABORT_WAIT).await;
        late
    }

    async fn all_gone(&self, bound: Duration) -> bool {
        let mut live = self.0.live.subscribe();
        let gone = live.wait_for(|live| live.tasks.is_empty());
        tokio::time::timeout(bound, gone).await.is_ok()
    }
}

impl Default for Tasks {
    fn default() -> Self {
        Self::new()
    }
}

impl Stop {
    /// Returns when it is time to stop, at once if that time has come already.
    pub async fn stopped(&mut self) {
        // An error means that the tasks themselves are gone: no less a reason to stop.
        let _ = self.0.wait_for(|stop| *stop).await;
    }

    pub fn is_stopping(&self) -> bool {
        *self.0.borrow()
    }
}

impl<T> Task<T> {
    /// Waits for the result; `None` when the task panicked or was aborted.
    pub async fn join(self) -> Option<T> {
        self.0.await.ok().flatten()
    }

    /// Ends the task at its next await.
    pub fn abort(&self) {
        self.0.abort();
    }

    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }
}

/// A line in the list of live tasks, struck out when the task is over, however it ended.
struct Listed {
    shared: Arc<Shared>,
    id: u64,
}

impl Listed {
    fn new(shared: &Arc<Shared>, name: &'static str) -> Self {
        let mut id = 0;
        shared.live.send_modify(|live| {
            id = live.next;
            live.next += 1;
            live.tasks.insert(id, Entry { name, abort: None });
        });
        Self {
            shared: shared.clone(),
            id,
        }
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        self.shared.live.send_modify(|live| {
            live.tasks.remove(&self.id);
        });
    }
}

/// The message of a panic is ours, written in `expect`s and asserts; it carries no data of a person.
fn log_panic(name: &'static str, panic: &(dyn std::any::Any + Send)) {
    let message = (panic.downcast_ref::<&str>().copied())
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message");
    tracing::error!(task = name, panic = message, "A task panicked");
}

// ── Threads and variables ────────────────────────────────────────────────────────────────────────────────────────

/// Starts a named thread that lives as long as the caller keeps it busy (the store's writer).
pub fn thread(
    name: &str,
    work: impl FnOnce() + Send + 'static,
) -> std::io::Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
}

/// Resolves when the operating system asks the process to stop (Ctrl-C or SIGTERM).
pub async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("a handler can be installed");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// Runs work that keeps a core busy (a password hash) away from the async threads, and waits for it.
pub async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(value) => value,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// The environment variables that are text; others cannot be settings of ours.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn moving_a_manual_clock_wakes_exactly_those_whose_time_has_come() {
        let (clock, tasks) = (Clock::manual(Timestamp::from_ms(1_000)), Tasks::new());
        let sleeper = |ms| {
            let clock = clock.clone();
            tasks.spawn("sleeper", async move {
                clock.sleep_until(Timestamp::from_ms(ms)).await;
                clock.now().as_ms()
            })
        };
        let (soon, late) = (sleeper(1_500), sleeper(3_000));
        tokio::task::yield_now().await;
        clock.advance(Duration::from_millis(500));
        assert_eq!(soon.join().await, Some(1_500));
        assert!(!late.is_finished());
        clock.set(Timestamp::from_ms(9_000));
        assert_eq!(late.join().await, Some(9_000));
    }

    #[tokio::test]
    async fn a_timeout_on_a_manual_clock_takes_no_real_time() {
        let clock = Clock::manual(Timestamp::default());
        let waits = clock.timeout(Duration::from_secs(3_600), std::future::pending::<()>());
        let (outcome, ()) =
            tokio::join!(waits, async { clock.advance(Duration::from_secs(3_600)) });
        assert_eq!(outcome, None);
        let ready = clock.timeout(Duration::ZERO, async { 7 }).await;
        assert_eq!(ready, Some(7));
    }

    #[test]
    fn seeded_dice_repeat_and_clones_share_the_sequence() {
        let (a, b) = (Entropy::seeded(7), Entropy::seeded(7));
        assert_eq!(a.u128(), b.u128());
        assert_ne!(a.clone().u128(), b.u64().into());
        assert_ne!(Entropy::os().u128(), Entropy::os().u128());
        let throws: Vec<u64> = (0..200).map(|_| a.u64_below(3)).collect();
        assert!((0..3).all(|face| throws.iter().filter(|t| **t == face).count() > 30));
    }

    #[tokio::test]
    async fn tasks_are_counted_stopped_and_survive_each_others_panics() {
        let tasks = Tasks::new();
        let mut stop = tasks.stop_signal();
        let polite = tasks.spawn("polite", async move { stop.stopped().await });
        let broken = tasks.spawn("broken", async { panic!("on purpose") });
        assert_eq!(broken.join().await, None::<()>);
        assert_eq!(tasks.live(), BTreeMap::from([("polite", 1)]));
        assert!(tasks.shutdown(Duration::from_secs(5)).await.is_empty());
        assert_eq!(polite.join().await, Some(()));
        assert!(tasks.live().is_empty());
    }

    #[tokio::test]
    async fn a_task_that_does_not_listen_is_aborted_and_named() {
        let tasks = Tasks::new();
        tasks.spawn("deaf", std::future::pending::<()>());
        assert_eq!(tasks.shutdown(Duration::ZERO).await, ["deaf"]);
        assert!(tasks.live().is_empty());
    }
}
