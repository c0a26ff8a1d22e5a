//! The closed list of what a rule-based evaluation may say, and the making of it from the evidence.
//!
//! A finding is only made together with the places that it points at; one without a place cannot be built.
//! Findings explain; they do not score (`rules` does, from the same evidence).
//!
//! To add a kind: 1. a line in `kinds! { … }`, 2. a `found.add(…)` below where it belongs, 3. the row in
//! `docs/evaluation.md` (a test compares the two).

use super::{
    Citation, Dimension, Finding,
    rules::{self, claimed, count},
    verify,
};
use crate::{
    evidence::{
        Dossier, Snapshot,
        facts::{Lines, Recursion, Structure, UnusedKind},
        order::{Gap, Order},
        speech::Resource,
    },
    interview::EndReason,
    problem::Problem,
    run::{CaseStatus, RunKind, RunStatus},
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    Strength,
    Improvement,
}

macro_rules! kinds {
    ($($kind:ident = $name:literal, $polarity:ident, $dimension:ident, $weight:literal, $means:literal, $practise:literal;)*) => {
        /// Every finding there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingKind { $($kind,)* }

        impl FindingKind {
            pub const ALL: &'static [FindingKind] = &[$(FindingKind::$kind,)*];

            /// The stable name that is stored and shown by the API.
            pub fn name(self) -> &'static str {
                match self { $(FindingKind::$kind => $name,)* }
            }

            pub fn polarity(self) -> Polarity {
                match self { $(FindingKind::$kind => Polarity::$polarity,)* }
            }

            pub fn dimension(self) -> Dimension {
                match self { $(FindingKind::$kind => Dimension::$dimension,)* }
            }

            /// How much it matters beside the others, 1 to 100.
            pub fn weight(self) -> u32 {
                match self { $(FindingKind::$kind => $weight,)* }
            }

            /// When it is said.
            pub fn means(self) -> &'static str {
                match self { $(FindingKind::$kind => $means,)* }
            }

            /// What to practise because of it; empty for strengths.
            pub fn practise(self) -> &'static str {
                match self { $(FindingKind::$kind => $practise,)* }
            }
        }
    };
}

