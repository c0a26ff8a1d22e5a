//! Which prepared answer a question asks for, or none of them.
//!
//! Every clarification and every general topic is weighed by [`signs`]: how near its phrasings are, whether the ideas
//! and the form agree, what of the question it does not speak of. The signs of all answers together, and those that
//! nothing prepared is meant, become chances that add up to one ([`weights`] were fitted so). An answer is given only
//! when it leaves little chance to everything else: a wrong answer costs a candidate more than "I do not know". What is
//! merely likely comes back as [`Match::Near`], for asking back. Not here: deciding whether something *is* a question
//! (`intent`).
//!
//! To add a sign: compute it in [`signs`], give it a place in [`weights`], fit the weights anew (see there).

mod likeness;
mod signs;
mod weights;

use super::{
    form::{Form, form},
    knowledge::{BANK, Topic},
    words::{Kind, Unit, stem, units, words},
};
use crate::problem::{Parameter, Problem, Signature};
use signs::Question;
pub use signs::{ANSWER_SIGNS, NO_ANSWER_SIGNS};
use std::collections::{HashMap, HashSet};
pub use weights::Weights;

/// What a question can be answered with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// Index into [`Problem::clarifications`].
    Clarification(usize),
    Topic(Topic),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    Sure(Target),
    /// Good enough to ask "do you mean …?", not to answer.
    Near(Target),
    None,
}

/// What speaks for which answer; see [`Index::signs`].
#[derive(Debug, Clone)]
pub struct Signs {
    pub answers: Vec<(Target, [f32; ANSWER_SIGNS])>,
    pub no_answer: [f32; NO_ANSWER_SIGNS],
}

/// From this chance on an answer is given: on problems that the weights were not fitted to, about one in a hundred is
/// then wrong …
const SURE: f32 = 0.86;
/// … and from here on it is worth asking back.
const NEAR: f32 = 0.34;
/// From here on an answer particular to the problem takes over the chance of a general one to the same question.
const PARTICULAR: f32 = 0.6;
/// What a word of the problem itself counts, against another word: in this interview everybody says it.
const SUBJECT_SHARE: f32 = 0.65;
/// What a word counts by the idea that it names, against the idea's own rarity.
const IDEA_SHARE: f32 = 0.7;

/// All that can be answered in one interview.
#[derive(Debug, Clone)]
pub struct Index {
    documents: Vec<Document>,
    /// In how many documents a stem, or an idea with a `~` in front, occurs.
    spread: HashMap<String, f32>,
    /// What the problem is about: in this interview everybody says these words, so they tell little.
    subject: HashSet<String>,
    /// Short names of parameters; who says "k" means k.
    names: HashSet<String>,
}

#[derive(Debug, Clone)]
struct Document {
    target: Target,
    phrasings: Vec<Phrasing>,
    /// The words of the answer and of the clarification's id.
    answer: Vec<Unit>,
}

#[derive(Debug, Clone)]
struct Phrasing {
    units: Vec<Unit>,
    form: Form,
}

impl Index {
    pub fn new(problem: &Problem) -> Self {
        let clarifications =
            problem
                .clarifications
                .iter()
                .enumerate()
                .map(|(index, clarification)| {
                    let id = clarification.id.replace(['-', '_'], " ");
                    Document::new(
                        Target::Clarification(index),
                        clarification.questions.iter().map(String::as_str),
                        &format!("{id}. {}", clarification.answer),
                    )
                });
        let topics = BANK
            .iter()
            .map(|(topic, ways)| Document::new(Target::Topic(*topic), ways.iter().copied(), ""));
        let documents: Vec<Document> = clarifications.chain(topics).collect();
        let mut spread: HashMap<String, f32> = HashMap::new();
        for document in &documents {
            let keys: HashSet<String> = document
                .units()
                .flat_map(|unit| {
                    let ideas = unit.ideas.iter().map(|idea| format!("~{idea}"));
                    ideas.chain([unit.stem.clone()])
                })
                .collect();
            for key in keys {
                *spread.entry(key).or_default() += 1.0;
            }
        }
        let subject = units(&format!(
            "{}. {}. {}",
            problem.title, problem.spoken, problem.statement
        ))
        .into_iter()
        .filter(|unit| unit.kind == Kind::Word && unit.ideas.is_empty())
        .map(|unit| unit.stem)
        .collect();
        Index {
            documents,
            spread,
            subject,
            names: short_names(&problem.signature),
        }
    }

    /// The answer that `question` asks for.
    pub fn find(&self, question: &str) -> Match {
        choose(&self.rank(question))
    }

    /// Every answer with its chance of being meant, best first. What is missing to one is the chance of none.
    pub fn rank(&self, question: &str) -> Vec<(Target, f32)> {
        self.signs(question).chances(&Weights::FITTED)
    }

