//! What a person reads who made a mistake in a problem file.

use super::{errors, parse_named, valid};
use expect_test::{Expect, expect};
use interviewd::problems::toml::parse;
use interviewd_domain::problem::CaseInput;
use serde_json::json;

/// Replaces one piece of the valid file and compares everything that is said about the result.
fn check(from: &str, to: &str, want: Expect) {
    let valid = valid();
    assert!(valid.contains(from), "the template no longer holds {from:?}");
    let parsed = parse_named(&valid.replacen(from, to, 1));
    assert_eq!(parsed.problem.is_none(), errors(&parsed) > 0);
    let said: Vec<String> = parsed.mistakes.iter().map(|mistake| mistake.to_string()).collect();
    want.assert_eq(&said.join("\n"));
}

#[test]
fn the_template_is_valid() {
    let parsed = parse_named(&valid());
    assert_eq!(parsed.mistakes, []);
    let problem = parsed.problem.unwrap();
    assert_eq!((problem.slug.as_str(), problem.title.as_str()), ("sunflower-row", "Sunflower row"));
}

#[test]
fn a_misspelt_key_is_recognised() {
    check("difficulty =", "dificulty =", expect![[r#""#]]);
}

#[test]
fn an_unknown_word_is_recognised() {
    check("\"easy\"", "\"eazy\"", expect![[r#""#]]);
}

#[test]
fn broken_toml_says_where() {
    check("title = \"Sunflower row\"", "title = \"Sunflower row", expect![[r#""#]]);
}

#[test]
fn an_argument_of_the_wrong_type_says_which() {
    check("args = [[3, 5, 4, 6]]", "args = [[3, 5.5, 4, 6]]", expect![[r#""#]]);
}

#[test]
fn a_result_of_the_wrong_type_says_so() {
    check("expected = 2", "expected = \"two\"", expect![[r#""#]]);
}

#[test]
fn a_missing_argument_is_counted() {
    check("args = [[9]]", "args = []", expect![[r#""#]]);
}

#[test]
fn an_unknown_type_lists_the_known_ones() {
    check("heights: int[]) -> int", "heights: list) -> int", expect![[r#""#]]);
}

#[test]
fn a_reserved_word_cannot_be_a_name() {
    check("heights: int[]) -> int", "class: int[]) -> int", expect![[r#""#]]);
}

#[test]
fn two_cases_of_one_name_are_refused() {
    check("name = \"single flower\"", "name = \"empty row\"", expect![[r#""#]]);
}

#[test]
fn a_wrong_solution_must_name_a_real_case() {
    check("fails = [\"example 2\"]", "fails = [\"exampel 2\"]", expect![[r#""#]]);
}

#[test]
fn a_clarification_needs_several_phrasings() {
    check(
        "questions = [\"Can the row be empty?\", \"What if there are no flowers?\", \"Is there at least one flower?\"]",
        "questions = [\"Can the row be empty?\"]",
        expect![[r#""#]],
    );
}

#[test]
fn large_integers_are_refused_because_of_java() {
    check("expected = 499", "expected = 3000000000", expect![[r#""#]]);
}

#[test]
fn too_many_values_are_refused() {
    check("{ range = [0, 500] }", "{ range = [0, 900000000] }", expect![[r#""#]]);
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let text = valid()
        .replace("difficulty = \"easy\"", "difficulty = \"so so\"")
        .replace("expected = 2", "expected = []")
        .replace("def count_rises", "def rises");
    let said: Vec<String> = parse_named(&text).mistakes.iter().map(|mistake| mistake.to_string()).collect();
    expect![[r#""#]].assert_eq(&said.join("\n"));
}

#[test]
fn an_empty_file_asks_for_everything() {
    let said: Vec<String> = parse("a.toml", "").mistakes.iter().map(|mistake| mistake.to_string()).collect();
    expect![[r#""#]].assert_eq(&said.join("\n"));
}

#[test]
fn the_file_name_is_the_slug() {
    let parsed = parse("problems/Sunflower Row.toml", &valid());
    let said: Vec<String> = parsed.mistakes.iter().map(|mistake| mistake.to_string()).collect();
    expect![[r#""#]].assert_eq(&said.join("\n"));
}

#[test]
fn recipes_are_carried_out() {
    let args = |recipe: &str| {
        let parsed = parse_named(&valid().replace("{ range = [0, 500] }", recipe));
        assert_eq!(errors(&parsed), 0, "{:?}", parsed.mistakes);
        match &parsed.problem.unwrap().hidden[2].input {
            CaseInput::Arguments { args } => args[0].clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(args("{ range = [3, 10, 3] }"), json!([3, 6, 9]));
    assert_eq!(args("{ range = [3, 0, -1] }"), json!([3, 2, 1]));
    assert_eq!(args("{ range = [3, 0] }"), json!([]));
    assert_eq!(args("{ repeat = 7, times = 3 }"), json!([7, 7, 7]));
    assert_eq!(args("{ concat = [{ range = [0, 2] }, [9]] }"), json!([0, 1, 9]));
    assert_eq!(args("{ random = [1, 6], count = 5, seed = 1 }"), json!([4, 2, 1, 3, 5]));
}

/// The guide's worked example is a file that works.
#[test]
fn the_worked_example_of_the_guide_parses() {
    let guide = include_str!("../../../docs/problems.md");
    let after = guide.split("```toml\n# parcel-shelf.toml").nth(1).expect("the guide has the worked example");
    let example = after.split("\n```\n").next().unwrap();
    let parsed = parse("parcel-shelf.toml", example);
    assert_eq!(parsed.mistakes, []);
    assert_eq!(parsed.problem.unwrap().solutions.len(), 3);
}