kinds! {
    AllCasesPass = "all_cases_pass", Strength, ProblemSolving, 100, "A submit passed every visible and hidden case.", "";
    VisibleCasesPass = "visible_cases_pass", Strength, ProblemSolving, 80, "Every visible case passed, and not (yet) every hidden one.", "";
    FirstRunClean = "first_run_clean", Strength, ProblemSolving, 70, "The first run against the cases passed them all.", "";
    RecoveredFromFailure = "recovered_from_failure", Strength, ProblemSolving, 72, "After a failing run the fault was found and a later run passed.", "";
    NoHints = "no_hints", Strength, ProblemSolving, 50, "Every case passes, and no hint was taken.", "";
    FinishedEarly = "finished_early", Strength, ProblemSolving, 40, "Every case passed with a quarter of the time or more to spare.", "";
    PlanBeforeCode = "plan_before_code", Strength, Communication, 90, "A plan was explained before the first line of code.", "";
    AskedFirst = "asked_first", Strength, Communication, 62, "Questions about the problem were asked before the code.", "";
    Commentary = "commentary", Strength, Communication, 60, "There was a word about the work in at least half of the two-minute stretches of coding.", "";
    FollowUpAnswered = "follow_up_answered", Strength, Communication, 66, "A follow-up question was answered to the point.", "";
    TradeOffs = "trade_offs", Strength, Communication, 58, "Two ways were weighed against each other.", "";
    ComplexityRight = "complexity_right", Strength, Efficiency, 74, "The complexity was named, and it fits the code.", "";
    EfficientTime = "efficient_time", Strength, Efficiency, 76, "Working code grows no faster than the reference in time.", "";
    EfficientSpace = "efficient_space", Strength, Efficiency, 34, "Working code needs no more space than the reference.", "";
    FittingStructure = "fitting_structure", Strength, Efficiency, 46, "Working code uses a data structure that makes look-ups cheap.", "";
    Memoised = "memoised", Strength, Efficiency, 48, "A recursion keeps its results.", "";
    SmallFunctions = "small_functions", Strength, CodeQuality, 44, "The work is split over several short functions.", "";
    NothingLeftOver = "nothing_left_over", Strength, CodeQuality, 42, "No unused names, dead code, debug prints, unclear names or repeated lines.", "";
    EdgesBeforeRun = "edges_before_run", Strength, Testing, 78, "Edge cases were named before the first run.", "";
    EdgesNamed = "edges_named", Strength, Testing, 56, "Edge cases were named, after the first run.", "";
    TestedLastChange = "tested_last_change", Strength, Testing, 38, "The last change of the code was followed by a run.", "";
    OwnInput = "own_input", Strength, Testing, 64, "The code was tried on input of the candidate's own.", "";
    TriedBeforeSubmit = "tried_before_submit", Strength, Testing, 36, "The code was run before it was submitted.", "";

    CasesFail = "cases_fail", Improvement, ProblemSolving, 98, "The best run still failed visible cases.", "Work through a failing case by hand, line by line, before changing code.";
    HiddenCasesFail = "hidden_cases_fail", Improvement, ProblemSolving, 96, "The best submit failed hidden cases; they are named by their edge.", "Before submitting, list the extremes of the input and check each against the code.";
    ErrorLeft = "error_left", Improvement, ProblemSolving, 94, "The last run stopped with an error.", "Read an error from its last line, and reproduce it with the smallest input.";
    TimedOut = "timed_out", Improvement, Efficiency, 88, "Cases ran into the time limit.", "Estimate the number of steps for the largest input before coding.";
    OutOfTime = "out_of_time", Improvement, ProblemSolving, 60, "Time was up before every case passed.", "Aim for a simple working solution in the first half, and improve it in the second.";
    ManyHints = "many_hints", Improvement, ProblemSolving, 58, "Two hints or more were taken.", "Say aloud what you have tried and what blocks you before taking a hint.";
    SameFailure = "same_failure", Improvement, Testing, 62, "Three runs in a row failed the same case.", "After a second identical failure, stop and trace that case by hand.";
    SyntaxErrorLeft = "syntax_error_left", Improvement, CodeQuality, 92, "The last state of the code does not parse.", "Run often enough that a typing slip is found within a minute.";
    PlanLate = "plan_late", Improvement, Communication, 80, "A plan was explained, but only after coding had begun.", "Explain the plan in two sentences before typing, and ask whether it is worth coding.";
    PlanMissing = "plan_missing", Improvement, Communication, 84, "Code was written, and no plan was explained.", "Explain the plan in two sentences before typing, and ask whether it is worth coding.";
    NoQuestions = "no_questions", Improvement, Communication, 42, "No question about the problem was asked before the code.", "Ask about sizes, duplicates, order and impossible inputs before planning.";
    LongSilence = "long_silence", Improvement, Communication, 64, "Nothing was said for five minutes or more while coding.", "Narrate each block as you write it: what it does and why it is there.";
    ComplexityWrong = "complexity_wrong", Improvement, Efficiency, 82, "A claim about complexity does not fit the code.", "Count how often each loop's body runs, then add what each call in it costs.";
    ComplexityUnsaid = "complexity_unsaid", Improvement, Efficiency, 54, "Nothing was said about complexity.", "End every solution with its time and space complexity and the reason.";
    FollowUpMissed = "follow_up_missed", Improvement, Communication, 52, "A follow-up question got no answer to the point.", "Answer follow-ups in a sentence first, then give the reason.";
    SlowerThanKnown = "slower_than_known", Improvement, Efficiency, 86, "The code grows faster than the reference in time.", "Ask of the innermost loop what it looks for, and which structure would find that at once.";
    SpaceToSave = "space_to_save", Improvement, Efficiency, 40, "The code needs more space than the reference.", "Ask which of the stored values is ever read again.";
    SlowCallInLoop = "slow_call_in_loop", Improvement, Efficiency, 56, "A call that walks a whole collection stands inside a loop.", "Learn what each built-in call costs, and move look-ups to sets and maps.";
    LongFunction = "long_function", Improvement, CodeQuality, 48, "A function has forty lines or more.", "Give each step of a long function a name of its own.";
    DeepNesting = "deep_nesting", Improvement, CodeQuality, 46, "Blocks nest four deep or more.", "Return early, and move inner loops into named functions.";
    UnclearNames = "unclear_names", Improvement, CodeQuality, 50, "Two names or more are a single letter, loop indices aside.", "Name values for what they hold.";
    MixedNames = "mixed_names", Improvement, CodeQuality, 28, "Naming styles are mixed.", "Keep to the language's naming style.";
    DeadCode = "dead_code", Improvement, CodeQuality, 47, "Code can never run.", "Delete what is no longer needed before submitting.";
    UnusedNames = "unused_names", Improvement, CodeQuality, 38, "Names are never used.", "Delete what is no longer needed before submitting.";
    MagicNumbers = "magic_numbers", Improvement, CodeQuality, 32, "Two numbers or more stand without a name.", "Give a number that means something a name.";
    DebugPrints = "debug_prints", Improvement, CodeQuality, 30, "Debug prints were left in.", "Remove debug prints once they have answered.";
    RepeatedLines = "repeated_lines", Improvement, CodeQuality, 45, "The same lines stand there twice.", "Move what is there twice into a function.";
    NeverRan = "never_ran", Improvement, Testing, 90, "Code was written and never run.", "Run as soon as there is something to run, however small.";
    NeverSubmitted = "never_submitted", Improvement, Testing, 44, "Every visible case passed, and nothing was submitted.", "Submit while there is time left to react to hidden cases.";
    UntestedChange = "untested_change", Improvement, Testing, 68, "The last change of the code was never run.", "Run once more after the last change.";
    EdgesMissing = "edges_missing", Improvement, Testing, 74, "No edge case was named.", "Name three extremes of the input before the first run: empty, one, and the largest.";
    EdgesLate = "edges_late", Improvement, Testing, 34, "Edge cases were only named after a run had failed.", "Name three extremes of the input before the first run: empty, one, and the largest.";
}

/// A finding with the places that it points at (at least one).
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub kind: FindingKind,
    pub text: String,
    places: Vec<Place>,
}

/// Indices into the dossier.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Said(usize),
    Code(usize, Lines),
    Run(usize),
}

