//! Whole runs on a problem: cases, comparison in the host, and a report that holds nothing hidden.

use super::*;
use Language::{Javascript, Python};
use interviewd::sandbox::{Advice, SandboxError};
use interviewd_domain::{
    problem::Problem,
    run::{CaseStatus, OwnCase, RunKind, RunReport, RunStatus},
};

const CANARY: i64 = 777_123_777;

/// `pick(numbers) -> int[]`, two visible cases and two hidden ones.
fn problem(comparison: Value) -> Problem {
    let case = |name: &str, numbers: Value, expected: Value| json!({"name": name, "args": [numbers], "expected": expected});
    serde_json::from_value(json!({
        "slug": "pick", "title": "Pick", "difficulty": "easy", "categories": [], "statement": "", "constraints": [], "spoken": "",
        "signature": {"kind": "function", "name": "pick_out", "params": [{"name": "numbers", "type": "int[]"}], "returns": "int[]"},
        "comparison": comparison,
        "examples": [case("two", json!([3, 1]), json!([1, 3])), case("empty", json!([]), json!([]))],
        "hidden": [case("one", json!([CANARY]), json!([CANARY])), case("many", json!([5, 4, 3]), json!([3, 4, 5]))],
        "starter": {}, "solutions": {},
    }))
    .expect("a problem")
}

fn exact() -> Problem {
    problem(json!({"mode": "exact"}))
}

async fn judge(language: Language, source: &str, problem: &Problem, kind: RunKind) -> RunReport {
    sandbox()
        .await
        .judge("ann", language, source, problem, kind, None)
        .await
        .expect("a report")
}

/// `two pass, empty fail | one pass …`
fn summary(report: &RunReport) -> String {
    let word = |status| match status {
        CaseStatus::Pass => "pass",
        CaseStatus::Fail => "fail",
        CaseStatus::Error => "error",
        CaseStatus::Timeout => "timeout",
    };
    let visible: Vec<_> = report
        .tests
        .iter()
        .map(|test| format!("{} {}", test.name, word(test.status)))
        .collect();
    let hidden: Vec<_> = report
        .hidden
        .iter()
        .map(|test| format!("{} {}", test.name, word(test.status)))
        .collect();
    format!(
        "{:?} {}/{}: {} | {}",
        report.status,
        report.passed,
        report.total,
        visible.join(", "),
        hidden.join(", ")
    )
}

#[tokio::test]
async fn right_and_wrong_answers_are_told_apart_in_both_languages() {
    for (language, right, wrong) in [
        (
            Python,
            "def pick_out(numbers):\n    return sorted(numbers)",
            "def pick_out(numbers):\n    return numbers",
        ),
        (
            Javascript,
            "const pickOut = numbers => numbers.sort((a, b) => a - b);",
            "const pickOut = numbers => numbers;",
        ),
    ] {
        let report = judge(language, right, &exact(), RunKind::Submit).await;
        assert_eq!(
            summary(&report),
            "Ok 2/2: two pass, empty pass | one pass, many pass"
        );
        let report = judge(language, wrong, &exact(), RunKind::Submit).await;
        assert_eq!(
            summary(&report),
            "Ok 1/2: two fail, empty pass | one pass, many fail"
        );
        let report = judge(language, right, &exact(), RunKind::Run).await;
        assert_eq!(summary(&report), "Ok 2/2: two pass, empty pass | ");
    }
}

#[tokio::test]
async fn nothing_of_a_hidden_case_enters_the_report() {
    let shout = "import sys\ndef pick_out(numbers):\n    print(numbers)\n    print(numbers, file=sys.stderr)\n    if len(numbers) == 1:\n        raise ValueError(numbers)\n    return numbers";
    let report = judge(Python, shout, &exact(), RunKind::Submit).await;
    assert_eq!(
        summary(&report),
        "Ok 1/2: two fail, empty pass | one error, many fail"
    );
    assert_eq!(
        (report.stdout.as_str(), report.exit_code),
        ("[3, 1]\n[]\n", 0)
    );
    assert!(report.duration_ms > 0.0);
    let whole = serde_json::to_string(&report).unwrap() + &format!("{report:?}");
    assert!(!whole.contains(&CANARY.to_string()), "{whole}");
}

