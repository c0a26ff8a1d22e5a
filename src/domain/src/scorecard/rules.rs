//! The rule-based evaluation: points for what is in the dossier, bands from points, the same for everybody.
//!
//! Every point is given so that three promises hold (`tests/it/evaluation` checks them on generated interviews):
//! a further passed case never lowers a score, leaving out something the candidate said never raises one, and a
//! further hint never raises one. So sentences and passed cases only ever add, hints only ever take, and of several
//! runs the best one counts. It is not an understanding of what was said; a model's evaluation goes beside it.
//!
//! To change a rule: change it here and its row in `docs/evaluation.md`, and raise [`RULES_VERSION`].

use super::{
    Dimension, Method, Recommendation, Score, Scorecard,
    findings::{self, Polarity},
    report, verify,
};
use crate::{
    evidence::{
        Dossier, RunEvidence,
        facts::{CodeFacts, FACTS_VERSION},
        order::{Gap, Order},
        speech::Resource,
    },
    interview::Event,
    problem::{Language, Problem},
    run::RunKind,
};
use std::collections::{BTreeMap, BTreeSet};

/// Kept with every scorecard.
pub const RULES_VERSION: &str = "1";

/// An interview that ended sooner and without a run says nothing.
const SHORTEST_MS: u64 = 120_000;
/// Without code, so many words make an interview.
const WORDS_MIN: u32 = 20;
/// What passing every visible case is worth when nothing was ever submitted.
const UNPROVEN: f64 = 0.6;
/// Visible cases' share of a submit; also what they are worth in a run when there was a submit elsewhere, so that
/// hidden cases that are known to fail never count for more than ones that were not tried.
const VISIBLE_SHARE: f64 = 0.4;
/// The stretch in which a word about the work is hoped for while coding.
pub(super) const COMMENTARY_WINDOW_MS: u64 = 120_000;
/// Plan words and words in all that make a plan.
const PLAN_STEMS_MIN: usize = 2;
const PLAN_WORDS_MIN: u32 = 10;

/// How much each dimension counts, in percent.
pub const WEIGHTS: [(Dimension, f64); 5] = [
    (Dimension::ProblemSolving, 35.0),
    (Dimension::CodeQuality, 15.0),
    (Dimension::Communication, 20.0),
    (Dimension::Efficiency, 15.0),
    (Dimension::Testing, 15.0),
];

/// From the stored events to a scorecard whose every citation has been checked against them; a finding that fails
/// the check is left out. `facts` analyses one state of the code (`insight::analyse`).
pub fn evaluate_events(
    events: &[Event],
    problem: &Problem,
    facts: &dyn Fn(Language, &str) -> CodeFacts,
) -> Scorecard {
    let dossier = Dossier::from_events(events, problem, facts);
    let mut scorecard = evaluate(&dossier, problem);
    if verify::drop_unproven(&mut scorecard, events) {
        scorecard.report_markdown = report::markdown(&scorecard, &dossier, problem);
    }
    scorecard
}

/// Judges the evidence. The same dossier always gives the same scorecard.
pub fn evaluate(dossier: &Dossier, problem: &Problem) -> Scorecard {
    let mut scorecard = match too_little(dossier) {
        Some(reason) => insufficient(reason),
        None => judged(dossier, problem),
    };
    scorecard.versions = BTreeMap::from([
        ("rules".to_owned(), RULES_VERSION.to_owned()),
        ("facts".to_owned(), FACTS_VERSION.to_owned()),
        ("problem".to_owned(), problem.hash().0),
    ]);
    scorecard.report_markdown = report::markdown(&scorecard, dossier, problem);
    scorecard
}

fn too_little(dossier: &Dossier) -> Option<&'static str> {
    let sentences = dossier
        .candidate()
        .filter(|(_, said)| said.words > 0)
        .count();
    let words: u32 = dossier.candidate().map(|(_, said)| said.words).sum();
    if dossier.ended_ms < SHORTEST_MS && dossier.runs.is_empty() {
        return Some("It ended within two minutes and nothing was run.");
    }
    if dossier.final_snapshot().is_none() && (sentences < 2 || words < WORDS_MIN) {
        return Some("There is no code beyond the starter and hardly anything was said.");
    }
    None
}

