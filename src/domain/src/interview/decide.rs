//! What then happens: the rules of an interview, as one function without side effects.

use super::{
    Actor, Command, EndReason, EvaluationStatus, Interview, Refusal, SnapshotKind, Status, What,
    code,
};
use crate::ids::SnapshotId;
use crate::{interview::Phase, policy, problem::Language, run::SOURCE_BYTES_MAX, time::Timestamp};

/// A whole copy of the code is kept this often; between two, only what changed.
pub const KEYFRAME_INTERVAL_MS: u64 = 30_000;
/// A client's `auto` snapshot is taken at most this often.
pub const AUTO_SNAPSHOT_INTERVAL_MS: u64 = 10_000;
/// Beyond this much stored code in one interview, only keyframes are kept.
pub const CODE_BYTES_STORED_MAX: u64 = 20 << 20;
/// An interview that nobody enters ends after this, and the credit goes back.
pub const SCHEDULED_MS_MAX: u64 = 30 * 60_000;
/// Characters in one turn of the conversation.
pub const TEXT_CHARS_MAX: usize = 4_000;

/// The rules that an operator may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Minutes before the end at which the candidate is warned, e.g. `[5, 1]`.
    pub warnings_minutes: Vec<u32>,
    /// Nobody back for so long: abandoned.
    pub abandon_ms: u64,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            warnings_minutes: vec![5, 1],
            abandon_ms: 10 * 60_000,
        }
    }
}

/// Judges `command` against the state at `now`. An empty answer means that nothing had to change (a repeat).
/// `Create` is decided with [`Interview::created`] in mind and takes no state.
pub fn decide(
    state: Option<&Interview>,
    actor: Actor,
    command: Command,
    rules: &Rules,
    now: Timestamp,
) -> Result<Vec<What>, Refusal> {
    if !policy::may(actor, &command) {
        return Err(Refusal::NotAllowed);
    }
    match (state, command) {
        (None, Command::Create(plan)) => Ok(vec![What::Created {
            candidate: plan.candidate,
            problem: plan.problem,
            slug: plan.slug,
            title: plan.title,
            difficulty: plan.difficulty,
            language: plan.language,
            duration_ms: plan.duration_ms,
            mode: plan.mode,
            personality: plan.personality,
            level: plan.level,
        }]),
        (None, _) | (Some(_), Command::Create(_)) => Err(Refusal::NotAllowed),
        (Some(interview), command) => on_existing(interview, command, rules, now),
    }
}