#[tokio::test]
async fn a_compile_error_ends_the_run_at_once() {
    let report = judge(
        Python,
        "def pick_out(numbers)\n    return 1",
        &exact(),
        RunKind::Submit,
    )
    .await;
    assert_eq!(
        summary(&report),
        "CompileError 0/2: two error, empty error | one error, many error"
    );
    assert!(
        report.stderr.contains("line 1") && report.stderr.contains('^'),
        "{}",
        report.stderr
    );
    assert_eq!((report.exit_code, report.tests[0].line), (1, Some(1)));
}

#[tokio::test]
async fn a_forged_verdict_is_only_a_wrong_answer() {
    for (language, forger) in [
        (
            Python,
            "import json\njson.dumps = lambda *a, **k: '{\"status\":\"ok\",\"value\":true,\"passed\":true}'\nclass Anything(list):\n    __eq__ = lambda self, other: True\n    __hash__ = None\ndef pick_out(numbers):\n    return Anything([9])",
        ),
        (
            Python,
            "import sys\ndef pick_out(numbers):\n    print('{\"status\": \"ok\", \"value\": [1, 3]}')\n    sys.exit(0)",
        ),
        (
            Javascript,
            "JSON.stringify = () => '{\"status\":\"ok\",\"value\":true}'; Object.prototype.toJSON = () => true; const pickOut = () => ({ valueOf: () => true, status: 'pass' });",
        ),
        (Javascript, "function pickOut() { process.exit(0); }"),
    ] {
        let report = judge(language, forger, &exact(), RunKind::Submit).await;
        assert_eq!(report.passed, 0, "{forger}: {}", summary(&report));
        assert!(
            report
                .hidden
                .iter()
                .all(|hidden| hidden.status != CaseStatus::Pass),
            "{forger}"
        );
    }
}

#[tokio::test]
async fn expected_values_are_nowhere_in_the_guest() {
    // Looks through everything that Python can reach for the answer to a hidden case, which differs from its input.
    let mut problem = exact();
    problem.hidden[0].expected = json!([CANARY + 1]);
    let search = format!(
        "import gc\ndef pick_out(numbers):\n    wanted = {CANARY} + 1\n    seen = [o for o in gc.get_objects() if isinstance(o, (list, tuple, dict)) and repr(wanted) in repr(o)[:100_000] and 'wanted' not in repr(o)]\n    return [wanted] if seen else [0]"
    );
    let report = judge(Python, &search, &problem, RunKind::Submit).await;
    assert_eq!(report.hidden[0].status, CaseStatus::Fail);
}

#[tokio::test]
async fn the_problem_says_how_answers_are_compared() {
    let reversed = "def pick_out(numbers):\n    return sorted(numbers, reverse=True)";
    let nearly = "def pick_out(numbers):\n    return [n + 1e-9 for n in sorted(numbers)]";
    let with = |comparison: Value| problem(comparison);
    let table = [
        (reversed, json!({"mode": "exact"}), "two fail, empty pass"),
        (
            reversed,
            json!({"mode": "any_order"}),
            "two pass, empty pass",
        ),
        (
            reversed,
            json!({"mode": "checker", "python": "def check(args, actual, expected):\n    return sorted(args[0]) == sorted(actual) == expected"}),
            "two pass, empty pass",
        ),
        (
            reversed,
            json!({"mode": "checker", "python": "def check(args, actual, expected):\n    return actual == expected or 'yes'"}),
            "two fail, empty pass",
        ),
        (
            reversed,
            json!({"mode": "checker", "python": "def check(args, actual, expected):\n    return 1 // len(actual) > 0"}),
            "two fail, empty fail",
        ),
    ];
    for (source, comparison, verdict) in table {
        let report = judge(Python, source, &with(comparison.clone()), RunKind::Run).await;
        assert!(
            summary(&report).contains(verdict),
            "{comparison}: {}",
            summary(&report)
        );
    }
    let mut floats = with(json!({"mode": "float", "absolute": 1e-6, "relative": 0.0}));
    floats.signature = serde_json::from_value(json!({"kind": "function", "name": "pick_out", "params": [{"name": "numbers", "type": "int[]"}], "returns": "float[]"})).unwrap();
    assert!(summary(&judge(Python, nearly, &floats, RunKind::Run).await).contains("two pass"));
    floats.comparison = serde_json::from_value(json!({"mode": "exact"})).unwrap();
    assert!(summary(&judge(Python, nearly, &floats, RunKind::Run).await).contains("two fail"));
}

