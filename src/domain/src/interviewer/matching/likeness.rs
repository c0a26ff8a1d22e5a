//! How alike two wordings are: word beside word, pair beside pair, letters beside letters.
//!
//! It knows nothing of answers; `signs` makes something of it. To let more words pass for one another, extend
//! `lexicon`.

use crate::interviewer::words::{Kind, Unit};
use std::collections::HashSet;

/// How much of `one` is found in `other`, 0..=1, by `weight`.
pub fn share<'a>(
    one: &'a [Unit],
    other: impl Iterator<Item = &'a Unit> + Clone,
    weight: impl Fn(&Unit) -> f32,
) -> f32 {
    let (mut met, mut whole) = (0.0, 0.0);
    for unit in one {
        let weight = weight(unit);
        whole += weight;
        met += weight * nearest(unit, other.clone());
    }
    if whole > 0.0 { met / whole } else { 0.0 }
}

/// The most that is missing of a single word of `one`, in units of `weight`.
pub fn unmet<'a>(
    one: &'a [Unit],
    other: impl Iterator<Item = &'a Unit> + Clone,
    weight: impl Fn(&Unit) -> f32,
) -> f32 {
    one.iter()
        .map(|unit| weight(unit) * (1.0 - nearest(unit, other.clone())))
        .fold(0.0, f32::max)
}

/// How near anything in `others` comes to `unit`, 0..=1.
pub fn nearest<'a>(unit: &Unit, others: impl Iterator<Item = &'a Unit>) -> f32 {
    others.map(|other| alike(unit, other)).fold(0.0, f32::max)
}

/// How many of `one`'s neighbouring words stand side by side in `other` too, 0..=1.
pub fn pairs(one: &[Unit], other: &[Unit]) -> f32 {
    let telling = |pair: &&[Unit]| pair.iter().any(|unit| unit.kind != Kind::Stop);
    let (mut met, mut count) = (0.0, 0.0_f32);
    for pair in one.windows(2).filter(telling) {
        count += 1.0;
        met += other
            .windows(2)
            .map(|there| alike(&pair[0], &there[0]).min(alike(&pair[1], &there[1])))
            .fold(0.0, f32::max);
    }
    met / count.max(1.0)
}

/// How many runs of three letters two wordings share, 0..=1 (Dice's coefficient): forgives slips of the hand.
pub fn letters(one: &[Unit], other: &[Unit]) -> f32 {
    let (one, other) = (trigrams(one), trigrams(other));
    let count = (one.len() + other.len()).max(1);
    2.0 * one.intersection(&other).count() as f32 / count as f32
}

fn trigrams(units: &[Unit]) -> HashSet<[u8; 3]> {
    let mut found = HashSet::new();
    for unit in units.iter().filter(|unit| unit.kind != Kind::Stop) {
        let word = format!(" {} ", unit.stem);
        found.extend(
            word.as_bytes()
                .windows(3)
                .map(|run| [run[0], run[1], run[2]]),
        );
    }
    found
}

/// Two words that name one idea, and nothing else.
const SAME_IDEA: f32 = 0.8;
/// Two words that name one idea out of many.
const SOME_IDEA: f32 = 0.55;
const SYNONYM: f32 = 0.75;
const SLIP: f32 = 0.8;

/// How far two words mean the same, 0..=1.
pub fn alike(one: &Unit, other: &Unit) -> f32 {
    if one.stem == other.stem {
        return 1.0;
    }
    let shared = one
        .ideas
        .iter()
        .filter(|idea| other.ideas.contains(idea))
        .count();
    if shared > 0 {
        let all = one.ideas.len() + other.ideas.len() - shared;
        return SOME_IDEA + (SAME_IDEA - SOME_IDEA) * shared as f32 / all as f32;
    }
    if one.lines.iter().any(|line| other.lines.contains(line)) {
        return SYNONYM;
    }
    let slipped =
        one.kind != Kind::Stop && other.kind != Kind::Stop && slip(&one.stem, &other.stem);
    if slipped { SLIP } else { 0.0 }
}

/// Shorter words are too often other words when a letter changes.
const SLIP_LETTERS_MIN: usize = 5;
/// What two forms of one word have in common in front: "outshine" and "outshone".
const FRONT_MIN: usize = 6;
const ENDING_MAX: usize = 3;

/// Whether one word is the other with a letter wrong, missing, added or swapped, or another form of it.
fn slip(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one.as_bytes(), other.as_bytes())
    } else {
        (other.as_bytes(), one.as_bytes())
    };
    let longer_by = long.len() - short.len();
    if short.len() < SLIP_LETTERS_MIN || longer_by > ENDING_MAX + 1 {
        return false;
    }
    let front = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let other_form = front == short.len() || front >= FRONT_MIN && long.len() - front <= ENDING_MAX;
    if other_form {
        return true;
    }
    let (short, long) = (&short[front..], &long[front..]);
    match (front, longer_by) {
        // Another beginning makes another word: "small" is no "stall".
        (0 | 1, _) => false,
        (_, 0) => {
            let swapped = short.len() >= 2
                && (short[0], short[1]) == (long[1], long[0])
                && short[2..] == long[2..];
            short[1..] == long[1..] || swapped
        }
        (_, 1) => *short == long[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interviewer::words::units;

    #[test]
    fn slips_of_the_hand_are_forgiven_and_other_words_are_not() {
        for (one, other) in [
            ("lantern", "lantren"),
            ("lantern", "lanterm"),
            ("lantern", "lantrn"),
            ("bright", "brighter"),
        ] {
            assert!(slip(one, other), "{one} {other}");
        }
        for (one, other) in [("weather", "feather"), ("stall", "small"), ("row", "tow")] {
            assert!(!slip(one, other), "{one} {other}");
        }
    }

    #[test]
    fn the_nearer_wording_shares_more() {
        let question = units("could there be no lanterns at all?");
        let to = |text: &str| share(&question, units(text).iter(), |unit| unit.kind.weight());
        assert!(to("Can the chain of lanterns be empty?") > to("How long is the chain?"));
    }
}
