//! Whether what the matcher learnt from the corpora carries over to problems that it has not seen.
//!
//! The weights of `interviewer::matching` are fitted to half of the problems and measured on the other half, both ways.
//! With a fit to all of them it prints the table that `matching/weights.rs` holds; that file is written by hand from it.

use super::corpus::{Problems, read};
use interviewd_domain::interviewer::matching::{
    ANSWER_SIGNS, Index, Match, NO_ANSWER_SIGNS, Signs, Target, Weights, choose,
};

/// On problems that nothing was fitted to, of a hundred questions at most so many may be answered wrongly.
const WRONG_PERCENT_MAX: f64 = 2.0;
/// … and so many not at all.
const UNKNOWN_PERCENT_MAX: f64 = 30.0;

/// Only the first phrasings are learnt from: the later ones in the shipped problems were written with the corpora in
/// sight, and who has seen the exam thinks too well of himself.
const PHRASINGS_MAX: usize = 4;

/// Rounds of gradient ascent; more change the third figure of a weight.
const ROUNDS: i32 = 150;
const STEP: f32 = 0.15;
/// Pulls weights towards zero, so that a rare sign is not taken for a law.
const DECAY: f32 = 0.0004;

const ALL_SIGNS: usize = ANSWER_SIGNS + NO_ANSWER_SIGNS;

struct Question {
    /// Which half of the problems it belongs to.
    half: usize,
    signs: Signs,
    /// Of each answer in `signs`, whether it is right.
    right: Vec<bool>,
    /// Whether it is right to answer nothing.
    nothing: bool,
}

#[test]
fn the_matcher_carries_over_to_other_problems() {
    let questions = questions();
    let (mut right, mut wrong, mut unknown) = (0, 0, 0);
    for half in 0..2 {
        let learnt: Vec<&Question> = questions.iter().filter(|q| q.half != half).collect();
        let weights = fit(&learnt);
        let held_out: Vec<&Question> = questions.iter().filter(|q| q.half == half).collect();
        let counts = measure(&held_out, &weights);
        println!("held-out half {half}: {counts:?} right, wrong, “I do not know”");
        right += counts.0;
        wrong += counts.1;
        unknown += counts.2;
    }
    println!("{:?}", fit(&questions.iter().collect::<Vec<_>>()));
    let percent = |count: u32| f64::from(count) * 100.0 / f64::from(right + wrong + unknown);
    assert!(
        percent(wrong) <= WRONG_PERCENT_MAX,
        "{wrong} answered wrongly"
    );
    assert!(
        percent(unknown) <= UNKNOWN_PERCENT_MAX,
        "{unknown} not answered"
    );
}

/// Everything in the corpora that is a question.
fn questions() -> Vec<Question> {
    let problems = Problems::load();
    let mut questions = Vec::new();
    for corpus in [read("development.toml"), read("corpus.toml")] {
        for (slug, part) in &corpus {
            let mut problem = problems.get(slug);
            for clarification in &mut problem.clarifications {
                clarification.questions.truncate(PHRASINGS_MAX);
            }
            let index = Index::new(&problem);
            let name = |target: &Target| match target {
                Target::Clarification(index) => problem.clarifications[*index].id.clone(),
                Target::Topic(topic) => format!("topic:{}", topic.as_str()),
            };
            for (said, expected) in &part.questions {
                let accepted: Vec<&str> = expected.split('|').map(str::trim).collect();
                if accepted == ["statement"] {
                    continue;
                }
                let signs = index.signs(said);
                let right = signs
                    .answers
                    .iter()
                    .map(|(target, _)| accepted.contains(&name(target).as_str()))
                    .collect();
                questions.push(Question {
                    half: slug.bytes().map(usize::from).sum::<usize>() % 2,
                    signs,
                    right,
                    nothing: accepted.contains(&"unknown"),
                });
            }
        }
    }
    questions
}

/// Conditional logistic regression by gradient ascent with momentum (Adam).
fn fit(questions: &[&Question]) -> Weights {
    let mut weights = [0.0_f32; ALL_SIGNS];
    let (mut mean, mut square) = ([0.0_f32; ALL_SIGNS], [0.0_f32; ALL_SIGNS]);
    for round in 1..=ROUNDS {
        let mut gradient = [0.0_f32; ALL_SIGNS];
        let split = as_weights(&weights);
        for question in questions {
            ascend(question, &split, &mut gradient);
        }
        let moments = mean.iter_mut().zip(&mut square);
        for ((weight, gradient), (mean, square)) in weights.iter_mut().zip(gradient).zip(moments) {
            let slope = gradient / questions.len() as f32 - DECAY * *weight;
            *mean = 0.9 * *mean + 0.1 * slope;
            *square = 0.99 * *square + 0.01 * slope * slope;
            let speed = *mean / (1.0 - 0.9_f32.powi(round));
            let spread = *square / (1.0 - 0.99_f32.powi(round));
            *weight += STEP * speed / (spread.sqrt() + 1e-8);
        }
    }
    as_weights(&weights)
}

/// Adds how the likelihood of the right answers to `question` grows with each weight.
fn ascend(question: &Question, weights: &Weights, gradient: &mut [f32; ALL_SIGNS]) {
    let chances = question.signs.chances(weights);
    let chance = |target: &Target| {
        chances
            .iter()
            .find(|(of, _)| of == target)
            .map_or(0.0, |(_, chance)| *chance)
    };
    let of_answers: Vec<f32> = question
        .signs
        .answers
        .iter()
        .map(|(t, _)| chance(t))
        .collect();
    let of_none = (1.0 - of_answers.iter().sum::<f32>()).max(0.0);
    let of_right: f32 = of_answers
        .iter()
        .zip(&question.right)
        .filter(|(_, right)| **right)
        .map(|(chance, _)| chance)
        .sum::<f32>()
        + if question.nothing { of_none } else { 0.0 };
    if of_right <= f32::EPSILON {
        return;
    }
    let rows = question
        .signs
        .answers
        .iter()
        .zip(&question.right)
        .zip(&of_answers);
    for (((_, signs), right), chance) in rows {
        let pull = if *right { chance / of_right } else { 0.0 } - chance;
        for (at, sign) in signs.iter().enumerate() {
            gradient[at] += pull * sign;
        }
    }
    let pull = if question.nothing {
        of_none / of_right
    } else {
        0.0
    } - of_none;
    for (at, sign) in question.signs.no_answer.iter().enumerate() {
        gradient[ANSWER_SIGNS + at] += pull * sign;
    }
}

fn as_weights(all: &[f32; ALL_SIGNS]) -> Weights {
    Weights {
        answer: std::array::from_fn(|at| all[at]),
        no_answer: std::array::from_fn(|at| all[ANSWER_SIGNS + at]),
    }
}

/// Right, wrong, "I do not know".
fn measure(questions: &[&Question], weights: &Weights) -> (u32, u32, u32) {
    let (mut right, mut wrong, mut unknown) = (0, 0, 0);
    for question in questions {
        let is_right = |target: &Target| {
            question
                .signs
                .answers
                .iter()
                .zip(&question.right)
                .any(|((of, _), right)| of == target && *right)
        };
        match choose(&question.signs.chances(weights)) {
            Match::Sure(target) if is_right(&target) => right += 1,
            Match::Sure(_) => wrong += 1,
            _ if question.nothing => right += 1,
            _ => unknown += 1,
        }
    }
    (right, wrong, unknown)
}
