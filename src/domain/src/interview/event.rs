//! What has happened in an interview, as it is stored. A stored shape is a promise: add optional fields, never
//! change one (see `store` for versions).

use super::{EndReason, Level, Mode, Personality, Phase, SnapshotKind};
use crate::{
    ids::{AccountId, ConnectionId, RunId, SnapshotId, UtteranceId},
    problem::{CaseInput, Difficulty, Language, ProblemHash},
    run::{OwnCase, RunKind, RunReport},
    scorecard::Scorecard,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One stored event. `clock_ms` is the interview's own clock: it starts at activation and stands still while the
/// server is down, so it is what timelines, citations and `atMs` of the API speak of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// 0, 1, 2 … in the order of happening.
    pub seq: u64,
    pub at: Timestamp,
    pub clock_ms: u64,
    pub what: What,
}

/// Who said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    Candidate,
    Interviewer,
}

/// How something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Typed,
    Voice,
}

/// What an interviewer's line was for. Hints and answers are counted by it, and no line is said twice.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    Opening,
    /// Answered from the problem file.
    Clarified {
        clarification: String,
    },
    /// Asked something that the problem file does not answer, and said so.
    UnknownQuestion,
    /// Asks for (or about) the approach before code.
    AskApproach,
    AskToCode,
    /// Rung of the ladder, from 0.
    Hint {
        rung: u32,
    },
    RunReaction,
    AskToTest,
    FollowUp {
        index: u32,
        topic: String,
    },
    TimeWarning {
        minutes: u32,
    },
    Encouragement,
    Acknowledgement,
    Closing,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    Created {
        candidate: AccountId,
        problem: ProblemHash,
        slug: String,
        title: String,
        difficulty: Difficulty,
        language: Language,
        /// Milliseconds granted, extra-time profiles included.
        duration_ms: u64,
        mode: Mode,
        personality: Personality,
        level: Level,
    },
    Activated,
    Connected {
        connection: ConnectionId,
    },
    Disconnected {
        connection: ConnectionId,
    },
    /// The server was down for so many milliseconds of the running clock; the candidate has them back.
    TimeReturned {
        ms: u64,
    },
    PhaseEntered {
        phase: Phase,
    },
    /// One finished utterance, redacted. `item` de-duplicates what a provider or a client repeats.
    Said {
        utterance: UtteranceId,
        item: String,
        speaker: Speaker,
        channel: Channel,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        act: Option<Act>,
    },
    ThinkingSet {
        on: bool,
    },
    /// The code between two snapshots: keep `prefix` bytes from the front and `suffix` bytes from the back of what
    /// it was, and put `insert` between them.
    CodeChanged {
        revision: u64,
        language: Language,
        prefix: u32,
        suffix: u32,
        insert: String,
    },
    /// A keyframe: the whole code.
    Snapshotted {
        snapshot: SnapshotId,
        kind: SnapshotKind,
        language: Language,
        code: String,
        revision: u64,
    },
    RunRequested {
        run: RunId,
        kind: RunKind,
        language: Language,
        snapshot: SnapshotId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        custom_input: Option<CaseInput>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        own_cases: Vec<OwnCase>,
    },
    RunFinished {
        run: RunId,
        report: Box<RunReport>,
    },
    /// The process that executed it died; nobody's fault but ours.
    RunLost {
        run: RunId,
    },
    TimeWarned {
        minutes: u32,
    },
    Ended {
        reason: EndReason,
    },
    EvaluationRequested,
    Scored {
        scorecard: Box<Scorecard>,
    },
    EvaluationFailed {
        reason: String,
    },
}
