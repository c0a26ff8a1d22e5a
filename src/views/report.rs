//! From the stored events and the scorecard of an interview to what its summary shows. Pure.
//!
//! Every citation becomes one piece of evidence with what it points at: the words, the lines with their neighbours,
//! the outcome of a run. Evidence whose event is gone is shown by its quote alone.

use super::{
    Citation, CodeLine, Dimension, Evidence, EvidenceBody, EvidenceKind, Finding, Scorecard,
    Summary, SummaryState, Timeline, cards, clock,
    timeline::{Edit, Phase, RunMark, Spoken},
};
use interviewd_domain::{
    interview::{self, Act, EvaluationStatus, Event, Interview, Speaker, What, code},
    run::{CaseStatus, RunKind, RunReport, RunStatus},
    scorecard::{self, anchors::ANCHORS, findings::FindingKind},
    time::Timestamp,
};
use std::collections::HashMap;

/// Lines shown before and after the ones that a claim is about.
const CONTEXT_LINES: u32 = 2;
/// Characters of a failure that are shown.
const DETAIL_CHARS: usize = 400;
/// A candidate has said enough, written enough, run enough, for a judgement; what is missing is told.
const ENOUGH_UTTERANCES: u32 = 2;

/// The summary of one interview. `to_html` makes safe HTML of the Markdown report.
pub fn summary(
    interview: &Interview,
    events: &[Event],
    now: Timestamp,
    to_html: impl Fn(&str) -> String,
) -> Summary {
    let card = events.iter().rev().find_map(|event| match &event.what {
        What::Scored { scorecard } => Some(scorecard.as_ref()),
        _ => None,
    });
    let state = match interview.evaluation {
        EvaluationStatus::Pending => SummaryState::Pending,
        EvaluationStatus::Failed => SummaryState::Failed {
            reason: String::new(),
        },
        EvaluationStatus::Complete => match card {
            Some(card) if card.sufficient => {
                SummaryState::Complete(Box::new(scorecard(card, events, to_html)))
            }
            _ => SummaryState::InsufficientEvidence {
                missing: missing(interview),
            },
        },
        EvaluationStatus::InsufficientEvidence | EvaluationStatus::None => {
            SummaryState::InsufficientEvidence {
                missing: missing(interview),
            }
        }
    };
    let count = |wanted: fn(&What) -> bool| {
        events.iter().filter(|event| wanted(&event.what)).count() as u32
    };
    Summary {
        card: cards::interview(interview, card.and_then(|card| card.recommendation), now),
        snapshots: count(|what| matches!(what, What::Snapshotted { .. })),
        runs: interview.runs,
        hints: count(|what| {
            matches!(
                what,
                What::Said {
                    act: Some(Act::Hint { .. }),
                    ..
                }
            )
        }),
        utterances: interview.utterances,
        timeline: timeline(interview, events, now),
        state,
    }
}

fn missing(interview: &Interview) -> Vec<String> {
    let mut missing = Vec::new();
    if interview.candidate_utterances < ENOUGH_UTTERANCES {
        missing.push(match interview.candidate_utterances {
            0 => "You said nothing: think aloud, ask, explain.".to_owned(),
            _ => "You said very little: explain the plan and the choices.".to_owned(),
        });
    }
    if interview.revision == 0 {
        missing.push("No code was written.".to_owned());
    }
    if interview.runs == 0 {
        missing.push("Nothing was run.".to_owned());
    }
    missing
}

/// The drawing; nothing when nothing happened.
fn timeline(interview: &Interview, events: &[Event], now: Timestamp) -> Option<Timeline> {
    let mut line = Timeline {
        duration_ms: interview.clock_ms(now),
        ..Timeline::default()
    };
    // A keyframe is an edit like any other when the code in it is new.
    let mut code = String::new();
    for event in events {
        let at_ms = event.clock_ms;
        line.duration_ms = line.duration_ms.max(at_ms);
        match &event.what {
            What::Activated if line.phases.is_empty() => {
                line.phases.push(phase(interview::Phase::Welcome, at_ms))
            }
            What::PhaseEntered { phase: entered } => {
                if let Some(last) = line.phases.last_mut() {
                    last.end_ms = at_ms;
                }
                line.phases.push(phase(*entered, at_ms));
            }
            What::Said { speaker, text, .. } => {
                line.utterances.push(Spoken {
                    by_candidate: *speaker == Speaker::Candidate,
                    at_ms,
                    text: text.clone(),
                });
            }
            What::CodeChanged {
                prefix,
                suffix,
                insert,
                ..
            } => {
                line.edits.push(edit(at_ms, insert));
                code = code::patch(&code, *prefix, *suffix, insert).unwrap_or(code);
            }
            What::Snapshotted { code: whole, .. } if *whole != code => {
                let (_, _, insert) = code::diff(&code, whole);
                // What the editor held at the start was given.
                if !code.is_empty() {
                    line.edits.push(edit(at_ms, &insert));
                }
                code = whole.clone();
            }
            What::RunFinished { report, .. } => line.runs.push(run_mark(at_ms, report)),
            _ => {}
        }
    }
    if let Some(last) = line.phases.last_mut() {
        last.end_ms = line.duration_ms;
    }
    let empty = line.utterances.is_empty() && line.edits.is_empty() && line.runs.is_empty();
    (!empty).then_some(line)
}