fn insufficient(reason: &str) -> Scorecard {
    let scores = Dimension::ALL.map(|dimension| {
        (
            dimension,
            Band::not_assessed("Not enough evidence.").score(),
        )
    });
    Scorecard {
        sufficient: false,
        method: Method::Rules,
        overall: None,
        overall_spread: 0.0,
        recommendation: None,
        headline: format!("Not enough evidence. {reason}"),
        scores: BTreeMap::from(scores),
        strengths: Vec::new(),
        improvements: Vec::new(),
        citations: BTreeMap::new(),
        report_markdown: String::new(),
        versions: BTreeMap::new(),
    }
}

fn judged(dossier: &Dossier, problem: &Problem) -> Scorecard {
    let correctness = correctness(dossier, problem);
    let bands = [
        (
            Dimension::ProblemSolving,
            problem_solving(dossier, correctness),
        ),
        (Dimension::CodeQuality, code_quality(dossier, correctness)),
        (Dimension::Communication, communication(dossier)),
        (Dimension::Efficiency, efficiency(dossier, problem)),
        (Dimension::Testing, testing(dossier, problem)),
    ];
    let scores: BTreeMap<Dimension, Score> = bands
        .into_iter()
        .map(|(dimension, band)| (dimension, band.score()))
        .collect();
    let overall = overall(&scores);
    let mut cited = findings::Cited::default();
    let found = findings::collect(dossier, problem);
    let strengths = cited.best(&found, Polarity::Strength, dossier);
    let improvements = cited.best(&found, Polarity::Improvement, dossier);
    Scorecard {
        sufficient: true,
        method: Method::Rules,
        overall: Some(overall),
        overall_spread: 0.0,
        recommendation: Some(recommendation(overall, correctness)),
        headline: report::headline(dossier, correctness, problem),
        scores,
        strengths,
        improvements,
        citations: cited.citations,
        report_markdown: String::new(),
        versions: BTreeMap::new(),
    }
}

/// A dimension that could not be assessed counts as its lowest band here: otherwise saying nothing would beat
/// saying little. One decimal.
fn overall(scores: &BTreeMap<Dimension, Score>) -> f64 {
    let sum: f64 = WEIGHTS
        .iter()
        .map(|(dimension, weight)| weight * scores[dimension].score.unwrap_or(1.0))
        .sum();
    (sum / 10.0).round() / 10.0
}

fn recommendation(overall: f64, correctness: f64) -> Recommendation {
    if overall >= 8.5 && solved(correctness) {
        Recommendation::StrongYes
    } else if overall >= 6.5 && correctness >= 0.9 {
        Recommendation::Yes
    } else if overall >= 4.5 && correctness >= 0.4 {
        Recommendation::Maybe
    } else {
        Recommendation::No
    }
}

/// Whether every case there is has passed.
pub(super) fn solved(correctness: f64) -> bool {
    correctness > 0.999
}

/// 0 to 1, from execution alone: the best run counts. All visible cases without a submit are worth [`UNPROVEN`].
pub fn correctness(dossier: &Dossier, problem: &Problem) -> f64 {
    dossier
        .case_runs()
        .map(|run| credit(run, dossier, problem))
        .fold(0.0, f64::max)
}

pub(super) fn credit(run: &RunEvidence, dossier: &Dossier, problem: &Problem) -> f64 {
    let share = |passed: usize, of: usize| passed as f64 / of.max(1) as f64;
    let visible = share(run.visible_passed(), run.visible.len());
    let submitted = dossier.case_runs().any(|run| !run.hidden.is_empty());
    match run.kind {
        RunKind::Submit if !run.hidden.is_empty() => {
            VISIBLE_SHARE * visible
                + (1.0 - VISIBLE_SHARE) * share(run.hidden_passed(), run.hidden.len())
        }
        _ if problem.hidden.is_empty() => visible,
        _ if submitted => VISIBLE_SHARE * visible,
        _ => UNPROVEN * visible,
    }
}

/// A band, or why there is none, and what led to it.
struct Band {
    band: Option<u8>,
    reasons: Vec<String>,
}

impl Band {
    fn not_assessed(reason: &str) -> Band {
        Band {
            band: None,
            reasons: vec![reason.to_owned()],
        }
    }

    /// `steps`: what it takes for bands 2, 3 and 4.
    fn of(points: f64, steps: [f64; 3], reasons: Vec<String>) -> Band {
        // Sums of quarters are exact; thirds of a share are not, so a hair is forgiven.
        let reached = steps.iter().filter(|step| points + 1e-9 >= **step).count();
        Band {
            band: Some(1 + reached as u8),
            reasons,
        }
    }

