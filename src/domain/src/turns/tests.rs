//! The conversation, told as what happens and what comes of it, and its promises under random input.

use super::*;
use expect_test::{Expect, expect};
use proptest::prelude::*;

/// Plays `script` (one `at_ms what` a line) to a neutral interviewer's conversation and shows what came out.
fn check(delivery: Delivery, script: &str, expect: Expect) {
    let mut conversation = Conversation::new(Personality::Neutral, delivery);
    let mut seen = String::new();
    for step in script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let (at, what) = step
            .split_once(' ')
            .expect("a step is a moment and what happens");
        let at: u64 = at.parse().expect("a moment in milliseconds");
        for output in conversation.on(read(what), at) {
            seen.push_str(&format!("{at} {}\n", show(&output)));
        }
    }
    expect.assert_eq(&seen);
}

fn read(what: &str) -> Input {
    let words: Vec<&str> = what.splitn(3, ' ').collect();
    match words[..] {
        ["type"] => Input::Typing,
        ["code"] => Input::CodeTyping,
        ["send"] => Input::TextTurn,
        ["voice"] => Input::VoiceStarted,
        ["quiet"] => Input::VoiceStopped,
        ["nothing"] => Input::NothingToSay,
        ["played", item, ms] => Input::Playback {
            item: item.into(),
            played_ms: ms.parse().unwrap(),
        },
        ["ended", item] => Input::PlaybackEnded { item: item.into() },
        ["cancel", ms] => Input::Cancel {
            played_ms: ms.parse().unwrap(),
        },
        ["thinking", on] => Input::ThinkingSet(on == "on"),
        ["over"] => Input::Ended,
        ["tick"] => Input::Tick,
        [kind, item, text] => Input::Say(Line {
            item: item.into(),
            text: text.into(),
            act: act(kind),
        }),
        _ => panic!("no such step: {what}"),
    }
}

fn act(kind: &str) -> Act {
    match kind {
        "answer" => Act::Clarified {
            clarification: "c".into(),
        },
        "reaction" => Act::RunReaction,
        "question" => Act::AskApproach,
        "remark" => Act::Encouragement,
        "warning" => Act::TimeWarning { minutes: 5 },
        _ => panic!("no such kind of line: {kind}"),
    }
}

fn show(output: &Output) -> String {
    match output {
        Output::Deliver(line) => format!("deliver {}", line.item),
        Output::Cut { item } => format!("cut {item}"),
        Output::Heard { line, cut: false } => format!("heard {}: {}", line.item, line.text),
        Output::Heard { line, cut: true } => format!("heard {}: {} …", line.item, line.text),
        Output::Dropped { item, why } => format!("dropped {item} ({why:?})"),
        Output::Status(status) => format!("{status:?}"),
        Output::WakeAt(at) => format!("wake at {at}"),
    }
}

