//! How code is judged: what a run asks for, what one case came to, and what the whole run is called.
//!
//! The sandbox reports an [`Observation`] for each case; [`judge`] compares it with what was expected, here in the
//! host where the candidate's code cannot reach, [`grade`] turns both into a [`CaseResult`], and [`report`] adds
//! them up. A crash, a timeout or a wrong answer is an outcome, never an error of ours.
//!
//! Values travel as JSON. What JSON has no word for is tagged: `{"$float": "nan" | "inf" | "-inf"}` and, for whole
//! numbers beyond 64 bits, `{"$int": "123…"}`; [`shown`] turns the tags into what a person reads.
//!
//! To add a way of comparing: a variant of [`Comparison`], an arm in [`compare`], a row in the table of its test.

use crate::problem::{Case, CaseInput, Comparison, Language, Parameter, Signature, Type};
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
    /// There for a case of the candidate's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnResult>,
}

/// A case that the candidate made up: an input, and what they think comes out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnCase {
    pub input: CaseInput,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Value>,
}

/// What belongs to a case of the candidate's own, beside what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnResult {
    /// What the candidate expected, if they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Value>,
    /// Whether the reference solution answered; its answer is then the case's `expected`, else the candidate's own
    /// is, and without either ending well is passing.
    pub answered: bool,
    /// Whether the reference solution agrees with the candidate's expectation, when there are both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agrees: Option<bool>,
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

/// The name of the only case of a run on the candidate's own input; several are [`own_case_name`].
pub const CUSTOM_CASE: &str = "Your input";

/// Cases of the candidate's own in one run. Each also asks the reference solution, so that the bound on runs bounds
/// the questions as well.
pub const OWN_CASES_MAX: usize = 8;

/// A returned value longer than this (as JSON) is compared, but not kept.
pub const ACTUAL_BYTES_MAX: usize = 16 << 10;

/// The streams of a whole run are cut here, like those of a single case.
const REPORT_STREAM_BYTES_MAX: usize = 64 << 10;

/// What the host's comparison says about one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    Same,
    Different,
    /// Only the problem's checker can tell; run it in an instance of its own.
    AskChecker,
}

/// A case that was executed (or not reached any more), and whether its answer was right.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    pub observation: Observation,
    pub correct: bool,
}

/// Compares an answer with the expected one.
pub fn compare(comparison: &Comparison, actual: &Value, expected: &Value) -> Judgement {
    let same = match comparison {
        Comparison::Exact => canonical(actual, Order::Kept) == canonical(expected, Order::Kept),
        Comparison::Float { absolute, relative } => {
            let near = Tolerance {
                absolute: *absolute,
                relative: *relative,
            };
            near.same(actual, expected)
        }
        Comparison::AnyOrder { deep } => {
            let order = if *deep {
                Order::Free
            } else {
                Order::FreeOutside
            };
            canonical(actual, order) == canonical(expected, order)
        }
        Comparison::Checker { .. } => return Judgement::AskChecker,
    };
    if same {
        Judgement::Same
    } else {
        Judgement::Different
    }
}

/// What the candidate's code answered: the returned value, or what a program printed. `None` when it did not end well.
pub fn answer(signature: &Signature, observation: &Observation) -> Option<Value> {
    match (observation.status, signature) {
        (RunStatus::Ok, Signature::Program) => Some(Value::String(observation.stdout.clone())),
        (RunStatus::Ok, _) => Some(observation.value.clone().unwrap_or(Value::Null)),
        _ => None,
    }
}

/// Judges one executed case. Knows what [`compare`] cannot: that a program's lines are compared without trailing
/// white space, and that the results of a class's operations keep their order whatever the comparison says.
pub fn judge(
    signature: &Signature,
    comparison: &Comparison,
    observation: &Observation,
    expected: &Value,
) -> Judgement {
    let Some(actual) = answer(signature, observation) else {
        return Judgement::Different;
    };
    match (signature, comparison) {
        (_, Comparison::Checker { .. }) => Judgement::AskChecker,
        (Signature::Program, _) => compare(comparison, &lines(&actual), &lines(expected)),
        (Signature::Class { .. }, Comparison::AnyOrder { .. }) => match (&actual, expected) {
            (Value::Array(actual), Value::Array(expected)) if actual.len() == expected.len() => {
                let mut pairs = actual.iter().zip(expected);
                match pairs.all(|(a, e)| compare(comparison, a, e) == Judgement::Same) {
                    true => Judgement::Same,
                    false => Judgement::Different,
                }
            }
            _ => Judgement::Different,
        },
        _ => compare(comparison, &actual, expected),
    }
}

