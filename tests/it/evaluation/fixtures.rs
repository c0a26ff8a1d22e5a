//! Three interviews in a strong, a middling and a weak version each, and what the rules make of them.

use super::{judge, script::play, summary};
use expect_test::expect_file;
use interviewd_domain::{
    interview::Event,
    problem::{
        Case, CaseInput, Clarification, Comparison, Complexity, Difficulty, FollowUp, Hint,
        Language, Problem, Signature, Type,
    },
    scorecard::verify,
};
use serde_json::json;
use std::collections::BTreeMap;

pub fn problem(name: &str) -> Problem {
    let (title, statement, time, space, hidden): (_, _, _, _, &[&str]) = match name {
        "pairs" => (
            "Two parcels",
            "Given a list of parcel weights and a limit, return the positions of two parcels whose weights add up to exactly the limit.",
            "O(n)",
            "O(n)",
            &[
                "empty list",
                "duplicates",
                "negative numbers",
                "no answer",
                "very large input",
            ],
        ),
        "brackets" => (
            "Folded letters",
            "Given a string of folds and unfolds, say whether every fold is undone in the right order.",
            "O(n)",
            "O(n)",
            &[
                "empty string",
                "single character",
                "only closing",
                "deep nesting",
            ],
        ),
        _ => (
            "Shelf search",
            "Given a sorted list of shelf numbers and a number, return its position, or -1.",
            "O(log n)",
            "O(1)",
            &[
                "empty list",
                "single element",
                "missing number",
                "last position",
            ],
        ),
    };
    let case = |name: &str| Case {
        name: name.to_owned(),
        input: CaseInput::Arguments {
            args: vec![json!([1, 2])],
        },
        expected: json!(0),
        explanation: None,
    };
    let starter = BTreeMap::from([
        (Language::Python, "def solve(items):\n    pass\n".to_owned()),
        (
            Language::Javascript,
            "function solve(items) {\n}\n".to_owned(),
        ),
    ]);
    Problem {
        slug: name.to_owned(),
        title: title.to_owned(),
        difficulty: Difficulty::Easy,
        categories: vec!["arrays".to_owned()],
        statement: statement.to_owned(),
        constraints: vec!["The list has at most 100000 numbers.".to_owned()],
        signature: Signature::Function {
            name: "solve".to_owned(),
            params: Vec::new(),
            returns: Type::Json,
            result_argument: None,
        },
        comparison: Comparison::Exact,
        examples: ["first example", "second example", "third example"]
            .map(case)
            .to_vec(),
        hidden: hidden.iter().map(|name| case(name)).collect(),
        solutions: starter.clone(),
        starter,
        wrong: Vec::new(),
        naive: Vec::new(),
        equivalent: Vec::new(),
        tags: Vec::new(),
        spoken: "Tell me about it.".to_owned(),
        clarifications: vec![Clarification {
            id: "size".to_owned(),
            questions: vec!["How large can the input be?".to_owned()],
            answer: "Large.".to_owned(),
        }],
        hints: vec![Hint {
            text: "What have you seen before?".to_owned(),
        }],
        followups: vec![
            FollowUp {
                topic: "complexity".to_owned(),
                question: "How does it grow?".to_owned(),
                listen_for: vec![
                    "linear".to_owned(),
                    "once".to_owned(),
                    "logarithm".to_owned(),
                ],
            },
            FollowUp {
                topic: "trade_off".to_owned(),
                question: "What does it cost?".to_owned(),
                listen_for: vec!["memory".to_owned(), "space".to_owned()],
            },
        ],
        complexity: Complexity {
            time: time.to_owned(),
            space: space.to_owned(),
        },
        notes: String::new(),
        generator: None,
    }
}

/// The problem and the events of one version.
pub fn interview(name: &str, language: &str, version: &str) -> (Problem, Vec<Event>) {
    let problem = problem(name);
    let code = |quality: &str| {
        CODE.iter()
            .find(|(key, _)| *key == format!("{name} {language} {quality}"))
            .unwrap()
            .1
            .replace('\n', "\\n")
    };
    let (good, slow, poor) = (code("good"), code("slow"), code("poor"));
    let comment = if language == "python" { "#" } else { "//" };
    let script = match version {
        "strong" => format!(
            "ai Here is the problem.
             say How large can the list be, and can there be duplicates or negative numbers?
             ai clarified
             at 1:30
             say My plan is to loop over the items once and store what I have seen in a structure, so each lookup is cheap. What if the list is empty?
             at 3:00
             code {good}
             say I handle each item and check the one I need first.
             at 4:30
             run 3/3
             say Let me test a single element and the empty list.
             input
             at 6:00
             submit 3/3 9/9
             ai followup 0
             say {}
             ai followup 1
             say It costs memory, a trade-off: extra space instead of time.
             ai closing
             end",
            if name == "shelf" { "It is logarithmic, O(log n) time and O(1) space." } else { "It is linear, each item is seen once: O(n) time and O(n) space." }
        ),
        "middling" => format!(
            "ai Here is the problem.
             at 1:00
             code {slow}
             at 3:30
             say I loop over every pair in the list and compare them to check which ones match in the end.
             at 5:00
             run 2/3
             ai hint
             at 8:00
             code {slow}{comment} again
             run 3/3
             at 9:00
             submit 3/3 3/9
             ai followup 0
             say Not sure, sorry.
             end"
        ),
        _ => format!(
            "ai Here is the problem.
             at 2:00
             code {poor}
             at 9:00
             run 1/3 crash
             ai hint
             ai hint
             at 12:00
             run 1/3 crash
             say hmm
             at 20:00
             run 1/3 crash
             code {poor}{comment} try
             ai followup 0
             end time"
        ),
    };
    let events = play(&problem, language, &script);
    (problem, events)
}

