//! What `insight` reads in code: one table of snippets, and arbitrary text.

mod corpus;

use interviewd::insight::analyse;
use interviewd_domain::{
    evidence::facts::{CodeFacts, LoopGrowth, Recursion},
    problem::Language,
};
use proptest::prelude::*;

/// The facts in a few words: what is not there is not mentioned.
fn told(facts: &CodeFacts) -> String {
    let mut told = Vec::new();
    let shown = |order: Option<_>| {
        order.map_or(
            "unknown".to_owned(),
            |order: interviewd_domain::evidence::order::Order| order.to_string(),
        )
    };
    if !facts.syntax_errors.is_empty() {
        let first = &facts.syntax_errors[0];
        told.push(format!("error {}:{}", first.line, first.column));
    }
    for function in &facts.functions {
        let recursion = match function.recursion {
            Recursion::None => "",
            Recursion::Direct if function.memoised => " memoised",
            Recursion::Direct => " recursive",
            Recursion::Mutual => " mutual",
        };
        told.push(format!(
            "{}({}){recursion}",
            function.name,
            function.params.join(" ")
        ));
    }
    for found in &facts.loops {
        let growth = match found.growth {
            LoopGrowth::Linear => "loop",
            LoopGrowth::Constant => "fixed",
            LoopGrowth::Halving => "halving",
            LoopGrowth::Amortised => "shared",
        };
        told.push(format!("{growth}{}@{}", found.depth, found.lines.0));
    }
    let structures: Vec<String> = facts
        .structures
        .iter()
        .map(|found| format!("{:?}@{}", found.structure, found.line))
        .collect();
    if !structures.is_empty() {
        told.push(structures.join(" "));
    }
    if !facts.sorts.is_empty() {
        told.push(format!("sort@{:?}", facts.sorts));
    }
    if let Some((depth, line)) = facts.nesting.filter(|(depth, _)| *depth > 2) {
        told.push(format!("nests {depth}@{line}"));
    }
    let mut list = |what: &str, items: Vec<String>| {
        if !items.is_empty() {
            told.push(format!("{what} {}", items.join(" ")));
        }
    };
    let named = |items: &[interviewd_domain::evidence::facts::Named]| -> Vec<String> {
        items
            .iter()
            .map(|item| format!("{}@{}", item.name, item.line))
            .collect()
    };
    list("short", named(&facts.short_names));
    list(
        "mixed",
        facts
            .mixed_names
            .iter()
            .map(|(a, b)| format!("{}/{}", a.name, b.name))
            .collect(),
    );
    list(
        "unreachable",
        facts.unreachable.iter().map(u32::to_string).collect(),
    );
    list(
        "unused",
        facts
            .unused
            .iter()
            .map(|unused| format!("{:?}:{}@{}", unused.kind, unused.name, unused.line))
            .collect(),
    );
    list("magic", named(&facts.magic_numbers));
    list(
        "twice",
        facts
            .duplicates
            .iter()
            .map(|(a, b)| format!("{a:?}={b:?}"))
            .collect(),
    );
    list(
        "print",
        facts.debug_prints.iter().map(u32::to_string).collect(),
    );
    list("slow", named(&facts.slow_calls));
    told.push(format!(
        "time {} space {}",
        shown(facts.time.order),
        shown(facts.space.order)
    ));
    told.join(" | ")
}

fn language(index: u8) -> Language {
    Language::ALL[usize::from(index) % 3]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_without_a_panic(index: u8, text in "\\PC{0,400}") {
        let _ = analyse(language(index), &text);
    }

    /// Pieces of real code in an order that makes none: closer to what the parser has to recover from.
    #[test]
    fn shuffled_code_is_read_and_its_lines_exist(index: u8, pieces in proptest::collection::vec(0usize..PIECES.len(), 0..60)) {
        let text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
        let facts = analyse(language(index), &text);
        let last = (text.lines().count() as u32).max(1);
        // A text that ends in a line break has an empty line after it.
        let exists = |line: u32| (1..=last + 1).contains(&line);
        prop_assert!(facts.functions.iter().all(|function| exists(function.lines.0) && exists(function.lines.1)));
        prop_assert!(facts.loops.iter().all(|found| exists(found.lines.0) && exists(found.lines.1)));
        prop_assert!(facts.syntax_errors.iter().all(|error| exists(error.line)));
        prop_assert!(facts.time.reasons.iter().all(|reason| exists(reason.lines.0) && exists(reason.lines.1)));
        prop_assert_eq!(&facts, &analyse(language(index), &text));
    }
}

const PIECES: [&str; 28] = [
    "def f(x):\n",
    "    ",
    "return ",
    "for i in range(n):\n",
    "while x:\n",
    "\n",
    "if ",
    "else:\n",
    "f(x - 1)",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "x = ",
    "'",
    "\"",
    "function g(a) ",
    "=> ",
    "class A ",
    "for (let i = 0; i < n; i++) ",
    ";",
    "int ",
    "new HashMap<>()",
    "x[1:]",
    ".sort()",
    "é😀",
];

#[test]
fn hostile_nesting_is_cut_short_and_not_fatal() {
    for language in Language::ALL {
        for (open, close) in [
            ("(", ")"),
            ("[", "]"),
            ("{", "}"),
            ("if(x){", "}"),
            ("f(", ")"),
            ("while(x){", "}"),
        ] {
            let half = 50_000 / (open.len() + close.len());
            let deep = format!("{}{}", open.repeat(half), close.repeat(half));
            let facts = analyse(language, &deep);
            assert!(facts.time.order.is_none() || facts.cut_short || facts.code_lines > 0);
            let unclosed = open.repeat(50_000 / open.len());
            assert_eq!(analyse(language, &unclosed).time.order, None);
        }
    }
    let indented: String = (0..300)
        .map(|depth| format!("{}while x:\n", " ".repeat(depth)))
        .collect();
    let facts = analyse(Language::Python, &indented);
    assert_eq!(
        facts.time.order, None,
        "three hundred loops in each other are refused politely"
    );
}

#[test]
fn code_over_the_limit_is_not_read() {
    let facts = analyse(Language::Python, &"x = 1\n".repeat(20_000));
    assert!(facts.cut_short && facts.functions.is_empty());
    assert_eq!(
        facts.time.reasons[0].text,
        "the code is too long to analyse"
    );
}

#[test]
fn an_estimate_names_its_lines_and_reasons() {
    let code = "def pairs(nums):\n    found = 0\n    for a in nums:\n        for b in nums:\n            found += a == b\n    return found\n";
    let time = analyse(Language::Python, code).time;
    assert_eq!(time.reasons[0].lines, (3, 5));
    assert_eq!(time.reasons[0].text, "two nested loops over the input");
}