/// At most so many strengths, and as many improvements.
pub const SHOWN_MAX: usize = 6;
/// Of which at most so many about one dimension.
const SHOWN_OF_DIMENSION_MAX: usize = 2;
const PLACES_MAX: usize = 3;

/// Silence from here on is worth a word.
const SILENCE_MS: u64 = 300_000;
const LONG_FUNCTION_LINES: u32 = 40;
const DEEP_NESTING: u32 = 4;

/// The citations of a scorecard, under short keys in the order of their first use.
#[derive(Debug, Default)]
pub(super) struct Cited {
    pub(super) citations: BTreeMap<String, Citation>,
}

impl Cited {
    /// The weightiest findings of one polarity, weightiest first, with their places entered as citations.
    pub(super) fn best(
        &mut self,
        found: &[Found],
        polarity: Polarity,
        dossier: &Dossier,
    ) -> Vec<Finding> {
        let mut candidates: Vec<&Found> = found
            .iter()
            .filter(|found| found.kind.polarity() == polarity)
            .collect();
        candidates.sort_by_key(|found| std::cmp::Reverse(found.kind.weight()));
        let mut of_dimension: BTreeMap<Dimension, usize> = BTreeMap::new();
        let mut shown = Vec::new();
        for found in candidates {
            let shown_of = of_dimension.entry(found.kind.dimension()).or_default();
            if shown.len() == SHOWN_MAX || *shown_of == SHOWN_OF_DIMENSION_MAX {
                continue;
            }
            *shown_of += 1;
            shown.push(Finding {
                finding: found.kind.name().to_owned(),
                text: found.text.clone(),
                citations: found
                    .places
                    .iter()
                    .map(|place| self.cite(*place, dossier))
                    .collect(),
            });
        }
        shown
    }

    fn cite(&mut self, place: Place, dossier: &Dossier) -> String {
        let citation = match place {
            Place::Said(index) => {
                let said = &dossier.utterances[index];
                Citation::Utterance {
                    utterance: said.id,
                    at_ms: said.at_ms,
                    quote: verify::utterance_quote(&said.text),
                }
            }
            Place::Code(index, lines) => {
                let snapshot = &dossier.snapshots[index];
                Citation::Snapshot {
                    snapshot: snapshot.id,
                    at_ms: snapshot.at_ms,
                    lines,
                    quote: verify::code_quote(&snapshot.code, lines),
                }
            }
            Place::Run(index) => {
                let run = &dossier.runs[index];
                Citation::Run {
                    run: run.id,
                    at_ms: run.at_ms,
                    quote: verify::run_quote(
                        (run.visible_passed(), run.visible.len()),
                        (run.hidden_passed(), run.hidden.len()),
                    ),
                }
            }
        };
        if let Some((key, _)) = self.citations.iter().find(|(_, known)| **known == citation) {
            return key.clone();
        }
        let key = format!("c{:02}", self.citations.len() + 1);
        self.citations.insert(key.clone(), citation);
        key
    }
}

/// Everything that the evidence supports, in no particular order.
pub fn collect(dossier: &Dossier, problem: &Problem) -> Vec<Found> {
    let mut found = Collected {
        dossier,
        problem,
        found: Vec::new(),
    };
    found.about_cases();
    found.about_help_and_time();
    found.about_talk();
    found.about_complexity();
    found.about_code();
    found.about_testing();
    found.found
}

struct Collected<'a> {
    dossier: &'a Dossier,
    problem: &'a Problem,
    found: Vec<Found>,
}

impl<'a> Collected<'a> {
    /// Without a place there is no finding.
    fn add(&mut self, kind: FindingKind, text: String, places: impl IntoIterator<Item = Place>) {
        let places: Vec<Place> = places.into_iter().take(PLACES_MAX).collect();
        if !places.is_empty() {
            self.found.push(Found { kind, text, places });
        }
    }