    fn at_most(mut self, most: u8, reason: &str) -> Band {
        if self.band.is_some_and(|band| band > most) {
            self.band = Some(most);
            self.reasons.push(reason.to_owned());
        }
        self
    }

    fn score(self) -> Score {
        let mut reason = self.reasons.join("; ");
        if let Some(first) = reason.chars().next() {
            reason = first.to_uppercase().chain(reason.chars().skip(1)).collect();
        }
        if !reason.ends_with('.') {
            reason.push('.');
        }
        Score {
            band: self.band,
            score: self.band.map(|band| 3.0 * f64::from(band) - 2.0),
            spread: 0.0,
            reason,
        }
    }
}

fn problem_solving(dossier: &Dossier, correctness: f64) -> Band {
    let mut reasons = vec![correctness_in_words(dossier, correctness)];
    let mut points = 3.0 * correctness;
    if plan_before_code(dossier) {
        points += 0.5;
        reasons.push("the plan came before the code".into());
    }
    if dossier.before_code().any(|(_, said)| said.asks) {
        points += 0.25;
        reasons.push("questions were asked first".into());
    }
    if dossier.candidate().any(|(_, said)| !said.edges.is_empty()) {
        points += 0.25;
        reasons.push("edge cases were named".into());
    }
    let hints = dossier.hints().len();
    if hints > 0 {
        points -= 0.25 * hints.min(3) as f64;
        reasons.push(format!("{} taken", count(hints, "hint")));
    }
    let band = Band::of(points, [1.1, 2.25, 3.25], reasons);
    if solved(correctness) {
        band
    } else if correctness >= 0.6 {
        band.at_most(3, "not every case is known to pass")
    } else {
        band.at_most(2, "too many cases fail or were never run")
    }
}

fn correctness_in_words(dossier: &Dossier, correctness: f64) -> String {
    let submit = dossier
        .case_runs()
        .filter(|run| run.kind == RunKind::Submit)
        .max_by_key(|run| (run.visible_passed() + run.hidden_passed(), run.at_ms));
    let run = submit.or_else(|| {
        dossier
            .case_runs()
            .max_by_key(|run| (run.visible_passed(), run.at_ms))
    });
    match run {
        None if dossier.runs.is_empty() => "nothing was run".to_owned(),
        None => "no run got as far as the cases".to_owned(),
        Some(_) if solved(correctness) => "every visible and hidden case passes".to_owned(),
        Some(run) if run.hidden.is_empty() => format!(
            "{} of {} visible cases pass, hidden ones were not tried",
            run.visible_passed(),
            run.visible.len()
        ),
        Some(run) => format!(
            "{} of {} visible and {} of {} hidden cases pass",
            run.visible_passed(),
            run.visible.len(),
            run.hidden_passed(),
            run.hidden.len()
        ),
    }
}

/// Before the first code: enough words, at least two of which speak of a way to solve it.
pub(super) fn plan_before_code(dossier: &Dossier) -> bool {
    is_plan(dossier.before_code().map(|(_, said)| said))
}

pub(super) fn is_plan<'a>(said: impl Iterator<Item = &'a crate::evidence::Utterance>) -> bool {
    let mut stems: BTreeSet<&str> = BTreeSet::new();
    let mut words = 0;
    for said in said.filter(|said| !said.plan.is_empty()) {
        stems.extend(said.plan.iter().map(String::as_str));
        words += said.words;
    }
    stems.len() >= PLAN_STEMS_MIN && words >= PLAN_WORDS_MIN
}

