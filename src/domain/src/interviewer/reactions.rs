//! What a run gives reason to say: which visible case, where, what kind of trouble. Never an answer, and nothing of a
//! hidden case: only [`RunReport::tests`] is read.

use super::lines::{self, Bank};
use crate::run::{CaseResult, CaseStatus, RunReport, RunStatus};
use regex::Regex;
use std::sync::LazyLock;

/// Whether every visible case passed.
pub fn is_green(report: &RunReport) -> bool {
    report.status == RunStatus::Ok
        && report.total > 0
        && report.passed == report.total
        && report
            .tests
            .iter()
            .all(|case| case.status == CaseStatus::Pass)
}

/// The first visible case that did not pass.
pub fn first_failing(report: &RunReport) -> Option<&CaseResult> {
    report
        .tests
        .iter()
        .find(|case| case.status != CaseStatus::Pass)
}

/// The bank to react from, and what fills its gaps. `failing_before` and `passed_before` are of the run before.
pub fn to_run(
    report: &RunReport,
    failing_before: Option<&str>,
    passed_before: Option<u32>,
) -> Option<(&'static Bank, Vec<(&'static str, String)>)> {
    let failing = first_failing(report);
    let outcome = failing.map_or(report.status, |case| case.outcome);
    let case = failing.map_or_else(|| "the run".to_owned(), |case| format!("“{}”", case.name));
    let place = failing.and_then(|case| case.line).map_or_else(
        || "where the message points".to_owned(),
        |line| format!("in line {line}"),
    );
    let message = failing
        .and_then(|case| case.message.as_deref())
        .unwrap_or(&report.stderr);
    let gaps = vec![
        ("case", case),
        ("where", place),
        ("error", error_kind(message)),
        ("tally", tally(report)),
    ];
    let bank = if report.status == RunStatus::CompileError || outcome == RunStatus::CompileError {
        &lines::COMPILE_ERROR
    } else {
        match outcome {
            RunStatus::RuntimeError => &lines::RUNTIME_ERROR,
            RunStatus::Timeout => &lines::TIMEOUT,
            RunStatus::MemoryLimit => &lines::MEMORY,
            RunStatus::OutputLimit => &lines::OUTPUT,
            RunStatus::Ok | RunStatus::CompileError => {
                let name = failing?.name.as_str();
                match passed_before {
                    Some(before) if report.passed > before && before > 0 => &lines::PROGRESS,
                    _ if failing_before == Some(name) => &lines::CASE_STILL_FAILS,
                    _ => &lines::CASE_FAILS,
                }
            }
        }
    };
    Some((bank, gaps))
}

fn tally(report: &RunReport) -> String {
    match report.passed {
        0 => format!("none of the {} cases passes yet.", report.total),
        passed => format!("{passed} of {} cases pass.", report.total),
    }
}

/// `an IndexError` from a traceback; the candidate's own message text is not repeated.
fn error_kind(message: &str) -> String {
    static KIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b([A-Z][A-Za-z]{2,40}(?:Error|Exception))\b").expect("a literal pattern")
    });
    match KIND
        .captures_iter(message)
        .last()
        .map(|found| found[1].to_owned())
    {
        Some(kind) if kind.starts_with(['A', 'E', 'I', 'O', 'U']) => format!("an {kind}"),
        Some(kind) => format!("a {kind}"),
        None => "an error".to_owned(),
    }
}
