//! How code is judged: what a run asks for, what one case came to, and what the whole run is called.
//!
//! The sandbox reports an [`Observation`] for each case; [`grade`] turns it into a [`CaseResult`] by comparing in
//! the host. A crash, a timeout or a wrong answer is an outcome, never an error of ours.

use crate::problem::{Case, CaseInput, Language, Signature};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Source code is at most this long.
pub const SOURCE_BYTES_MAX: usize = 50 * 1024;

/// Whether only the visible cases run, or the hidden ones as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    Run,
    Submit,
}

/// What a run came to; also what a single case came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    Ok,
    CompileError,
    RuntimeError,
    Timeout,
    MemoryLimit,
    OutputLimit,
}

/// The bounds of one run. Times in milliseconds of wall time, sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub case_ms: u64,
    pub total_ms: u64,
    pub memory_bytes: u64,
    /// Per stream and case.
    pub output_bytes: usize,
}

impl Limits {
    /// 5 s a case, 10 s a run, 30 s a submit; Java twice that. 512 MB, 64 KB a stream.
    pub fn standard(language: Language, kind: RunKind) -> Limits {
        let factor = if language == Language::Java { 2 } else { 1 };
        let total_ms = match kind {
            RunKind::Run => 10_000,
            RunKind::Submit => 30_000,
        };
        Limits {
            case_ms: 5_000 * factor,
            total_ms: total_ms * factor,
            memory_bytes: 512 << 20,
            output_bytes: 64 << 10,
        }
    }
}

/// One thing for the sandbox to execute: code and the input of one case. No expected value in sight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Program {
    pub language: Language,
    pub source: String,
    pub signature: Signature,
    pub input: CaseInput,
    /// Seeds the guest's own dice, so that a repeated run repeats.
    pub seed: u64,
}

/// What the sandbox saw while one case ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    pub status: RunStatus,
    /// The returned value, canonical JSON; absent for programs and whenever `status` is not `Ok`.
    pub value: Option<Value>,
    pub stdout: String,
    pub stderr: String,
    /// Traceback or compiler message with the candidate's own lines and no others.
    pub message: Option<String>,
    pub line: Option<u32>,
    pub column: Option<u32>,
    pub exit_code: i32,
    pub duration_ms: f64,
}

/// What one case came to, as the API says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseStatus {
    Pass,
    Fail,
    Error,
    Timeout,
}

/// A visible case after a run, with everything a candidate may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseResult {
    pub name: String,
    pub input: CaseInput,
    pub expected: Value,
    pub actual: Option<Value>,
    pub stdout: String,
    pub status: CaseStatus,
    /// What stopped it, when it did not run to its end.
    pub outcome: RunStatus,
    pub message: Option<String>,
    pub line: Option<u32>,
    pub duration_ms: f64,
}

/// A hidden case after a submit: its name and how it went. There is no field that could leak its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenResult {
    pub name: String,
    pub status: CaseStatus,
    pub outcome: RunStatus,
}

/// The whole run. `status`, streams, duration and counts speak of the visible cases alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    pub status: RunStatus,
    pub stdout: String,
    pub stderr: String,
    pub exit_code: i32,
    pub duration_ms: f64,
    pub passed: u32,
    pub total: u32,
    pub tests: Vec<CaseResult>,
    /// For the evaluator; never sent to a candidate before the end. Empty for [`RunKind::Run`].
    pub hidden: Vec<HiddenResult>,
}

/// What a run is made of, once the sandbox is asked: visible cases first, then hidden ones for a submit.
#[derive(Debug, Clone, PartialEq)]
pub struct RunPlan<'a> {
    pub visible: Vec<&'a Case>,
    pub hidden: Vec<&'a Case>,
}
