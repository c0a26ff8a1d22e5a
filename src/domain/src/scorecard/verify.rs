//! Holds a scorecard against the stored events: every finding has citations, every citation names something that
//! is really there, with the time, the lines and the words that are really there. The same check serves any
//! evaluator, a model's as well.

use super::{Citation, Finding, Scorecard};
use crate::{
    interview::{Event, What},
    run::{CaseStatus, RunReport},
};
use std::fmt;

/// A claim that its record does not bear out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name of the finding, or of the citation nobody uses.
    pub of: String,
    pub kind: FaultKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    #[error("has no citation")]
    Uncited,
    #[error("names a citation that is not in the scorecard")]
    UnknownKey,
    #[error("points at something that never happened")]
    NoSuchThing,
    #[error("points at another time than the record's")]
    OtherTime,
    #[error("points at lines that the code does not have")]
    NoSuchLines,
    #[error("quotes what is not there")]
    Misquoted,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.of, self.kind)
    }
}

/// A quote is cut after so many characters.
const QUOTE_CHARS_MAX: usize = 200;
/// Of longer stretches of code, the first lines are quoted.
const QUOTE_LINES_MAX: usize = 4;

/// Everything in `scorecard` that `events` do not bear out; empty for an honest one.
pub fn verify(scorecard: &Scorecard, events: &[Event]) -> Vec<Fault> {
    let findings = scorecard.strengths.iter().chain(&scorecard.improvements);
    findings
        .filter_map(|finding| {
            let kind = fault_of(finding, scorecard, events)?;
            Some(Fault {
                of: finding.finding.clone(),
                kind,
            })
        })
        .collect()
}

/// Drops findings with a fault, and citations that nothing points at any more. Says whether anything was dropped;
/// then the report has to be written again.
pub fn drop_unproven(scorecard: &mut Scorecard, events: &[Event]) -> bool {
    let proven = |findings: &[Finding]| -> Vec<Finding> {
        findings
            .iter()
            .filter(|finding| fault_of(finding, scorecard, events).is_none())
            .cloned()
            .collect()
    };
    let (strengths, improvements) = (
        proven(&scorecard.strengths),
        proven(&scorecard.improvements),
    );
    let dropped = strengths.len() + improvements.len()
        < scorecard.strengths.len() + scorecard.improvements.len();
    (scorecard.strengths, scorecard.improvements) = (strengths, improvements);
    let findings = scorecard.strengths.iter().chain(&scorecard.improvements);
    let used: Vec<String> = findings
        .flat_map(|finding| finding.citations.clone())
        .collect();
    scorecard.citations.retain(|key, _| used.contains(key));
    dropped
}

fn fault_of(finding: &Finding, scorecard: &Scorecard, events: &[Event]) -> Option<FaultKind> {
    if finding.citations.is_empty() {
        return Some(FaultKind::Uncited);
    }
    finding
        .citations
        .iter()
        .find_map(|key| match scorecard.citations.get(key) {
            None => Some(FaultKind::UnknownKey),
            Some(citation) => citation_fault(citation, events),
        })
}

fn citation_fault(citation: &Citation, events: &[Event]) -> Option<FaultKind> {
    match citation {
        Citation::Utterance {
            utterance,
            at_ms,
            quote,
        } => {
            let found = events.iter().find_map(|event| match &event.what {
                What::Said {
                    utterance: id,
                    text,
                    ..
                } if id == utterance => Some((event.clock_ms, text)),
                _ => None,
            });
            let Some((clock_ms, text)) = found else {
                return Some(FaultKind::NoSuchThing);
            };
            judge(clock_ms == *at_ms, quoted(&flat(text), quote))
        }
        Citation::Snapshot {
            snapshot,
            at_ms,
            lines,
            quote,
        } => {
            let found = events.iter().find_map(|event| match &event.what {
                What::Snapshotted {
                    snapshot: id, code, ..
                } if id == snapshot => Some((event.clock_ms, code)),
                _ => None,
            });
            let Some((clock_ms, code)) = found else {
                return Some(FaultKind::NoSuchThing);
            };
            if lines.0 < 1 || lines.0 > lines.1 || lines.1 > line_count(code) {
                return Some(FaultKind::NoSuchLines);
            }
            judge(clock_ms == *at_ms, *quote == code_quote(code, *lines))
        }
        Citation::Run { run, at_ms, quote } => {
            let found = events.iter().find_map(|event| match &event.what {
                What::RunFinished { run: id, report } if id == run => {
                    Some((event.clock_ms, report))
                }
                _ => None,
            });
            let Some((clock_ms, report)) = found else {
                return Some(FaultKind::NoSuchThing);
            };
            judge(clock_ms == *at_ms, *quote == run_quote_of(report))
        }
    }
}

fn judge(same_time: bool, same_words: bool) -> Option<FaultKind> {
    match (same_time, same_words) {
        (false, _) => Some(FaultKind::OtherTime),
        (_, false) => Some(FaultKind::Misquoted),
        _ => None,
    }
}

/// A quote may be any stretch of the text, or its beginning with an ellipsis.
fn quoted(text: &str, quote: &str) -> bool {
    text.contains(quote)
        || quote
            .strip_suffix('…')
            .is_some_and(|start| text.starts_with(start))
}

/// What an utterance is quoted with.
pub fn utterance_quote(text: &str) -> String {
    clip(&flat(text))
}

/// What lines of code are quoted with: the first of them, indentation kept.
pub fn code_quote(code: &str, lines: (u32, u32)) -> String {
    let from = lines.0.saturating_sub(1) as usize;
    let many = (lines.1.saturating_sub(lines.0) as usize + 1).min(QUOTE_LINES_MAX);
    let quoted: Vec<&str> = code
        .lines()
        .skip(from)
        .take(many)
        .map(str::trim_end)
        .collect();
    clip(&quoted.join("\n"))
}

/// What a run is quoted with: counts, never data.
pub fn run_quote(visible: (usize, usize), hidden: (usize, usize)) -> String {
    let mut quote = format!("{} of {} visible cases passed", visible.0, visible.1);
    if hidden.1 > 0 {
        quote.push_str(&format!(", {} of {} hidden ones", hidden.0, hidden.1));
    }
    quote
}

fn run_quote_of(report: &RunReport) -> String {
    let visible = report
        .tests
        .iter()
        .filter(|test| test.status == CaseStatus::Pass)
        .count();
    let hidden = report
        .hidden
        .iter()
        .filter(|test| test.status == CaseStatus::Pass)
        .count();
    run_quote((visible, report.tests.len()), (hidden, report.hidden.len()))
}

/// Lines as an editor counts them; even empty code has one.
pub fn line_count(code: &str) -> u32 {
    (code.lines().count() as u32).max(1)
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(QUOTE_CHARS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
