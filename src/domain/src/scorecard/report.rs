//! What a person reads: the headline and the Markdown report of a rule-based evaluation. Whatever comes from the
//! candidate or a problem file is escaped, so that it stays text.

use super::{
    Citation, Dimension, Finding, Scorecard,
    anchors::anchor,
    findings::{FindingKind, clock},
    rules,
};
use crate::{evidence::Dossier, interview::Level, problem::Problem, run::RunKind};
use std::fmt::Write;

/// Stands at the top of every report made by rules.
pub const LABEL: &str = "Rule-based evaluation: no model was involved";

/// One sentence: what the code came to, and what stands out about the way there.
pub(super) fn headline(dossier: &Dossier, correctness: f64, problem: &Problem) -> String {
    let what = if rules::solved(correctness) {
        "A correct solution"
    } else if dossier
        .case_runs()
        .any(|run| run.failing().next().is_none())
    {
        let submitted = dossier.case_runs().any(|run| run.kind == RunKind::Submit);
        if submitted && !problem.hidden.is_empty() {
            "A solution that misses some edge cases"
        } else {
            "A solution that passes the visible cases"
        }
    } else if correctness > 0.0 {
        "A partial solution"
    } else if dossier.final_snapshot().is_some() {
        "No working solution yet"
    } else {
        "No code"
    };
    let talked = dossier.candidate().any(|(_, said)| said.words > 0);
    let explained = if rules::plan_before_code(dossier) {
        "explained before the code"
    } else if rules::is_plan(dossier.candidate().map(|(_, said)| said)) {
        "explained late"
    } else if talked {
        "hardly explained"
    } else {
        "without a word of explanation"
    };
    let edges = dossier.candidate().any(|(_, said)| !said.edges.is_empty());
    let tested = if dossier.runs.is_empty() {
        " and never run"
    } else if edges {
        " and tested with edge cases in mind"
    } else {
        ""
    };
    format!("{what}, {explained}{tested}.")
}

/// The whole report, from the scorecard and a few facts about the interview.
pub fn markdown(scorecard: &Scorecard, dossier: &Dossier, problem: &Problem) -> String {
    let mut page = String::new();
    let level = match dossier.level {
        Level::Junior => "junior",
        Level::Mid => "mid",
        Level::Senior => "senior",
    };
    line(&mut page, &format!("# {}", plain(&problem.title)));
    line(&mut page, &format!("*{LABEL}.*"));
    line(
        &mut page,
        &format!(
            "{} interview at {level} level, {} of {} minutes used. The anchors are the same for every level.",
            dossier.language.label(),
            clock(dossier.ended_ms),
            dossier.duration_ms / 60_000
        ),
    );
    line(&mut page, &format!("**{}**", plain(&scorecard.headline)));
    if !scorecard.sufficient {
        line(
            &mut page,
            "No scores were given. Next time, talk through the problem for a few minutes, write some code and run it.",
        );
        return page;
    }
    if let (Some(overall), Some(recommendation)) = (scorecard.overall, scorecard.recommendation) {
        line(
            &mut page,
            &format!(
                "Overall **{overall:.1}** of 10. Recommendation: **{}**.",
                recommendation.label()
            ),
        );
    }
    line(&mut page, "## Scores");
    let mut table = String::from(
        "| Dimension | Score | Band | What the band means | Because |\n|---|---|---|---|---|\n",
    );
    for dimension in Dimension::ALL {
        let Some(score) = scorecard.scores.get(&dimension) else {
            continue;
        };
        let (shown, band, meaning) = match score.band {
            Some(band) => (
                format!("{:.0}", score.score.unwrap_or_default()),
                band.to_string(),
                anchor(dimension, band),
            ),
            None => ("–".to_owned(), "–".to_owned(), "Not assessed."),
        };
        let _ = writeln!(
            table,
            "| {} | {shown} | {band} | {meaning} | {} |",
            dimension.label(),
            plain(&score.reason)
        );
    }
    line(&mut page, table.trim_end());
    section(
        &mut page,
        "Strengths",
        &scorecard.strengths,
        scorecard,
        "Nothing stood out.",
    );
    section(
        &mut page,
        "What to improve",
        &scorecard.improvements,
        scorecard,
        "Nothing stood out.",
    );
    let mut practise: Vec<&str> = Vec::new();
    for finding in &scorecard.improvements {
        let advice = FindingKind::ALL
            .iter()
            .find(|kind| kind.name() == finding.finding)
            .map(|kind| kind.practise());
        if let Some(advice) = advice.filter(|advice| !practise.contains(advice)) {
            practise.push(advice);
        }
    }
    if practise.is_empty() {
        practise.push("Try a harder problem, or a similar one in half the time.");
    }
    line(&mut page, "## What to practise next");
    let list: Vec<String> = practise
        .iter()
        .take(3)
        .enumerate()
        .map(|(n, advice)| format!("{}. {advice}", n + 1))
        .collect();
    line(&mut page, &list.join("\n"));
    line(&mut page, "## How this was judged");
    line(
        &mut page,
        "Correctness comes from running the code, everything else from its syntax tree and from words in the \
         transcript. Rules hear words, not meaning: tone, depth and originality are not judged. Orders of growth are \
         estimates.",
    );
    page
}

fn section(
    page: &mut String,
    title: &str,
    findings: &[Finding],
    scorecard: &Scorecard,
    nothing: &str,
) {
    line(page, &format!("## {title}"));
    if findings.is_empty() {
        line(page, nothing);
        return;
    }
    let list: Vec<String> = findings
        .iter()
        .map(|finding| {
            let places: Vec<String> = finding
                .citations
                .iter()
                .filter_map(|key| scorecard.citations.get(key))
                .map(place)
                .collect();
            format!("- {} *({})*", plain(&finding.text), places.join("; "))
        })
        .collect();
    line(page, &list.join("\n"));
}

/// Where a citation points, in words: `said at 3:02`, `code at 4:10, lines 2–5`. The summary page makes links of them.
pub fn place(citation: &Citation) -> String {
    match citation {
        Citation::Utterance { at_ms, .. } => format!("said at {}", clock(*at_ms)),
        Citation::Snapshot { at_ms, lines, .. } if lines.0 == lines.1 => {
            format!("code at {}, line {}", clock(*at_ms), lines.0)
        }
        Citation::Snapshot { at_ms, lines, .. } => {
            format!("code at {}, lines {}–{}", clock(*at_ms), lines.0, lines.1)
        }
        Citation::Run { at_ms, .. } => format!("run at {}", clock(*at_ms)),
    }
}

fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push_str("\n\n");
}

/// Text that Markdown and HTML leave alone.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
