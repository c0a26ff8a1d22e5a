//! Which prepared answer a question asks for: BM25 over the phrasings of all clarifications and general topics,
//! measured against what the question and the phrasing could have reached at most.
//!
//! A wrong answer costs a candidate more than "I do not know", so it must be both good and clearly better than the
//! runner-up; what is merely near comes back as [`Match::Near`], for asking back. Not here: deciding whether something
//! *is* a question (`intent`).

use super::{
    knowledge::{BANK, Topic},
    words::{Kind, Term, stem, terms, words},
};
use crate::problem::{Parameter, Problem, Signature};
use std::collections::{HashMap, HashSet};

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

/// From here on an answer is given …
const SURE: f32 = 0.58;
/// … or here, when nothing but common words agrees and something unheard of is in the question …
const SURE_WITH_UNKNOWN: f32 = 0.90;
/// … if the next best different answer is this far behind …
const MARGIN: f32 = 0.22;
/// … and from here on it is worth asking back.
const NEAR: f32 = 0.38;
/// What a word in the answer counts, against one in a phrasing.
const ANSWER_SHARE: f32 = 0.45;
/// How hard an unknown word pulls a question away from everything.
const UNKNOWN_SHARE: f32 = 0.75;
/// What a word of the problem itself counts, against another word.
const SUBJECT_SHARE: f32 = 0.45;
/// Without a common idea, this much of a phrasing must have been said.
const PHRASING_MIN: f32 = 0.55;
/// A document that speaks of none of the question's ideas is another question.
const FOREIGN_IDEA: f32 = 0.5;
/// A document that does not speak of the parameter that the question names, while another does.
const OTHER_NAME: f32 = 0.6;
/// BM25's saturation and length parameters; phrasings are short, so length matters little.
const K1: f32 = 1.2;
const B: f32 = 0.25;

/// Ideas too common to tell questions apart.
const WEAK_IDEAS: &[&str] = &[
    "~return",
    "~size",
    "~index",
    "~speed",
    "~language",
    "~run",
    "~error",
];

/// All that can be answered in one interview.
#[derive(Debug, Clone)]
pub struct Index {
    documents: Vec<Document>,
    /// In how many documents a term occurs.
    spread: HashMap<String, f32>,
    length_mean: f32,
    /// What the problem is about: in this interview everybody says these words, so they tell little.
    subject: HashSet<String>,
    /// Names of parameters; who says "k" means k.
    names: HashSet<String>,
}

