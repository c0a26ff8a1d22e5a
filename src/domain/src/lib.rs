//! The rules of interviewd, and nothing else: no async, no I/O, no clock, no randomness. Time and chance are
//! arguments. Whoever reads this crate knows what the product promises; everything around it only carries
//! commands in and shows events.
//!
//! In reading order: what things are called (`ids`, `time`), what is practised (`problem`), how code is judged
//! (`run`), what may happen (`account`, `interview`), who may speak and what the built-in interviewer says
//! (`turns`, `interviewer`), and what it all adds up to (`evidence`, `scorecard`).

pub mod account;
pub mod evidence;
pub mod ids;
pub mod interview;
pub mod interviewer;
pub mod job;
pub mod login;
pub mod policy;
pub mod problem;
pub mod redact;
pub mod run;
pub mod scorecard;
pub mod time;
pub mod turns;
