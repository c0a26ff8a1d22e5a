//! Who may ask for what. Capabilities decide who reaches an interview at all; this table decides, on fresh state
//! inside the transaction, what they may do with it.

use crate::interview::{Actor, Command, EndReason};

/// Whether `actor` may bring `command`.
pub fn may(actor: Actor, command: &Command) -> bool {
    match (actor, command) {
        (Actor::System, _) => true,
        (Actor::Admin, Command::End { reason, .. }) => *reason == EndReason::Admin,
        (Actor::Admin, Command::RequestEvaluation) => true,
        (Actor::Admin, _) => false,
        (Actor::Candidate, Command::End { reason, .. }) => *reason == EndReason::Candidate,
        (
            Actor::Candidate,
            Command::Create(_)
            | Command::Connect { .. }
            | Command::Disconnect { .. }
            | Command::Say { .. }
            | Command::SetThinking { .. }
            | Command::EditCode { .. }
            | Command::Snapshot { .. }
            | Command::Run { .. }
            | Command::RequestEvaluation,
        ) => true,
        (Actor::Candidate, _) => false,
    }
}