    fn about_cases(&mut self) {
        let dossier = self.dossier;
        let runs: Vec<usize> = (0..dossier.runs.len())
            .filter(|index| {
                !dossier.runs[*index].own_input && !dossier.runs[*index].visible.is_empty()
            })
            .collect();
        // The best run, the latest of equals.
        let Some(best) = runs.iter().copied().reduce(|best, next| {
            let credit = |index: usize| rules::credit(&dossier.runs[index], dossier, self.problem);
            if credit(next) >= credit(best) {
                next
            } else {
                best
            }
        }) else {
            if let Some((index, last)) = dossier.runs.iter().enumerate().next_back()
                && last.status != RunStatus::Ok
            {
                let at = last
                    .line
                    .map_or(String::new(), |line| format!(" at line {line}"));
                self.add(
                    FindingKind::ErrorLeft,
                    format!(
                        "The last run ended with {}{at}.",
                        error_in_words(last.status)
                    ),
                    [Place::Run(index)],
                );
            }
            return;
        };
        let run = &dossier.runs[best];
        let solved = rules::solved(rules::credit(run, dossier, self.problem));
        let (visible, hidden) = (run.visible.len(), run.hidden.len());
        if solved {
            let text = if hidden == 0 {
                format!("All {} pass.", count(visible, "case"))
            } else {
                format!("All {visible} visible and {hidden} hidden cases pass.")
            };
            self.add(FindingKind::AllCasesPass, text, [Place::Run(best)]);
        } else if run.failing().next().is_none() {
            self.add(
                FindingKind::VisibleCasesPass,
                format!("All {visible} visible cases pass."),
                [Place::Run(best)],
            );
        } else {
            let names: Vec<&str> = run.failing().map(|verdict| verdict.name.as_str()).collect();
            self.add(
                FindingKind::CasesFail,
                format!(
                    "In the best run {} of {} fail: {}.",
                    names.len(),
                    count(visible, "visible case"),
                    listed(&names)
                ),
                [Place::Run(best)],
            );
        }
        let hidden_names: Vec<&str> = run
            .hidden_failing()
            .map(|verdict| verdict.name.as_str())
            .collect();
        if !hidden_names.is_empty() {
            self.add(
                FindingKind::HiddenCasesFail,
                format!(
                    "{} of {} fail: {}.",
                    hidden_names.len(),
                    count(hidden, "hidden case"),
                    listed(&hidden_names)
                ),
                [Place::Run(best)],
            );
        }
        if let Some((first, rest)) = runs.split_first() {
            let clean: Option<&usize> = runs
                .iter()
                .find(|index| dossier.runs[**index].failing().next().is_none());
            if clean == Some(first) && dossier.runs[*first].clean() {
                self.add(
                    FindingKind::FirstRunClean,
                    "The first run passed every case it was given.".to_owned(),
                    [Place::Run(*first)],
                );
            }
            let failed = runs
                .iter()
                .find(|index| dossier.runs[**index].failing().next().is_some());
            if let (Some(failed), Some(clean)) = (
                failed,
                rest.iter().find(|index| dossier.runs[**index].clean()),
            ) && failed < clean
            {
                let failures = dossier.runs[*failed].failing().count();
                let tries = runs
                    .iter()
                    .filter(|index| **index > *failed && **index <= *clean)
                    .count();
                self.add(
                    FindingKind::RecoveredFromFailure,
                    format!(
                        "A run with {} was followed by a clean one {} later.",
                        count(failures, "failing case"),
                        count(tries, "run")
                    ),
                    [Place::Run(*failed), Place::Run(*clean)],
                );
            }
        }
        if let Some((index, last)) = dossier.runs.iter().enumerate().next_back()
            && last.status != RunStatus::Ok
            && last.status != RunStatus::Timeout
            && !solved
        {
            let at = last
                .line
                .map_or(String::new(), |line| format!(" at line {line}"));
            self.add(
                FindingKind::ErrorLeft,
                format!(
                    "The last run ended with {}{at}.",
                    error_in_words(last.status)
                ),
                [Place::Run(index)],
            );
        }
        let slow: Vec<&str> = run
            .failing()
            .chain(run.hidden_failing())
            .filter(|verdict| verdict.status == CaseStatus::Timeout)
            .map(|verdict| verdict.name.as_str())
            .collect();
        if !slow.is_empty() {
            self.add(
                FindingKind::TimedOut,
                format!(
                    "{} ran into the time limit: {}.",
                    count(slow.len(), "case"),
                    listed(&slow)
                ),
                [Place::Run(best)],
            );
        }
        if solved && dossier.hints().is_empty() {
            self.add(
                FindingKind::NoHints,
                "The solution was found without a hint.".to_owned(),
                [Place::Run(best)],
            );
        }
        let first_solved = runs.iter().copied().find(|index| {
            rules::solved(rules::credit(&dossier.runs[*index], dossier, self.problem))
        });
        if let Some(index) = first_solved {
            let at_ms = dossier.runs[index].at_ms;
            let left = dossier.duration_ms.saturating_sub(at_ms);
            if left.saturating_mul(4) >= dossier.duration_ms && left > 0 {
                self.add(
                    FindingKind::FinishedEarly,
                    format!(
                        "Every case passed at {}, with {} left.",
                        clock(at_ms),
                        clock(left)
                    ),
                    [Place::Run(index)],
                );
            }
        }
        if !solved && dossier.end_reason == Some(EndReason::TimeUp) {
            self.add(
                FindingKind::OutOfTime,
                format!(
                    "Time was up at {} before every case passed.",
                    clock(dossier.ended_ms)
                ),
                [Place::Run(best)],
            );
        }
        self.about_repeated_failures(&runs);
        let submitted = runs
            .iter()
            .any(|index| dossier.runs[*index].kind == RunKind::Submit);
        if !submitted && run.failing().next().is_none() && !self.problem.hidden.is_empty() {
            self.add(
                FindingKind::NeverSubmitted,
                "Every visible case passed, and the solution was never submitted.".to_owned(),
                [Place::Run(best)],
            );
        }
    }

    fn about_repeated_failures(&mut self, runs: &[usize]) {
        let dossier = self.dossier;
        let failing = |index: usize| -> BTreeSet<&str> {
            dossier.runs[index]
                .failing()
                .map(|verdict| verdict.name.as_str())
                .collect()
        };
        for three in runs.windows(3) {
            let (first, second, third) = (failing(three[0]), failing(three[1]), failing(three[2]));
            if let Some(name) = first
                .iter()
                .find(|name| second.contains(*name) && third.contains(*name))
            {
                self.add(
                    FindingKind::SameFailure,
                    format!("Three runs in a row failed “{name}”."),
                    three.iter().map(|index| Place::Run(*index)),
                );
                return;
            }
        }
    }

