//! Interviews, which the HTTP API calls sessions: start, list, look, save code, run, end, evaluation, replay.

use super::{
    List, PageQuery, Params,
    problems::ProblemAnswer,
    problems::draw,
    run::{Run, kind_word},
};
use crate::{
    access::{Member, OwnedInterview},
    engine::{IDEMPOTENCY_KEY_CHARS_MAX, Started},
    problems::Filter,
    runs::{self, Request},
    web::{
        Web,
        error::Error,
        extract::{Json, Who},
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use interviewd_domain::{
    ids::SnapshotId,
    interview::{
        Command, EndReason, EvaluationStatus, Event, Interview, Level, Mode, Personality, Plan,
        SnapshotKind, Speaker, What,
    },
    problem::{CaseInput, Difficulty, Language, Problem, Signature},
    run::{OWN_CASES_MAX, OwnCase, RunKind, SOURCE_BYTES_MAX, check_input},
    scorecard::{Citation, Dimension, Method, Recommendation, Scorecard},
    time::Timestamp,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

/// Bytes of input that a candidate may type for a run of their own.
const CUSTOM_INPUT_BYTES_MAX: usize = 16 * 1024;

#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartBody {
    /// The slug of a problem; without it one is drawn.
    #[serde(default)]
    pub problem: Option<String>,
    #[serde(default)]
    pub difficulty: Option<String>,
    #[serde(default)]
    pub category: Option<String>,
    /// `python`, `javascript` or `java`.
    pub language: String,
    #[serde(default)]
    pub duration_minutes: Option<u64>,
    /// `voice` or `text`.
    #[serde(default)]
    pub mode: Option<String>,
    /// `supportive`, `neutral` or `challenging`.
    #[serde(default)]
    pub personality: Option<String>,
    /// `junior`, `mid` or `senior`.
    #[serde(default)]
    pub level: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StartAnswer {
    pub session_id: String,
    pub problem: ProblemAnswer,
    pub language: &'static str,
    pub duration_ms: u64,
    pub ws_token: String,
    pub ws_url: String,
}

pub async fn start(
    State(web): State<Web>,
    who: Who,
    member: Member,
    headers: HeaderMap,
    Json(body): Json<StartBody>,
) -> Result<Response, Error> {
    web.limits.start(&who.caller)?;
    let key = match headers.get("idempotency-key").map(|value| value.to_str()) {
        None => None,
        Some(Ok(key)) if !key.is_empty() && key.len() <= IDEMPOTENCY_KEY_CHARS_MAX => {
            Some(key.to_owned())
        }
        Some(_) => {
            return Err(Error::Malformed(format!(
                "`Idempotency-Key` takes 1 to {IDEMPOTENCY_KEY_CHARS_MAX} plain characters."
            )));
        }
    };
    let started = begin(&web, &member, &body, key).await?;
    let owned = web
        .gate
        .owned(&member, started.interview)?
        .ok_or(Error::NotFound)?;
    let interview = web.views.interview(&owned)?.ok_or(Error::NotFound)?;
    let problem = web
        .views
        .pinned_problem(&interview.problem)?
        .ok_or(Error::NotFound)?;
    let answer = StartAnswer {
        session_id: interview.id.to_string(),
        problem: problem.public().into(),
        language: interview.language.as_str(),
        duration_ms: interview.granted_ms,
        ws_token: web.realtime.tokens().issue(member.id(), interview.id),
        ws_url: web.realtime.socket_url(&web.public_url),
    };
    Ok((StatusCode::CREATED, axum::Json(answer)).into_response())
}

/// Checks every choice, draws a problem when none was named, takes the credit; the start page comes through here too.
pub async fn begin(
    web: &Web,
    member: &Member,
    body: &StartBody,
    key: Option<String>,
) -> Result<Started, Error> {
    let language: Language = body
        .language
        .parse()
        .map_err(|()| Error::field("language", "Use python, javascript or java."))?;
    web.sandbox.offers(language)?;
    web.sandbox.get_ready(language);
    let problem = choose(web, member, body)?;
    let starter =
        problem.starter.get(&language).cloned().ok_or_else(|| {
            Error::field("language", "This problem is not offered in that language.")
        })?;
    let bounds = &web.config.interview;
    let minutes = body
        .duration_minutes
        .unwrap_or(u64::from(bounds.duration_minutes));
    if minutes == 0 || minutes > u64::from(bounds.max_duration_minutes) {
        return Err(Error::field(
            "durationMinutes",
            format!("Use 1 to {} minutes.", bounds.max_duration_minutes),
        ));
    }
    let plan = Plan {
        candidate: member.id(),
        problem: problem.hash(),
        slug: problem.slug.clone(),
        title: problem.title.clone(),
        difficulty: problem.difficulty,
        language,
        duration_ms: minutes * 60_000,
        mode: word(&body.mode, "mode", "voice or text", Mode::Text)?,
        personality: word(
            &body.personality,
            "personality",
            "supportive, neutral or challenging",
            Personality::default(),
        )?,
        level: word(
            &body.level,
            "level",
            "junior, mid or senior",
            Level::default(),
        )?,
        starter,
    };
    Ok(web.engine.start(member, problem, plan, key).await?)
}

fn choose(web: &Web, member: &Member, body: &StartBody) -> Result<Arc<Problem>, Error> {
    if let Some(slug) = body.problem.as_deref().filter(|slug| !slug.is_empty()) {
        return web
            .library
            .get(slug)
            .ok_or_else(|| Error::field("problem", "There is no problem of that name."));
    }
    let difficulty = match body.difficulty.as_deref().filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => Some(
            text.parse::<Difficulty>()
                .map_err(|()| Error::field("difficulty", "Use easy, medium or hard."))?,
        ),
    };
    let filter = Filter {
        difficulty,
        category: body.category.clone().filter(|text| !text.is_empty()),
    };
    draw(web, Some(member), &filter)?.ok_or_else(|| {
        Error::field(
            "category",
            "No problem fits that choice. Choose another category or difficulty.",
        )
    })
}

fn word<T: serde::de::DeserializeOwned>(
    text: &Option<String>,
    field: &str,
    words: &str,
    default: T,
) -> Result<T, Error> {
    match text.as_deref().filter(|text| !text.is_empty()) {
        None => Ok(default),
        Some(text) => serde_json::from_value(json!(text))
            .map_err(|_| Error::field(field, format!("Use {words}."))),
    }
}

/// A session in a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    pub id: String,
    pub problem: CardProblem,
    pub language: &'static str,
    /// `scheduled`, `active`, `completed`, `abandoned` or `errored`.
    pub status: &'static str,
    pub created_at: String,
    pub started_at: Option<String>,
    pub ended_at: Option<String>,
    /// The time actually spent.
    pub duration_ms: u64,
    pub score: Option<f64>,
    /// `none`, `pending`, `complete`, `insufficient_evidence` or `failed`.
    pub evaluation_status: &'static str,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CardProblem {
    pub slug: String,
    pub title: String,
    pub difficulty: &'static str,
}

pub fn card(interview: &Interview, now: Timestamp) -> Card {
    Card {
        id: interview.id.to_string(),
        problem: CardProblem {
            slug: interview.slug.clone(),
            title: interview.title.clone(),
            difficulty: interview.difficulty.as_str(),
        },
        language: interview.language.as_str(),
        status: interview.status.as_str(),
        created_at: interview.created_at.to_rfc3339(),
        started_at: interview.activated_at.map(Timestamp::to_rfc3339),
        ended_at: interview.ended_at.map(Timestamp::to_rfc3339),
        duration_ms: interview.clock_ms(now),
        score: interview.score,
        evaluation_status: evaluation_word(interview.evaluation),
    }
}

pub fn evaluation_word(status: EvaluationStatus) -> &'static str {
    match status {
        EvaluationStatus::None => "none",
        EvaluationStatus::Pending => "pending",
        EvaluationStatus::Complete => "complete",
        EvaluationStatus::InsufficientEvidence => "insufficient_evidence",
        EvaluationStatus::Failed => "failed",
    }
}

