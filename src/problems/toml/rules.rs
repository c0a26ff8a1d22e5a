//! What must be true of a whole problem, beyond the shape of each key. An error where the product would break or
//! an interview would be unfair, a warning where a person would find the problem thin.

use super::source::{Source, did_you_mean, listed, shortened};
use interviewd_domain::problem::{CaseInput, Language, Problem, Signature};
use interviewd_domain::run::SOURCE_BYTES_MAX;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub const CASES_MAX: usize = 500;
pub const EXAMPLES_MIN: usize = 2;
pub const HIDDEN_MIN: usize = 3;
pub const HINTS_MIN: usize = 2;
const SLUG_MAX: usize = 64;
const TITLE_MAX: usize = 80;
const CASE_NAME_MAX: usize = 60;
const TEXT_MAX: usize = 20_000;
const TAGS_MAX: usize = 20;
const TAG_CHARS_MAX: usize = 40;
const CLARIFICATIONS_FEW: usize = 5;
const FOLLOWUPS_FEW: usize = 3;
const SPOKEN_SENTENCES: std::ops::RangeInclusive<usize> = 2..=5;

/// Where the parts of a problem stand in its file (bytes).
pub struct Places<'a> {
    pub slug: &'a str,
    /// Without a signature, code cannot be held against it.
    pub signature: Option<&'a Signature>,
    pub title: usize,
    pub spoken: usize,
    pub statement: usize,
    pub categories: Vec<usize>,
    /// Examples first, then hidden ones.
    pub cases: Vec<usize>,
    pub solutions: BTreeMap<Language, usize>,
    pub wrong: Vec<usize>,
    pub naive: Vec<usize>,
    pub equivalent: Vec<usize>,
    pub clarifications: Vec<usize>,
    pub hints: Vec<usize>,
    pub followups: Vec<usize>,
    pub generator: usize,
}

pub fn check(source: &Source<'_>, problem: &Problem, places: &Places<'_>) {
    words(source, problem, places);
    cases(source, problem, places);
    code(source, problem, places);
    talk(source, problem, places);
}

fn words(source: &Source<'_>, problem: &Problem, places: &Places<'_>) {
    if !is_kebab(places.slug) || places.slug.len() > SLUG_MAX {
        let message = format!("the file name `{}` is no slug", shortened(places.slug));
        source.error(
            0,
            message,
            "Name the file like `tide-table.toml`: small letters, digits and single dashes",
        );
    }
    if problem.title.chars().count() > TITLE_MAX {
        let message = format!("the title is longer than {TITLE_MAX} characters");
        source.error(places.title, message, "Shorten it");
    }
    if problem.categories.is_empty() {
        source.error(
            0,
            "the file has no `categories`",
            "Add e.g. `categories = [\"arrays\", \"hash-map\"]`",
        );
    }
    for (category, at) in problem.categories.iter().zip(&places.categories) {
        if !is_kebab(category) {
            let message = format!("`{}` is no category", shortened(category));
            source.error(
                *at,
                message,
                "Use small letters, digits and single dashes, e.g. `two-pointers`",
            );
        }
    }
    if problem.tags.len() > TAGS_MAX
        || problem
            .tags
            .iter()
            .any(|tag| tag.chars().count() > TAG_CHARS_MAX)
    {
        let message = format!(
            "there are more than {TAGS_MAX} `tags`, or a tag is longer than {TAG_CHARS_MAX} characters"
        );
        source.error(0, message, "Keep those that somebody would search for");
    }
    if !problem.statement.is_empty() && problem.statement.len() > TEXT_MAX {
        let message = format!("the statement is longer than {TEXT_MAX} bytes");
        source.error(
            places.statement,
            message,
            "Shorten it: a candidate reads it with the clock running",
        );
    }
    if problem.constraints.is_empty() {
        let fix = "Add `constraints = [\"…\"]` with sizes and ranges";
        source.warning(0, "the file has no `constraints`", fix);
    }
    if !problem.spoken.is_empty() {
        let sentences = problem
            .spoken
            .split(['.', '?', '!'])
            .filter(|s| !s.trim().is_empty())
            .count();
        if !SPOKEN_SENTENCES.contains(&sentences) {
            let message = format!("`spoken` has {sentences} sentence(s)");
            source.warning(places.spoken, message, "Two to four are good to listen to");
        }
        if problem.spoken.contains(['`', '[', '{', '*']) {
            let message = "`spoken` holds signs that nobody can pronounce";
            source.warning(
                places.spoken,
                message,
                "Say it in words, without Markdown and brackets",
            );
        }
    }
}

