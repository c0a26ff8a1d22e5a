//! What an interview is at a moment: the fold of its events, kept as a row beside them.

use super::{
    Channel, EndReason, Event, Level, Mode, Personality, Phase, SnapshotKind, Speaker, What, code,
};
use crate::{
    ids::{AccountId, ConnectionId, InterviewId, RunId, SnapshotId},
    problem::{Difficulty, Language, ProblemHash},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many item ids are remembered to recognise what is said twice.
const ITEMS_REMEMBERED: usize = 256;

/// `scheduled → active → completed | abandoned | errored`; nothing leaves a final state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Scheduled,
    Active,
    Completed,
    Abandoned,
    Errored,
}

impl Status {
    pub fn is_final(self) -> bool {
        !matches!(self, Status::Scheduled | Status::Active)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Status::Scheduled => "scheduled",
            Status::Active => "active",
            Status::Completed => "completed",
            Status::Abandoned => "abandoned",
            Status::Errored => "errored",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvaluationStatus {
    /// The interview has not ended, or never began.
    None,
    Pending,
    Complete,
    InsufficientEvidence,
    Failed,
}

/// A run that has been asked for and not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRun {
    pub run: RunId,
    pub since: Timestamp,
}

/// The folded state. Every field follows from the events alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Interview {
    pub id: InterviewId,
    pub candidate: AccountId,
    pub problem: ProblemHash,
    pub slug: String,
    pub title: String,
    pub difficulty: Difficulty,
    pub granted_ms: u64,
    pub mode: Mode,
    pub personality: Personality,
    pub level: Level,
    pub status: Status,
    pub phase: Phase,
    pub thinking: bool,
    pub created_at: Timestamp,
    pub activated_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub end_reason: Option<EndReason>,
    /// Time that the server was down, given back.
    pub returned_ms: u64,
    pub connection: Option<ConnectionId>,
    pub last_seen: Timestamp,
    pub language: Language,
    pub code: String,
    pub revision: u64,
    /// The code of the languages that were left, by their last state.
    pub other_code: BTreeMap<Language, String>,
    pub latest_snapshot: Option<SnapshotId>,
    pub latest_snapshot_kind: Option<SnapshotKind>,
    pub latest_snapshot_clock_ms: u64,
    pub last_keyframe_at: Option<Timestamp>,
    pub last_auto_at: Option<Timestamp>,
    pub code_bytes_stored: u64,
    pub warned_minutes: Vec<u32>,
    pub open_runs: Vec<OpenRun>,
    pub runs: u32,
    pub utterances: u32,
    pub candidate_utterances: u32,
    pub recent_items: Vec<String>,
    pub evaluation: EvaluationStatus,
    pub score: Option<f64>,
    pub next_seq: u64,
}