fn edit(at_ms: u64, insert: &str) -> Edit {
    Edit {
        at_ms,
        size: insert.chars().count() as u32 + 1,
    }
}

/// After the interview a submit counts with its hidden cases: a run that only looked good is not shown as good.
fn run_mark(at_ms: u64, report: &RunReport) -> RunMark {
    let hidden_passed = report
        .hidden
        .iter()
        .filter(|case| case.status == CaseStatus::Pass)
        .count();
    RunMark {
        at_ms,
        passed: report.passed + hidden_passed as u32,
        total: report.total + report.hidden.len() as u32,
    }
}

fn phase(phase: interview::Phase, start_ms: u64) -> Phase {
    let name = match phase {
        interview::Phase::Welcome => "Welcome",
        interview::Phase::Clarify => "Clarify",
        interview::Phase::Approach => "Approach",
        interview::Phase::Code => "Code",
        interview::Phase::Test => "Test",
        interview::Phase::WrapUp => "Wrap-up",
    };
    Phase {
        name: name.to_owned(),
        start_ms,
        end_ms: start_ms,
    }
}

fn scorecard(
    card: &scorecard::Scorecard,
    events: &[Event],
    to_html: impl Fn(&str) -> String,
) -> Scorecard {
    let findings = |of: &[scorecard::Finding]| {
        of.iter()
            .map(|finding| self::finding(finding, card, events))
            .collect::<Vec<_>>()
    };
    let (strengths, improvements) = (findings(&card.strengths), findings(&card.improvements));
    let dimensions: Vec<Dimension> = scorecard::Dimension::ALL
        .into_iter()
        .map(|kind| dimension(kind, card, events))
        .collect();
    let mut evidence: Vec<Evidence> = card
        .citations
        .iter()
        .map(|(id, citation)| {
            let claims = card
                .strengths
                .iter()
                .chain(&card.improvements)
                .filter(|finding| finding.citations.contains(id))
                .map(|finding| finding.text.clone())
                .collect();
            self::evidence(id, citation, claims, events)
        })
        .collect();
    evidence.sort_by_key(|evidence| evidence.at_ms);
    Scorecard {
        method: match card.method {
            scorecard::Method::Rules => "rules",
            scorecard::Method::Model => "model",
        }
        .to_owned(),
        overall: card.overall.unwrap_or_default(),
        spread: card.overall_spread,
        passes: 1,
        recommendation: card
            .recommendation
            .map(|word| cards::recommendation_key(word).to_owned()),
        dimensions,
        strengths,
        improvements,
        report_html: link_places(to_html(&card.report_markdown), card),
        evidence,
        versions: card
            .versions
            .iter()
            .map(|(name, version)| (name.clone(), version.clone()))
            .collect(),
    }
}

/// The report names places in words; they become links to the evidence.
fn link_places(mut html: String, card: &scorecard::Scorecard) -> String {
    let mut places: Vec<(String, &String)> = card
        .citations
        .iter()
        .map(|(id, citation)| (scorecard::report::place(citation), id))
        .collect();
    // Longer ones first: `line 1` also begins `line 12`.
    places.sort_by_key(|(place, _)| std::cmp::Reverse(place.len()));
    places.dedup_by(|a, b| a.0 == b.0);
    for (place, id) in places {
        let mut linked = String::with_capacity(html.len());
        let mut rest = html.as_str();
        while let Some(at) = rest.find(&place) {
            let (before, after) = (&rest[..at], &rest[at + place.len()..]);
            linked.push_str(before);
            // Only where the report lists places, `(…; …)`, and not inside a link that a longer place has become.
            let listed = (before.ends_with('(') || before.ends_with("; "))
                && (after.starts_with(')') || after.starts_with("; "));
            if listed {
                linked.push_str(&format!(
                    "<a class=\"cite\" href=\"#ev-{}\" data-cite>{place}</a>",
                    anchor_id(id)
                ));
            } else {
                linked.push_str(&place);
            }
            rest = after;
        }
        linked.push_str(rest);
        html = linked;
    }
    html
}