#[test]
fn a_shown_line_is_heard_at_once_and_the_status_returns() {
    check(
        Delivery::Shown,
        "0 send
         100 answer a Yes, it can be empty.
         700 tick",
        expect![[r#"
            0 Thinking
            0 wake at 8000
            100 deliver a
            100 heard a: Yes, it can be empty.
            100 Speaking
            100 wake at 700
            700 Listening
        "#]],
    );
}

#[test]
fn nobody_is_talked_over_while_typing() {
    check(
        Delivery::Shown,
        "0 code
         500 question q What is your approach?
         1900 code
         3899 tick
         3900 tick",
        expect![[r#"
            500 wake at 2000
            1900 wake at 3900
            3900 deliver q
            3900 heard q: What is your approach?
            3900 Speaking
            3900 wake at 4500
        "#]],
    );
}

#[test]
fn a_warning_waits_for_typing_but_not_for_ever() {
    check(
        Delivery::Shown,
        "0 code
         100 warning w Five minutes left.
         1900 code
         3800 code
         4100 tick",
        expect![[r#"
            100 wake at 2000
            1900 wake at 3900
            3800 wake at 4100
            4100 deliver w
            4100 heard w: Five minutes left.
            4100 Speaking
            4100 wake at 4700
        "#]],
    );
}

#[test]
fn what_is_stored_is_what_was_heard() {
    check(
        Delivery::Spoken,
        "0 answer a Yes, the list may be empty, and then you return zero.
         2000 cancel 1900",
        expect![[r#"
            0 deliver a
            0 Speaking
            0 wake at 4145
            2000 cut a
            2000 heard a: Yes, the list may …
            2000 Listening
        "#]],
    );
}

#[test]
fn a_voice_that_starts_cuts_a_spoken_line() {
    check(
        Delivery::Spoken,
        "0 answer a Yes, the list may be empty.
         300 voice
         900 quiet
         1000 question q How would you do it?
         1400 tick",
        expect![[r#"
            0 deliver a
            0 Speaking
            0 wake at 2455
            300 cut a
            300 dropped a (Unheard)
            300 Listening
            300 wake at 60300
            1000 wake at 1400
            1400 deliver q
            1400 Speaking
            1400 wake at 3400
        "#]],
    );
}

#[test]
fn only_the_newest_run_is_spoken_about() {
    check(
        Delivery::Shown,
        "0 code
         100 reaction r1 The first case fails.
         200 reaction r2 All pass.
         2000 tick",
        expect![[r#"
            100 wake at 2000
            200 dropped r1 (Stale)
            2000 deliver r2
            2000 heard r2: All pass.
            2000 Speaking
            2000 wake at 2600
        "#]],
    );
}

#[test]
fn a_nudge_dies_when_the_candidate_goes_on() {
    check(
        Delivery::Shown,
        "0 type\n100 remark n How is it going?\n200 code",
        expect![[r#"
        100 wake at 2000
        200 dropped n (Stale)
    "#]],
    );
}

#[test]
fn silence_that_was_asked_for_holds_back_questions_and_lets_answers_through() {
    check(
        Delivery::Shown,
        "0 thinking on
         10 question q What is your approach?
         20 answer a Yes.
         700 thinking off",
        expect![[r#"
            20 deliver a
            20 heard a: Yes.
            20 Speaking
            20 wake at 620
            700 deliver q
            700 heard q: What is your approach?
            700 wake at 1300
        "#]],
    );
}

#[test]
fn playback_that_is_late_gets_time_but_not_for_ever() {
    check(
        Delivery::Spoken,
        "0 answer a Yes.
         900 played a 10
         1900 played a 20
         2860 ended a
         2861 ended a
         2862 answer a Yes.",
        expect![[r#"
            0 deliver a
            0 Speaking
            0 wake at 960
            900 wake at 1900
            1900 heard a: Yes.
            1900 Listening
        "#]],
    );
}

fn lines() -> impl Strategy<Value = Input> {
    let acts = prop_oneof![
        Just("answer"),
        Just("reaction"),
        Just("question"),
        Just("remark"),
        Just("warning")
    ];
    (acts, 0u32..40, "[a-z ]{0,120}").prop_map(|(kind, item, text)| {
        Input::Say(Line {
            item: format!("i{item}"),
            text,
            act: act(kind),
        })
    })
}

fn inputs() -> impl Strategy<Value = Input> {
    prop_oneof![
        4 => lines(),
        2 => Just(Input::Typing),
        3 => Just(Input::CodeTyping),
        2 => Just(Input::TextTurn),
        1 => Just(Input::VoiceStarted),
        1 => Just(Input::VoiceStopped),
        1 => Just(Input::Dictated),
        1 => Just(Input::NothingToSay),
        2 => (0u32..40, 0u64..100_000).prop_map(|(item, played_ms)| Input::Playback { item: format!("i{item}"), played_ms }),
        1 => (0u32..40).prop_map(|item| Input::PlaybackEnded { item: format!("i{item}") }),
        1 => (0u64..100_000).prop_map(|played_ms| Input::Cancel { played_ms }),
        1 => any::<bool>().prop_map(Input::ThinkingSet),
        1 => Just(Input::RunSuperseded),
        1 => any::<bool>().prop_map(|spoken| Input::DeliverySet(if spoken { Delivery::Spoken } else { Delivery::Shown })),
        1 => Just(Input::Disconnected),
        4 => Just(Input::Tick),
    ]
}

fn storms() -> impl Strategy<Value = Vec<(Input, u64)>> {
    proptest::collection::vec((inputs(), 0u64..5_000), 0..120)
}

/// Plays a storm, waking the conversation whenever it asked for it; every output with its moment.
fn play(
    personality: Personality,
    delivery: Delivery,
    storm: &[(Input, u64)],
) -> Vec<(u64, Output)> {
    let mut conversation = Conversation::new(personality, delivery);
    let mut outputs = Vec::new();
    let mut now = 0;
    let mut wake_at: Option<u64> = None;
    let mut step =
        |input: Input, now: u64, wake_at: &mut Option<u64>, outputs: &mut Vec<(u64, Output)>| {
            *wake_at = wake_at.filter(|at| *at > now);
            for output in conversation.on(input, now) {
                if let Output::WakeAt(at) = output {
                    *wake_at = Some(at);
                }
                outputs.push((now, output));
            }
        };
    for (input, after) in storm {
        let next = now + after;
        while let Some(at) = wake_at.filter(|at| *at <= next) {
            step(Input::Tick, at, &mut wake_at, &mut outputs);
        }
        now = next;
        step(input.clone(), now, &mut wake_at, &mut outputs);
    }
    // Nothing happens any more: it has to come to rest by itself.
    for _ in 0..1_000 {
        let Some(at) = wake_at else { break };
        step(Input::Tick, at, &mut wake_at, &mut outputs);
    }
    outputs
}

proptest! {
    #[test]
    fn nobody_is_talked_over(storm in storms()) {
        let outputs = play(Personality::Neutral, Delivery::Shown, &storm);
        let pause = Conversation::typing_pause_ms(Personality::Neutral);
        let mut typed = Vec::new();
        let mut asked = std::collections::HashMap::new();
        let mut now = 0;
        for (input, after) in &storm {
            now += after;
            match input {
                Input::Typing | Input::CodeTyping => typed.push(now),
                Input::TextTurn | Input::Dictated | Input::Disconnected => typed.clear_before(now),
                Input::Say(line) => { asked.entry(line.item.clone()).or_insert(now); }
                _ => {}
            }
        }
        for (at, output) in &outputs {
            if let Output::Deliver(line) = output {
                let rude = typed.iter().any(|typed| *typed < *at && at - typed < pause);
                let waited = at - asked[&line.item];
                prop_assert!(!rude || (urgency(&line.act) == Urgency::Priority && waited >= PRIORITY_WAIT_MS_MAX), "{} at {at}", line.item);
            }
        }
    }

    #[test]
    fn the_status_never_sticks(storm in storms(), spoken: bool) {
        let outputs = play(Personality::Supportive, if spoken { Delivery::Spoken } else { Delivery::Shown }, &storm);
        let mut since = (0, Status::Listening);
        for (at, output) in &outputs {
            if let Output::Status(status) = output {
                prop_assert!(since.1 != Status::Thinking || at - since.0 <= THINKING_MS_MAX + storm.len() as u64 * 5_000);
                since = (*at, *status);
            }
        }
        prop_assert_eq!(since.1, Status::Listening);
    }

    #[test]
    fn no_line_is_delivered_twice_and_each_comes_to_one_end(storm in storms(), spoken: bool) {
        let outputs = play(Personality::Challenging, if spoken { Delivery::Spoken } else { Delivery::Shown }, &storm);
        let (mut delivered, mut ends) = (Vec::new(), Vec::new());
        let mut speaking: Option<String> = None;
        for (_, output) in &outputs {
            match output {
                Output::Deliver(line) => {
                    prop_assert!(!delivered.contains(&line.item));
                    delivered.push(line.item.clone());
                    speaking = Some(line.item.clone());
                }
                Output::Heard { line, .. } => {
                    prop_assert_eq!(speaking.as_ref(), Some(&line.item));
                    ends.push(line.item.clone());
                }
                Output::Dropped { item, .. } => ends.push(item.clone()),
                _ => {}
            }
        }
        let mut once = ends.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), ends.len());
        for item in &delivered {
            prop_assert!(ends.contains(item));
        }
    }

    #[test]
    fn the_same_storm_gives_the_same_conversation(storm in storms()) {
        prop_assert_eq!(play(Personality::Neutral, Delivery::Spoken, &storm), play(Personality::Neutral, Delivery::Spoken, &storm));
    }
}

trait ClearBefore {
    /// Sending a turn ends the typing before it.
    fn clear_before(&mut self, now: u64);
}

impl ClearBefore for Vec<u64> {
    fn clear_before(&mut self, now: u64) {
        self.retain(|typed| *typed > now);
    }
}