/// A visible case with what came of it.
pub fn grade(signature: &Signature, case: &Case, played: &Played) -> CaseResult {
    let Played {
        observation,
        correct,
    } = played;
    CaseResult {
        name: case.name.clone(),
        input: case.input.clone(),
        expected: shown(&case.expected),
        actual: answer(signature, observation).map(|value| bounded(shown(&value))),
        stdout: observation.stdout.clone(),
        status: case_status(observation.status, *correct),
        outcome: observation.status,
        message: observation.message.clone(),
        line: observation.line,
        duration_ms: observation.duration_ms,
        own: None,
    }
}

/// Adds up a run. `visible` and `hidden` hold what was played, in the order of the plan, and end early when a
/// compile error made the rest pointless: the cases after it share its outcome. Of hidden cases nothing enters the
/// report but their names and how they went.
pub fn report(
    signature: &Signature,
    plan: &RunPlan<'_>,
    visible: &[Played],
    hidden: &[Played],
) -> RunReport {
    let compile_error = visible
        .iter()
        .chain(hidden)
        .find(|played| played.observation.status == RunStatus::CompileError);
    let unreached = Played {
        observation: match compile_error {
            Some(first) => Observation {
                stdout: String::new(),
                stderr: String::new(),
                duration_ms: 0.0,
                ..first.observation.clone()
            },
            None => Observation::out_of_time(),
        },
        correct: false,
    };
    let tests: Vec<CaseResult> = plan
        .visible
        .iter()
        .enumerate()
        .map(|(i, case)| grade(signature, case, visible.get(i).unwrap_or(&unreached)))
        .collect();
    let hidden = plan
        .hidden
        .iter()
        .enumerate()
        .map(|(i, case)| {
            let played = hidden.get(i).unwrap_or(&unreached);
            HiddenResult {
                name: case.name.clone(),
                status: case_status(played.observation.status, played.correct),
                outcome: played.observation.status,
            }
        })
        .collect();

    let seen = || visible.iter().map(|played| &played.observation);
    let trouble = seen().find(|observation| observation.status != RunStatus::Ok);
    let mut stderr = joined(seen().map(|observation| observation.stderr.as_str()));
    if let Some(message) = trouble.and_then(|observation| observation.message.as_deref()) {
        if !stderr.is_empty() && !stderr.ends_with('\n') {
            stderr.push('\n');
        }
        stderr.push_str(message);
    }
    RunReport {
        status: trouble.map_or(RunStatus::Ok, |observation| observation.status),
        stdout: joined(seen().map(|observation| observation.stdout.as_str())),
        stderr,
        exit_code: trouble.map_or(0, |observation| observation.exit_code),
        duration_ms: seen().map(|observation| observation.duration_ms).sum(),
        passed: tests
            .iter()
            .filter(|test| test.status == CaseStatus::Pass)
            .count() as u32,
        total: tests.len() as u32,
        tests,
        hidden,
    }
}

/// What a case of the candidate's own is called: the first is number 0, `of` how many there are.
pub fn own_case_name(number: usize, of: usize) -> String {
    match of {
        1 => CUSTOM_CASE.to_owned(),
        _ => format!("Your case {}", number + 1),
    }
}