#[test]
fn better_and_worse_versions_are_told_apart() {
    for name in ["pairs", "brackets", "shelf"] {
        for language in ["python", "javascript"] {
            let cards = ["strong", "middling", "weak"].map(|version| {
                let (problem, events) = interview(name, language, version);
                let card = judge(&events, &problem);
                assert_eq!(verify::verify(&card, &events), []);
                card
            });
            let overall = cards
                .each_ref()
                .map(|card| card.overall.expect("there is evidence"));
            assert!(
                overall[0] >= overall[1] + 2.0 && overall[1] >= overall[2] + 1.0,
                "{name} in {language}: {overall:?}"
            );
            for dimension in interviewd_domain::scorecard::Dimension::ALL {
                let bands = cards
                    .each_ref()
                    .map(|card| card.scores[&dimension].band.unwrap_or(0));
                assert!(
                    bands[0] >= bands[1] && bands[1] >= bands[2] && bands[0] > bands[2],
                    "{name} in {language}, {}: {bands:?}",
                    dimension.label()
                );
            }
        }
    }
}

#[test]
fn each_version_reads_as_it_should() {
    for (name, language) in [
        ("pairs", "python"),
        ("brackets", "javascript"),
        ("shelf", "python"),
    ] {
        let mut told = String::new();
        for version in ["strong", "middling", "weak"] {
            let (problem, events) = interview(name, language, version);
            told.push_str(&format!(
                "== {version} ==\n{}",
                summary(&judge(&events, &problem))
            ));
        }
        expect_file![format!(
            "{}/tests/it/evaluation/{name}.txt",
            env!("CARGO_MANIFEST_DIR")
        )]
        .assert_eq(&told);
    }
}

#[test]
fn the_report_of_a_strong_interview_reads_well() {
    let (problem, events) = interview("pairs", "python", "strong");
    expect_file![format!(
        "{}/tests/it/evaluation/report.md",
        env!("CARGO_MANIFEST_DIR")
    )]
    .assert_eq(&judge(&events, &problem).report_markdown);
}

#[test]
fn tiny_interviews_get_no_scores() {
    let check = |script: &str, expected: &str| {
        let problem = problem("pairs");
        let card = judge(&play(&problem, "python", script), &problem);
        assert!(!card.sufficient && card.overall.is_none() && card.recommendation.is_none());
        assert!(
            card.scores
                .values()
                .all(|score| score.band.is_none() && score.score.is_none())
        );
        assert!(card.strengths.is_empty() && card.improvements.is_empty());
        assert_eq!(card.headline, expected);
    };
    let nothing =
        "Not enough evidence. There is no code beyond the starter and hardly anything was said.";
    let soon = "Not enough evidence. It ended within two minutes and nothing was run.";
    check("end", soon);
    check("say hello there\nend", soon);
    check("at 10:00\nsay hello\nsay bye\nend", nothing);
    check("at 10:00\nrun 0/3\nend", nothing);
}