impl Interview {
    /// The state after all of `events`; `None` when they do not begin with `Created`.
    pub fn fold<'a>(
        id: InterviewId,
        events: impl IntoIterator<Item = &'a Event>,
    ) -> Option<Interview> {
        let mut state = None;
        for event in events {
            match &mut state {
                None => state = Some(Interview::created(id, event)?),
                Some(interview) => interview.apply(event),
            }
        }
        state
    }

    /// The state after the first event; `None` when that is not `Created`.
    pub fn created(id: InterviewId, event: &Event) -> Option<Interview> {
        let What::Created {
            candidate,
            problem,
            slug,
            title,
            difficulty,
            language,
            duration_ms,
            mode,
            personality,
            level,
        } = &event.what
        else {
            return None;
        };
        Some(Interview {
            id,
            candidate: *candidate,
            problem: problem.clone(),
            slug: slug.clone(),
            title: title.clone(),
            difficulty: *difficulty,
            granted_ms: *duration_ms,
            mode: *mode,
            personality: *personality,
            level: *level,
            status: Status::Scheduled,
            phase: Phase::Welcome,
            thinking: false,
            created_at: event.at,
            activated_at: None,
            ended_at: None,
            end_reason: None,
            returned_ms: 0,
            connection: None,
            last_seen: event.at,
            language: *language,
            code: String::new(),
            revision: 0,
            other_code: BTreeMap::new(),
            latest_snapshot: None,
            latest_snapshot_kind: None,
            latest_snapshot_clock_ms: 0,
            last_keyframe_at: None,
            last_auto_at: None,
            code_bytes_stored: 0,
            warned_minutes: Vec::new(),
            open_runs: Vec::new(),
            runs: 0,
            utterances: 0,
            candidate_utterances: 0,
            recent_items: Vec::new(),
            evaluation: EvaluationStatus::None,
            score: None,
            next_seq: event.seq + 1,
        })
    }

    pub fn apply(&mut self, event: &Event) {
        self.next_seq = event.seq + 1;
        match &event.what {
            What::Created { .. } => {}
            What::Activated => {
                self.status = Status::Active;
                self.activated_at = Some(event.at);
                self.last_seen = event.at;
            }
            What::Connected { connection } => {
                self.connection = Some(*connection);
                self.last_seen = event.at;
            }
            What::Disconnected { connection } => {
                if self.connection == Some(*connection) {
                    self.connection = None;
                    self.last_seen = event.at;
                }
            }
            What::TimeReturned { ms } => self.returned_ms += ms,
            What::PhaseEntered { phase } => self.phase = *phase,
            What::Said {
                item,
                speaker,
                channel: Channel::Typed | Channel::Voice,
                ..
            } => {
                self.utterances += 1;
                self.candidate_utterances += u32::from(*speaker == Speaker::Candidate);
                if self.recent_items.len() == ITEMS_REMEMBERED {
                    self.recent_items.remove(0);
                }
                self.recent_items.push(item.clone());
            }
            What::ThinkingSet { on } => self.thinking = *on,
            What::CodeChanged {
                revision,
                language,
                prefix,
                suffix,
                insert,
            } => {
                self.code_bytes_stored += insert.len() as u64 + 32;
                let code = code::patch(&self.code, *prefix, *suffix, insert)
                    .unwrap_or_else(|| insert.clone());
                self.hold_code(*language, code, *revision);
                self.last_seen = event.at;
            }
            What::Snapshotted {
                snapshot,
                kind,
                language,
                code,
                revision,
            } => {
                self.code_bytes_stored += code.len() as u64;
                self.hold_code(*language, code.clone(), *revision);
                self.latest_snapshot = Some(*snapshot);
                self.latest_snapshot_kind = Some(*kind);
                self.latest_snapshot_clock_ms = event.clock_ms;
                self.last_keyframe_at = Some(event.at);
                if *kind == SnapshotKind::Auto {
                    self.last_auto_at = Some(event.at);
                }
                if !self.status.is_final() && *kind != SnapshotKind::Final {
                    self.last_seen = event.at;
                }
            }
            What::RunRequested { run, .. } => {
                self.runs += 1;
                self.open_runs.push(OpenRun {
                    run: *run,
                    since: event.at,
                });
            }
            What::RunFinished { run, .. } | What::RunLost { run } => {
                self.open_runs.retain(|open| open.run != *run)
            }
            What::TimeWarned { minutes } => self.warned_minutes.push(*minutes),
            What::Ended { reason } => {
                self.status = match reason {
                    EndReason::Candidate | EndReason::TimeUp | EndReason::Admin => {
                        Status::Completed
                    }
                    EndReason::Abandoned | EndReason::NeverStarted => Status::Abandoned,
                    EndReason::Errored => Status::Errored,
                };
                self.end_reason = Some(*reason);
                self.ended_at = Some(event.at);
                self.connection = None;
                self.thinking = false;
            }
            What::EvaluationRequested => self.evaluation = EvaluationStatus::Pending,
            What::Scored { scorecard } => {
                self.score = scorecard.overall;
                self.evaluation = if scorecard.sufficient {
                    EvaluationStatus::Complete
                } else {
                    EvaluationStatus::InsufficientEvidence
                };
            }
            What::EvaluationFailed { .. } => self.evaluation = EvaluationStatus::Failed,
        }
    }

    /// Milliseconds on the interview's own clock.
    pub fn clock_ms(&self, now: Timestamp) -> u64 {
        let Some(activated_at) = self.activated_at else {
            return 0;
        };
        let until = self.ended_at.unwrap_or(now);
        let elapsed = until.since(activated_at).as_millis() as u64;
        elapsed
            .saturating_sub(self.returned_ms)
            .min(self.granted_ms)
    }

    /// Milliseconds left; never negative.
    pub fn remaining_ms(&self, now: Timestamp) -> u64 {
        self.granted_ms - self.clock_ms(now)
    }

    fn hold_code(&mut self, language: Language, code: String, revision: u64) {
        if language != self.language {
            let left = std::mem::replace(&mut self.code, code);
            self.other_code.insert(self.language, left);
            self.language = language;
            self.other_code.remove(&language);
        } else {
            self.code = code;
        }
        self.revision = revision;
    }
}
