//! Problem files may come from anybody: whatever stands in them, the answer is a list of mistakes.

use super::{errors, parse_named, valid};
use interviewd::problems::toml::{FILE_BYTES_MAX, parse};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        let parsed = parse("any.toml", &text);
        prop_assert!(parsed.problem.is_none());
        prop_assert!(errors(&parsed) > 0);
    }

    /// A valid file with a stretch replaced by noise still gets an answer, and a broken one names a real line.
    #[test]
    fn any_damage_is_answered(at in 0.0..1.0f64, length in 0..60usize, noise in "[\\[\\]{}\"'=#\\\\a-z0-9\\n ,.-]{0,30}") {
        let valid = valid();
        let floor = |i: usize| (0..=i.min(valid.len())).rev().find(|i| valid.is_char_boundary(*i)).unwrap_or(0);
        let start = floor((valid.len() as f64 * at) as usize);
        let end = floor(start + length).max(start);
        let text = format!("{}{noise}{}", &valid[..start], &valid[end..]);
        let parsed = parse_named(&text);
        prop_assert_eq!(parsed.problem.is_none(), errors(&parsed) > 0);
        let lines = text.split('\n').count();
        prop_assert!(parsed.mistakes.iter().all(|mistake| (1..=lines).contains(&mistake.line)));
    }
}

#[test]
fn deep_nesting_and_huge_recipes_are_refused() {
    let valid = valid();
    for hostile in [
        format!("args = {}", "[".repeat(100_000)),
        format!("args_json = '{}'", "[".repeat(100_000)),
        "args = [{ repeat = 1, times = 9223372036854775807 }]".into(),
        "args = [{ range = [-9223372036854775808, 9223372036854775807] }]".into(),
        "args = [{ range = [0, 10, 0] }]".into(),
        "args = [{ random = [5, 1], count = 3, seed = 1 }]".into(),
        "args = [{ random = [-9223372036854775808, 9223372036854775807], count = 3, seed = 1 }]"
            .into(),
        "args = [{ repeat = { repeat = 1, times = 60000 }, times = 60000 }]".into(),
        "args = [[nan]]".into(),
        "args = [[99999999999999999999999]]".into(),
        "args = [[1979-05-27]]".into(),
    ] {
        let parsed = parse_named(&valid.replace("args = [[9]]", &hostile));
        assert!(errors(&parsed) > 0, "{}", &hostile[..hostile.len().min(80)]);
        assert!(
            parsed
                .mistakes
                .iter()
                .all(|mistake| mistake.to_string().len() < 600)
        );
    }
}

#[test]
fn a_file_that_is_too_long_is_not_read() {
    let parsed = parse_named(&format!("{}\n#{}", valid(), "x".repeat(FILE_BYTES_MAX)));
    assert_eq!(parsed.mistakes.len(), 1);
    assert!(parsed.problem.is_none());
}