#[derive(Debug, Clone)]
struct Document {
    target: Target,
    phrasings: Vec<HashSet<Term>>,
    everything: HashMap<String, f32>,
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
                    document(
                        Target::Clarification(index),
                        clarification.questions.iter().map(String::as_str),
                        &format!("{id}. {}", clarification.answer),
                    )
                });
        let topics = BANK
            .iter()
            .map(|(topic, ways)| document(Target::Topic(*topic), ways.iter().copied(), ""));
        let documents: Vec<Document> = clarifications.chain(topics).collect();
        let mut spread: HashMap<String, f32> = HashMap::new();
        for document in &documents {
            for key in document.everything.keys() {
                *spread.entry(key.clone()).or_default() += 1.0;
            }
        }
        let lengths: Vec<f32> = documents
            .iter()
            .flat_map(|d| d.phrasings.iter().map(|p| p.len() as f32))
            .collect();
        let length_mean = lengths.iter().sum::<f32>() / (lengths.len().max(1) as f32);
        let subject = terms(&format!(
            "{}. {}. {}",
            problem.title, problem.spoken, problem.statement
        ))
        .into_iter()
        .filter(|term| term.kind == Kind::Word)
        .map(|term| term.key)
        .collect();
        Index {
            documents,
            spread,
            length_mean,
            subject,
            names: parameter_names(&problem.signature),
        }
    }

    /// The answer that `question` asks for.
    pub fn find(&self, question: &str) -> Match {
        let ranked = self.rank(question);
        let Some((target, best)) = ranked.first() else {
            return Match::None;
        };
        let runner_up = ranked.get(1).map_or(0.0, |(_, score)| *score);
        // Between something particular to this problem and something general, the particular is meant.
        let particular = matches!(target, Target::Clarification(_))
            && matches!(ranked.get(1), Some((Target::Topic(_), _)));
        if *best >= SURE && (best - runner_up >= MARGIN || particular) {
            Match::Sure(target.clone())
        } else if *best >= NEAR {
            Match::Near(target.clone())
        } else {
            Match::None
        }
    }

    /// Every candidate with its score in 0..=1, best first.
    pub fn rank(&self, question: &str) -> Vec<(Target, f32)> {
        let asked = terms(question);
        let plain = words(question).join(" ");
        if asked.iter().all(|term| term.kind == Kind::Filler) {
            return Vec::new();
        }
        let mut ranked: Vec<(Target, f32)> = self
            .documents
            .iter()
            .filter(|document| !matches!(document.target, Target::Topic(topic) if !topic.may_be_meant(&plain)))
            .map(|document| (document.target.clone(), self.score(&asked, document)))
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.truncate(5);
        ranked
    }

    fn score(&self, asked: &HashSet<Term>, document: &Document) -> f32 {
        // What of the question this document speaks of at all …
        let (mut met, mut whole) = (0.0, 0.0);
        for term in asked {
            let weight = self.weight(term);
            match document.everything.get(&term.key) {
                Some(share) => {
                    met += weight * share;
                    whole += weight;
                }
                // A pair of words that nobody wrote down says little against a match.
                None if term.kind == Kind::Pair => {}
                None if self.spread.contains_key(&term.key) => whole += weight,
                // An idea that nothing here is about came along with another; an unheard word is the point of a question.
                None if term.kind == Kind::Idea => whole += weight * UNKNOWN_SHARE * 0.3,
                None => whole += weight * UNKNOWN_SHARE,
            }
        }
        if met <= 0.0 {
            return 0.0;
        }
        let of_question = met / whole;
        // … and how much of the nearest way to ask it was said.
        let of_phrasing = document
            .phrasings
            .iter()
            .map(|phrasing| self.bm25(asked, phrasing) / self.bm25(phrasing, phrasing).max(1e-6))
            .fold(0.0, f32::max);
        let score = of_question.powf(0.6) * of_phrasing.powf(0.4);
        let idea_met = asked
            .iter()
            .any(|term| term.kind == Kind::Idea && document.everything.contains_key(&term.key));
        let unheard = asked.iter().any(|term| {
            term.kind == Kind::Word
                && !self.spread.contains_key(&term.key)
                && !self.subject.contains(&term.key)
        });
        // General answers are given to the letter only: "maximum speed" does not ask for the constraints.
        let general = matches!(document.target, Target::Topic(_));
        let score = if unheard && (general || !idea_met) {
            score * SURE / SURE_WITH_UNKNOWN
        } else {
            score
        };
        // Who names something of this problem asks about it: "how fast does the train go" is not about running times.
        let about_the_subject = general
            && asked.iter().any(|term| {
                term.kind == Kind::Word
                    && self.subject.contains(&term.key)
                    && !document.everything.contains_key(&term.key)
            });
        let score = if about_the_subject {
            score.min(SURE - 0.01)
        } else {
            score
        };
        // One common word is not a question, however well it fits.
        let score = if !idea_met && of_phrasing < PHRASING_MIN {
            score.min(SURE - 0.01)
        } else {
            score
        };
        let named_elsewhere = |term: &&Term| {
            self.names.contains(&term.key)
                && self.spread.contains_key(&term.key)
                && !document.everything.contains_key(&term.key)
        };
        let score = if !general && asked.iter().any(|term| named_elsewhere(&term)) {
            score * OTHER_NAME
        } else {
            score
        };
        let strong = |key: &str| key.starts_with('~') && !WEAK_IDEAS.contains(&key);
        let ideas: Vec<&Term> = asked.iter().filter(|term| strong(&term.key)).collect();
        if !ideas.is_empty()
            && !ideas
                .iter()
                .any(|term| document.everything.contains_key(&term.key))
        {
            return score * FOREIGN_IDEA;
        }
        score
    }

    fn bm25(&self, asked: &HashSet<Term>, phrasing: &HashSet<Term>) -> f32 {
        let length = 1.0 - B + B * phrasing.len() as f32 / self.length_mean.max(1.0);
        phrasing
            .iter()
            .filter(|term| asked.contains(term))
            .map(|term| self.weight(term) * (K1 + 1.0) / (1.0 + K1 * length))
            .sum()
    }

    fn weight(&self, term: &Term) -> f32 {
        let count = self.documents.len() as f32;
        let spread = self.spread.get(&term.key).copied().unwrap_or(0.0);
        let share = if self.subject.contains(&term.key) {
            SUBJECT_SHARE
        } else {
            1.0
        };
        share * term.kind.weight() * (1.0 + (count - spread + 0.5) / (spread + 0.5)).ln()
    }
}

fn parameter_names(signature: &Signature) -> HashSet<String> {
    // A long name is a word like any other.
    let names = |params: &[Parameter]| {
        params
            .iter()
            .filter(|param| param.name.len() <= 2)
            .map(|param| stem(&param.name))
            .collect()
    };
    match signature {
        Signature::Function { params, .. } => names(params),
        Signature::Class { constructor, .. } => names(constructor),
        Signature::Program => HashSet::new(),
    }
}

fn document<'a>(
    target: Target,
    phrasings: impl Iterator<Item = &'a str>,
    answer: &str,
) -> Document {
    let phrasings: Vec<HashSet<Term>> = phrasings.map(terms).collect();
    let mut everything: HashMap<String, f32> = terms(answer)
        .into_iter()
        .map(|term| (term.key, ANSWER_SHARE))
        .collect();
    for term in phrasings.iter().flatten() {
        everything.insert(term.key.clone(), 1.0);
    }
    Document {
        target,
        phrasings,
        everything,
    }
}