    fn about_help_and_time(&mut self) {
        let hints = self.dossier.hints();
        if hints.len() >= 2 {
            self.add(
                FindingKind::ManyHints,
                format!(
                    "{} were taken, the first at {}.",
                    count(hints.len(), "hint"),
                    self.time_of(hints[0])
                ),
                hints.iter().map(|hint| Place::Said(*hint)),
            );
        }
    }

    fn time_of(&self, utterance: usize) -> String {
        clock(self.dossier.utterances[utterance].at_ms)
    }

    fn about_talk(&mut self) {
        let dossier = self.dossier;
        let plan: Vec<usize> = {
            let mut plan: Vec<usize> = dossier
                .candidate()
                .filter(|(_, said)| said.plan.len() >= 2)
                .map(|(index, _)| index)
                .collect();
            if plan.is_empty() {
                plan = dossier
                    .candidate()
                    .filter(|(_, said)| !said.plan.is_empty())
                    .map(|(index, _)| index)
                    .collect();
            }
            plan
        };
        let first_code = self.first_code();
        if rules::plan_before_code(dossier) {
            if let Some(first) = plan.first() {
                let text = match dossier.code_started_ms {
                    Some(start) => {
                        format!(
                            "The plan was explained at {}, before the first code at {}.",
                            self.time_of(*first),
                            clock(start)
                        )
                    }
                    None => format!("A plan was explained at {}.", self.time_of(*first)),
                };
                self.add(FindingKind::PlanBeforeCode, text, [Place::Said(*first)]);
            }
        } else if let Some(start) = dossier.code_started_ms {
            if rules::is_plan(dossier.candidate().map(|(_, said)| said)) {
                if let Some(first) = plan
                    .iter()
                    .find(|index| dossier.utterances[**index].at_ms > start)
                {
                    self.add(
                        FindingKind::PlanLate,
                        format!(
                            "The first explanation of the approach came at {}, after coding had begun at {}.",
                            self.time_of(*first),
                            clock(start)
                        ),
                        [Place::Said(*first)],
                    );
                }
            } else {
                self.add(
                    FindingKind::PlanMissing,
                    format!("Coding began at {} without a plan having been explained, and none followed.", clock(start)),
                    first_code,
                );
            }
        }
        let questions: Vec<usize> = dossier
            .before_code()
            .filter(|(_, said)| said.asks)
            .map(|(index, _)| index)
            .collect();
        if !questions.is_empty() {
            self.add(
                FindingKind::AskedFirst,
                format!(
                    "{} about the problem came before the code.",
                    count(questions.len(), "question")
                ),
                questions.iter().map(|index| Place::Said(*index)),
            );
        } else if dossier.code_started_ms.is_some() {
            self.add(
                FindingKind::NoQuestions,
                "No question about the problem was asked before the code.".to_owned(),
                first_code,
            );
        }
        if let Some((spoken, all)) = rules::commentary(dossier)
            && all >= 2
            && spoken.saturating_mul(2) >= all
        {
            let start = dossier.code_started_ms.unwrap_or_default();
            let end = dossier.edits_ms.last().copied().unwrap_or_default();
            let said: Vec<Place> = dossier
                .candidate()
                .filter(|(_, said)| said.at_ms >= start && said.at_ms <= end && said.words >= 3)
                .map(|(index, _)| Place::Said(index))
                .collect();
            self.add(
                FindingKind::Commentary,
                format!("There was a word about the work in {spoken} of {all} two-minute stretches of coding."),
                said,
            );
        }
        self.about_silence();
        for followup in &dossier.followups {
            if followup.answered() {
                let detail = if followup.listened_for > 0 {
                    format!(
                        ", naming {} of {} points listened for",
                        followup.heard.len(),
                        followup.listened_for
                    )
                } else {
                    String::new()
                };
                let answer = followup.answers.first().copied();
                self.add(
                    FindingKind::FollowUpAnswered,
                    format!(
                        "The follow-up on {} was answered{detail}.",
                        spoken_topic(&followup.topic)
                    ),
                    [Some(followup.asked), answer]
                        .into_iter()
                        .flatten()
                        .map(Place::Said),
                );
            } else {
                let what = if followup.answers.is_empty() {
                    "got no answer"
                } else {
                    "got no answer to the point"
                };
                self.add(
                    FindingKind::FollowUpMissed,
                    format!("The follow-up on {} {what}.", spoken_topic(&followup.topic)),
                    [Some(followup.asked), followup.answers.first().copied()]
                        .into_iter()
                        .flatten()
                        .map(Place::Said),
                );
            }
        }
        let weighed: Vec<usize> = dossier
            .candidate()
            .filter(|(_, said)| said.weighs)
            .map(|(index, _)| index)
            .collect();
        if let Some(first) = weighed.first() {
            self.add(
                FindingKind::TradeOffs,
                format!(
                    "Alternatives were weighed against each other at {}.",
                    self.time_of(*first)
                ),
                weighed.iter().map(|index| Place::Said(*index)),
            );
        }
    }

