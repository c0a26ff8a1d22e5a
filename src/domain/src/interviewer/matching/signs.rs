//! What speaks for an answer, and for none: a row of numbers each, mostly 0..=1.
//!
//! The order is that of the tables in `weights`. To add a sign: append it here and there, and fit the weights anew.

use super::{
    Document, Index, Target,
    likeness::{letters, nearest, pairs, share, unmet},
};
use crate::interviewer::{
    form::{Form, form},
    words::{Kind, Unit, units},
};
use std::collections::HashSet;

pub const ANSWER_SIGNS: usize = 18;
pub const NO_ANSWER_SIGNS: usize = 6;

/// Ideas too common to tell questions apart.
const WEAK_IDEAS: &[&str] = &[
    "return", "size", "howmany", "howlarge", "howlong", "index", "speed", "language", "run",
    "error",
];
/// With so many words of its own a question is as particular as it gets.
const CONTENT_WORDS_ENOUGH: usize = 6;

/// A question, taken apart once for all answers.
pub struct Question {
    units: Vec<Unit>,
    /// What it is made of without the words of asking.
    pub content: Vec<Unit>,
    form: Form,
    ideas: HashSet<&'static str>,
    /// How near anything prepared comes to each word of `content`.
    heard: Vec<f32>,
}

impl Question {
    pub fn new(index: &Index, text: &str) -> Self {
        let units = units(text);
        let content = content(&units);
        Question {
            form: form(text),
            ideas: ideas(units.iter()),
            heard: content
                .iter()
                .map(|unit| nearest(unit, index.documents.iter().flat_map(Document::units)))
                .collect(),
            content,
            units,
        }
    }

    fn says(&self, stem: &str) -> bool {
        self.units.iter().any(|unit| unit.stem == stem)
    }
}

pub(super) fn of_answer(
    index: &Index,
    question: &Question,
    document: &Document,
) -> [f32; ANSWER_SIGNS] {
    let weight = |unit: &Unit| index.weight(unit);
    // How much of the question each phrasing says, and the other way round; nearest phrasing first.
    let mut sides: Vec<(f32, f32, &[Unit])> = document
        .phrasings
        .iter()
        .map(|phrasing| {
            let there = share(&question.units, phrasing.units.iter(), weight);
            let back = share(&phrasing.units, question.units.iter(), weight);
            ((there * back).sqrt(), back, phrasing.units.as_slice())
        })
        .collect();
    let average = sides.iter().map(|side| side.0).sum::<f32>() / sides.len().max(1) as f32;
    sides.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, back, closest) = sides.first().copied().unwrap_or_default();
    let second = sides.get(1).map_or(0.0, |side| side.0);
    let most = |measure: fn(&[Unit], &[Unit]) -> f32| {
        document
            .phrasings
            .iter()
            .map(|phrasing| measure(&question.units, &phrasing.units))
            .fold(0.0, f32::max)
    };
    let ideas_there = ideas(document.units());
    let ideas_met = if question.ideas.is_empty() {
        0.5
    } else {
        question.ideas.intersection(&ideas_there).count() as f32 / question.ideas.len() as f32
    };
    let ideas_closest = ideas(closest.iter());
    let ideas_missed = ideas_closest.difference(&question.ideas).count() as f32
        / ideas_closest.len().max(1) as f32;
    let lacks = |form: Form| question.form == form && !document.has_form(form);
    let general = matches!(document.target, Target::Topic(_));
    let named_elsewhere = !general
        && question.units.iter().any(|unit| {
            index.names.contains(&unit.stem)
                && index.spread.contains_key(&unit.stem)
                && !document.speaks_of(&unit.stem)
        });
    let named_only_there = closest
        .iter()
        .any(|unit| index.names.contains(&unit.stem) && !question.says(&unit.stem));
    // Who names something of this problem asks about it: "how fast does the train go" is not about running times.
    let beside_the_subject = general
        && question.content.iter().any(|unit| {
            is_own_word(unit)
                && index.subject.contains(&unit.stem)
                && !document.speaks_of(&unit.stem)
        });
    [
        best,
        best * best,
        second,
        average,
        back,
        share(&question.content, document.units(), weight),
        unmet(&question.content, document.units(), weight),
        most(letters),
        most(pairs),
        ideas_met,
        ideas_missed,
        f32::from(document.has_form(question.form)),
        f32::from(lacks(Form::Extent)),
        f32::from(lacks(Form::Product)),
        f32::from(general),
        f32::from(beside_the_subject),
        f32::from(named_elsewhere),
        f32::from(named_only_there),
    ]
}

pub(super) fn of_none(index: &Index, question: &Question) -> [f32; NO_ANSWER_SIGNS] {
    let whole: f32 = question.content.iter().map(|unit| index.weight(unit)).sum();
    // The problem's own things about which nothing was prepared: the colour of the lanterns, the age of the farmer.
    let unprepared: f32 = question
        .content
        .iter()
        .zip(&question.heard)
        .filter(|(unit, heard)| **heard < 1.0 && index.subject.contains(&unit.stem))
        .map(|(unit, _)| index.weight(unit))
        .sum();
    let length = question.content.len().min(CONTENT_WORDS_ENOUGH) as f32;
    [
        1.0,
        unprepared / whole.max(f32::EPSILON),
        f32::from(question.ideas.is_empty()),
        length / CONTENT_WORDS_ENOUGH as f32,
        f32::from(question.form == Form::Circumstance),
        f32::from(question.form == Form::Extent),
    ]
}

fn content(units: &[Unit]) -> Vec<Unit> {
    units
        .iter()
        .filter(|unit| unit.kind != Kind::Stop || !unit.ideas.is_empty())
        .cloned()
        .collect()
}

fn ideas<'a>(units: impl Iterator<Item = &'a Unit>) -> HashSet<&'static str> {
    units
        .flat_map(|unit| unit.ideas.iter().copied())
        .filter(|idea| !WEAK_IDEAS.contains(idea))
        .collect()
}

fn is_own_word(unit: &Unit) -> bool {
    unit.kind == Kind::Word && unit.ideas.is_empty()
}
