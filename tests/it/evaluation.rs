//! The rule-based evaluation, through one door: a script of an interview in, a scorecard out.

mod fixtures;
mod promises;
mod script;

use interviewd::insight::analyse;
use interviewd_domain::{
    interview::Event,
    problem::Problem,
    scorecard::{Dimension, Scorecard, anchors::ANCHORS, findings::FindingKind, rules, verify},
};

fn judge(events: &[Event], problem: &Problem) -> Scorecard {
    rules::evaluate_events(events, problem, &analyse)
}

/// A scorecard in a few lines: headline, scores, names of findings.
fn summary(card: &Scorecard) -> String {
    let mut lines = vec![card.headline.clone()];
    if let (Some(overall), Some(recommendation)) = (card.overall, card.recommendation) {
        lines.push(format!("{overall:.1} {}", recommendation.label()));
    }
    for dimension in Dimension::ALL {
        let score = &card.scores[&dimension];
        let band = score.band.map_or("–".to_owned(), |band| band.to_string());
        lines.push(format!("{} {band}: {}", dimension.label(), score.reason));
    }
    for (sign, findings) in [("+", &card.strengths), ("-", &card.improvements)] {
        lines.extend(
            findings
                .iter()
                .map(|found| format!("{sign} {}: {}", found.finding, found.text)),
        );
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_page_about_the_evaluation_says_what_the_rules_say() {
    let page = include_str!("../../docs/evaluation.md");
    for anchors in ANCHORS {
        for (band, sentence) in (1..).zip(anchors.bands) {
            let row = format!("| {} | {band} | {sentence} |", anchors.dimension.label());
            assert!(
                page.contains(&row),
                "docs/evaluation.md lacks the row:\n{row}"
            );
        }
    }
    for kind in FindingKind::ALL {
        let row = format!(
            "| `{}` | {} | {} |",
            kind.name(),
            kind.dimension().label(),
            kind.means()
        );
        assert!(
            page.contains(&row),
            "docs/evaluation.md lacks the row:\n{row}"
        );
    }
    for (dimension, weight) in rules::WEIGHTS {
        let row = format!("| {} | {weight:.0} % |", dimension.label());
        assert!(
            page.contains(&row),
            "docs/evaluation.md lacks the row:\n{row}"
        );
    }
    assert!(FindingKind::ALL.len() >= 30);
    let names: std::collections::BTreeSet<&str> =
        FindingKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(
        names.len(),
        FindingKind::ALL.len(),
        "every kind has a name of its own"
    );
}

#[test]
fn a_false_citation_is_found_and_its_finding_dropped() {
    let (problem, events) = fixtures::interview("pairs", "python", "strong");
    let honest = judge(&events, &problem);
    assert_eq!(verify::verify(&honest, &events), []);
    let first = honest.strengths[0].citations[0].clone();

    let mut misquoted = honest.clone();
    use interviewd_domain::scorecard::Citation::{Run, Snapshot, Utterance};
    match misquoted.citations.get_mut(&first).unwrap() {
        Utterance { quote, .. } | Snapshot { quote, .. } | Run { quote, .. } => {
            *quote = "99 of 99 passed".to_owned()
        }
    }
    assert_eq!(
        verify::verify(&misquoted, &events)[0].kind,
        verify::FaultKind::Misquoted
    );
    assert!(verify::drop_unproven(&mut misquoted, &events));
    assert!(misquoted.strengths.len() < honest.strengths.len());

    let mut elsewhen = honest.clone();
    match elsewhen.citations.get_mut(&first).unwrap() {
        Utterance { at_ms, .. } | Snapshot { at_ms, .. } | Run { at_ms, .. } => *at_ms += 1,
    }
    assert_eq!(
        verify::verify(&elsewhen, &events)[0].kind,
        verify::FaultKind::OtherTime
    );

    let mut unknown = honest.clone();
    unknown.strengths[0].citations = vec!["c99".to_owned()];
    assert_eq!(
        verify::verify(&unknown, &events)[0].kind,
        verify::FaultKind::UnknownKey
    );
    let mut uncited = honest.clone();
    uncited.strengths[0].citations.clear();
    assert_eq!(
        verify::verify(&uncited, &events)[0].kind,
        verify::FaultKind::Uncited
    );
    // Another interview's record bears out none of it.
    let elsewhere = verify::verify(&honest, &[]);
    assert_eq!(
        elsewhere.len(),
        honest.strengths.len() + honest.improvements.len()
    );
}

#[test]
fn secrets_stay_out_of_the_scorecard() {
    let (mut problem, events) = fixtures::interview("pairs", "python", "weak");
    problem.notes = "CANARY-notes".to_owned();
    problem.hints[0].text = "CANARY-hint".to_owned();
    for case in &mut problem.hidden {
        case.expected = serde_json::json!("CANARY-expected");
    }
    for solution in problem.solutions.values_mut() {
        *solution = "CANARY-solution".to_owned();
    }
    for followup in &mut problem.followups {
        followup.listen_for = vec!["CANARY-listen".to_owned()];
    }
    let card = serde_json::to_string(&judge(&events, &problem)).unwrap();
    assert!(!card.contains("CANARY"), "{card}");
}

#[test]
fn what_a_candidate_types_stays_text_in_the_report() {
    let problem = fixtures::problem("pairs");
    let events = script::play(
        &problem,
        "python",
        "say <script>alert(1)</script> I use a hash map and loop over the list to track each number I have seen\ncode def pairs(nums):\\n    return [<img>]\\n\nat 5:00\nrun 0/3\nend",
    );
    let card = judge(&events, &problem);
    assert!(card.sufficient);
    assert!(!card.report_markdown.contains("<script>"));
    assert!(!card.report_markdown.contains("<img"));
}
