//! A code run as the API tells it. What a hidden case did is not part of it.

use interviewd_domain::{
    ids::RunId,
    problem::{CaseInput, Language},
    run::{CaseResult, CaseStatus, RunKind, RunReport, RunStatus},
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    pub run_id: String,
    /// `run` or `submit`.
    pub kind: &'static str,
    pub language: &'static str,
    /// `ok`, `compile_error`, `runtime_error`, `timeout`, `memory_limit` or `output_limit`.
    pub status: &'static str,
    pub stdout: String,
    pub stderr: String,
    pub exit_code: i32,
    pub duration_ms: f64,
    pub passed: u32,
    pub total: u32,
    pub tests: Vec<Test>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Test {
    pub name: String,
    pub input: Value,
    pub expected: Value,
    pub actual: Option<Value>,
    pub stdout: String,
    /// `pass`, `fail`, `error` or `timeout`.
    pub status: &'static str,
    pub message: Option<String>,
    pub line: Option<u32>,
    pub duration_ms: f64,
    /// There for a case of the candidate's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<Own>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Own {
    /// What the candidate expected, if they said.
    pub expected: Option<Value>,
    /// Whether the reference solution answered; then `expected` of the case is its answer.
    pub answered: bool,
    /// Whether the reference solution agrees with the candidate's expectation, when there are both.
    pub agrees: Option<bool>,
}

impl Run {
    pub fn of(run: RunId, kind: RunKind, language: Language, report: &RunReport) -> Run {
        Run {
            run_id: run.to_string(),
            kind: kind_word(kind),
            language: language.as_str(),
            status: status_word(report.status),
            stdout: report.stdout.clone(),
            stderr: report.stderr.clone(),
            exit_code: report.exit_code,
            duration_ms: report.duration_ms,
            passed: report.passed,
            total: report.total,
            tests: report.tests.iter().map(Test::from).collect(),
        }
    }
}

impl From<&CaseResult> for Test {
    fn from(case: &CaseResult) -> Test {
        Test {
            name: case.name.clone(),
            input: input_json(&case.input),
            expected: case.expected.clone(),
            actual: case.actual.clone(),
            stdout: case.stdout.clone(),
            status: match case.status {
                CaseStatus::Pass => "pass",
                CaseStatus::Fail => "fail",
                CaseStatus::Error => "error",
                CaseStatus::Timeout => "timeout",
            },
            message: case.message.clone(),
            line: case.line,
            duration_ms: case.duration_ms,
            own: case.own.as_ref().map(|own| Own {
                expected: own.expected.clone(),
                answered: own.answered,
                agrees: own.agrees,
            }),
        }
    }
}

pub fn kind_word(kind: RunKind) -> &'static str {
    match kind {
        RunKind::Run => "run",
        RunKind::Submit => "submit",
    }
}

pub fn status_word(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Ok => "ok",
        RunStatus::CompileError => "compile_error",
        RunStatus::RuntimeError => "runtime_error",
        RunStatus::Timeout => "timeout",
        RunStatus::MemoryLimit => "memory_limit",
        RunStatus::OutputLimit => "output_limit",
    }
}

/// What goes into a case: a list of arguments, operations with theirs, or the text on stdin.
pub fn input_json(input: &CaseInput) -> Value {
    match input {
        CaseInput::Arguments { args } => json!(args),
        CaseInput::Operations {
            operations,
            arguments,
        } => json!({ "operations": operations, "arguments": arguments }),
        CaseInput::Stdin { stdin } => json!(stdin),
    }
}