/// A value that a candidate wrote, as if code had answered it: what [`judge`] can compare.
pub fn as_answered(signature: &Signature, value: &Value) -> Observation {
    let printed = match (signature, value) {
        (Signature::Program, Value::String(text)) => text.clone(),
        (Signature::Program, other) => other.to_string(),
        _ => String::new(),
    };
    Observation {
        status: RunStatus::Ok,
        value: (*signature != Signature::Program).then(|| value.clone()),
        stdout: printed,
        stderr: String::new(),
        message: None,
        line: None,
        column: None,
        exit_code: 0,
        duration_ms: 0.0,
    }
}

/// Whether an input fits a signature; the sentence says what does not.
pub fn check_input(signature: &Signature, input: &CaseInput) -> Result<(), String> {
    match (signature, input) {
        (Signature::Program, CaseInput::Stdin { .. }) => Ok(()),
        (Signature::Function { params, .. }, CaseInput::Arguments { args }) => {
            check_arguments("The function", params, args)
        }
        (
            Signature::Class {
                name,
                constructor,
                methods,
            },
            CaseInput::Operations {
                operations,
                arguments,
            },
        ) => {
            if operations.len() != arguments.len() {
                return Err("There must be one list of arguments for each operation.".to_owned());
            }
            if operations.first() != Some(name) {
                return Err(format!(
                    "The first operation must be `{name}`, which makes the object."
                ));
            }
            for (i, (operation, args)) in operations.iter().zip(arguments).enumerate() {
                let params = match methods.iter().find(|method| method.name == *operation) {
                    Some(method) => &method.params,
                    None if i == 0 => constructor,
                    None => return Err(format!("`{operation}` is not a method of `{name}`.")),
                };
                check_arguments(&format!("`{operation}`"), params, args)?;
            }
            Ok(())
        }
        (Signature::Program, _) => {
            Err("This problem reads its input from stdin, as text.".to_owned())
        }
        (Signature::Function { .. }, _) => {
            Err("This problem takes a list of arguments.".to_owned())
        }
        (Signature::Class { .. }, _) => {
            Err("This problem takes a list of operations with their arguments.".to_owned())
        }
    }
}

/// The value as a person reads it: tags replaced by a number where JSON can hold it, else by text.
pub fn shown(value: &Value) -> Value {
    match (number(value), value) {
        (Some(Number::Whole(digits)), Value::Object(_)) => match digits.parse::<i64>() {
            Ok(small) => small.into(),
            Err(_) => Value::String(digits),
        },
        (Some(Number::Float(float)), Value::Object(_)) => Value::String(
            match float {
                f64::INFINITY => "Infinity",
                f64::NEG_INFINITY => "-Infinity",
                _ => "NaN",
            }
            .to_owned(),
        ),
        (None, Value::Array(items)) => Value::Array(items.iter().map(shown).collect()),
        (None, Value::Object(fields)) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), shown(value)))
                .collect(),
        ),
        _ => value.clone(),
    }
}

impl Observation {
    /// A case that was not reached before the run's total time was used up.
    pub fn out_of_time() -> Observation {
        Observation {
            status: RunStatus::Timeout,
            value: None,
            stdout: String::new(),
            stderr: String::new(),
            message: Some("Not started: the time for the whole run was used up.".to_owned()),
            line: None,
            column: None,
            exit_code: 1,
            duration_ms: 0.0,
        }
    }
}

fn case_status(outcome: RunStatus, correct: bool) -> CaseStatus {
    match (outcome, correct) {
        (RunStatus::Ok, true) => CaseStatus::Pass,
        (RunStatus::Ok, false) => CaseStatus::Fail,
        (RunStatus::Timeout, _) => CaseStatus::Timeout,
        _ => CaseStatus::Error,
    }
}

fn joined<'a>(streams: impl Iterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for stream in streams.filter(|stream| !stream.is_empty()) {
        if !all.is_empty() && !all.ends_with('\n') {
            all.push('\n');
        }
        let room = REPORT_STREAM_BYTES_MAX.saturating_sub(all.len());
        all.push_str(&stream[..stream.floor_char_boundary(room)]);
    }
    all
}

/// The value, or a sentence in its place when it is too long to keep.
pub fn bounded(value: Value) -> Value {
    let bytes = value.to_string().len();
    if bytes <= ACTUAL_BYTES_MAX {
        return value;
    }
    Value::String(format!("(too long to show: {bytes} bytes)"))
}