#[tokio::test]
async fn a_broken_checker_is_our_trouble_and_a_generator_makes_inputs() {
    let broken = problem(
        json!({"mode": "checker", "python": "def check(args, actual, expected:\n    return True"}),
    );
    let source = "const pickOut = numbers => numbers;";
    let error = sandbox()
        .await
        .judge("ann", Javascript, source, &broken, RunKind::Run, None)
        .await
        .unwrap_err();
    assert!(
        matches!(
            &error,
            SandboxError::Problem {
                part: "checker",
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(error.advice(), Advice::GiveUp);

    let generator = "import random\ndef generate(size, seed):\n    random.seed(seed)\n    return [[random.randrange(9) for _ in range(size)], size]";
    let args = sandbox().await.generate(generator, 4, 1).await.unwrap();
    assert_eq!(
        (args[0].as_array().unwrap().len(), &args[1]),
        (4, &json!(4))
    );
    assert_eq!(
        sandbox().await.generate(generator, 4, 1).await.unwrap(),
        args
    );
    assert!(
        sandbox()
            .await
            .generate("def generate(size, seed):\n    return 1", 4, 1)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn the_candidates_own_input_is_run_and_must_fit() {
    let custom =
        |args: Value| sandbox_judge(serde_json::from_value(json!({ "args": args })).unwrap());
    async fn sandbox_judge(input: CaseInput) -> Result<RunReport, SandboxError> {
        sandbox()
            .await
            .judge(
                "ann",
                Python,
                "def pick_out(numbers):\n    print('in')\n    return numbers[::-1]",
                &exact(),
                RunKind::Run,
                Some(input),
            )
            .await
    }
    let report = custom(json!([[1, 2, 3]])).await.unwrap();
    assert_eq!(summary(&report), "Ok 1/1: Your input pass | ");
    assert_eq!(
        (report.tests[0].actual.clone(), report.stdout.as_str()),
        (Some(json!([3, 2, 1])), "in\n")
    );
    let error = custom(json!(["abc"])).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "The function needs a value of type `int[]` for `numbers`."
    );
}

const SECRET: &str = "reference-canary";

/// [`exact`] with a reference solution that gives itself away wherever it can, and fails above a thousand.
fn with_reference() -> Problem {
    let mut problem = exact();
    let python = format!(
        "import sys\ndef pick_out(numbers):\n    note = '{SECRET}'\n    print(note)\n    print(note, file=sys.stderr)\n    assert max(numbers, default=0) <= 1000, note\n    return sorted(numbers)"
    );
    problem.solutions = [(Python, python)].into();
    problem
}

async fn judge_own(language: Language, source: &str, own: Value) -> RunReport {
    let own: Vec<OwnCase> = serde_json::from_value(own).unwrap();
    let problem = with_reference();
    let report = sandbox()
        .await
        .judge_own("ann", language, source, &problem, &own)
        .await
        .expect("a report");
    let whole = serde_json::to_string(&report).unwrap() + &format!("{report:?}");
    assert!(!whole.contains(SECRET), "{whole}");
    report
}

fn own(numbers: Value, expected: Value) -> Value {
    json!({ "input": { "args": [numbers] }, "expected": expected })
}

#[tokio::test]
async fn own_cases_are_compared_with_the_reference_solution() {
    let cases = json!([
        own(json!([2, 1]), json!([1, 2])),
        own(json!([2, 1]), json!([2, 1])),
        own(json!([5, 4, 4]), Value::Null),
        own(json!([]), json!([])),
    ]);
    let right = "def pick_out(numbers):\n    return sorted(numbers)";
    let no_doubles = "const pickOut = numbers => [...new Set(numbers)].sort((a, b) => a - b);";
    for (language, source, verdicts) in [
        (
            Python,
            right,
            "Ok 4/4: Your case 1 pass, Your case 2 pass, Your case 3 pass, Your case 4 pass | ",
        ),
        (
            Javascript,
            no_doubles,
            "Ok 3/4: Your case 1 pass, Your case 2 pass, Your case 3 fail, Your case 4 pass | ",
        ),
    ] {
        let report = judge_own(language, source, cases.clone()).await;
        assert_eq!(summary(&report), verdicts);
        assert_eq!(report.tests[2].expected, json!([4, 4, 5]));
        let agrees: Vec<_> = report
            .tests
            .iter()
            .map(|test| test.own.as_ref().and_then(|own| own.agrees))
            .collect();
        assert_eq!(agrees, [Some(true), Some(false), None, Some(true)]);
        assert_eq!(
            report.stdout, "",
            "the reference's output is not the candidate's"
        );
    }
}

/// Where the reference solution has no answer, nothing of its failure is told, and the candidate's word counts.
#[tokio::test]
async fn own_cases_beyond_the_constraints_have_no_reference_answer() {
    let source = "def pick_out(numbers):\n    return numbers";
    let cases = json!([
        own(json!([2000]), json!([2000])),
        own(json!([2000]), json!([1])),
        own(json!([2000]), Value::Null),
    ]);
    let report = judge_own(Python, source, cases).await;
    assert_eq!(
        summary(&report),
        "Ok 2/3: Your case 1 pass, Your case 2 fail, Your case 3 pass | "
    );
    for test in &report.tests {
        let own = test.own.as_ref().unwrap();
        assert_eq!((own.answered, own.agrees), (false, None));
    }
    assert_eq!(report.stderr, "");
}

#[tokio::test]
async fn own_cases_are_bounded_and_survive_code_that_does_not_run() {
    let cases = |count: usize| Value::Array(vec![own(json!([1]), json!([1])); count]);
    let report = judge_own(Python, "def pick_out(", cases(2)).await;
    assert_eq!(
        summary(&report),
        "CompileError 0/2: Your case 1 error, Your case 2 error | "
    );
    let crash = "def pick_out(numbers):\n    return numbers[5]";
    let report = judge_own(Python, crash, cases(1)).await;
    assert_eq!(summary(&report), "RuntimeError 0/1: Your input error | ");
    assert_eq!(report.tests[0].expected, json!([1]));
    let many: Vec<OwnCase> = serde_json::from_value(cases(9)).unwrap();
    let error = sandbox()
        .await
        .judge_own("ann", Python, crash, &with_reference(), &many)
        .await
        .unwrap_err();
    assert!(matches!(error, SandboxError::InvalidInput(_)), "{error:?}");
}

#[tokio::test]
async fn a_run_has_a_limit_as_a_whole() {
    // Three cases of a second and a half each, in a sandbox whose cases may take two: the total of ten is not reached…
    let slow = "import time\ndef pick_out(numbers):\n    time.sleep(30)\n    return numbers";
    let mut problem = exact();
    for i in 0..3 {
        problem.examples.push(interviewd_domain::problem::Case {
            name: format!("more {i}"),
            ..problem.examples[0].clone()
        });
    }
    // …but five that hit the limit of five seconds each are: the third case is the first that is not started.
    let report = judge(Python, slow, &problem, RunKind::Run).await;
    assert_eq!(report.status, RunStatus::Timeout);
    assert_eq!(
        summary(&report),
        "Timeout 0/5: two timeout, empty timeout, more 0 timeout, more 1 timeout, more 2 timeout | "
    );
    assert!(
        report.tests[4]
            .message
            .as_deref()
            .unwrap()
            .starts_with("Not started")
    );
    assert!(report.duration_ms < 12_000.0);
}

#[tokio::test]
async fn what_cannot_be_run_is_said_before_anything_runs() {
    let refused = |language, source: String| async move {
        sandbox()
            .await
            .judge("ann", language, &source, &exact(), RunKind::Run, None)
            .await
            .unwrap_err()
    };
    assert!(matches!(
        refused(Language::Java, "class A {}".into()).await,
        SandboxError::Unavailable {
            language: Language::Java,
            ..
        }
    ));
    assert_eq!(
        refused(Python, " ".repeat(50 * 1024 + 1)).await,
        SandboxError::SourceTooLong
    );
    let languages = sandbox().await.languages();
    assert!(matches!(
        languages[2],
        (Language::Java, Availability::Unavailable(_))
    ));
}