fn on_existing(
    interview: &Interview,
    command: Command,
    rules: &Rules,
    now: Timestamp,
) -> Result<Vec<What>, Refusal> {
    match command {
        Command::Create(_) => Err(Refusal::NotAllowed),
        Command::Connect { connection } => {
            let mut happens = begin(interview)?;
            happens.push(What::Connected { connection });
            Ok(happens)
        }
        Command::Disconnect { connection } => Ok(if interview.connection == Some(connection) {
            vec![What::Disconnected { connection }]
        } else {
            vec![]
        }),
        Command::EnterPhase { phase } => {
            must_run(interview)?;
            Ok(if interview.phase == phase {
                vec![]
            } else {
                vec![What::PhaseEntered { phase }]
            })
        }
        Command::Say {
            utterance,
            item,
            speaker,
            channel,
            text,
            act,
        } => {
            must_run(interview)?;
            let text = text.trim();
            if text.is_empty() {
                return Err(Refusal::EmptyText);
            }
            if text.chars().count() > TEXT_CHARS_MAX {
                return Err(Refusal::TextTooLong {
                    max: TEXT_CHARS_MAX,
                });
            }
            if interview.recent_items.contains(&item) {
                return Ok(vec![]);
            }
            Ok(vec![What::Said {
                utterance,
                item,
                speaker,
                channel,
                text: text.to_owned(),
                act,
            }])
        }
        Command::SetThinking { on } => {
            must_run(interview)?;
            Ok(if interview.thinking == on {
                vec![]
            } else {
                vec![What::ThinkingSet { on }]
            })
        }
        Command::EditCode {
            code,
            language,
            revision,
            snapshot,
        } => edit_code(interview, code, language, revision, snapshot, now),
        Command::Snapshot {
            snapshot,
            kind,
            code,
            language,
        } => {
            check_length(&code)?;
            let mut happens = begin(interview)?;
            if kind == SnapshotKind::Auto {
                wait_for(interview.last_auto_at, AUTO_SNAPSHOT_INTERVAL_MS, now)?;
            }
            happens.push(keyframe(interview, snapshot, kind, code, language));
            Ok(happens)
        }
        Command::Run {
            run,
            snapshot,
            kind,
            code,
            language,
            custom_input,
            own_cases,
        } => {
            check_length(&code)?;
            // The evaluation may run the final code once more, against the hidden cases.
            let mut happens = if interview.status.is_final() {
                vec![]
            } else {
                begin(interview)?
            };
            if !interview.open_runs.is_empty() {
                return Err(Refusal::RunInProgress);
            }
            happens.push(keyframe(
                interview,
                snapshot,
                SnapshotKind::Execution,
                code,
                language,
            ));
            happens.push(What::RunRequested {
                run,
                kind,
                language,
                snapshot,
                custom_input,
                own_cases,
            });
            Ok(happens)
        }
        Command::FinishRun { run, report } => Ok(if is_open(interview, run) {
            vec![What::RunFinished { run, report }]
        } else {
            vec![]
        }),
        Command::LoseRun { run } => Ok(if is_open(interview, run) {
            vec![What::RunLost { run }]
        } else {
            vec![]
        }),
        Command::Tick { snapshot } => Ok(tick(interview, snapshot, rules, now)),
        Command::ReturnTime { ms } => {
            let elapsed = interview.clock_ms(now);
            Ok(if interview.status == Status::Active && ms > 0 {
                vec![What::TimeReturned {
                    ms: ms.min(elapsed),
                }]
            } else {
                vec![]
            })
        }
        Command::End { reason, snapshot } => Ok(if interview.status.is_final() {
            vec![]
        } else {
            end(interview, reason, snapshot)
        }),
        Command::RequestEvaluation => match interview.evaluation {
            _ if !interview.status.is_final() => Err(Refusal::NotEnded),
            EvaluationStatus::Pending => Err(Refusal::EvaluationUnderWay),
            EvaluationStatus::Complete => Err(Refusal::AlreadyEvaluated),
            EvaluationStatus::None
            | EvaluationStatus::Failed
            | EvaluationStatus::InsufficientEvidence => Ok(vec![What::EvaluationRequested]),
        },
        Command::Score { scorecard } => {
            if !interview.status.is_final() {
                return Err(Refusal::NotEnded);
            }
            Ok(if interview.evaluation == EvaluationStatus::Pending {
                vec![What::Scored { scorecard }]
            } else {
                vec![]
            })
        }
        Command::FailEvaluation { reason } => {
            Ok(if interview.evaluation == EvaluationStatus::Pending {
                vec![What::EvaluationFailed { reason }]
            } else {
                vec![]
            })
        }
    }
}

/// The first sign of life starts the clock.
fn begin(interview: &Interview) -> Result<Vec<What>, Refusal> {
    match interview.status {
        Status::Scheduled => Ok(vec![What::Activated]),
        Status::Active => Ok(vec![]),
        Status::Completed | Status::Abandoned | Status::Errored => Err(Refusal::AlreadyEnded),
    }
}

fn must_run(interview: &Interview) -> Result<(), Refusal> {
    begin(interview).map(|_| ())
}

