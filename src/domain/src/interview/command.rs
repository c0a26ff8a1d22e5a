//! What anybody may ask of an interview. Ids are made by whoever brings the command, so that deciding stays pure.

use super::{Act, Channel, EndReason, Level, Mode, Personality, Phase, SnapshotKind, Speaker};
use crate::{
    ids::{AccountId, ConnectionId, RunId, SnapshotId, UtteranceId},
    problem::{CaseInput, Difficulty, Language, ProblemHash},
    run::{OwnCase, RunKind, RunReport},
    scorecard::Scorecard,
};

/// Who brings a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The candidate whose interview it is.
    Candidate,
    /// An administrator.
    Admin,
    /// The server itself: timers, workers, the interviewer.
    System,
}

/// What a new interview is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub candidate: AccountId,
    pub problem: ProblemHash,
    pub slug: String,
    pub title: String,
    pub difficulty: Difficulty,
    pub language: Language,
    pub duration_ms: u64,
    pub mode: Mode,
    pub personality: Personality,
    pub level: Level,
    /// What the editor shows at first.
    pub starter: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Create(Box<Plan>),
    Connect {
        connection: ConnectionId,
    },
    Disconnect {
        connection: ConnectionId,
    },
    EnterPhase {
        phase: Phase,
    },
    Say {
        utterance: UtteranceId,
        item: String,
        speaker: Speaker,
        channel: Channel,
        text: String,
        act: Option<Act>,
    },
    SetThinking {
        on: bool,
    },
    /// The newest code with the client's counter; `snapshot` is used when a keyframe is due.
    EditCode {
        code: String,
        language: Language,
        revision: u64,
        snapshot: SnapshotId,
    },
    Snapshot {
        snapshot: SnapshotId,
        kind: SnapshotKind,
        code: String,
        language: Language,
    },
    Run {
        run: RunId,
        snapshot: SnapshotId,
        kind: RunKind,
        code: String,
        language: Language,
        custom_input: Option<CaseInput>,
        own_cases: Vec<OwnCase>,
    },
    FinishRun {
        run: RunId,
        report: Box<RunReport>,
    },
    LoseRun {
        run: RunId,
    },
    /// Time has passed: warnings, the end of the time, a candidate who does not come back.
    Tick {
        snapshot: SnapshotId,
    },
    /// The server was away for so long.
    ReturnTime {
        ms: u64,
    },
    End {
        reason: EndReason,
        snapshot: SnapshotId,
    },
    RequestEvaluation,
    Score {
        scorecard: Box<Scorecard>,
    },
    FailEvaluation {
        reason: String,
    },
}
