//! How one job went, as the worker saw it: data without any of wasmtime in it.

use serde::{Deserialize, Serialize};

/// What the guest hands back may be this long. The guests themselves stop at 16 MB of result, with a sentence that says so.
pub const REPLY_BYTES_MAX: usize = 17 << 20;

/// How one job went, as the worker saw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub end: End,
    pub stdout: String,
    pub stderr: String,
    /// Whether the guest was refused memory at some point.
    pub starved: bool,
    pub duration_us: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum End {
    /// The guest's reply, not yet looked at.
    Returned(String),
    Timeout,
    OutputLimit,
    StackOverflow,
    /// The guest asked its host to end the process.
    Exited(i32),
    ReplyTooLong,
    /// A trap or a broken contract; never anybody's fault but the code's that ran. The reason is for us,
    /// not for the candidate.
    Trapped {
        reason: String,
    },
}