fn code_quality(dossier: &Dossier, correctness: f64) -> Band {
    let Some(facts) = dossier
        .final_snapshot()
        .and_then(|snapshot| snapshot.facts.as_ref())
    else {
        return Band::not_assessed("There is no code beyond the starter.");
    };
    let mut points = 4.0;
    let mut reasons = Vec::new();
    let mut take = |quarters: usize, what: String| {
        if quarters > 0 {
            points -= 0.25 * quarters as f64;
            reasons.push(what);
        }
    };
    let longest = facts
        .functions
        .iter()
        .map(|function| function.length())
        .max()
        .unwrap_or(0);
    let deepest = facts.nesting.map_or(0, |(depth, _)| depth);
    let named_badly = facts.short_names.len();
    let (unused, magic, prints) = (
        facts.unused.len(),
        facts.magic_numbers.len(),
        facts.debug_prints.len(),
    );
    take(
        steps(longest as usize, &[(40, 2), (60, 4)]),
        format!("the longest function has {longest} lines"),
    );
    take(
        steps(deepest as usize, &[(4, 1), (5, 3), (7, 4)]),
        format!("blocks nest {deepest} deep"),
    );
    take(
        steps(named_badly, &[(2, 1), (4, 3)]),
        format!("{} of a single letter", count(named_badly, "name")),
    );
    take(
        usize::from(facts.mixed_names.is_some()),
        "naming styles are mixed".into(),
    );
    take(
        2 * facts.unreachable.len().min(2),
        "some code can never run".into(),
    );
    take(
        steps(unused, &[(1, 1), (3, 3)]),
        format!("{} never used", count(unused, "name")),
    );
    take(
        steps(magic, &[(2, 1), (4, 2)]),
        format!("{} without a name", count(magic, "number")),
    );
    take(
        steps(prints, &[(1, 1), (3, 2)]),
        format!("{} left in", count(prints, "debug print")),
    );
    take(
        2 * facts.duplicates.len().min(2),
        "some lines are there twice".into(),
    );
    if reasons.is_empty() {
        reasons.push("nothing to tidy up was found".into());
    }
    let mut band = Band::of(points, [2.0, 3.0, 3.5], reasons);
    if !facts.syntax_errors.is_empty() {
        band = band.at_most(1, "the last state of the code does not parse");
    }
    if correctness < 0.2 {
        band.at_most(2, "it does not do the job")
    } else if correctness < 0.4 {
        band.at_most(3, "it does only part of the job")
    } else {
        band
    }
}

/// The highest price whose threshold is reached, in quarters of a point.
fn steps(value: usize, prices: &[(usize, usize)]) -> usize {
    prices
        .iter()
        .filter(|(from, _)| value >= *from)
        .map(|(_, price)| *price)
        .max()
        .unwrap_or(0)
}

fn communication(dossier: &Dossier) -> Band {
    let words: u32 = dossier.candidate().map(|(_, said)| said.words).sum();
    if words == 0 {
        return Band::not_assessed("The candidate said and typed nothing.");
    }
    let mut points = 0.0;
    let mut reasons = vec![count(words as usize, "word")];
    let mut give = |price: f64, what: String| {
        points += price;
        reasons.push(what);
    };
    if words >= WORDS_MIN {
        give(0.5, "enough to follow".into());
    }
    if plan_before_code(dossier) {
        give(1.0, "a plan before the code".into());
    } else if is_plan(dossier.candidate().map(|(_, said)| said)) {
        give(0.5, "a plan, though not before the code".into());
    }
    if let Some((spoken, all)) = commentary(dossier) {
        let price = if spoken.saturating_mul(2) >= all {
            1.0
        } else if spoken.saturating_mul(5) >= all {
            0.5
        } else {
            0.0
        };
        if price > 0.0 {
            give(
                price,
                format!(
                    "a word about the work in {spoken} of {all} two-minute stretches of coding"
                ),
            );
        }
    }
    if dossier.before_code().any(|(_, said)| said.asks) {
        give(0.5, "questions about the problem".into());
    }
    if dossier.claims.iter().any(|claim| claim.right == Some(true)) {
        give(0.5, "the complexity, rightly".into());
    }
    let answered = dossier
        .followups
        .iter()
        .filter(|followup| followup.answered())
        .count();
    if answered > 0 {
        let asked = dossier.followups.len();
        give(
            answered as f64 / asked as f64,
            format!(
                "{answered} of {} answered to the point",
                count(asked, "follow-up question")
            ),
        );
    }
    Band::of(points, [0.75, 1.75, 2.75], reasons)
}

/// In how many two-minute stretches of coding something was said, and how many there were.
pub(super) fn commentary(dossier: &Dossier) -> Option<(u64, u64)> {
    let (start, end) = (dossier.code_started_ms?, *dossier.edits_ms.last()?);
    let all = end.saturating_sub(start) / COMMENTARY_WINDOW_MS + 1;
    let spoken: BTreeSet<u64> = dossier
        .candidate()
        .filter(|(_, said)| said.words >= 3 && said.at_ms >= start)
        .map(|(_, said)| (said.at_ms - start) / COMMENTARY_WINDOW_MS)
        .filter(|window| *window < all)
        .collect();
    Some((spoken.len() as u64, all))
}

