//! The promises of the rules, on generated interviews: more passed cases never hurt, fewer words never help, a
//! hint never helps, every claim is borne out, and the same record always gives the same scorecard.

use super::{fixtures, judge, script::play};
use interviewd_domain::{
    ids::{RunId, SnapshotId, UtteranceId},
    interview::{Act, Channel, Event, Speaker, What},
    problem::Problem,
    run::{CaseStatus, RunStatus},
    scorecard::{Dimension, Recommendation, Scorecard, verify},
    time::Timestamp,
};
use proptest::prelude::*;

const LINES: [&str; 34] = [
    "say How large can the list be?",
    "say can the list be empty or have duplicates",
    "say My plan is to loop over the list and keep a hash map of what I have seen so far",
    "say I would sort first and use two pointers",
    "say What if there is no answer, or a negative number?",
    "say This is O(n) time and O(n) space",
    "say it is O(n^2) time",
    "say linear time, constant space",
    "say Now I check the missing one",
    "say Instead of sorting I pay with memory, a trade-off",
    "say hmm",
    "say",
    "say It goes over the list once, so it is linear and needs memory",
    "ai Go on.",
    "ai hint",
    "ai clarified",
    "ai followup 0",
    "ai followup 1",
    "ai closing",
    "code def solve(items, limit):\\n    seen = {}\\n    for index, item in enumerate(items):\\n        if limit - item in seen:\\n            return [seen[limit - item], index]\\n        seen[item] = index\\n    return []\\n",
    "code def solve(items, limit):\\n    for i in range(len(items)):\\n        for j in range(i + 1, len(items)):\\n            if items[i] + items[j] == limit:\\n                return [i, j]\\n    q = 5\\n",
    "code def is_even(n):\\n    return n == 0 or is_odd(n - 1)\\n\\ndef is_odd(n):\\n    return n != 0 and is_even(n - 1)\\n",
    "code def solve(items\\n",
    "code def solve(items):\\n    pass\\n",
    "run 0/3",
    "run 2/3",
    "run 3/3",
    "run 1/3 crash",
    "run 0/3 timeout",
    "submit 3/3 5/5",
    "submit 3/3 2/5",
    "submit 1/3 0/5 timeout",
    "submit 2/3 4/5 crash",
    "input",
];

/// A script of up to forty lines with pauses of up to three minutes, ended or not.
fn interviews() -> impl Strategy<Value = Vec<Event>> {
    let line = (0..LINES.len(), 0u64..180);
    (proptest::collection::vec(line, 0..40), any::<bool>()).prop_map(|(lines, ends)| {
        let (mut script, mut at) = (String::new(), 0);
        for (line, pause) in lines {
            at += pause;
            script.push_str(&format!("at {}:{:02}\n{}\n", at / 60, at % 60, LINES[line]));
            at += 10;
        }
        if ends {
            script.push_str("end\n");
        }
        play(&problem(), "python", &script)
    })
}

fn problem() -> Problem {
    fixtures::problem("pairs")
}

/// Not assessed is below the lowest band, and no overall is below any.
fn levels(card: &Scorecard) -> Vec<(String, f64)> {
    let mut levels: Vec<(String, f64)> = Dimension::ALL
        .iter()
        .map(|dimension| {
            (
                dimension.label().to_owned(),
                card.scores[dimension].score.unwrap_or(0.0),
            )
        })
        .collect();
    levels.push(("overall".to_owned(), card.overall.unwrap_or(0.0)));
    let recommended = match card.recommendation {
        None => 0.0,
        Some(Recommendation::No) => 1.0,
        Some(Recommendation::Maybe) => 2.0,
        Some(Recommendation::Yes) => 3.0,
        Some(Recommendation::StrongYes) => 4.0,
    };
    levels.push(("recommendation".to_owned(), recommended));
    levels
}

/// Nothing in `lower` stands above what it is in `upper`.
fn assert_not_above(lower: &Scorecard, upper: &Scorecard) -> Result<(), TestCaseError> {
    for ((name, low), (_, high)) in levels(lower).into_iter().zip(levels(upper)) {
        prop_assert!(
            low <= high,
            "{name}: {low} above {high}\n{lower:#?}\n{upper:#?}"
        );
    }
    Ok(())
}