fn cases(source: &Source<'_>, problem: &Problem, places: &Places<'_>) {
    // A case that could not be read is a mistake of its own; counting it as missing would be noise.
    let unread = source.has_errors();
    let few = |have: usize, need: usize, key: &str| {
        if have < need && !unread {
            let message = format!("there are {have} [[{key}]], at least {need} are needed");
            source.error(0, message, format!("Add more [[{key}]] tables"));
        }
    };
    few(problem.examples.len(), EXAMPLES_MIN, "examples");
    few(problem.hidden.len(), HIDDEN_MIN, "hidden");
    if places.cases.len() > CASES_MAX {
        let message = format!("there are more than {CASES_MAX} cases");
        source.error(
            places.cases[CASES_MAX],
            message,
            "Keep those that test an edge of their own",
        );
    }
    let all = problem.examples.iter().chain(&problem.hidden);
    let mut names = BTreeSet::new();
    let mut inputs: Vec<&CaseInput> = Vec::new();
    for (i, (case, at)) in all.zip(&places.cases).take(CASES_MAX).enumerate() {
        let hidden = i >= problem.examples.len();
        if !names.insert(case.name.as_str()) {
            let message = format!("two cases are called `{}`", shortened(&case.name));
            source.error(*at, message, "Give each case a name of its own");
        }
        if case.name.chars().count() > CASE_NAME_MAX || case.name.contains(|c: char| c.is_control())
        {
            let message = format!(
                "a case name is longer than {CASE_NAME_MAX} characters, or more than a line"
            );
            source.error(*at, message, "Name the edge in a few words");
        }
        if hidden && case.name.contains(['[', ']', '{', '}', '"', '=']) {
            let message = format!("the name `{}` looks like data", shortened(&case.name));
            source.warning(
                *at,
                message,
                "Name the edge: candidates read it after the interview",
            );
        }
        if !hidden && case.explanation.is_none() {
            let message = format!("`{}` has no `explanation`", shortened(&case.name));
            source.warning(*at, message, "Say in a sentence why this is the answer");
        }
        if inputs.contains(&&case.input) {
            let message = format!(
                "`{}` has the same input as an earlier case",
                shortened(&case.name)
            );
            source.warning(*at, message, "Remove it or change it");
        }
        inputs.push(&case.input);
        let beyond = |value: &Value| beyond_32_bits(value);
        let arguments_beyond = match &case.input {
            CaseInput::Arguments { args } => args.iter().any(beyond),
            CaseInput::Operations { arguments, .. } => arguments.iter().flatten().any(beyond),
            CaseInput::Stdin { .. } => false,
        };
        if arguments_beyond || beyond(&case.expected) {
            let message = format!(
                "`{}` holds an integer of more than 32 bits",
                shortened(&case.name)
            );
            source.error(
                *at,
                message,
                "Stay within ±2 147 483 647, which is what Java's `int` holds",
            );
        }
    }
}