    fn about_silence(&mut self) {
        let dossier = self.dossier;
        let (Some(start), Some(end)) = (dossier.code_started_ms, dossier.edits_ms.last().copied())
        else {
            return;
        };
        let (mut since, mut before, mut longest) = (start, None, (0, 0, None));
        let spoken = dossier
            .candidate()
            .filter(|(_, said)| said.words > 0 && said.at_ms >= start && said.at_ms <= end);
        for (index, at_ms) in spoken
            .map(|(index, said)| (Some(index), said.at_ms))
            .chain([(None, end)])
        {
            if at_ms.saturating_sub(since) > longest.0 {
                longest = (at_ms.saturating_sub(since), since, before);
            }
            (since, before) = (at_ms, index);
        }
        let (length, from, before) = longest;
        if length >= SILENCE_MS {
            let place = before.map(Place::Said).or_else(|| self.first_code());
            self.add(
                FindingKind::LongSilence,
                format!(
                    "Nothing was said for {} while coding, from {}.",
                    clock(length),
                    clock(from)
                ),
                place,
            );
        }
    }

    /// The first snapshot with code in it.
    fn first_code(&self) -> Option<Place> {
        let index = self
            .dossier
            .snapshots
            .iter()
            .position(|snapshot| snapshot.beyond_starter)?;
        Some(Place::Code(index, whole(&self.dossier.snapshots[index])))
    }

    fn last_code(&self) -> Option<(usize, &'a Snapshot)> {
        let index = self.dossier.snapshots.len().checked_sub(1)?;
        self.dossier
            .final_snapshot()
            .map(|snapshot| (index, snapshot))
    }

    fn about_complexity(&mut self) {
        let dossier = self.dossier;
        for resource in [Resource::Time, Resource::Space] {
            let of_interest = claimed(dossier, resource);
            let claim = dossier.claims.iter().rfind(|claim| {
                claim.resource == resource && claim.right == of_interest && of_interest.is_some()
            });
            let Some(claim) = claim else { continue };
            if of_interest == Some(true) {
                self.add(
                    FindingKind::ComplexityRight,
                    format!(
                        "{} {} was named and fits the code.",
                        claim.order,
                        resource.label()
                    ),
                    [Place::Said(claim.utterance)],
                );
            } else {
                let reason = self.last_code().and_then(|(index, snapshot)| {
                    let facts = snapshot.facts.as_ref()?;
                    let estimate = match resource {
                        Resource::Time => &facts.time,
                        Resource::Space => &facts.space,
                    };
                    let lines = estimate
                        .reasons
                        .first()
                        .map_or((1, 1), |reason| reason.lines);
                    Some((estimate.order?, Place::Code(index, lines)))
                });
                if let Some((order, place)) = reason {
                    self.add(
                        FindingKind::ComplexityWrong,
                        format!(
                            "{} {} was claimed, where the code looks like {order}.",
                            claim.order,
                            resource.label()
                        ),
                        [Place::Said(claim.utterance), place],
                    );
                }
            }
        }
        let Some((index, snapshot)) = self.last_code() else {
            return;
        };
        let place = Place::Code(index, whole(snapshot));
        if dossier.claims.is_empty() {
            self.add(
                FindingKind::ComplexityUnsaid,
                "Nothing was said about time or space complexity.".to_owned(),
                [place],
            );
        }
        let Some(facts) = snapshot.facts.clone() else {
            return;
        };
        let working = rules::correctness(dossier, self.problem) >= 0.6;
        if let (Some(time), Some(reference)) = (
            facts.time.order,
            Order::parse(&self.problem.complexity.time),
        ) {
            let lines = facts
                .time
                .reasons
                .first()
                .map_or((1, 1), |reason| reason.lines);
            let why: Vec<&str> = facts
                .time
                .reasons
                .iter()
                .map(|reason| reason.text.as_str())
                .collect();
            let because = if why.is_empty() {
                String::new()
            } else {
                format!(" ({})", why.join("; "))
            };
            if time.above(reference) != Gap::None {
                self.add(
                    FindingKind::SlowerThanKnown,
                    format!(
                        "The code takes about {time} time{because}, where {reference} is possible."
                    ),
                    [Place::Code(index, lines)],
                );
            } else if working {
                self.add(
                    FindingKind::EfficientTime,
                    format!("About {time} time{because}, as good as the reference."),
                    [Place::Code(index, lines)],
                );
            }
        }
        if let (Some(space), Some(reference)) = (
            facts.space.order,
            Order::parse(&self.problem.complexity.space),
        ) {
            let lines = facts
                .space
                .reasons
                .first()
                .map_or((1, 1), |reason| reason.lines);
            if space > reference {
                self.add(
                    FindingKind::SpaceToSave,
                    format!(
                        "The code takes about {space} extra space, where {reference} would do."
                    ),
                    [Place::Code(index, lines)],
                );
            } else if working {
                self.add(
                    FindingKind::EfficientSpace,
                    format!("About {space} extra space, as good as the reference."),
                    [Place::Code(index, lines)],
                );
            }
        }
        if working {
            let fitting = facts
                .structures
                .iter()
                .find(|found| found.structure != Structure::List);
            if let Some(found) = fitting {
                self.add(
                    FindingKind::FittingStructure,
                    format!("Line {} uses {}.", found.line, found.structure.label()),
                    [Place::Code(index, (found.line, found.line))],
                );
            }
            let memoised = facts
                .functions
                .iter()
                .find(|function| function.memoised && function.recursion != Recursion::None);
            if let Some(function) = memoised {
                self.add(
                    FindingKind::Memoised,
                    format!("The recursion of {} keeps its results.", function.name),
                    [Place::Code(index, function.lines)],
                );
            }
        }
        if !facts.slow_calls.is_empty() {
            let calls: Vec<String> = facts
                .slow_calls
                .iter()
                .map(|call| format!("{} (line {})", call.name, call.line))
                .collect();
            self.add(
                FindingKind::SlowCallInLoop,
                format!(
                    "Inside a loop, {} walks the whole collection each time.",
                    listed(&refs(&calls))
                ),
                facts
                    .slow_calls
                    .iter()
                    .map(|call| Place::Code(index, (call.line, call.line))),
            );
        }
    }