fn check_arguments(what: &str, params: &[Parameter], args: &[Value]) -> Result<(), String> {
    if params.len() != args.len() {
        return Err(format!(
            "{what} takes {} arguments, not {}.",
            params.len(),
            args.len()
        ));
    }
    match params
        .iter()
        .zip(args)
        .find(|(param, value)| !fits(&param.kind, value))
    {
        Some((param, _)) => Err(format!(
            "{what} needs a value of type `{}` for `{}`.",
            param.kind, param.name
        )),
        None => Ok(()),
    }
}

/// Linked lists are written as arrays, trees as arrays in level order with `null` for a missing child.
fn fits(kind: &Type, value: &Value) -> bool {
    let all = |item: &Type| {
        value
            .as_array()
            .is_some_and(|items| items.iter().all(|value| fits(item, value)))
    };
    match kind {
        Type::Json => true,
        Type::Void => value.is_null(),
        Type::Bool => value.is_boolean(),
        Type::String => value.is_string(),
        Type::Int => matches!(number(value), Some(Number::Whole(_))),
        Type::Float => number(value).is_some(),
        Type::Array(item) | Type::LinkedList(item) => all(item),
        Type::Tree(item) => {
            let levels = value.as_array();
            levels.is_some_and(|nodes| nodes.iter().all(|node| node.is_null() || fits(item, node)))
        }
    }
}