fn code(source: &Source<'_>, problem: &Problem, places: &Places<'_>) {
    if problem.solutions.is_empty() {
        let fix = "Add [solutions] with `python = '''…'''`, `javascript` and `java`";
        source.error(0, "the file has no reference solution", fix);
    }
    for language in Language::ALL {
        match problem.solutions.get(&language) {
            None if !problem.solutions.is_empty() => {
                let message = format!("[solutions] has no `{language}`");
                source.warning(
                    0,
                    message,
                    format!(
                        "Without it nobody can be interviewed in {}",
                        language.label()
                    ),
                );
            }
            None => {}
            Some(code) => {
                let at = places.solutions.get(&language).copied().unwrap_or(0);
                if code.len() > SOURCE_BYTES_MAX {
                    let message =
                        format!("the {language} solution is longer than {SOURCE_BYTES_MAX} bytes");
                    source.error(at, message, "Shorten it");
                }
                if let Some(signature) = places.signature
                    && let Some(name) = wanted_name(signature, language)
                    && !code.contains(&name)
                {
                    let message = format!("the {language} solution never mentions `{name}`");
                    source.error(
                        at,
                        message,
                        "Use the name of the [signature], as this language spells it",
                    );
                }
            }
        }
    }
    let known: Vec<&str> = problem
        .examples
        .iter()
        .chain(&problem.hidden)
        .map(|c| c.name.as_str())
        .collect();
    for (wrong, at) in problem.wrong.iter().zip(&places.wrong) {
        for name in &wrong.fails {
            if !known.contains(&name.as_str()) && !known.is_empty() {
                let fix = did_you_mean(name, known.iter().copied())
                    .unwrap_or_else(|| "Use the name of one of the cases".to_owned());
                source.error(
                    *at,
                    format!("`fails` names `{}`, which is no case", shortened(name)),
                    fix,
                );
            }
        }
        if wrong.verdict == "wrong_answer" && wrong.fails.is_empty() {
            let message = format!(
                "`{}` does not say which case catches it",
                shortened(&wrong.name)
            );
            source.warning(*at, message, "Add `fails = [\"name of the case\"]`");
        }
        if wrong.code.len() > SOURCE_BYTES_MAX {
            source.error(
                *at,
                format!("the code is longer than {SOURCE_BYTES_MAX} bytes"),
                "Shorten it",
            );
        }
    }
    for (naive, at) in problem.naive.iter().zip(&places.naive) {
        if naive.code.len() > SOURCE_BYTES_MAX {
            let message = format!("the code is longer than {SOURCE_BYTES_MAX} bytes");
            source.error(*at, message, "Shorten it");
        }
        if naive.complexity == problem.complexity {
            let message = format!("`{}` is as good as the best", shortened(&naive.name));
            let fix =
                "Correct its `complexity`, or remove it: a naive solution is slower or bigger";
            source.error(*at, message, fix);
        }
    }
    for (mutant, at) in problem.equivalent.iter().zip(&places.equivalent) {
        let solution = problem.solutions.get(&mutant.language);
        if !solution.is_some_and(|code| code.lines().any(|line| line.trim() == mutant.line)) {
            let language = mutant.language;
            let message = format!("the {language} solution has no such `line`");
            source.error(
                *at,
                message,
                "Copy the line as it stands, or remove the table",
            );
        }
        if mutant.line == mutant.becomes {
            let message = "`line` and `becomes` are the same";
            source.error(*at, message, "Write the line as the mutation leaves it");
        }
    }
    if problem.wrong.is_empty() {
        let fix = "Add [[wrong]] with a typical mistake; it proves that the hidden cases catch it";
        source.warning(0, "there is no wrong solution", fix);
    }
    if let Some(generator) = &problem.generator
        && !generator.contains("def generate(")
    {
        let message = "the generator has no function `generate(size, seed)`";
        source.error(
            places.generator,
            message,
            "Write `def generate(size, seed): return [arguments]`",
        );
    }
}

fn talk(source: &Source<'_>, problem: &Problem, places: &Places<'_>) {
    let mut ids = BTreeSet::new();
    for (clarification, at) in problem.clarifications.iter().zip(&places.clarifications) {
        let id = clarification.id.as_str();
        if !id.is_empty() && !is_kebab(id) {
            let message = format!("`{}` is no id", shortened(id));
            source.error(
                *at,
                message,
                "Use small letters, digits and single dashes, e.g. `empty-input`",
            );
        }
        if !ids.insert(id) {
            let message = format!("two clarifications have the id `{}`", shortened(id));
            source.error(*at, message, "Give each an id of its own, or merge them");
        }
        if clarification.questions.iter().any(|q| q.is_empty()) {
            source.error(*at, "a question is empty", "Write it or remove it");
        }
    }
    if problem.clarifications.len() < CLARIFICATIONS_FEW {
        let message = format!("there are fewer than {CLARIFICATIONS_FEW} [[clarifications]]");
        source.warning(
            0,
            message,
            "Think of what candidates ask: empty input, duplicates, order, sizes",
        );
    }
    if problem.hints.len() < HINTS_MIN {
        let message = format!(
            "there are {} hints, at least {HINTS_MIN} are needed",
            problem.hints.len()
        );
        let at = places.hints.first().copied().unwrap_or(0);
        source.error(at, message, "Write a ladder, the weakest hint first");
    }
    let topics: BTreeSet<&str> = problem.followups.iter().map(|f| f.topic.as_str()).collect();
    if problem.followups.len() < FOLLOWUPS_FEW || !topics.contains("complexity") {
        let at = places.followups.first().copied().unwrap_or(0);
        let message = format!(
            "there should be {FOLLOWUPS_FEW} [[followups]] or more, one of them on complexity"
        );
        let topics = listed(["complexity", "testing", "trade_off", "extension"].into_iter());
        source.warning(at, message, format!("Topics are {topics}"));
    }
}

/// The name that a solution cannot do without.
fn wanted_name(signature: &Signature, language: Language) -> Option<String> {
    match signature {
        Signature::Function { name, .. } => Some(language.spell(name)),
        Signature::Class { name, .. } => Some(name.clone()),
        Signature::Program => (language == Language::Java).then(|| "class Main".to_owned()),
    }
}

fn is_kebab(word: &str) -> bool {
    let letters = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    word.split('-').all(letters)
}

fn beyond_32_bits(value: &Value) -> bool {
    match value {
        Value::Number(n) => n.as_i64().is_some_and(|i| i32::try_from(i).is_err()),
        Value::Array(items) => items.iter().any(beyond_32_bits),
        _ => false,
    }
}