    fn about_code(&mut self) {
        let Some((index, snapshot)) = self.last_code() else {
            return;
        };
        let Some(facts) = snapshot.facts.clone() else {
            return;
        };
        let at = |line: u32| Place::Code(index, (line, line));
        if let Some(error) = facts.syntax_errors.first() {
            self.add(
                FindingKind::SyntaxErrorLeft,
                format!(
                    "The last state of the code does not parse: line {}, column {}.",
                    error.line, error.column
                ),
                [at(error.line)],
            );
            return;
        }
        let before = self.found.len();
        if let Some(longest) = facts
            .functions
            .iter()
            .max_by_key(|function| function.length())
            && longest.length() >= LONG_FUNCTION_LINES
        {
            self.add(
                FindingKind::LongFunction,
                format!("{} has {} lines.", longest.name, longest.length()),
                [Place::Code(index, longest.lines)],
            );
        }
        if let Some((depth, line)) = facts.nesting
            && depth >= DEEP_NESTING
        {
            self.add(
                FindingKind::DeepNesting,
                format!("Blocks nest {depth} deep at line {line}."),
                [at(line)],
            );
        }
        if facts.short_names.len() >= 2 {
            let names: Vec<&str> = facts
                .short_names
                .iter()
                .map(|named| named.name.as_str())
                .collect();
            self.add(
                FindingKind::UnclearNames,
                format!(
                    "{} say little: {}.",
                    count(names.len(), "name"),
                    listed(&names)
                ),
                facts.short_names.iter().map(|named| at(named.line)),
            );
        }
        if let Some((first, second)) = &facts.mixed_names {
            self.add(
                FindingKind::MixedNames,
                format!(
                    "Naming styles are mixed: {} beside {}.",
                    first.name, second.name
                ),
                [at(first.line), at(second.line)],
            );
        }
        if let Some(line) = facts.unreachable.first() {
            self.add(
                FindingKind::DeadCode,
                format!("Line {line} can never run."),
                facts.unreachable.iter().map(|line| at(*line)),
            );
        }
        if !facts.unused.is_empty() {
            let names: Vec<String> = facts
                .unused
                .iter()
                .map(|unused| {
                    let kind = match unused.kind {
                        UnusedKind::Variable => "variable",
                        UnusedKind::Parameter => "parameter",
                        UnusedKind::Function => "function",
                    };
                    format!("{kind} {}", unused.name)
                })
                .collect();
            self.add(
                FindingKind::UnusedNames,
                format!("Never used: {}.", listed(&refs(&names))),
                facts.unused.iter().map(|unused| at(unused.line)),
            );
        }
        if facts.magic_numbers.len() >= 2 {
            let numbers: Vec<&str> = facts
                .magic_numbers
                .iter()
                .map(|number| number.name.as_str())
                .collect();
            self.add(
                FindingKind::MagicNumbers,
                format!("Numbers without a name: {}.", listed(&numbers)),
                facts.magic_numbers.iter().map(|number| at(number.line)),
            );
        }
        if !facts.debug_prints.is_empty() {
            self.add(
                FindingKind::DebugPrints,
                format!(
                    "{} left in, first at line {}.",
                    count(facts.debug_prints.len(), "debug print"),
                    facts.debug_prints[0]
                ),
                facts.debug_prints.iter().map(|line| at(*line)),
            );
        }
        if let Some((first, second)) = facts.duplicates.first() {
            self.add(
                FindingKind::RepeatedLines,
                format!(
                    "Lines {}–{} are there again at {}–{}.",
                    first.0, first.1, second.0, second.1
                ),
                [Place::Code(index, *first), Place::Code(index, *second)],
            );
        }
        let functions = facts.functions.len();
        let short = facts
            .functions
            .iter()
            .all(|function| function.length() <= 25);
        if functions >= 2 && short && facts.code_lines >= 12 {
            self.add(
                FindingKind::SmallFunctions,
                format!(
                    "The work is split over {} of at most 25 lines.",
                    count(functions, "function")
                ),
                facts
                    .functions
                    .iter()
                    .map(|function| Place::Code(index, function.lines)),
            );
        }
        let tidied = self.found[before..]
            .iter()
            .all(|found| found.kind.polarity() == Polarity::Strength);
        if tidied && facts.code_lines >= 5 && facts.short_names.is_empty() {
            self.add(
                FindingKind::NothingLeftOver,
                format!(
                    "{} of code with clear names and nothing left over.",
                    count(facts.code_lines as usize, "line")
                ),
                [Place::Code(index, whole(snapshot_of(self.dossier, index)))],
            );
        }
    }

