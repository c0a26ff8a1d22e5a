//! What must be done after a change, outside the transaction that made it. A job may run twice and must not mind.
//! To add one: a variant here, its policy in the queue's table, an arm in `jobs`.

use crate::ids::InterviewId;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Run the final code against the hidden cases, judge the interview, store the scorecard.
    Evaluate { interview: InterviewId },
}