fn edit_code(
    interview: &Interview,
    code: String,
    language: Language,
    revision: u64,
    snapshot: SnapshotId,
    now: Timestamp,
) -> Result<Vec<What>, Refusal> {
    check_length(&code)?;
    let mut happens = begin(interview)?;
    if revision <= interview.revision {
        let repeated = revision == interview.revision
            && code == interview.code
            && language == interview.language;
        return if repeated {
            Ok(happens)
        } else {
            Err(Refusal::StaleRevision {
                current: interview.revision,
            })
        };
    }
    let keyframe_due = interview
        .last_keyframe_at
        .is_none_or(|at| now.since(at).as_millis() as u64 >= KEYFRAME_INTERVAL_MS)
        || language != interview.language;
    if keyframe_due {
        happens.push(What::Snapshotted {
            snapshot,
            kind: SnapshotKind::Auto,
            language,
            code,
            revision,
        });
        return Ok(happens);
    }
    if interview.code_bytes_stored >= CODE_BYTES_STORED_MAX {
        wait_for(interview.last_keyframe_at, KEYFRAME_INTERVAL_MS, now)?;
    }
    let (prefix, suffix, insert) = code::diff(&interview.code, &code);
    happens.push(What::CodeChanged {
        revision,
        language,
        prefix,
        suffix,
        insert,
    });
    Ok(happens)
}

fn check_length(code: &str) -> Result<(), Refusal> {
    if code.len() > SOURCE_BYTES_MAX {
        Err(Refusal::CodeTooLong)
    } else {
        Ok(())
    }
}

fn wait_for(last: Option<Timestamp>, interval_ms: u64, now: Timestamp) -> Result<(), Refusal> {
    let waited_ms = last.map_or(interval_ms, |at| now.since(at).as_millis() as u64);
    match interval_ms.checked_sub(waited_ms) {
        None | Some(0) => Ok(()),
        Some(retry_after_ms) => Err(Refusal::TooSoon { retry_after_ms }),
    }
}

fn keyframe(
    interview: &Interview,
    snapshot: SnapshotId,
    kind: SnapshotKind,
    code: String,
    language: Language,
) -> What {
    let changed = code != interview.code || language != interview.language;
    What::Snapshotted {
        snapshot,
        kind,
        language,
        code,
        revision: interview.revision + u64::from(changed),
    }
}

fn is_open(interview: &Interview, run: crate::ids::RunId) -> bool {
    interview.open_runs.iter().any(|open| open.run == run)
}

fn tick(interview: &Interview, snapshot: SnapshotId, rules: &Rules, now: Timestamp) -> Vec<What> {
    let away_ms = now.since(interview.last_seen).as_millis() as u64;
    match interview.status {
        Status::Scheduled
            if now.since(interview.created_at).as_millis() as u64 >= SCHEDULED_MS_MAX =>
        {
            end(interview, EndReason::NeverStarted, snapshot)
        }
        Status::Active if interview.remaining_ms(now) == 0 => {
            end(interview, EndReason::TimeUp, snapshot)
        }
        Status::Active if interview.connection.is_none() && away_ms >= rules.abandon_ms => {
            end(interview, EndReason::Abandoned, snapshot)
        }
        Status::Active => {
            let remaining_ms = interview.remaining_ms(now);
            // A warning whose moment lies before the beginning (a very short interview) is never given.
            rules
                .warnings_minutes
                .iter()
                .copied()
                .filter(|minutes| {
                    u64::from(*minutes) * 60_000 < interview.granted_ms
                        && remaining_ms <= u64::from(*minutes) * 60_000
                })
                .filter(|minutes| !interview.warned_minutes.contains(minutes))
                .map(|minutes| What::TimeWarned { minutes })
                .collect()
        }
        _ => vec![],
    }
}

fn end(interview: &Interview, reason: EndReason, snapshot: SnapshotId) -> Vec<What> {
    if interview.activated_at.is_none() {
        return vec![What::Ended { reason }];
    }
    let mut happens = vec![keyframe(
        interview,
        snapshot,
        SnapshotKind::Final,
        interview.code.clone(),
        interview.language,
    )];
    if reason != EndReason::Errored && interview.phase != Phase::WrapUp {
        happens.push(What::PhaseEntered {
            phase: Phase::WrapUp,
        });
    }
    happens.push(What::Ended { reason });
    if reason != EndReason::Errored {
        happens.push(What::EvaluationRequested);
    }
    happens
}