    fn about_testing(&mut self) {
        let dossier = self.dossier;
        let last_code = self
            .last_code()
            .map(|(index, snapshot)| Place::Code(index, whole(snapshot)));
        if dossier.runs.is_empty() {
            self.add(
                FindingKind::NeverRan,
                "The code was never run.".to_owned(),
                last_code,
            );
        }
        if let (Some((index, last)), Some(edit)) = (
            dossier.runs.iter().enumerate().next_back(),
            dossier.edits_ms.last().copied(),
        ) {
            if edit > last.at_ms {
                self.add(
                    FindingKind::UntestedChange,
                    format!(
                        "The code changed at {}, after the last run at {}.",
                        clock(edit),
                        clock(last.at_ms)
                    ),
                    [Place::Run(index)].into_iter().chain(last_code),
                );
            } else if dossier.runs.len() >= 2 {
                self.add(
                    FindingKind::TestedLastChange,
                    format!("The last change at {} was followed by a run.", clock(edit)),
                    [Place::Run(index)],
                );
            }
        }
        let submit = dossier
            .runs
            .iter()
            .position(|run| run.kind == RunKind::Submit);
        if let Some(submit) = submit {
            let tried = dossier.runs[..submit]
                .iter()
                .rposition(|run| run.kind == RunKind::Run);
            if let Some(tried) = tried {
                self.add(
                    FindingKind::TriedBeforeSubmit,
                    format!("{} came before the first submit.", count(submit, "run")),
                    [Place::Run(tried), Place::Run(submit)],
                );
            }
        }
        let own: Vec<Place> = (0..dossier.runs.len())
            .filter(|index| dossier.runs[*index].own_input)
            .map(Place::Run)
            .collect();
        if !own.is_empty() {
            self.add(
                FindingKind::OwnInput,
                format!(
                    "The code was tried on {} of the candidate's own.",
                    count(own.len(), "input")
                ),
                own,
            );
        }
        let naming: Vec<usize> = dossier
            .candidate()
            .filter(|(_, said)| !said.edges.is_empty())
            .map(|(index, _)| index)
            .collect();
        let named: BTreeSet<&str> = naming
            .iter()
            .flat_map(|index| dossier.utterances[*index].edges.iter().copied())
            .collect();
        let named: Vec<&str> = named.into_iter().collect();
        let first_run = dossier.runs.first().map(|run| run.at_ms);
        let Some(first) = naming.first() else {
            let place = (!dossier.runs.is_empty())
                .then_some(Place::Run(0))
                .or(last_code);
            self.add(
                FindingKind::EdgesMissing,
                "No edge case was named.".to_owned(),
                place,
            );
            return;
        };
        let places = naming.iter().map(|index| Place::Said(*index));
        let at_ms = dossier.utterances[*first].at_ms;
        if first_run.is_none_or(|run| at_ms <= run) {
            self.add(
                FindingKind::EdgesBeforeRun,
                format!(
                    "Edge cases were named before the first run: {}.",
                    listed(&named)
                ),
                places,
            );
            return;
        }
        let failed =
            (0..dossier.runs.len()).find(|index| dossier.runs[*index].failing().next().is_some());
        match failed {
            Some(failed) if dossier.runs[failed].at_ms < at_ms => self.add(
                FindingKind::EdgesLate,
                format!(
                    "Edge cases ({}) were first named at {}, after a run had failed.",
                    listed(&named),
                    clock(at_ms)
                ),
                [Place::Run(failed), Place::Said(*first)],
            ),
            _ => self.add(
                FindingKind::EdgesNamed,
                format!("Edge cases were named: {}.", listed(&named)),
                places,
            ),
        }
    }
}

fn snapshot_of(dossier: &Dossier, index: usize) -> &Snapshot {
    &dossier.snapshots[index]
}

fn whole(snapshot: &Snapshot) -> Lines {
    (1, verify::line_count(&snapshot.code))
}

fn error_in_words(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Ok => "no error",
        RunStatus::CompileError => "code that does not parse",
        RunStatus::RuntimeError => "a runtime error",
        RunStatus::Timeout => "the time limit",
        RunStatus::MemoryLimit => "the memory limit",
        RunStatus::OutputLimit => "too much output",
    }
}

fn spoken_topic(topic: &str) -> String {
    topic.replace('_', "-")
}

/// More names than these are counted.
const LISTED_MAX: usize = 5;

fn listed(names: &[&str]) -> String {
    let mut text = names
        .iter()
        .take(LISTED_MAX)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > LISTED_MAX {
        text.push_str(&format!(" and {} more", names.len() - LISTED_MAX));
    }
    text
}

fn refs(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// `12:05`.
pub(super) fn clock(ms: u64) -> String {
    format!("{}:{:02}", ms / 60_000, ms / 1_000 % 60)
}
