//! Who wants to know at once when something happens in an interview.
//!
//! A watcher is only told *that* there is news, after the commit; it reads the events behind its own cursor from
//! the store. So nothing is lost, doubled or out of order, whatever the timing.

use interviewd_domain::ids::{AccountId, ConnectionId, InterviewId};
use parking_lot::Mutex;
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::sync::watch;

/// The live interviews of this process.
#[derive(Clone, Default)]
pub struct Live(Arc<Shared>);

#[derive(Default)]
struct Shared {
    interviews: Mutex<HashMap<InterviewId, watch::Sender<u64>>>,
    seats: Mutex<HashMap<InterviewId, Occupant>>,
    connections: AtomicUsize,
}

struct Occupant {
    candidate: AccountId,
    connection: ConnectionId,
    evict: watch::Sender<Option<Eviction>>,
}

/// Why a socket has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eviction {
    /// The same interview was opened elsewhere.
    Replaced,
    /// Logged out, revoked or deleted.
    Unauthorized,
}

/// A socket's place in an interview; given up when dropped.
pub struct Occupied {
    live: Live,
    interview: InterviewId,
    connection: ConnectionId,
    evicted: watch::Receiver<Option<Eviction>>,
}

impl Live {
    /// Tells everyone who watches that events up to (not including) `next_seq` are stored.
    pub fn publish(&self, interview: InterviewId, next_seq: u64) {
        let mut interviews = self.0.interviews.lock();
        if let Some(sender) = interviews.get(&interview) {
            if sender.receiver_count() == 0 {
                interviews.remove(&interview);
            } else {
                sender.send_modify(|seen| *seen = (*seen).max(next_seq));
            }
        }
    }

    /// News of one interview, as the highest stored sequence number plus one.
    pub fn watch(&self, interview: InterviewId) -> watch::Receiver<u64> {
        self.0
            .interviews
            .lock()
            .entry(interview)
            .or_insert_with(|| watch::Sender::new(0))
            .subscribe()
    }

    /// Takes the one seat of an interview; whoever had it is evicted.
    pub fn occupy(
        &self,
        candidate: AccountId,
        interview: InterviewId,
        connection: ConnectionId,
    ) -> Occupied {
        let (evict, evicted) = watch::channel(None);
        let before = self.0.seats.lock().insert(
            interview,
            Occupant {
                candidate,
                connection,
                evict,
            },
        );
        if let Some(before) = before {
            before.evict.send_replace(Some(Eviction::Replaced));
        }
        self.0.connections.fetch_add(1, Ordering::Relaxed);
        Occupied {
            live: self.clone(),
            interview,
            connection,
            evicted,
        }
    }

    /// Closes every socket of this account.
    pub fn evict_account(&self, candidate: AccountId) {
        for occupant in self
            .0
            .seats
            .lock()
            .values()
            .filter(|occupant| occupant.candidate == candidate)
        {
            occupant.evict.send_replace(Some(Eviction::Unauthorized));
        }
    }

    /// How many sockets are open.
    pub fn connections(&self) -> usize {
        self.0.connections.load(Ordering::Relaxed)
    }
}

impl Occupied {
    /// Resolves when this socket has to go.
    pub async fn evicted(&mut self) -> Eviction {
        match self.evicted.wait_for(Option::is_some).await {
            Ok(eviction) => eviction.unwrap_or(Eviction::Replaced),
            Err(_) => Eviction::Replaced,
        }
    }
}

impl Drop for Occupied {
    fn drop(&mut self) {
        let mut seats = self.live.0.seats.lock();
        if seats
            .get(&self.interview)
            .is_some_and(|occupant| occupant.connection == self.connection)
        {
            seats.remove(&self.interview);
        }
        self.live.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}