fn dimension(
    kind: scorecard::Dimension,
    card: &scorecard::Scorecard,
    events: &[Event],
) -> Dimension {
    let score = card.scores.get(&kind);
    let mut ids: Vec<&String> = Vec::new();
    for finding in card.strengths.iter().chain(&card.improvements) {
        let about = FindingKind::ALL
            .iter()
            .find(|known| known.name() == finding.finding)
            .map(|known| known.dimension());
        if about == Some(kind) {
            for id in &finding.citations {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
    }
    Dimension {
        key: dimension_key(kind).to_owned(),
        name: kind.label().to_owned(),
        score: score.and_then(|score| score.score),
        band: score.and_then(|score| score.band),
        spread: score.map_or(0.0, |score| score.spread),
        reason: score.map_or_else(
            || "There was not enough to judge by.".to_owned(),
            |score| score.reason.clone(),
        ),
        anchors: ANCHORS
            .iter()
            .find(|anchors| anchors.dimension == kind)
            .map_or(vec![], |anchors| {
                anchors
                    .bands
                    .iter()
                    .map(|band| (*band).to_owned())
                    .collect()
            }),
        citations: ids
            .into_iter()
            .filter_map(|id| Some(citation(id, card.citations.get(id)?, events)))
            .collect(),
    }
}

/// The API's word for a dimension.
pub fn dimension_key(dimension: scorecard::Dimension) -> &'static str {
    match dimension {
        scorecard::Dimension::ProblemSolving => "problemSolving",
        scorecard::Dimension::CodeQuality => "codeQuality",
        scorecard::Dimension::Communication => "communication",
        scorecard::Dimension::Efficiency => "efficiency",
        scorecard::Dimension::Testing => "testing",
    }
}

fn finding(finding: &scorecard::Finding, card: &scorecard::Scorecard, events: &[Event]) -> Finding {
    let advice = FindingKind::ALL
        .iter()
        .find(|kind| kind.name() == finding.finding && card.improvements.contains(finding))
        .map(|kind| kind.practise().to_owned())
        .unwrap_or_default();
    Finding {
        key: finding.finding.clone(),
        title: finding.text.clone(),
        text: advice,
        citations: finding
            .citations
            .iter()
            .filter_map(|id| Some(citation(id, card.citations.get(id)?, events)))
            .collect(),
    }
}

fn citation(id: &str, cited: &scorecard::Citation, events: &[Event]) -> Citation {
    let (kind, label) = match cited {
        scorecard::Citation::Utterance { at_ms, .. } => (EvidenceKind::Utterance, clock(*at_ms)),
        scorecard::Citation::Snapshot {
            at_ms,
            lines: (first, last),
            ..
        } if first == last => (
            EvidenceKind::Snapshot,
            format!("L{first} at {}", clock(*at_ms)),
        ),
        scorecard::Citation::Snapshot {
            at_ms,
            lines: (first, last),
            ..
        } => (
            EvidenceKind::Snapshot,
            format!("L{first}–{last} at {}", clock(*at_ms)),
        ),
        scorecard::Citation::Run { run, .. } => {
            let number = events
                .iter()
                .filter_map(|event| match &event.what {
                    What::RunRequested { run, .. } => Some(*run),
                    _ => None,
                })
                .position(|asked| asked == *run);
            (
                EvidenceKind::Run,
                number.map_or_else(|| "Run".to_owned(), |number| format!("Run {}", number + 1)),
            )
        }
    };
    Citation {
        id: anchor_id(id),
        kind,
        label,
    }
}

fn evidence(
    id: &str,
    cited: &scorecard::Citation,
    claims: Vec<String>,
    events: &[Event],
) -> Evidence {
    let (at_ms, body) = match cited {
        scorecard::Citation::Utterance {
            utterance,
            at_ms,
            quote,
        } => {
            let said = events.iter().find_map(|event| match &event.what {
                What::Said {
                    utterance: id,
                    speaker,
                    text,
                    ..
                } if id == utterance => Some((*speaker, text.clone())),
                _ => None,
            });
            let (speaker, text) = said.unwrap_or((Speaker::Candidate, quote.clone()));
            (
                *at_ms,
                EvidenceBody::Utterance {
                    by_candidate: speaker == Speaker::Candidate,
                    text,
                },
            )
        }
        scorecard::Citation::Snapshot {
            snapshot,
            at_ms,
            lines,
            quote,
        } => {
            let kept = events.iter().find_map(|event| match &event.what {
                What::Snapshotted {
                    snapshot: id,
                    language,
                    code,
                    ..
                } if id == snapshot => Some((language.label(), excerpt(code, *lines))),
                _ => None,
            });
            let (language, lines) = kept.unwrap_or_else(|| ("", quoted(quote, lines.0)));
            (
                *at_ms,
                EvidenceBody::Snapshot {
                    language: language.to_owned(),
                    lines,
                },
            )
        }
        scorecard::Citation::Run { run, at_ms, quote } => (*at_ms, run_body(*run, quote, events)),
    };
    Evidence {
        id: anchor_id(id),
        at_ms,
        body,
        claims,
    }
}

fn excerpt(code: &str, (first, last): (u32, u32)) -> Vec<CodeLine> {
    let shown = first.saturating_sub(CONTEXT_LINES).max(1)..=last.saturating_add(CONTEXT_LINES);
    code.lines()
        .zip(1u32..)
        .filter(|(_, number)| shown.contains(number))
        .map(|(text, number)| CodeLine {
            number,
            text: text.to_owned(),
            cited: (first..=last).contains(&number),
        })
        .collect()
}

fn quoted(quote: &str, first: u32) -> Vec<CodeLine> {
    quote
        .lines()
        .zip(first..)
        .map(|(text, number)| CodeLine {
            number,
            text: text.to_owned(),
            cited: true,
        })
        .collect()
}

fn run_body(run: interviewd_domain::ids::RunId, quote: &str, events: &[Event]) -> EvidenceBody {
    let mut kinds = HashMap::new();
    for event in events {
        match &event.what {
            What::RunRequested { run: id, kind, .. } => drop(kinds.insert(*id, *kind)),
            What::RunFinished { run: id, report } if *id == run => {
                let kind = match kinds.get(id) {
                    Some(RunKind::Submit) => "submit",
                    _ => "run",
                };
                return EvidenceBody::Run {
                    kind: kind.to_owned(),
                    outcome: outcome(report).to_owned(),
                    passed: report.passed,
                    total: report.total,
                    detail: detail(report),
                };
            }
            _ => {}
        }
    }
    EvidenceBody::Run {
        kind: "run".to_owned(),
        outcome: quote.to_owned(),
        passed: 0,
        total: 0,
        detail: String::new(),
    }
}

fn outcome(report: &RunReport) -> &'static str {
    match report.status {
        RunStatus::Ok if report.passed == report.total => "All cases passed",
        RunStatus::Ok => "Wrong answer",
        RunStatus::CompileError => "Did not compile",
        RunStatus::RuntimeError => "Stopped with an error",
        RunStatus::Timeout => "Timed out",
        RunStatus::MemoryLimit => "Out of memory",
        RunStatus::OutputLimit => "Too much output",
    }
}

fn detail(report: &RunReport) -> String {
    let Some(failed) = report
        .tests
        .iter()
        .find(|test| test.status != CaseStatus::Pass)
    else {
        return String::new();
    };
    let text = match (&failed.message, &failed.actual) {
        (Some(message), _) => format!("{}: {message}", failed.name),
        (None, Some(actual)) => format!(
            "{}: expected {}, got {actual}",
            failed.name, failed.expected
        ),
        (None, None) => failed.name.clone(),
    };
    text.chars().take(DETAIL_CHARS).collect()
}

/// Citation ids inside addresses of the page.
fn anchor_id(id: &str) -> String {
    id.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_carry_two_lines_of_context() {
        let code = "a\nb\nc\nd\ne\nf\ng";
        let shown: Vec<(u32, bool)> = excerpt(code, (4, 4))
            .iter()
            .map(|line| (line.number, line.cited))
            .collect();
        assert_eq!(
            shown,
            [(2, false), (3, false), (4, true), (5, false), (6, false)]
        );
        assert_eq!(excerpt(code, (1, 9)).len(), 7);
    }
}
