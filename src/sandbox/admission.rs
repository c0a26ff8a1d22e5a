//! Who may run now: at most so many runs at once, the others wait in a queue that serves the candidates in turn.
//!
//! One candidate with ten runs waiting delays another one's first run by one place, not by ten. The queue is
//! bounded for each candidate and as a whole; beyond that the answer is [`Full`], at once.

use parking_lot::Mutex;
use std::{collections::VecDeque, sync::Arc};
use tokio::sync::oneshot;

/// Nobody is let in any more; ask again a little later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

#[derive(Clone)]
pub struct Admission {
    shared: Arc<Shared>,
}

/// The right to run, until dropped.
pub struct Permit {
    shared: Arc<Shared>,
}

impl Admission {
    pub fn new(concurrency: usize, waiting_max: usize) -> Self {
        let state = State {
            free: concurrency,
            waiting: 0,
            lines: VecDeque::new(),
        };
        Self {
            shared: Arc::new(Shared {
                waiting_max,
                state: Mutex::new(state),
            }),
        }
    }

    /// Waits for a turn. Dropping the future gives the place up. `own_max` bounds how many of this candidate's runs wait.
    pub async fn enter(&self, candidate: &str, own_max: usize) -> Result<Permit, Full> {
        let turn = {
            let mut state = self.shared.state.lock();
            if state.free > 0 {
                state.free -= 1;
                return Ok(Permit {
                    shared: self.shared.clone(),
                });
            }
            state.forget_the_gone();
            if state.waiting >= self.shared.waiting_max {
                return Err(Full);
            }
            let (call, turn) = oneshot::channel();
            match state
                .lines
                .iter_mut()
                .find(|line| line.candidate == candidate)
            {
                Some(line) if line.calls.len() >= own_max => return Err(Full),
                Some(line) => line.calls.push_back(call),
                None => state.lines.push_back(Line {
                    candidate: candidate.to_owned(),
                    calls: VecDeque::from([call]),
                }),
            }
            state.waiting += 1;
            turn
        };
        turn.await.map_err(|_| Full)
    }
}

struct Shared {
    waiting_max: usize,
    state: Mutex<State>,
}

struct State {
    free: usize,
    waiting: usize,
    /// One line per candidate that waits; the front one is served next and then goes to the back.
    lines: VecDeque<Line>,
}

struct Line {
    candidate: String,
    calls: VecDeque<oneshot::Sender<Permit>>,
}

impl State {
    fn forget_the_gone(&mut self) {
        for line in &mut self.lines {
            line.calls.retain(|call| !call.is_closed());
        }
        self.lines.retain(|line| !line.calls.is_empty());
        self.waiting = self.lines.iter().map(|line| line.calls.len()).sum();
    }

    fn next(&mut self) -> Option<oneshot::Sender<Permit>> {
        let mut line = self.lines.pop_front()?;
        let call = line.calls.pop_front();
        self.waiting -= usize::from(call.is_some());
        if !line.calls.is_empty() {
            self.lines.push_back(line);
        }
        call
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let next = {
            let mut state = self.shared.state.lock();
            let next = state.next();
            if next.is_none() {
                state.free += 1;
            }
            next
        };
        // Whoever has given up meanwhile drops the permit at once, which passes it on to the next one.
        if let Some(call) = next {
            let _ = call.send(Permit {
                shared: self.shared.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        future::Future,
        pin::Pin,
        task::{Context, Poll, Waker},
    };

    type Waiting = Pin<Box<dyn Future<Output = Result<Permit, Full>>>>;

    fn ask(admission: &Admission, candidate: &'static str) -> Waiting {
        let admission = admission.clone();
        let mut waiting: Waiting = Box::pin(async move { admission.enter(candidate, 3).await });
        assert!(
            poll(&mut waiting).is_none(),
            "{candidate} should have to wait"
        );
        waiting
    }

    fn poll(waiting: &mut Waiting) -> Option<Result<Permit, Full>> {
        match waiting
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(result) => Some(result),
            Poll::Pending => None,
        }
    }

    fn enter(admission: &Admission, candidate: &'static str) -> Result<Permit, Full> {
        let admission = admission.clone();
        let mut waiting: Waiting = Box::pin(async move { admission.enter(candidate, 3).await });
        poll(&mut waiting).expect("an answer at once")
    }

    #[test]
    fn candidates_take_turns() {
        let admission = Admission::new(1, 10);
        let mut running = Some(enter(&admission, "ann").unwrap_or_else(|_| panic!("a free place")));
        let mut waiting = vec![
            ("ann 1", ask(&admission, "ann")),
            ("ann 2", ask(&admission, "ann")),
            ("bob 1", ask(&admission, "bob")),
            ("ann 3", ask(&admission, "ann")),
            ("cho 1", ask(&admission, "cho")),
        ];
        let mut served = vec![];
        while !waiting.is_empty() {
            drop(running.take());
            let (at, permit) = (0..waiting.len())
                .find_map(|i| Some((i, poll(&mut waiting[i].1)?.ok()?)))
                .expect("somebody is let in");
            served.push(waiting.remove(at).0);
            running = Some(permit);
        }
        assert_eq!(served, ["ann 1", "bob 1", "cho 1", "ann 2", "ann 3"]);
    }

    #[test]
    fn a_full_queue_says_so_at_once_and_has_room_again_when_somebody_leaves() {
        let admission = Admission::new(1, 4);
        let _running = enter(&admission, "ann").ok();
        let anns: Vec<_> = (0..3).map(|_| ask(&admission, "ann")).collect();
        assert!(
            enter(&admission, "ann").is_err(),
            "three of one's own may wait"
        );
        let _bob = ask(&admission, "bob");
        assert!(enter(&admission, "cho").is_err(), "four may wait in all");
        drop(anns);
        let _waits = ask(&admission, "cho");
    }

    #[test]
    fn a_permit_for_somebody_who_left_goes_to_the_next() {
        let admission = Admission::new(1, 4);
        let running = enter(&admission, "ann").ok();
        let gone = ask(&admission, "bob");
        let mut patient = ask(&admission, "cho");
        drop(gone);
        drop(running);
        assert!(matches!(poll(&mut patient), Some(Ok(_))));
    }
}