/// The best of the runs: what it passed and how its code grows.
fn efficiency(dossier: &Dossier, problem: &Problem) -> Band {
    let judged = dossier
        .case_runs()
        .filter_map(|run| efficiency_of(run, dossier, problem));
    // The first of the best, so that the reason is the same whenever the band is.
    judged
        .reduce(|best, next| if next.band > best.band { next } else { best })
        .unwrap_or_else(|| {
            Band::not_assessed(
                "No run passed half of its cases, and how fast a wrong answer comes says nothing.",
            )
        })
}

fn efficiency_of(run: &RunEvidence, dossier: &Dossier, problem: &Problem) -> Option<Band> {
    let credit = credit(run, dossier, problem);
    if credit < 0.4 {
        return None;
    }
    let facts = run
        .snapshot
        .and_then(|index| dossier.snapshots[index].facts.as_ref());
    let time = facts.and_then(|facts| facts.time.order);
    let space = facts.and_then(|facts| facts.space.order);
    let band = match (time, Order::parse(&problem.complexity.time)) {
        (Some(time), Some(reference)) => {
            let space_to_save = space
                .zip(Order::parse(&problem.complexity.space))
                .filter(|(space, reference)| space > reference);
            let mut reasons = vec![format!("about {time} time where {reference} is known")];
            let band = match (time.above(reference), space_to_save) {
                (Gap::None, None) => 4,
                (Gap::None, Some((space, reference))) => {
                    reasons.push(format!("about {space} space where {reference} would do"));
                    3
                }
                (Gap::Logarithm, _) => 3,
                (Gap::Power, _) => 2,
                (Gap::Worlds, _) => 1,
            };
            Band {
                band: Some(band),
                reasons,
            }
        }
        // What the tree does not tell, execution does, roughly: the cases passed within their limits.
        _ if solved(credit) => Band {
            band: Some(3),
            reasons: vec![
                "every case passes within its limits, and the order of growth could not be read"
                    .into(),
            ],
        },
        _ => return None,
    };
    Some(if credit < 0.6 {
        band.at_most(2, "too many cases fail to call it efficient")
    } else {
        band
    })
}

fn testing(dossier: &Dossier, problem: &Problem) -> Band {
    if dossier.final_snapshot().is_none() && dossier.runs.is_empty() {
        return Band::not_assessed("There was nothing to test.");
    }
    let mut points = 0.0;
    let mut reasons = Vec::new();
    let mut give = |price: f64, what: String| {
        points += price;
        reasons.push(what);
    };
    if let Some(last) = dossier.runs.last() {
        give(
            0.5,
            format!("{} of the code", count(dossier.runs.len(), "run")),
        );
        if dossier
            .edits_ms
            .last()
            .is_none_or(|edit| *edit <= last.at_ms)
        {
            give(0.5, "one after the last change".into());
        }
    }
    let submit = dossier
        .runs
        .iter()
        .position(|run| run.kind == RunKind::Submit);
    if submit.is_some_and(|submit| {
        dossier.runs[..submit]
            .iter()
            .any(|run| run.kind == RunKind::Run)
    }) {
        give(0.5, "tried before it was submitted".into());
    }
    if dossier.runs.iter().any(|run| run.own_input) {
        give(0.5, "own input tried".into());
    }
    let edges: BTreeSet<&str> = dossier
        .candidate()
        .flat_map(|(_, said)| said.edges.iter().copied())
        .collect();
    if !edges.is_empty() {
        let price = if edges.len() >= 2 { 1.0 } else { 0.5 };
        let named: Vec<&str> = edges.iter().copied().collect();
        give(price, format!("edge cases named: {}", named.join(", ")));
        let first_run = dossier.runs.first().map_or(u64::MAX, |run| run.at_ms);
        if dossier
            .candidate()
            .any(|(_, said)| !said.edges.is_empty() && said.at_ms <= first_run)
        {
            give(0.5, "before the first run".into());
        }
    }
    if solved(correctness(dossier, problem)) {
        give(0.5, "every case holds in the end".into());
    }
    if reasons.is_empty() {
        reasons.push("the code was never run and no edge case was named".into());
    }
    Band::of(points, [1.0, 2.0, 3.0], reasons)
}

/// Whether the candidate's claims about `resource` contain a right one, or only wrong ones.
pub(super) fn claimed(dossier: &Dossier, resource: Resource) -> Option<bool> {
    let judged: Vec<bool> = dossier
        .claims
        .iter()
        .filter(|claim| claim.resource == resource)
        .filter_map(|claim| claim.right)
        .collect();
    (!judged.is_empty()).then(|| judged.contains(&true))
}

/// `1 hint`, `2 hints`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
