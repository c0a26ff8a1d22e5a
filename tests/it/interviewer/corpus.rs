//! How well questions find their answers, counted over corpora of paraphrases.
//!
//! A corpus is a TOML file with a table per problem: `questions = [["what is said", "what is expected"], …]`. Expected
//! is a clarification's id, `topic:NAME`, `unknown` or `statement`; `a|b` accepts either. `development.toml` is what the
//! matcher was built with, over problems made for it and shipped ones. A held-out corpus has the same form: written by somebody else and only ever measured; its test
//! calls `measure` with the shipped problems and asserts the same bound on wrong answers.

use interviewd::problems::Library;
use interviewd_domain::{
    interview::{Level, Personality},
    interviewer::{Interviewer, Setting, Understood, intent::Intent},
    problem::{Language, Problem},
};
use std::{collections::BTreeMap, path::Path, sync::Arc};

/// Of a hundred sentences at most so many may be answered wrongly.
const WRONG_PERCENT_MAX: f64 = 2.0;
/// To say "I do not know" is honest, but a person comes to be answered.
const UNKNOWN_PERCENT_MAX: f64 = 20.0;

#[derive(serde::Deserialize)]
pub struct Part {
    pub questions: Vec<(String, String)>,
}

/// A corpus file, by problem.
pub fn read(file: &str) -> BTreeMap<String, Part> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/interviewer")
        .join(file);
    let text = std::fs::read_to_string(&path).expect("the corpus is in the repository");
    toml::from_str(&text).expect("the corpus is TOML of the documented form")
}

/// The problems that corpora speak of: the shipped ones, and some that were made for the interviewer's tests.
pub struct Problems(Library);

impl Problems {
    pub fn load() -> Self {
        Problems(Library::load(None))
    }

    pub fn get(&self, slug: &str) -> Problem {
        match self.0.get(slug) {
            Some(shipped) => (*shipped).clone(),
            None => problem_file(
                &Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("src/domain/tests/interviewer/problems")
                    .join(format!("{slug}.toml")),
            ),
        }
    }
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Verdict {
    Right,
    Wrong,
    /// Said honestly that it does not know, or asked back.
    DoesNotKnow,
}

#[test]
fn the_development_corpus_is_understood() {
    let problems = Problems::load();
    let (right, wrong, unknown) = measure("development.toml", |slug| problems.get(slug));
    let all = f64::from(right + wrong + unknown);
    assert!(f64::from(wrong) * 100.0 / all <= WRONG_PERCENT_MAX);
    assert!(
        f64::from(unknown) * 100.0 / all <= UNKNOWN_PERCENT_MAX,
        "too timid: {unknown} of {all} not answered"
    );
}

/// The matcher was adjusted with the first one: a guard against getting worse, no measure of how candidates fare. The
/// other two were only ever measured.
#[test]
fn the_held_out_corpora_are_understood() {
    let shipped = Library::load(None);
    for file in ["corpus.toml", "held_out_b.toml", "held_out_c.toml"] {
        let (right, wrong, unknown) = measure(file, |slug| {
            let problem = shipped.get(slug);
            (*problem.unwrap_or_else(|| panic!("{slug} is not shipped"))).clone()
        });
        let all = f64::from(right + wrong + unknown);
        assert!(
            f64::from(wrong) * 100.0 / all <= WRONG_PERCENT_MAX,
            "{file}: {wrong} of {all} answered wrongly"
        );
    }
}

/// Counts a corpus file and prints what was not right: right, wrong, "I do not know".
fn measure(file: &str, problem: impl Fn(&str) -> Problem) -> (u32, u32, u32) {
    let corpus = read(file);
    let (mut right, mut wrong, mut unknown) = (0, 0, 0);
    for (slug, part) in &corpus {
        let interviewer = Interviewer::new(
            Arc::new(problem(slug)),
            Setting {
                personality: Personality::Neutral,
                level: Level::Mid,
                language: Language::Python,
                candidate_name: None,
                duration_ms: 45 * 60_000,
                dice: 7,
            },
        );
        for (said, expected) in &part.questions {
            let understood = interviewer.understand(said);
            let verdict = judge(&understood, expected);
            match verdict {
                Verdict::Right => right += 1,
                Verdict::Wrong => wrong += 1,
                Verdict::DoesNotKnow => unknown += 1,
            }
            if verdict != Verdict::Right {
                println!("{verdict:?}: {slug}: “{said}” is {expected}, taken as {understood:?}");
            }
        }
    }
    println!(
        "{file}: {right} right, {wrong} wrong, {unknown} “I do not know” of {}",
        right + wrong + unknown
    );
    (right, wrong, unknown)
}

fn judge(understood: &[Understood], expected: &str) -> Verdict {
    let answers: Vec<String> = understood
        .iter()
        .filter_map(|one| match one {
            Understood::Clarification(id) => Some(id.clone()),
            Understood::Topic(topic) => Some(format!("topic:{}", topic.as_str())),
            _ => None,
        })
        .collect();
    let accepted: Vec<&str> = expected.split('|').map(str::trim).collect();
    let asked = understood
        .iter()
        .any(|one| !matches!(one, Understood::Statement(_)));
    // Who wants to hear that an idea is right is told, politely, that this is not said yet.
    let approval = understood
        .iter()
        .any(|one| matches!(one, Understood::Statement(Intent::SeeksApproval)));
    if approval && answers.is_empty() && accepted.contains(&"topic:confirm_approach") {
        return Verdict::Right;
    }
    if let Some(answer) = answers.first() {
        return if accepted.contains(&answer.as_str()) {
            Verdict::Right
        } else {
            Verdict::Wrong
        };
    }
    if accepted.contains(&"statement") && !asked {
        return Verdict::Right;
    }
    // To ask "do you mean …?" or to say "I do not know" to somebody who asked nothing is a mistake.
    if accepted == ["statement"] {
        return Verdict::Wrong;
    }
    if asked && accepted.contains(&"unknown") {
        return Verdict::Right;
    }
    // A question that was taken for a statement is not answered wrongly, but not answered either.
    Verdict::DoesNotKnow
}

fn problem_file(path: &Path) -> Problem {
    let text =
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
