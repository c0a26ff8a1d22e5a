//! The checker, with judges that are scripted instead of a sandbox.

use super::valid;
use expect_test::expect;
use interviewd::problems::check::{
    File, Runner, Summary, check,
    mutation::{Lab, Mutant, Share, Trial},
};
use interviewd_domain::{
    problem::{Language, Problem},
    run::{CaseStatus, HiddenResult, RunReport, RunStatus},
};

/// How each case of a run ends: by the case's name.
type Script = fn(language: Language, code: &str, case: &str) -> (CaseStatus, RunStatus);

async fn summary(text: &str, languages: &[Language], script: Script) -> Summary {
    summary_with_mutants(text, languages, script, |_, _| vec![]).await
}

/// A mutant dies of the case that its code names; one without a name is noticed by none.
async fn summary_with_mutants(
    text: &str,
    languages: &[Language],
    script: Script,
    mutants: impl Fn(Language, &str) -> Vec<Mutant>,
) -> Summary {
    let files = [File {
        name: "sunflower-row.toml".into(),
        text: Ok(text.to_owned()),
    }];
    let runner = Runner {
        languages: languages.to_vec(),
        workers: 2,
        judge: async |language, code: &str, problem: &Problem| {
            let cases = problem.examples.iter().chain(&problem.hidden);
            let hidden = cases.map(|case| {
                let (status, outcome) = script(language, code, &case.name);
                HiddenResult {
                    name: case.name.clone(),
                    status,
                    outcome,
                }
            });
            Ok(RunReport {
                status: RunStatus::Ok,
                stdout: String::new(),
                stderr: String::new(),
                exit_code: 0,
                duration_ms: 1.0,
                passed: 0,
                total: 0,
                tests: vec![],
                hidden: hidden.collect(),
            })
        },
        lab: Lab {
            mutants,
            play: async |_: Language, code: &str, problem: &Problem, cases: &[(usize, u64)]| {
                let is_mutant = cases.iter().all(|(_, bound_ms)| *bound_ms < u64::MAX);
                let all: Vec<_> = problem.examples.iter().chain(&problem.hidden).collect();
                let noticed = cases
                    .iter()
                    .any(|(case, _)| code.contains(&all[*case].name));
                Ok(match is_mutant {
                    true if code == "broken" => Trial::Stillborn,
                    true if noticed => Trial::Failed,
                    _ => Trial::Passed {
                        durations_ms: vec![1.0; cases.len()],
                    },
                })
            },
            share: Box::new(|_| Share(100)),
            workers: 2,
        },
    };
    check(&files, &runner).await
}

const PASS: (CaseStatus, RunStatus) = (CaseStatus::Pass, RunStatus::Ok);
const FAIL: (CaseStatus, RunStatus) = (CaseStatus::Fail, RunStatus::Ok);

/// As it should be: solutions pass, starters fail, the wrong solution fails where it says.
fn honest(_: Language, code: &str, case: &str) -> (CaseStatus, RunStatus) {
    let wrong = code.contains("b >= a");
    let starter = !wrong && !code.contains("for") && !code.contains("filter");
    if starter || (wrong && case == "example 2") {
        FAIL
    } else {
        PASS
    }
}

#[tokio::test]
async fn a_good_problem_passes() {
    let summary = summary(&valid(), &[Language::Python, Language::Javascript], honest).await;
    assert!(summary.passed());
    expect![[r#"
        Problem        Cases  Python  JavaScript  Java  Wrong  Mutants
        sunflower-row      5  ok      ok          -       1/1        -

        Java cannot be run here, so its code was only read.

        Problems: 1. Errors: 0. Warnings: 0."#]]
    .assert_eq(&summary.to_string());
}

#[tokio::test]
async fn whatever_is_not_as_declared_is_said() {
    let summary = summary(
        &valid(),
        &Language::ALL,
        |language, code, case| match language {
            Language::Java => (CaseStatus::Timeout, RunStatus::Timeout),
            Language::Javascript => PASS,
            Language::Python if case == "single flower" => {
                (CaseStatus::Error, RunStatus::RuntimeError)
            }
            Language::Python => {
                if code.contains("b >= a") {
                    PASS
                } else {
                    honest(language, code, case)
                }
            }
        },
    )
    .await;
    assert!(!summary.passed());
    expect![[r#"
        Problem        Cases  Python  JavaScript  Java  Wrong  Mutants
        sunflower-row      5  FAIL    FAIL        FAIL    0/1        -

        sunflower-row: the Java solution: fails `example 1` (timeout), `example 2` (timeout), `empty row` (timeout) and 2 more
        sunflower-row: the Java starter code: does not fail politely: timeout
        sunflower-row: the JavaScript starter code: passes every case, so the cases prove nothing
        sunflower-row: the Python solution: fails `single flower` (runtime_error)
        sunflower-row: the Python starter code: does not fail politely: runtime_error
        sunflower-row: the wrong Python solution `counts equal neighbours`: should end as wrong_answer, but ends as runtime_error

        Problems: 1. Errors: 6. Warnings: 0."#]].assert_eq(&summary.to_string());
}

#[tokio::test]
async fn a_broken_file_runs_nothing_and_does_not_pass() {
    let summary = summary(
        &valid().replace("expected = 2", "expected = true"),
        &Language::ALL,
        |_, _, _| panic!("nothing runs"),
    )
    .await;
    assert!(!summary.passed());
    assert!(summary.rows.is_empty());
}

#[tokio::test]
async fn a_fault_that_no_case_notices_is_told_with_its_line() {
    let mutant = |line, becomes: &str, code: &str| Mutant {
        line,
        was: "return sum(b > a for a, b in zip(heights, heights[1:]))".into(),
        becomes: becomes.into(),
        code: code.into(),
    };
    let text = valid()
        + "\n[[equivalent]]\nlanguage = \"python\"\nline = \"return sum(b > a for a, b in zip(heights, heights[1:]))\"\nbecomes = \"return +count\"\nreason = \"The same number.\"\n";
    assert!(
        text.contains("    return sum(b > a for a, b in zip(heights, heights[1:]))\n"),
        "the template's solution"
    );
    let mutants = move |language: Language, _: &str| match language {
        Language::Python => vec![
            mutant(4, "return -count", "dies of example 2"),
            mutant(5, "return 2", "lives"),
            mutant(6, "return +count", "lives"),
            mutant(7, "return )", "broken"),
        ],
        _ => vec![],
    };
    let found = summary_with_mutants(&text, &[Language::Python], honest, mutants).await;
    assert_eq!(found.mutants(), (1, 2));
    assert!(!found.passed(), "half of the mutants are not enough");
    let shown = found.to_string();
    assert!(shown.contains(
        "no case notices line 5 of the Python solution: `return 2` instead of `return sum(b > a for a, b in zip(heights, heights[1:]))`"
    ));
    assert!(shown.contains("1 accepted as equivalent"));
    assert!(!shown.contains("return )"));
}