    /// What speaks for each answer and for none: what [`Index::rank`] rests on, and what weights are fitted to.
    pub fn signs(&self, text: &str) -> Signs {
        let plain = words(text).join(" ");
        let question = Question::new(self, text);
        // Without a single word of its own, nothing is asked about.
        let empty = question.content.is_empty();
        let meant = |document: &&Document| match document.target {
            Target::Topic(topic) => topic.may_be_meant(&plain),
            Target::Clarification(_) => !empty,
        };
        Signs {
            answers: self
                .documents
                .iter()
                .filter(meant)
                .map(|document| {
                    let signs = signs::of_answer(self, &question, document);
                    (document.target.clone(), signs)
                })
                .collect(),
            no_answer: signs::of_none(self, &question),
        }
    }

    /// How much a word tells: by its kind, by how few answers it or its idea is about, less if it is the problem's own.
    fn weight(&self, unit: &Unit) -> f32 {
        let count = self.documents.len() as f32;
        let rarity = |key: &str| {
            let spread = self.spread.get(key).copied().unwrap_or(0.0);
            (1.0 + (count - spread + 0.5) / (spread + 0.5)).ln()
        };
        let share = if self.subject.contains(&unit.stem) {
            SUBJECT_SHARE
        } else {
            1.0
        };
        unit.ideas
            .iter()
            .map(|idea| rarity(&format!("~{idea}")) * IDEA_SHARE)
            .fold(unit.kind.weight() * share * rarity(&unit.stem), f32::max)
    }
}

impl Signs {
    /// The chance of each answer by `weights`, best first.
    pub fn chances(&self, weights: &Weights) -> Vec<(Target, f32)> {
        let force = |signs: &[f32], weights: &[f32]| -> f32 {
            signs.iter().zip(weights).map(|(s, w)| s * w).sum()
        };
        let none = force(&self.no_answer, &weights.no_answer);
        let forces: Vec<f32> = self
            .answers
            .iter()
            .map(|(_, signs)| force(signs, &weights.answer))
            .collect();
        // Taken off everywhere, so that no power grows beyond what a float holds.
        let most = forces.iter().copied().fold(none, f32::max);
        let whole: f32 =
            (none - most).exp() + forces.iter().map(|force| (force - most).exp()).sum::<f32>();
        let mut ranked: Vec<(Target, f32)> = self
            .answers
            .iter()
            .zip(forces)
            .map(|((target, _), force)| (target.clone(), (force - most).exp() / whole))
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked
    }
}

/// What to do about a question whose answers have these chances, best first.
pub fn choose(ranked: &[(Target, f32)]) -> Match {
    let Some((target, mut chance)) = ranked.first().cloned() else {
        return Match::None;
    };
    // Where the two would say much the same, what is particular to this problem is meant.
    let same = |topic: &Topic| matches!(topic, Topic::Constraints | Topic::ReturnValue);
    if let (Target::Clarification(_), Some((Target::Topic(topic), of_topic))) =
        (&target, ranked.get(1))
        && same(topic)
        && chance >= PARTICULAR
    {
        chance += of_topic;
    }
    match chance {
        SURE.. => Match::Sure(target),
        NEAR.. => Match::Near(target),
        _ => Match::None,
    }
}

impl Document {
    fn new<'a>(target: Target, phrasings: impl Iterator<Item = &'a str>, answer: &str) -> Self {
        Document {
            target,
            phrasings: phrasings
                .map(|text| Phrasing {
                    units: units(text),
                    form: form(text),
                })
                .collect(),
            answer: units(answer),
        }
    }

    fn units(&self) -> impl Iterator<Item = &Unit> + Clone {
        let phrasings = self.phrasings.iter().flat_map(|phrasing| &phrasing.units);
        phrasings.chain(&self.answer)
    }

    fn has_form(&self, form: Form) -> bool {
        self.phrasings.iter().any(|phrasing| phrasing.form == form)
    }

    fn speaks_of(&self, stem: &str) -> bool {
        self.units().any(|unit| unit.stem == stem)
    }
}

/// Longer names are words like any other.
const SHORT_NAME_LETTERS_MAX: usize = 2;

fn short_names(signature: &Signature) -> HashSet<String> {
    let names = |params: &[Parameter]| {
        params
            .iter()
            .filter(|param| param.name.len() <= SHORT_NAME_LETTERS_MAX)
            .map(|param| stem(&param.name))
            .collect()
    };
    match signature {
        Signature::Function { params, .. } => names(params),
        Signature::Class { constructor, .. } => names(constructor),
        Signature::Program => HashSet::new(),
    }
}
