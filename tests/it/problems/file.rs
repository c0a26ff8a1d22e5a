//! What a person reads who made a mistake in a problem file.

use super::{errors, parse_named, valid};
use expect_test::{Expect, expect};
use interviewd::problems::toml::parse;
use interviewd_domain::problem::CaseInput;
use serde_json::json;

/// Replaces one piece of the valid file and compares everything that is said about the result.
fn check(from: &str, to: &str, want: Expect) {
    let valid = valid();
    assert!(
        valid.contains(from),
        "the template no longer holds {from:?}"
    );
    let parsed = parse_named(&valid.replacen(from, to, 1));
    assert_eq!(parsed.problem.is_none(), errors(&parsed) > 0);
    let said: Vec<String> = parsed
        .mistakes
        .iter()
        .map(|mistake| mistake.to_string())
        .collect();
    want.assert_eq(&said.join("\n"));
}

#[test]
fn the_template_is_valid() {
    let parsed = parse_named(&valid());
    assert_eq!(parsed.mistakes, []);
    let problem = parsed.problem.unwrap();
    assert_eq!(
        (problem.slug.as_str(), problem.title.as_str()),
        ("sunflower-row", "Sunflower row")
    );
}

#[test]
fn a_misspelt_key_is_recognised() {
    check(
        "difficulty =",
        "dificulty =",
        expect![[r#"
        sunflower-row.toml:1:1: error: the file has no `difficulty`. Write one of `easy`, `medium` or `hard`.
        sunflower-row.toml:4:1: error: the file has no key `dificulty`. Did you mean `difficulty`."#]],
    );
}

#[test]
fn an_unknown_word_is_recognised() {
    check(
        "\"easy\"",
        "\"eazy\"",
        expect![
            "sunflower-row.toml:4:14: error: `eazy` is not a known difficulty. Did you mean `easy`."
        ],
    );
}

#[test]
fn broken_toml_says_where() {
    check(
        "title = \"Sunflower row\"",
        "title = \"Sunflower row",
        expect![[
            r#"sunflower-row.toml:3:23: error: this is not TOML: invalid basic string, expected `"`. Look for a missing quote, bracket or `=`."#
        ]],
    );
}

#[test]
fn an_argument_of_the_wrong_type_says_which() {
    check(
        "args = [[3, 5, 4, 6]]",
        "args = [[3, 5.5, 4, 6]]",
        expect![
            "sunflower-row.toml:35:8: error: args.heights[1] is a number with a decimal point, but the signature says `int`. Change the value or the [signature], so that they agree."
        ],
    );
}

#[test]
fn a_result_of_the_wrong_type_says_so() {
    check(
        "expected = 2",
        "expected = \"two\"",
        expect![
            "sunflower-row.toml:36:12: error: expected is a string, but the signature says `int`. Change the value or the [signature], so that they agree."
        ],
    );
}

#[test]
fn a_missing_argument_is_counted() {
    check(
        "args = [[9]]",
        "args = []",
        expect![
            "sunflower-row.toml:51:8: error: args holds 0 arguments, but the signature takes 1. Change the value or the [signature], so that they agree."
        ],
    );
}

#[test]
fn an_unknown_type_lists_the_known_ones() {
    check(
        "heights: int[]) -> int",
        "heights: list) -> int",
        expect![[r#"
        sunflower-row.toml:32:12: error: `list` is not a type; use int, float, bool, string, void, json, T[], T[][], linked_list<T> or tree<T>. Write it like `function = "nearest_pair(weights: int[], limit: int) -> int[]"`."#]],
    );
}

#[test]
fn a_reserved_word_cannot_be_a_name() {
    check(
        "heights: int[]) -> int",
        "class: int[]) -> int",
        expect![[r#"
        sunflower-row.toml:32:12: error: `class` cannot name a parameter in all three languages. Write it like `function = "nearest_pair(weights: int[], limit: int) -> int[]"`."#]],
    );
}

#[test]
fn two_cases_of_one_name_are_refused() {
    check(
        "name = \"single flower\"",
        "name = \"empty row\"",
        expect![
            "sunflower-row.toml:49:1: error: two cases are called `empty row`. Give each case a name of its own."
        ],
    );
}

#[test]
fn a_wrong_solution_must_name_a_real_case() {
    check(
        "fails = [\"example 2\"]",
        "fails = [\"exampel 2\"]",
        expect![
            "sunflower-row.toml:82:1: error: `fails` names `exampel 2`, which is no case. Did you mean `example 2`."
        ],
    );
}

#[test]
fn a_clarification_needs_several_phrasings() {
    check(
        "questions = [\"Can the row be empty?\", \"What if there are no flowers?\", \"Is there at least one flower?\"]",
        "questions = [\"Can the row be empty?\"]",
        expect![
            "sunflower-row.toml:93:1: error: a clarification needs at least 2 `questions`. Write several ways to ask it, the plainest first."
        ],
    );
}

#[test]
fn large_integers_are_refused_because_of_java() {
    check(
        "expected = 499",
        "expected = 3000000000",
        expect![
            "sunflower-row.toml:54:1: error: `always rising` holds an integer of more than 32 bits. Stay within ±2 147 483 647, which is what Java's `int` holds."
        ],
    );
}

#[test]
fn too_many_values_are_refused() {
    check(
        "{ range = [0, 500] }",
        "{ range = [0, 900000000] }",
        expect![
            "sunflower-row.toml:56:8: error: the cases of this file hold more than 400000 values. Change the value or the [signature], so that they agree."
        ],
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let text = valid()
        .replace("difficulty = \"easy\"", "difficulty = \"so so\"")
        .replace("expected = 2", "expected = []")
        .replace("def count_rises", "def rises");
    let said: Vec<String> = parse_named(&text)
        .mistakes
        .iter()
        .map(|mistake| mistake.to_string())
        .collect();
    expect![[r#"
        sunflower-row.toml:4:14: error: `so so` is not a known difficulty. Write one of `easy`, `medium` or `hard`.
        sunflower-row.toml:36:12: error: expected is a list, but the signature says `int`. Change the value or the [signature], so that they agree.
        sunflower-row.toml:60:10: error: the python solution never mentions `count_rises`. Use the name of the [signature], as this language spells it."#]].assert_eq(&said.join("\n"));
}

#[test]
fn an_empty_file_asks_for_everything() {
    let said: Vec<String> = parse("a.toml", "")
        .mistakes
        .iter()
        .map(|mistake| mistake.to_string())
        .collect();
    expect![[r#"
        a.toml:1:1: error: the file has no `title`. Add `title = "…"`.
        a.toml:1:1: error: the file has no `difficulty`. Write one of `easy`, `medium` or `hard`.
        a.toml:1:1: error: the file has no `spoken`. Say it in two to four sentences, as an interviewer would.
        a.toml:1:1: error: the file has no `statement`. Write it in Markdown between triple quotes.
        a.toml:1:1: error: the file has no `[signature]`. Say what the candidate's code offers, e.g. `function = "…"`.
        a.toml:1:1: error: the file has no `complexity`. Write it like `complexity = { time = "O(n)", space = "O(1)" }`.
        a.toml:1:1: error: the file has no `categories`. Add e.g. `categories = ["arrays", "hash-map"]`.
        a.toml:1:1: error: the file has no reference solution. Add [solutions] with `python = '''…'''`, `javascript` and `java`.
        a.toml:1:1: error: there are 0 hints, at least 2 are needed. Write a ladder, the weakest hint first.
        a.toml:1:1: warning: the file has no `constraints`. Add `constraints = ["…"]` with sizes and ranges.
        a.toml:1:1: warning: there is no wrong solution. Add [[wrong]] with a typical mistake; it proves that the hidden cases catch it.
        a.toml:1:1: warning: there are fewer than 5 [[clarifications]]. Think of what candidates ask: empty input, duplicates, order, sizes.
        a.toml:1:1: warning: there should be 3 [[followups]] or more, one of them on complexity. Topics are `complexity`, `testing`, `trade_off` or `extension`."#]].assert_eq(&said.join("\n"));
}

#[test]
fn the_file_name_is_the_slug() {
    let parsed = parse("problems/Sunflower Row.toml", &valid());
    let said: Vec<String> = parsed
        .mistakes
        .iter()
        .map(|mistake| mistake.to_string())
        .collect();
    expect!["problems/Sunflower Row.toml:1:1: error: the file name `Sunflower Row` is no slug. Name the file like `tide-table.toml`: small letters, digits and single dashes."].assert_eq(&said.join("\n"));
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
    assert_eq!(
        args("{ concat = [{ range = [0, 2] }, [9]] }"),
        json!([0, 1, 9])
    );
    assert_eq!(
        args("{ random = [1, 6], count = 5, seed = 1 }"),
        json!([6, 2, 1, 6, 4])
    );
}

/// The guide's worked example is a file that works.
#[test]
fn the_worked_example_of_the_guide_parses() {
    let guide = include_str!("../../../docs/problems.md");
    let after = guide
        .split("```toml\n# parcel-shelf.toml")
        .nth(1)
        .expect("the guide has the worked example");
    let example = after.split("\n```\n").next().unwrap();
    let parsed = parse("parcel-shelf.toml", example);
    assert_eq!(parsed.mistakes, []);
    assert_eq!(parsed.problem.unwrap().solutions.len(), 3);
}

/// What is typed on a command line is a name, and no way out of the folder.
#[test]
fn a_new_file_lands_in_the_folder_or_nowhere() {
    use interviewd::problems::scaffold;
    let dir = tempfile::tempdir().unwrap();
    let inside = dir.path().join("inside");
    let elsewhere = dir.path().join("elsewhere").display().to_string();
    for slug in ["../up", "sub/name", "..", "", "Capital", &elsewhere] {
        let refused = scaffold::write(slug, &inside).expect_err(slug);
        assert_eq!(refused.kind(), std::io::ErrorKind::InvalidInput, "{slug}");
    }
    assert!(std::fs::read_dir(dir.path()).unwrap().next().is_none());
    let written = scaffold::write("ferry-queue", &inside).unwrap();
    assert_eq!(written, inside.join("ferry-queue.toml"));
}