const CODE: [(&str, &str); 18] = [
    (
        "pairs python good",
        "def solve(items, limit):\n    positions = {}\n    for index, item in enumerate(items):\n        missing = limit - item\n        if missing in positions:\n            return [positions[missing], index]\n        positions[item] = index\n    return []\n",
    ),
    (
        "pairs python slow",
        "def solve(items, limit):\n    for i in range(len(items)):\n        for j in range(i + 1, len(items)):\n            if items[i] + items[j] == limit:\n                return [i, j]\n    q = 5\n    return []\n",
    ),
    (
        "pairs python poor",
        "def solve(items, limit):\n    q = 0\n    t = 7\n    for a in items:\n        for b in items:\n            for z in items:\n                if a + b == limit:\n                    print(a)\n                    return a\n                    q = 99\n    return items[limit * 37]\n",
    ),
    (
        "pairs javascript good",
        "function solve(items, limit) {\n  const positions = new Map();\n  for (let index = 0; index < items.length; index++) {\n    const missing = limit - items[index];\n    if (positions.has(missing)) return [positions.get(missing), index];\n    positions.set(items[index], index);\n  }\n  return [];\n}\n",
    ),
    (
        "pairs javascript slow",
        "function solve(items, limit) {\n  for (let i = 0; i < items.length; i++) {\n    for (let j = i + 1; j < items.length; j++) {\n      if (items[i] + items[j] === limit) return [i, j];\n    }\n  }\n  const q = 5;\n  return [];\n}\n",
    ),
    (
        "pairs javascript poor",
        "function solve(items, limit) {\n  let q = 0;\n  let t = 7;\n  for (const a of items) {\n    for (const b of items) {\n      for (const z of items) {\n        if (a + b === limit) {\n          console.log(a);\n          return a;\n          q = 99;\n        }\n      }\n    }\n  }\n  return items[limit * 37].x;\n}\n",
    ),
    (
        "brackets python good",
        "def solve(folds):\n    closing = {')': '(', ']': '['}\n    open_folds = []\n    for fold in folds:\n        if fold not in closing:\n            open_folds.append(fold)\n        elif not open_folds or open_folds.pop() != closing[fold]:\n            return False\n    return not open_folds\n",
    ),
    (
        "brackets python slow",
        "def solve(folds):\n    q = 0\n    while q < len(folds):\n        for i in range(len(folds) - 1):\n            if folds[i] + folds[i + 1] == '()':\n                folds = folds[:i] + folds[i + 2:]\n                break\n        q += 1\n    return len(folds) == 0\n",
    ),
    (
        "brackets python poor",
        "def solve(folds, extra):\n    q = 0\n    t = 5\n    for a in folds:\n        for b in folds:\n            for z in folds:\n                if a == b:\n                    print(a)\n                    q = q + 37\n    return q == 99\n    t = 8\n",
    ),
    (
        "brackets javascript good",
        "function solve(folds) {\n  const closing = new Map([[')', '('], [']', '[']]);\n  const openFolds = [];\n  for (const fold of folds) {\n    if (!closing.has(fold)) openFolds.push(fold);\n    else if (openFolds.pop() !== closing.get(fold)) return false;\n  }\n  return openFolds.length === 0;\n}\n",
    ),
    (
        "brackets javascript slow",
        "function solve(folds) {\n  const q = 1;\n  for (let i = 0; i < folds.length; i++) {\n    for (let j = 0; j < folds.length; j++) {\n      if (folds[i] + folds[j] === '()') return true;\n    }\n  }\n  return false;\n}\n",
    ),
    (
        "brackets javascript poor",
        "function solve(folds, extra) {\n  let q = 0;\n  let t = 5;\n  for (const a of folds) {\n    for (const b of folds) {\n      for (const z of folds) {\n        if (a === b) {\n          console.log(a);\n          q = q + 37;\n        }\n      }\n    }\n  }\n  return q === 99;\n  t = 8;\n}\n",
    ),
    (
        "shelf python good",
        "def solve(shelves, wanted):\n    low, high = 0, len(shelves) - 1\n    while low <= high:\n        middle = (low + high) // 2\n        if shelves[middle] == wanted:\n            return middle\n        if shelves[middle] < wanted:\n            low = middle + 1\n        else:\n            high = middle - 1\n    return -1\n",
    ),
    (
        "shelf python slow",
        "def solve(shelves, wanted):\n    q = 0\n    for i in range(len(shelves)):\n        if shelves[i] == wanted:\n            return i\n    return -1\n",
    ),
    (
        "shelf python poor",
        "def solve(shelves, wanted):\n    q = 0\n    t = 5\n    for a in shelves:\n        for b in shelves:\n            if a == b:\n                print(a)\n                q = q + 37\n    return q + 99\n    t = 8\n",
    ),
    (
        "shelf javascript good",
        "function solve(shelves, wanted) {\n  let low = 0;\n  let high = shelves.length - 1;\n  while (low <= high) {\n    const middle = Math.floor((low + high) / 2);\n    if (shelves[middle] === wanted) return middle;\n    if (shelves[middle] < wanted) low = middle + 1;\n    else high = middle - 1;\n  }\n  return -1;\n}\n",
    ),
    (
        "shelf javascript slow",
        "function solve(shelves, wanted) {\n  const q = 0;\n  for (let i = 0; i < shelves.length; i++) {\n    if (shelves[i] === wanted) return i;\n  }\n  return -1;\n}\n",
    ),
    (
        "shelf javascript poor",
        "function solve(shelves, wanted) {\n  let q = 0;\n  let t = 5;\n  for (const a of shelves) {\n    for (const b of shelves) {\n      if (a === b) {\n        console.log(a);\n        q = q + 37;\n      }\n    }\n  }\n  return q + 99;\n  t = 8;\n}\n",
    ),
];
