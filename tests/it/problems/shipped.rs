//! The problems inside the binary are complete: somebody without any key practises with nothing else.

use interviewd::problems::{SHIPPED, toml::parse};
use interviewd_domain::problem::{Comparison, Difficulty, Language, Problem, Signature};
use std::{collections::BTreeSet, fs, path::Path};

fn all() -> Vec<Problem> {
    let parsed = SHIPPED.iter().map(|(file, text)| parse(file, text));
    parsed.filter_map(|parsed| parsed.problem).collect()
}

#[test]
fn all_parse_without_a_warning() {
    for (file, text) in SHIPPED {
        let said: Vec<String> = parse(file, text)
            .mistakes
            .iter()
            .map(|mistake| mistake.to_string())
            .collect();
        assert_eq!(said, Vec::<String>::new());
    }
    assert_eq!(all().len(), SHIPPED.len());
}

#[test]
fn the_folder_and_the_list_agree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("problems");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let shipped: BTreeSet<String> = SHIPPED.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(
        files
            .filter(|name| name.ends_with(".toml"))
            .collect::<BTreeSet<_>>(),
        shipped
    );
}

#[test]
fn each_is_complete() {
    for problem in all() {
        let slug = &problem.slug;
        assert_eq!(problem.languages(), Language::ALL, "{slug}");
        assert_eq!(problem.solutions.len(), Language::ALL.len(), "{slug}");
        assert!(problem.hidden.len() >= 12, "{slug}: hidden cases");
        assert!(problem.wrong.len() >= 2, "{slug}: wrong solutions");
        assert!(problem.hints.len() >= 3, "{slug}: hints");
        assert!(problem.followups.len() >= 3, "{slug}: follow-ups");
        assert!(problem.examples.len() >= 3, "{slug}: examples");
        assert!(problem.clarifications.len() >= 5, "{slug}: clarifications");
        for clarification in &problem.clarifications {
            assert!(
                clarification.questions.len() >= 3,
                "{slug}: {}",
                clarification.id
            );
        }
        let asked: Vec<&String> = problem
            .clarifications
            .iter()
            .flat_map(|c| &c.questions)
            .collect();
        assert_eq!(
            asked.iter().collect::<BTreeSet<_>>().len(),
            asked.len(),
            "{slug}: a question asked twice"
        );
        let topics: BTreeSet<&str> = problem
            .followups
            .iter()
            .map(|followup| followup.topic.as_str())
            .collect();
        assert!(
            topics.contains("complexity"),
            "{slug}: a follow-up on complexity"
        );
        assert!(!problem.notes.is_empty(), "{slug}: notes");
    }
}

#[test]
fn together_they_cover_the_kinds() {
    let all = all();
    let count = |difficulty| {
        all.iter()
            .filter(|problem| problem.difficulty == difficulty)
            .count()
    };
    let (easy, medium, hard) = (
        count(Difficulty::Easy),
        count(Difficulty::Medium),
        count(Difficulty::Hard),
    );
    assert!(
        easy >= 25 && medium >= 35 && hard >= 15,
        "{easy} {medium} {hard}"
    );
    let categories: BTreeSet<&str> = all
        .iter()
        .filter_map(|problem| problem.categories.first().map(String::as_str))
        .collect();
    assert!(categories.len() >= 12, "{categories:?}");
    let has = |test: fn(&Problem) -> bool| all.iter().any(test);
    assert!(has(|problem| matches!(
        problem.signature,
        Signature::Class { .. }
    )));
    assert!(has(|problem| matches!(
        problem.signature,
        Signature::Program
    )));
    assert!(has(|problem| matches!(
        problem.comparison,
        Comparison::Checker { .. }
    )));
    assert!(has(|problem| matches!(
        problem.comparison,
        Comparison::Float { .. }
    )));
    assert!(has(|problem| matches!(
        problem.comparison,
        Comparison::AnyOrder { .. }
    )));
}

/// A hidden case that is a visible one again proves nothing; its name must not tell its data.
#[test]
fn hidden_cases_add_something() {
    for problem in all() {
        for case in &problem.hidden {
            assert!(
                problem
                    .examples
                    .iter()
                    .all(|example| example.input != case.input),
                "{}",
                case.name
            );
            assert!(
                !case.name.contains(|c: char| c.is_ascii_digit()),
                "{}: {}",
                problem.slug,
                case.name
            );
        }
    }
}