/// A number with its tag taken off. Whole ones keep all their digits.
enum Number {
    Whole(String),
    Float(f64),
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(plain) if plain.is_f64() => plain.as_f64().map(Number::Float),
        Value::Number(plain) => Some(Number::Whole(plain.to_string())),
        Value::Object(fields) if fields.len() == 1 => {
            if let Some(Value::String(text)) = fields.get("$int") {
                return whole(text).map(Number::Whole);
            }
            match fields.get("$float")?.as_str()? {
                "nan" => Some(Number::Float(f64::NAN)),
                "inf" => Some(Number::Float(f64::INFINITY)),
                "-inf" => Some(Number::Float(f64::NEG_INFINITY)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The plain decimal spelling of a whole number: no plus sign, no leading zeros, no `-0`.
fn whole(text: &str) -> Option<String> {
    let (minus, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    Some(if digits.is_empty() {
        "0".to_owned()
    } else {
        format!("{minus}{digits}")
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Order {
    Kept,
    /// The outermost array is a multiset, what lies in it keeps its order.
    FreeOutside,
    /// Every array is a multiset.
    Free,
}

/// One spelling for all values that count as equal, so that equality (and sorting, for multisets) is that of text.
fn canonical(value: &Value, order: Order) -> String {
    match (number(value), value) {
        (Some(Number::Whole(digits)), _) => digits,
        (Some(Number::Float(0.0)), _) => "0".to_owned(),
        (Some(Number::Float(float)), _) if float.is_finite() && float.fract() == 0.0 => {
            format!("{float:.0}")
        }
        (Some(Number::Float(float)), _) => format!("{float:?}"),
        (None, Value::Array(items)) => {
            let inside = if order == Order::FreeOutside {
                Order::Kept
            } else {
                order
            };
            let mut items: Vec<String> = items.iter().map(|item| canonical(item, inside)).collect();
            if order != Order::Kept {
                items.sort_unstable();
            }
            format!("[{}]", items.join(","))
        }
        (None, Value::Object(fields)) => {
            let inside = if order == Order::FreeOutside {
                Order::Kept
            } else {
                order
            };
            let mut fields: Vec<String> = fields
                .iter()
                .map(|(key, value)| {
                    format!("{}:{}", Value::from(key.as_str()), canonical(value, inside))
                })
                .collect();
            fields.sort_unstable();
            format!("{{{}}}", fields.join(","))
        }
        (None, plain) => plain.to_string(),
    }
}

struct Tolerance {
    absolute: f64,
    relative: f64,
}

impl Tolerance {
    fn same(&self, actual: &Value, expected: &Value) -> bool {
        if let (Some(actual), Some(expected)) = (number(actual), number(expected)) {
            return self.near(&actual, &expected);
        }
        match (actual, expected) {
            (Value::Array(a), Value::Array(e)) => {
                a.len() == e.len() && a.iter().zip(e).all(|(a, e)| self.same(a, e))
            }
            (Value::Object(a), Value::Object(e)) => {
                a.len() == e.len()
                    && e.iter()
                        .all(|(key, e)| a.get(key).is_some_and(|a| self.same(a, e)))
            }
            // A program's line: word by word, where a word may be a number.
            (Value::String(a), Value::String(e)) => {
                let (a, e): (Vec<_>, Vec<_>) = (
                    a.split_whitespace().collect(),
                    e.split_whitespace().collect(),
                );
                a.len() == e.len()
                    && a.iter()
                        .zip(e)
                        .all(|(a, e)| *a == e || self.near_words(a, e))
            }
            (a, e) => a == e,
        }
    }

    fn near(&self, actual: &Number, expected: &Number) -> bool {
        let float = |number: &Number| match number {
            Number::Whole(digits) => digits.parse().unwrap_or(f64::NAN),
            Number::Float(float) => *float,
        };
        if let (Number::Whole(a), Number::Whole(e)) = (actual, expected)
            && a == e
        {
            return true;
        }
        let (a, e) = (float(actual), float(expected));
        if a.is_nan() || e.is_nan() {
            return a.is_nan() && e.is_nan();
        }
        if a.is_infinite() || e.is_infinite() {
            return a == e;
        }
        let distance = (a - e).abs();
        distance <= self.absolute || distance <= self.relative * e.abs()
    }

    fn near_words(&self, actual: &str, expected: &str) -> bool {
        match (actual.parse(), expected.parse()) {
            (Ok(a), Ok(e)) => self.near(&Number::Float(a), &Number::Float(e)),
            _ => false,
        }
    }
}

/// A program's output as lines without trailing white space and without empty lines at the end.
fn lines(text: &Value) -> Value {
    let Some(text) = text.as_str() else {
        return text.clone();
    };
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const EXACT: Comparison = Comparison::Exact;
    const NEAR: Comparison = Comparison::Float {
        absolute: 1e-6,
        relative: 1e-6,
    };
    const OUTER: Comparison = Comparison::AnyOrder { deep: false };
    const DEEP: Comparison = Comparison::AnyOrder { deep: true };

    #[test]
    fn values_are_compared_as_the_problem_says() {
        use Judgement::{Different, Same};
        let table = [
            (EXACT, json!([0, 1]), json!([0, 1]), Same),
            (EXACT, json!([1, 0]), json!([0, 1]), Different),
            (EXACT, json!(2.0), json!(2), Same),
            (EXACT, json!(1), json!(true), Different),
            (EXACT, json!("1"), json!(1), Different),
            (EXACT, json!(null), json!([]), Different),
            (EXACT, json!(0.1 + 0.2), json!(0.3), Different),
            (
                EXACT,
                json!({"b": 1, "a": [2]}),
                json!({"a": [2], "b": 1}),
                Same,
            ),
            (EXACT, json!({"$int": "007"}), json!(7), Same),
            (
                EXACT,
                json!({"$int": "100000000000000000000"}),
                json!(1e20),
                Same,
            ),
            (
                EXACT,
                json!({"$int": "100000000000000000001"}),
                json!({"$int": "100000000000000000002"}),
                Different,
            ),
            (
                EXACT,
                json!(9007199254740993u64),
                json!(9007199254740992u64),
                Different,
            ),
            (
                EXACT,
                json!({"$float": "nan"}),
                json!({"$float": "nan"}),
                Same,
            ),
            (
                EXACT,
                json!({"$float": "inf"}),
                json!({"$float": "-inf"}),
                Different,
            ),
            (
                NEAR,
                json!([0.1 + 0.2, [1]]),
                json!([0.3, [1.0000001]]),
                Same,
            ),
            (NEAR, json!(1_000_000.5), json!(1_000_000), Same),
            (NEAR, json!(1.1), json!(1), Different),
            (NEAR, json!([1]), json!([1, 1]), Different),
            (NEAR, json!({"$float": "nan"}), json!(1), Different),
            (NEAR, json!({"$float": "inf"}), json!(1e300), Different),
            (
                NEAR,
                json!("sum 0.30000000000000004"),
                json!("sum 0.3"),
                Same,
            ),
            (OUTER, json!([[1, 2], [3]]), json!([[3], [1, 2]]), Same),
            (OUTER, json!([[2, 1], [3]]), json!([[3], [1, 2]]), Different),
            (OUTER, json!([1, 1, 2]), json!([1, 2, 2]), Different),
            (DEEP, json!([[2, 1], [3]]), json!([[3], [1, 2]]), Same),
            (DEEP, json!([[2, 1], [3]]), json!([[3, 1], [2]]), Different),
        ];
        for (comparison, actual, expected, verdict) in table {
            assert_eq!(
                compare(&comparison, &actual, &expected),
                verdict,
                "{comparison:?}: {actual} against {expected}"
            );
        }
    }

    fn ended(status: RunStatus, value: Value, stdout: &str) -> Observation {
        Observation {
            status,
            value: Some(value),
            stdout: stdout.to_owned(),
            stderr: String::new(),
            message: (status != RunStatus::Ok).then(|| "what went wrong".to_owned()),
            line: None,
            column: None,
            exit_code: i32::from(status != RunStatus::Ok),
            duration_ms: 1.0,
        }
    }

    #[test]
    fn programs_are_judged_by_their_lines_and_classes_keep_the_order_of_their_operations() {
        let printed = ended(RunStatus::Ok, Value::Null, "3 \n\n5\n\n");
        let program = |comparison, expected: &str| {
            judge(&Signature::Program, &comparison, &printed, &json!(expected))
        };
        assert_eq!(program(EXACT, "3\n\n5"), Judgement::Same);
        assert_eq!(program(EXACT, "3\n5"), Judgement::Different);
        assert_eq!(program(OUTER, "5\n3\n\n"), Judgement::Different);
        assert_eq!(program(OUTER, "5\n\n3"), Judgement::Same);

        let class = Signature::Class {
            name: "Bag".into(),
            constructor: vec![],
            methods: vec![],
        };
        let results = ended(RunStatus::Ok, json!([null, [2, 1], [3]]), "");
        assert_eq!(
            judge(&class, &OUTER, &results, &json!([null, [1, 2], [3]])),
            Judgement::Same
        );
        assert_eq!(
            judge(&class, &OUTER, &results, &json!([null, [3], [1, 2]])),
            Judgement::Different
        );
    }

    #[test]
    fn an_answer_that_did_not_end_well_is_never_right() {
        let crashed = ended(RunStatus::RuntimeError, json!(3), "3");
        assert_eq!(
            judge(&Signature::Program, &EXACT, &crashed, &json!("3")),
            Judgement::Different
        );
    }

    fn case(name: &str) -> Case {
        Case {
            name: name.into(),
            input: CaseInput::Stdin {
                stdin: String::new(),
            },
            expected: json!("x"),
            explanation: None,
        }
    }

    #[test]
    fn a_report_speaks_of_visible_cases_alone() {
        let (first, second, secret) = (case("first"), case("second"), case("secret"));
        let plan = RunPlan {
            visible: vec![&first, &second],
            hidden: vec![&secret],
        };
        let right = Played {
            observation: ended(RunStatus::Ok, Value::Null, "seen"),
            correct: true,
        };
        let wrong = Played {
            observation: ended(RunStatus::Ok, Value::Null, "seen too"),
            correct: false,
        };
        let leak = Played {
            observation: ended(RunStatus::RuntimeError, json!("canary"), "canary"),
            correct: false,
        };
        let report = report(&Signature::Program, &plan, &[right, wrong], &[leak]);

        assert_eq!(
            (report.status, report.passed, report.total, report.exit_code),
            (RunStatus::Ok, 1, 2, 0)
        );
        assert_eq!(report.stdout, "seen\nseen too");
        assert_eq!(report.hidden[0].outcome, RunStatus::RuntimeError);
        assert!(!serde_json::to_string(&report).unwrap().contains("canary"));
    }

    #[test]
    fn a_compile_error_stands_for_every_case_and_lost_time_for_those_not_reached() {
        let (first, second, secret) = (case("first"), case("second"), case("secret"));
        let plan = RunPlan {
            visible: vec![&first, &second],
            hidden: vec![&secret],
        };
        let broken = Played {
            observation: ended(RunStatus::CompileError, Value::Null, ""),
            correct: false,
        };
        let compiled = report(&Signature::Program, &plan, &[broken], &[]);
        assert_eq!(compiled.status, RunStatus::CompileError);
        assert_eq!(compiled.stderr, "what went wrong");
        assert_eq!(compiled.tests[1].outcome, RunStatus::CompileError);
        assert_eq!(compiled.hidden[0].outcome, RunStatus::CompileError);

        let right = Played {
            observation: ended(RunStatus::Ok, Value::Null, "x"),
            correct: true,
        };
        let late = report(&Signature::Program, &plan, &[right], &[]);
        assert_eq!(late.tests[1].status, CaseStatus::Timeout);
        assert_eq!((late.passed, late.total), (1, 2));
    }

    #[test]
    fn tags_are_shown_as_people_write_numbers_and_long_values_not_at_all() {
        assert_eq!(
            shown(&json!([{"$int": "7"}, {"$int": "123456789012345678901"}, {"$float": "nan"}])),
            json!([7, "123456789012345678901", "NaN"])
        );
        assert!(
            bounded(json!("a".repeat(ACTUAL_BYTES_MAX)))
                .to_string()
                .len()
                < 100
        );
    }

    #[test]
    fn an_input_must_fit_the_signature() {
        let signature: Signature = serde_json::from_value(json!({"kind": "class", "name": "Lru", "constructor": [{"name": "size", "type": "int"}],
            "methods": [{"name": "get", "params": [{"name": "key", "type": "string"}], "returns": "int"}]})).unwrap();
        let check = |operations: Value, arguments: Value| {
            let input =
                serde_json::from_value(json!({"operations": operations, "arguments": arguments}))
                    .unwrap();
            check_input(&signature, &input).err().unwrap_or_default()
        };
        assert_eq!(check(json!(["Lru", "get"]), json!([[2], ["a"]])), "");
        assert_eq!(
            check(json!(["Lru", "get"]), json!([[2], [7]])),
            "`get` needs a value of type `string` for `key`."
        );
        assert_eq!(
            check(json!(["Lru", "put"]), json!([[2], [7]])),
            "`put` is not a method of `Lru`."
        );
        assert_eq!(
            check(json!(["get"]), json!([["a"]])),
            "The first operation must be `Lru`, which makes the object."
        );
        assert_eq!(
            check(json!(["Lru"]), json!([[]])),
            "`Lru` takes 1 arguments, not 0."
        );
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "[a-c]{0,3}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop::collection::vec(inner, 0..4).prop_map(Value::Array)
        })
    }

    proptest! {
        #[test]
        fn a_value_is_the_same_as_itself_in_every_mode(value in values()) {
            for comparison in [EXACT, NEAR, OUTER, DEEP] {
                prop_assert_eq!(compare(&comparison, &value, &value), Judgement::Same);
            }
        }

        #[test]
        fn order_matters_to_exact_alone(items in prop::collection::vec(values(), 0..6), seed in 0usize..6) {
            let mut turned = items.clone();
            turned.rotate_left(seed.min(items.len()));
            let (items, turned) = (Value::Array(items), Value::Array(turned));
            prop_assert_eq!(compare(&OUTER, &turned, &items), Judgement::Same);
            prop_assert_eq!(compare(&DEEP, &turned, &items), Judgement::Same);
            prop_assert_eq!(compare(&EXACT, &turned, &items) == Judgement::Same, canonical(&turned, Order::Kept) == canonical(&items, Order::Kept));
        }
    }
}