pub async fn list(
    State(web): State<Web>,
    member: Member,
    Params(query): Params<PageQuery>,
) -> Result<axum::Json<List<Card>>, Error> {
    let (page, per_page) = query.resolve()?;
    let (interviews, total) = web.views.interviews(&member, page, per_page)?;
    let now = web.clock.now();
    Ok(axum::Json(List {
        items: interviews
            .iter()
            .map(|interview| card(interview, now))
            .collect(),
        page,
        per_page,
        total,
    }))
}

pub async fn show(
    State(web): State<Web>,
    owned: OwnedInterview,
) -> Result<axum::Json<Value>, Error> {
    let interview = web.views.interview(&owned)?.ok_or(Error::NotFound)?;
    let now = web.clock.now();
    let mut answer = json!(card(&interview, now));
    answer["remainingMs"] = json!(if interview.status.is_final() {
        0
    } else {
        interview.remaining_ms(now)
    });
    answer["transcript"] = json!(interview.utterances);
    answer["runs"] = json!(interview.runs);
    answer["phase"] = json!(interview.phase);
    answer["latestSnapshot"] = match (interview.latest_snapshot, interview.latest_snapshot_kind) {
        (Some(snapshot), Some(kind)) => json!({
            "snapshotId": snapshot, "type": kind, "language": interview.language, "code": interview.code,
            "atMs": interview.latest_snapshot_clock_ms, "revision": interview.revision,
        }),
        _ => Value::Null,
    };
    Ok(axum::Json(answer))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CodeBody {
    pub code: String,
    /// `python`, `javascript` or `java`.
    pub language: String,
    #[serde(default)]
    pub timestamp_ms: Option<f64>,
    /// `auto`, `manual`, `execution` or `final`.
    pub r#type: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodeAnswer {
    pub snapshot_id: String,
}

pub async fn save_code(
    State(web): State<Web>,
    owned: OwnedInterview,
    Json(body): Json<CodeBody>,
) -> Result<Response, Error> {
    let language: Language = body
        .language
        .parse()
        .map_err(|()| Error::field("language", "Use python, javascript or java."))?;
    let kind: SnapshotKind = serde_json::from_value(json!(body.r#type))
        .map_err(|_| Error::field("type", "Use auto, manual, execution or final."))?;
    let snapshot = SnapshotId::new(web.clock.now(), web.engine.entropy().u128());
    web.engine
        .apply(
            &owned,
            Command::Snapshot {
                snapshot,
                kind,
                code: body.code,
                language,
            },
        )
        .await?;
    Ok((
        StatusCode::CREATED,
        axum::Json(CodeAnswer {
            snapshot_id: snapshot.to_string(),
        }),
    )
        .into_response())
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExecuteBody {
    pub code: String,
    /// `python`, `javascript` or `java`.
    pub language: String,
    /// `run` or `submit`.
    pub kind: String,
    /// For `run`: instead of the visible cases. Arguments as a JSON list, `{operations, arguments}`, or text for stdin.
    #[serde(default)]
    pub custom_input: Option<Value>,
    /// For `run`: up to 8 cases of one's own instead, compared with the reference solution's answers.
    #[serde(default)]
    pub custom_cases: Vec<CustomCase>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomCase {
    /// As in `customInput`.
    pub input: Value,
    /// What the candidate thinks comes out; `null` or absent for no opinion.
    #[serde(default)]
    pub expected: Option<Value>,
}

pub async fn execute(
    State(web): State<Web>,
    who: Who,
    owned: OwnedInterview,
    Json(body): Json<ExecuteBody>,
) -> Result<axum::Json<Run>, Error> {
    let language: Language = body
        .language
        .parse()
        .map_err(|()| Error::field("language", "Use python, javascript or java."))?;
    let kind = match body.kind.as_str() {
        "run" => RunKind::Run,
        "submit" => RunKind::Submit,
        _ => return Err(Error::field("kind", "Use run or submit.")),
    };
    if body.code.len() > SOURCE_BYTES_MAX {
        return Err(Error::Refused(
            interviewd_domain::interview::Refusal::CodeTooLong,
        ));
    }
    web.sandbox.offers(language)?;
    web.sandbox.get_ready(language);
    let interview = web.views.interview(&owned)?.ok_or(Error::NotFound)?;
    if interview.status.is_final() {
        return Err(Error::Refused(
            interviewd_domain::interview::Refusal::AlreadyEnded,
        ));
    }
    let custom_input = body.custom_input.filter(|input| !input.is_null());
    if kind == RunKind::Submit && custom_input.is_some() {
        return Err(Error::field(
            "customInput",
            "Only a run takes input of your own.",
        ));
    }
    if !body.custom_cases.is_empty() && (kind == RunKind::Submit || custom_input.is_some()) {
        return Err(Error::field(
            "customCases",
            "Only a run takes cases of your own, and no other input beside them.",
        ));
    }
    let (mut own_input, mut own_cases) = (None, vec![]);
    if custom_input.is_some() || !body.custom_cases.is_empty() {
        let problem = web
            .views
            .pinned_problem(&interview.problem)?
            .ok_or(Error::NotFound)?;
        own_input = custom_input
            .map(|input| read_input(&problem.signature, input, "customInput"))
            .transpose()?;
        own_cases = read_cases(&problem.signature, body.custom_cases)?;
    }
    web.limits.execute(&who.caller, owned.id())?;
    let finished = web
        .runs
        .execute(
            owned,
            Request {
                kind,
                language,
                code: body.code,
                custom_input: own_input,
                own_cases,
            },
        )
        .await
        .map_err(run_error)?;
    Ok(axum::Json(Run::of(
        finished.run,
        kind,
        language,
        &finished.report,
    )))
}

fn run_error(error: runs::Error) -> Error {
    match error {
        runs::Error::Engine(error) => error.into(),
        runs::Error::Sandbox(error) => error.into(),
        runs::Error::Store(error) => error.into(),
        runs::Error::Stopping => Error::Busy {
            message: "The server is stopping. Try again in a few seconds.".to_owned(),
            retry_after: std::time::Duration::from_secs(5),
        },
    }
}

fn read_cases(signature: &Signature, cases: Vec<CustomCase>) -> Result<Vec<OwnCase>, Error> {
    const FIELD: &str = "customCases";
    let bytes: usize = cases
        .iter()
        .map(|case| case.input.to_string().len() + json!(case.expected).to_string().len())
        .sum();
    if cases.len() > OWN_CASES_MAX || bytes > CUSTOM_INPUT_BYTES_MAX {
        let message = format!(
            "Use at most {OWN_CASES_MAX} cases and {CUSTOM_INPUT_BYTES_MAX} bytes for all of them."
        );
        return Err(Error::field(FIELD, message));
    }
    let read = |case: CustomCase| {
        Ok(OwnCase {
            input: read_input(signature, case.input, FIELD)?,
            expected: case.expected,
        })
    };
    cases.into_iter().map(read).collect()
}

/// An input of the candidate's own, in the problem's shape; refused before anything counts or runs.
fn read_input(
    signature: &Signature,
    input: Value,
    field: &'static str,
) -> Result<CaseInput, Error> {
    let input = shaped_input(signature, input, field)?;
    check_input(signature, &input).map_err(|message| Error::field(field, message))?;
    Ok(input)
}

fn shaped_input(
    signature: &Signature,
    input: Value,
    field: &'static str,
) -> Result<CaseInput, Error> {
    let wrong = |message: &str| Error::field(field, message);
    if input.to_string().len() > CUSTOM_INPUT_BYTES_MAX {
        return Err(wrong(&format!(
            "Use at most {CUSTOM_INPUT_BYTES_MAX} bytes."
        )));
    }
    match signature {
        Signature::Function { params, .. } => match input {
            Value::Array(args) if args.len() == params.len() => Ok(CaseInput::Arguments { args }),
            _ => Err(wrong(&format!(
                "Give a JSON list of {} arguments, in order.",
                params.len()
            ))),
        },
        Signature::Class { .. } => {
            #[derive(Deserialize)]
            struct Operations {
                operations: Vec<String>,
                arguments: Vec<Vec<Value>>,
            }
            match serde_json::from_value::<Operations>(input) {
                Ok(Operations {
                    operations,
                    arguments,
                }) if !operations.is_empty() && operations.len() == arguments.len() => {
                    Ok(CaseInput::Operations {
                        operations,
                        arguments,
                    })
                }
                _ => Err(wrong(
                    "Give {\"operations\": [names], \"arguments\": [lists]}, one list for each operation.",
                )),
            }
        }
        Signature::Program => match input {
            Value::String(stdin) => Ok(CaseInput::Stdin { stdin }),
            _ => Err(wrong("Give the text that the program reads.")),
        },
    }
}

pub async fn end(
    State(web): State<Web>,
    owned: OwnedInterview,
) -> Result<axum::Json<Value>, Error> {
    let snapshot = SnapshotId::new(web.clock.now(), web.engine.entropy().u128());
    web.engine
        .apply(
            &owned,
            Command::End {
                reason: EndReason::Candidate,
                snapshot,
            },
        )
        .await?;
    let interview = web.views.interview(&owned)?.ok_or(Error::NotFound)?;
    Ok(axum::Json(json!({
        "status": interview.status.as_str(),
        "endedAt": interview.ended_at.map(Timestamp::to_rfc3339),
        "durationMs": interview.clock_ms(web.clock.now()),
    })))
}

pub async fn evaluation(
    State(web): State<Web>,
    owned: OwnedInterview,
) -> Result<axum::Json<Value>, Error> {
    let interview = web.views.interview(&owned)?.ok_or(Error::NotFound)?;
    if !interview.status.is_final() {
        return Err(Error::Refused(
            interviewd_domain::interview::Refusal::NotEnded,
        ));
    }
    Ok(axum::Json(evaluation_json(&web, &owned)?))
}

/// The evaluation as the API tells it; `null` fields until it is there.
pub fn evaluation_json(web: &Web, owned: &OwnedInterview) -> Result<Value, Error> {
    let interview = web.views.interview(owned)?.ok_or(Error::NotFound)?;
    let status = match interview.evaluation {
        EvaluationStatus::None if interview.status.is_final() => "insufficient_evidence",
        other => evaluation_word(other),
    };
    let mut answer = json!({ "status": status });
    if !matches!(
        interview.evaluation,
        EvaluationStatus::Complete | EvaluationStatus::InsufficientEvidence
    ) {
        return Ok(answer);
    }
    if let Some(scorecard) = web.views.scorecard(owned)?
        && let (Value::Object(into), Value::Object(from)) =
            (&mut answer, scorecard_json(&scorecard))
    {
        into.extend(from);
    }
    Ok(answer)
}

fn scorecard_json(scorecard: &Scorecard) -> Value {
    let scores: serde_json::Map<String, Value> = Dimension::ALL
        .into_iter()
        .map(|dimension| {
            let score = scorecard.scores.get(&dimension);
            let shown = json!({
                "score": score.and_then(|score| score.score),
                "band": score.and_then(|score| score.band),
                "spread": score.map_or(0.0, |score| score.spread),
                "reason": score.map(|score| score.reason.as_str()).unwrap_or("Not enough evidence."),
            });
            (dimension_word(dimension).to_owned(), shown)
        })
        .collect();
    let citations: serde_json::Map<String, Value> = scorecard
        .citations
        .iter()
        .map(|(id, citation)| (id.clone(), citation_json(citation)))
        .collect();
    json!({
        "method": match scorecard.method { Method::Rules => "rules", Method::Model => "model" },
        "overall": { "score": scorecard.overall, "spread": scorecard.overall_spread },
        "recommendation": scorecard.recommendation.map(recommendation_word),
        "headline": scorecard.headline,
        "scores": scores,
        "strengths": scorecard.strengths,
        "improvements": scorecard.improvements,
        "reportMarkdown": scorecard.report_markdown,
        "citations": citations,
        "versions": scorecard.versions,
    })
}

pub fn dimension_word(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::ProblemSolving => "problemSolving",
        Dimension::CodeQuality => "codeQuality",
        Dimension::Communication => "communication",
        Dimension::Efficiency => "efficiency",
        Dimension::Testing => "testing",
    }
}

pub fn recommendation_word(recommendation: Recommendation) -> &'static str {
    match recommendation {
        Recommendation::StrongYes => "strong_yes",
        Recommendation::Yes => "yes",
        Recommendation::Maybe => "maybe",
        Recommendation::No => "no",
    }
}

fn citation_json(citation: &Citation) -> Value {
    match citation {
        Citation::Utterance {
            utterance,
            at_ms,
            quote,
        } => {
            json!({ "kind": "utterance", "utteranceId": utterance, "atMs": at_ms, "quote": quote })
        }
        Citation::Snapshot {
            snapshot,
            at_ms,
            lines,
            quote,
        } => {
            json!({ "kind": "snapshot", "snapshotId": snapshot, "atMs": at_ms, "lines": [lines.0, lines.1], "quote": quote })
        }
        Citation::Run { run, at_ms, quote } => {
            json!({ "kind": "run", "runId": run, "atMs": at_ms, "quote": quote })
        }
    }
}

pub async fn retry_evaluation(
    State(web): State<Web>,
    owned: OwnedInterview,
) -> Result<StatusCode, Error> {
    web.engine.apply(&owned, Command::RequestEvaluation).await?;
    Ok(StatusCode::ACCEPTED)
}

pub async fn replay(
    State(web): State<Web>,
    owned: OwnedInterview,
) -> Result<axum::Json<Value>, Error> {
    Ok(axum::Json(timeline(&web, &owned)?))
}

/// The whole timeline: events with `atMs`. Runs carry what the candidate saw of them.
pub fn timeline(web: &Web, owned: &OwnedInterview) -> Result<Value, Error> {
    let mut runs = std::collections::HashMap::new();
    let mut shown = Vec::new();
    for event in web.views.events(owned, 0)? {
        if let What::RunRequested {
            run,
            kind,
            language,
            ..
        } = &event.what
        {
            runs.insert(*run, (*kind, *language));
        }
        if let Some(entry) = timeline_entry(&event, &runs) {
            shown.push(entry);
        }
    }
    Ok(json!({ "sessionId": owned.id(), "events": shown }))
}

type Asked = std::collections::HashMap<interviewd_domain::ids::RunId, (RunKind, Language)>;

fn timeline_entry(event: &Event, runs: &Asked) -> Option<Value> {
    let mut entry = match &event.what {
        What::Created { .. } | What::Connected { .. } | What::Disconnected { .. } => return None,
        What::Activated => json!({ "type": "started" }),
        What::TimeReturned { ms } => json!({ "type": "time_returned", "ms": ms }),
        What::PhaseEntered { phase } => json!({ "type": "phase", "phase": phase }),
        What::Said {
            utterance,
            speaker,
            text,
            channel,
            ..
        } => json!({
            "type": "utterance", "utteranceId": utterance, "text": text, "channel": channel,
            "role": match speaker { Speaker::Candidate => "candidate", Speaker::Interviewer => "interviewer" },
        }),
        What::ThinkingSet { on } => json!({ "type": "thinking", "on": on }),
        What::CodeChanged {
            revision,
            language,
            prefix,
            suffix,
            insert,
        } => json!({
            "type": "code_change", "revision": revision, "language": language, "prefix": prefix, "suffix": suffix, "insert": insert,
        }),
        What::Snapshotted {
            snapshot,
            kind,
            language,
            code,
            revision,
        } => json!({
            "type": "snapshot", "snapshotId": snapshot, "kind": kind, "language": language, "code": code, "revision": revision,
        }),
        What::RunRequested {
            run,
            kind,
            language,
            ..
        } => {
            json!({ "type": "run_started", "runId": run, "kind": kind_word(*kind), "language": language })
        }
        What::RunFinished { run, report } => {
            let (kind, language) = runs.get(run).copied()?;
            json!({ "type": "run_finished", "run": Run::of(*run, kind, language, report) })
        }
        What::RunLost { run } => json!({ "type": "run_lost", "runId": run }),
        What::TimeWarned { minutes } => json!({ "type": "time_warning", "minutes": minutes }),
        What::Ended { reason } => json!({ "type": "ended", "reason": reason }),
        What::EvaluationRequested => json!({ "type": "evaluation_requested" }),
        What::Scored { .. } => json!({ "type": "evaluated" }),
        What::EvaluationFailed { .. } => json!({ "type": "evaluation_failed" }),
    };
    entry["atMs"] = json!(event.clock_ms);
    entry["at"] = json!(event.at.to_rfc3339());
    Some(entry)
}
