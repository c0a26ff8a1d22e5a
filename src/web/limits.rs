//! How much one person may ask for: token buckets a person (or an address, before anyone is signed in).
//!
//! API calls and pages have bounds of their own; `start` and `execute` are expensive and have tighter ones, runs also
//! one for each interview, so that several interviews at once do not add up to more. To add a bound: a field of
//! [`Limits`], its number in the config, one call where the request is about to cost something.

use crate::{config, edge::Clock, web::error::Error};
use governor::{
    Quota, RateLimiter,
    clock::{Clock as GovernorClock, Reference},
    middleware::NoOpMiddleware,
    nanos::Nanos,
    state::keyed::HashMapStateStore,
};
use interviewd_domain::{ids::InterviewId, time::Timestamp};
use std::{hash::Hash, net::IpAddr, num::NonZeroU32, time::Duration};

/// Pages and assets of one caller; far above what a person clicks.
const PAGES_PER_MINUTE: u32 = 600;
/// Wrong passwords for one address of e-mail; see [`Limits::login`].
const LOGINS_PER_MINUTE_PER_EMAIL: u32 = 5;
/// Sign-in attempts and sign-ups from one network address.
const LOGINS_PER_MINUTE_PER_ADDRESS: u32 = 20;
/// Idle buckets are forgotten once there are this many.
const BUCKETS_MAX: usize = 10_000;

/// Whose bucket it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Caller {
    Account(interviewd_domain::ids::AccountId),
    Address(IpAddr),
}

pub struct Limits {
    requests: Bucket<Caller>,
    pages: Bucket<Caller>,
    starts: Bucket<Caller>,
    executes: Bucket<Caller>,
    runs_of_interview: Bucket<InterviewId>,
    logins_by_email: Bucket<String>,
    logins_by_address: Bucket<IpAddr>,
}

impl Limits {
    pub fn new(config: &config::Limits, clock: Clock) -> Limits {
        Limits {
            requests: Bucket::new(config.requests_per_minute, &clock),
            pages: Bucket::new(PAGES_PER_MINUTE, &clock),
            starts: Bucket::new(config.expensive_per_minute, &clock),
            executes: Bucket::new(config.expensive_per_minute, &clock),
            runs_of_interview: Bucket::new(config.runs_per_minute_per_session, &clock),
            logins_by_email: Bucket::new(LOGINS_PER_MINUTE_PER_EMAIL, &clock),
            logins_by_address: Bucket::new(LOGINS_PER_MINUTE_PER_ADDRESS, &clock),
        }
    }

    /// An API call.
    pub fn request(&self, caller: &Caller) -> Result<(), Error> {
        self.requests.take(caller)
    }

    /// A page or an asset.
    pub fn page(&self, caller: &Caller) -> Result<(), Error> {
        self.pages.take(caller)
    }

    /// The start of an interview.
    pub fn start(&self, caller: &Caller) -> Result<(), Error> {
        self.starts.take(caller)
    }

    /// An execution of code.
    pub fn execute(&self, caller: &Caller, interview: InterviewId) -> Result<(), Error> {
        self.runs_of_interview.take(&interview)?;
        self.executes.take(caller)
    }

    /// An attempt to sign in. Counted by address of e-mail as well, so that many machines cannot guess together.
    pub fn login(&self, email: &str, address: IpAddr) -> Result<(), Error> {
        self.logins_by_address.take(&address)?;
        self.logins_by_email.take(&email.to_owned())
    }
}

struct Bucket<K: Hash + Eq + Clone> {
    limiter: RateLimiter<K, HashMapStateStore<K>, Ticking, NoOpMiddleware<Moment>>,
    clock: Ticking,
}

impl<K: Hash + Eq + Clone> Bucket<K> {
    fn new(per_minute: u32, clock: &Clock) -> Bucket<K> {
        let clock = Ticking(clock.clone());
        let quota = Quota::per_minute(NonZeroU32::new(per_minute.max(1)).expect("at least one"));
        Bucket {
            limiter: RateLimiter::new(quota, HashMapStateStore::default(), clock.clone()),
            clock,
        }
    }

    fn take(&self, key: &K) -> Result<(), Error> {
        if self.limiter.len() > BUCKETS_MAX {
            self.limiter.retain_recent();
        }
        self.limiter
            .check_key(key)
            .map_err(|denied| Error::TooMany {
                retry_after: denied.wait_time_from(self.clock.now()),
            })
    }
}

/// The product's clock in the shape that the token buckets want.
#[derive(Clone)]
struct Ticking(Clock);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Moment(Timestamp);

impl GovernorClock for Ticking {
    type Instant = Moment;
    fn now(&self) -> Moment {
        Moment(self.0.now())
    }
}

impl Reference for Moment {
    fn duration_since(&self, earlier: Moment) -> Nanos {
        self.0.since(earlier.0).into()
    }

    fn saturating_sub(&self, duration: Nanos) -> Moment {
        Moment(self.0 - Duration::from(duration))
    }
}

impl std::ops::Add<Nanos> for Moment {
    type Output = Moment;
    fn add(self, nanos: Nanos) -> Moment {
        Moment(self.0 + Duration::from(nanos))
    }
}
