//! The clock that makes running guests pause: every few milliseconds a running guest gives control back, so that
//! its time limit can strike. Sleeps while nothing runs.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::Duration,
};
use wasmtime::Engine;

const TICK: Duration = Duration::from_millis(5);

/// Ticks without a job before the thread goes to sleep; waking it costs more than a tick.
const IDLE_TICKS_MAX: u32 = 20;

pub struct Ticker {
    state: Arc<State>,
    thread: thread::Thread,
}

/// Ticks go on while this lives.
pub struct Ticking<'a>(&'a State);

#[derive(Default)]
struct State {
    wanted: AtomicBool,
    asleep: AtomicBool,
}

impl Ticker {
    /// Returns when the thread runs: a thread that is still being set up does not survive a system call filter.
    pub fn start(engine: &Engine) -> io::Result<Ticker> {
        let (running, has_started) = mpsc::channel();
        let state = Arc::new(State::default());
        let (engine, shared) = (engine.clone(), state.clone());
        let thread = thread::Builder::new()
            .name("epoch".to_owned())
            .spawn(move || {
                let _ = running.send(());
                let mut idle_ticks = 0;
                loop {
                    idle_ticks = if shared.wanted.load(SeqCst) {
                        0
                    } else {
                        idle_ticks + 1
                    };
                    if idle_ticks > IDLE_TICKS_MAX {
                        // Whoever wants ticks from here on sees that we sleep, or we see that they want them.
                        shared.asleep.store(true, SeqCst);
                        while !shared.wanted.load(SeqCst) {
                            thread::park();
                        }
                        shared.asleep.store(false, SeqCst);
                    }
                    thread::sleep(TICK);
                    engine.increment_epoch();
                }
            })?;
        has_started.recv().map_err(io::Error::other)?;
        Ok(Ticker {
            state,
            thread: thread.thread().clone(),
        })
    }

    pub fn tick(&self) -> Ticking<'_> {
        self.state.wanted.store(true, SeqCst);
        if self.state.asleep.load(SeqCst) {
            self.thread.unpark();
        }
        Ticking(&self.state)
    }
}

impl Drop for Ticking<'_> {
    fn drop(&mut self) {
        self.0.wanted.store(false, SeqCst);
    }
}
