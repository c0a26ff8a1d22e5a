//! One interview, from the click on "Start" to its scorecard.
//!
//! [`decide`] judges a command against the state and answers with what then happens; [`Interview::apply`] folds
//! what happened into the state. Neither knows a clock, a store or a socket. To add something that can happen: a
//! variant in `command`, one in `event`, an arm in [`decide`] and one in [`Interview::apply`]; the compiler names
//! the rest.

pub mod code;
pub mod command;
mod decide;
pub mod event;
pub mod refusal;
mod state;

use serde::{Deserialize, Serialize};

pub use command::{Actor, Command, Plan};
pub use decide::{
    AUTO_SNAPSHOT_INTERVAL_MS, CODE_BYTES_STORED_MAX, KEYFRAME_INTERVAL_MS, Rules,
    SCHEDULED_MS_MAX, TEXT_CHARS_MAX, decide,
};
pub use event::{Act, Channel, Event, Speaker, What};
pub use refusal::Refusal;
pub use state::{EvaluationStatus, Interview, OpenRun, Status};

/// The parts of an interview, in their order; shown at the top of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Welcome,
    Clarify,
    Approach,
    Code,
    Test,
    WrapUp,
}

impl Phase {
    pub const ALL: [Phase; 6] = [
        Phase::Welcome,
        Phase::Clarify,
        Phase::Approach,
        Phase::Code,
        Phase::Test,
        Phase::WrapUp,
    ];
}

/// How the candidate talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Voice,
    Text,
}

/// How the interviewer behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Personality {
    /// Warm, patient, offers help soon.
    Supportive,
    #[default]
    Neutral,
    /// Terse, asks "why", lets silence stand.
    Challenging,
}

/// What is expected of the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Junior,
    #[default]
    Mid,
    Senior,
}

/// Why a state of the code was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotKind {
    Auto,
    Manual,
    Execution,
    Final,
}

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The candidate pressed "End".
    Candidate,
    TimeUp,
    /// Nobody came back in time.
    Abandoned,
    /// Thirty minutes scheduled and never begun; the credit goes back.
    NeverStarted,
    Admin,
    /// Not even a typed interview was possible; the credit goes back.
    Errored,
}