/// The event with one more case passed in it, when there is one to pass.
fn one_more_passed(event: &mut Event, which: usize) -> bool {
    let What::RunFinished { report, .. } = &mut event.what else {
        return false;
    };
    let failing = report
        .tests
        .iter()
        .filter(|test| test.status != CaseStatus::Pass)
        .count();
    let hidden = report
        .hidden
        .iter()
        .filter(|test| test.status != CaseStatus::Pass)
        .count();
    if failing + hidden == 0 {
        return false;
    }
    let which = which % (failing + hidden);
    if which < failing {
        let test = report
            .tests
            .iter_mut()
            .filter(|test| test.status != CaseStatus::Pass)
            .nth(which)
            .unwrap();
        (test.status, test.outcome, test.line) = (CaseStatus::Pass, RunStatus::Ok, None);
        report.passed += 1;
        if failing == 1 {
            report.status = RunStatus::Ok;
        }
    } else {
        let test = report
            .hidden
            .iter_mut()
            .filter(|test| test.status != CaseStatus::Pass)
            .nth(which - failing)
            .unwrap();
        (test.status, test.outcome) = (CaseStatus::Pass, RunStatus::Ok);
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_further_passed_case_never_lowers_anything(events in interviews(), run: prop::sample::Index, which: usize) {
        let runs: Vec<usize> = events.iter().enumerate().filter(|(_, event)| matches!(event.what, What::RunFinished { .. })).map(|(index, _)| index).collect();
        prop_assume!(!runs.is_empty());
        let mut better = events.clone();
        prop_assume!(one_more_passed(&mut better[runs[run.index(runs.len())]], which));
        assert_not_above(&judge(&events, &problem()), &judge(&better, &problem()))?;
    }

    #[test]
    fn a_removed_explanation_never_raises_anything(events in interviews(), which: prop::sample::Index) {
        let said: Vec<usize> = events.iter().enumerate().filter(|(_, event)| matches!(event.what, What::Said { speaker: Speaker::Candidate, .. })).map(|(index, _)| index).collect();
        prop_assume!(!said.is_empty());
        let mut quieter = events.clone();
        quieter.remove(said[which.index(said.len())]);
        assert_not_above(&judge(&quieter, &problem()), &judge(&events, &problem()))?;
    }

    #[test]
    fn a_further_hint_never_raises_anything(events in interviews(), place: prop::sample::Index) {
        let place = place.index(events.len());
        let clock_ms = events[place].clock_ms;
        let hint = Event {
            seq: 1_000,
            at: Timestamp::from_ms(clock_ms as i64),
            clock_ms,
            what: What::Said {
                utterance: UtteranceId::new(Timestamp::from_ms(7), 7),
                item: "a hint".to_owned(),
                speaker: Speaker::Interviewer,
                channel: Channel::Typed,
                text: "Have you thought of a hash map?".to_owned(),
                act: Some(Act::Hint { rung: 0 }),
            },
        };
        let mut helped = events.clone();
        helped.insert(place, hint);
        assert_not_above(&judge(&helped, &problem()), &judge(&events, &problem()))?;
    }

    #[test]
    fn every_claim_is_borne_out_and_the_same_every_time(events in interviews()) {
        let card = judge(&events, &problem());
        prop_assert_eq!(verify::verify(&card, &events), vec![]);
        prop_assert_eq!(&card, &judge(&events, &problem()));
        prop_assert!(card.strengths.len() <= 6 && card.improvements.len() <= 6);
        prop_assert!(card.strengths.iter().chain(&card.improvements).all(|finding| !finding.citations.is_empty()));
        for score in card.scores.values() {
            prop_assert_eq!(score.score, score.band.map(|band| 3.0 * f64::from(band) - 2.0));
        }
        let stored: Scorecard = serde_json::from_str(&serde_json::to_string(&card).unwrap()).unwrap();
        prop_assert_eq!(stored, card);
    }

    /// Events in an order and with contents that no interview could have: ids that repeat, deltas without a base,
    /// clocks that go back.
    #[test]
    fn any_sequence_of_events_is_judged_without_a_panic(
        events in interviews(),
        swaps in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..30),
        clocks in proptest::collection::vec(any::<u64>(), 0..20),
        strange in proptest::collection::vec((0u8..4, any::<u32>(), any::<u32>(), ".{0,40}"), 0..20),
    ) {
        let mut events = events;
        for (a, b) in swaps {
            let (a, b) = (a.index(events.len()), b.index(events.len()));
            events.swap(a, b);
        }
        for (index, clock_ms) in clocks.into_iter().enumerate() {
            let at = index % events.len();
            events[at].clock_ms = clock_ms;
        }
        let now = Timestamp::from_ms(1);
        for (kind, a, b, text) in strange {
            let what = match kind {
                0 => What::CodeChanged { revision: 1, language: interviewd_domain::problem::Language::Java, prefix: a, suffix: b, insert: text },
                1 => What::RunLost { run: RunId::new(now, u128::from(a)) },
                2 => What::Snapshotted { snapshot: SnapshotId::new(now, 1), kind: interviewd_domain::interview::SnapshotKind::Auto, language: interviewd_domain::problem::Language::Javascript, code: text, revision: 0 },
                _ => What::Said { utterance: UtteranceId::new(now, 1), item: String::new(), speaker: Speaker::Candidate, channel: Channel::Voice, text, act: Some(Act::FollowUp { index: a, topic: String::new() }) },
            };
            let at = a as usize % (events.len() + 1);
            events.insert(at, Event { seq: 0, at: now, clock_ms: u64::from(b), what });
        }
        let card = judge(&events, &problem());
        prop_assert_eq!(verify::verify(&card, &events), vec![]);
    }
}
