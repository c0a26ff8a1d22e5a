//! The contract with the guests, in the host's words: a [`Program`] becomes a job, what came back becomes an
//! [`Observation`]. Pure.
//!
//! A job is one JSON object with `source`, `seed`, `kind` (`function`, `class` or `program`) and what that kind
//! needs; names are spelled the language's own way. A reply is `{"status": "ok", "value": …}` (programs:
//! `"exit_code"` instead), or `compile_error` / `runtime_error` / `memory_limit` with `message`, `line`, `column`,
//! `exit_code`. Candidate code shares an interpreter with the guest's harness and may forge any reply it likes. So a
//! reply is only ever data: it is never told what was expected, and whatever does not read as a reply is a failure.

use interviewd_domain::{
    problem::{CaseInput, Language, Parameter, Signature},
    run::{Limits, Observation, Program, RunStatus},
};
use interviewd_wasm::{Answer, End};
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;

/// A message of the candidate's own code is cut here.
const MESSAGE_BYTES_MAX: usize = 8 << 10;

/// JavaScript's numbers are whole up to here.
const SEED_MASK: u64 = (1 << 53) - 1;

const NO_RESULT: &str = "The program ended without a result.";
const TOO_DEEP: &str = "The returned value is nested too deeply.";

/// Writes the job. `None` if the input does not belong to the signature at all.
pub fn job(program: &Program) -> Option<String> {
    let language = program.language;
    let types = |params: &[Parameter]| -> Vec<String> {
        params.iter().map(|param| param.kind.to_string()).collect()
    };
    let mut job = match (&program.signature, &program.input) {
        (
            Signature::Function {
                name,
                params,
                returns,
                result_argument,
            },
            CaseInput::Arguments { args },
        ) => {
            let mut job = json!({
                "kind": "function",
                "entry": language.spell(name),
                "params": types(params),
                "returns": returns.to_string(),
                "args": args,
            });
            if let Some(index) = result_argument {
                job["result_argument"] = (*index).into();
            }
            job
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
            let methods: serde_json::Map<String, Value> = methods
                .iter()
                .map(|method| {
                    let shape = json!({"params": types(&method.params), "returns": method.returns.to_string()});
                    (language.spell(&method.name), shape)
                })
                .collect();
            let operations: Vec<String> =
                operations.iter().map(|name| language.spell(name)).collect();
            json!({
                "kind": "class",
                "entry": language.spell(name),
                "constructor": types(constructor),
                "methods": methods,
                "operations": operations,
                "arguments": arguments,
            })
        }
        (Signature::Program, CaseInput::Stdin { stdin }) => {
            json!({"kind": "program", "stdin": stdin})
        }
        _ => return None,
    };
    job["source"] = program.source.as_str().into();
    job["seed"] = (program.seed & SEED_MASK).into();
    Some(job.to_string())
}

/// Reads what came back.
pub fn observe(program: &Program, limits: &Limits, answer: Answer) -> Observation {
    let Answer {
        end,
        stdout,
        stderr,
        starved,
        duration_us,
    } = answer;
    let mut seen = Observation {
        status: RunStatus::RuntimeError,
        value: None,
        stdout,
        stderr,
        message: None,
        line: None,
        column: None,
        exit_code: 1,
        duration_ms: duration_us as f64 / 1_000.0,
    };
    let is_program = program.signature == Signature::Program;
    match end {
        End::Returned(text) => match read_reply(&text) {
            Ok(reply) => reply.tell(is_program, &mut seen),
            Err(sentence) => seen.message = Some(sentence.to_owned()),
        },
        End::Timeout => {
            seen.status = RunStatus::Timeout;
            seen.message = Some(format!(
                "Stopped after {} s: the time limit of one case.",
                limits.case_ms as f64 / 1_000.0
            ));
        }
        End::OutputLimit => {
            seen.status = RunStatus::OutputLimit;
            seen.message = Some(format!(
                "Stopped: more than {} KB of output.",
                limits.output_bytes >> 10
            ));
        }
        End::StackOverflow => {
            seen.message = Some(
                match program.language {
                    Language::Python => "RecursionError: maximum recursion depth exceeded",
                    Language::Javascript => "RangeError: Maximum call stack size exceeded",
                    Language::Java => "java.lang.StackOverflowError",
                }
                .to_owned(),
            );
        }
        End::Exited(0) if is_program => {
            seen.status = RunStatus::Ok;
            seen.exit_code = 0;
        }
        End::Exited(code) => {
            seen.message = Some(if is_program {
                exit_sentence(code)
            } else {
                NO_RESULT.to_owned()
            });
            seen.exit_code = if code == 0 { 1 } else { code };
        }
        End::ReplyTooLong => seen.message = Some("The returned value is too large.".to_owned()),
        End::Trapped { .. } => seen.message = Some(NO_RESULT.to_owned()),
    }
    // An allocation that was refused usually ends the run in the language's own words, and at times in none.
    let died_of_it = seen.message.as_deref().is_some_and(|message| {
        message == NO_RESULT || message.contains("MemoryError") || message.contains("out of memory")
    });
    if seen.status == RunStatus::RuntimeError && starved && died_of_it {
        seen.status = RunStatus::MemoryLimit;
        if seen.message.as_deref() == Some(NO_RESULT) {
            seen.message = None;
        }
    }
    if seen.status == RunStatus::MemoryLimit && seen.message.is_none() {
        seen.message = Some(format!(
            "Stopped: more than {} MB of memory.",
            limits.memory_bytes >> 20
        ));
    }
    if let Some(message) = &mut seen.message {
        message.truncate(message.floor_char_boundary(MESSAGE_BYTES_MAX));
    }
    seen
}

#[derive(Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
enum Reply {
    Ok {
        /// `Some(Value::Null)` for a `null` that was sent, `None` when nothing was.
        #[serde(default, deserialize_with = "present")]
        value: Option<Value>,
        #[serde(default)]
        exit_code: Option<i32>,
    },
    CompileError(Trouble),
    RuntimeError(Trouble),
    MemoryLimit(Trouble),
}

#[derive(Deserialize)]
struct Trouble {
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    line: Option<u32>,
    #[serde(default)]
    column: Option<u32>,
    #[serde(default)]
    exit_code: Option<i32>,
}

impl Reply {
    fn tell(self, is_program: bool, seen: &mut Observation) {
        let (status, trouble) = match self {
            Reply::Ok { exit_code, .. } if is_program => {
                let code = exit_code.unwrap_or(0);
                if code == 0 {
                    seen.status = RunStatus::Ok;
                } else {
                    seen.message = Some(exit_sentence(code));
                }
                seen.exit_code = code;
                return;
            }
            Reply::Ok {
                value: Some(value), ..
            } => {
                seen.status = RunStatus::Ok;
                seen.value = Some(value);
                seen.exit_code = 0;
                return;
            }
            Reply::Ok { value: None, .. } => {
                seen.message = Some(NO_RESULT.to_owned());
                return;
            }
            Reply::CompileError(trouble) => (RunStatus::CompileError, trouble),
            Reply::RuntimeError(trouble) => (RunStatus::RuntimeError, trouble),
            Reply::MemoryLimit(trouble) => (RunStatus::MemoryLimit, trouble),
        };
        seen.status = status;
        seen.message = trouble.message.filter(|message| !message.is_empty());
        seen.line = trouble.line;
        seen.column = trouble.column;
        seen.exit_code = trouble.exit_code.filter(|code| *code != 0).unwrap_or(1);
    }
}

fn read_reply(text: &str) -> Result<Reply, &'static str> {
    // serde_json stops at 128 levels, and says so in its message alone.
    serde_json::from_str(&keep_whole_numbers(text)).map_err(|error| {
        match error.to_string().starts_with("recursion limit") {
            true => TOO_DEEP,
            false => NO_RESULT,
        }
    })
}

fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

fn exit_sentence(code: i32) -> String {
    format!("The program ended with exit code {code}.")
}

/// Whole numbers beyond 64 bits would be read as floats and lose digits; they become `{"$int": "…"}`.
fn keep_whole_numbers(json: &str) -> Cow<'_, str> {
    // Nothing shorter can be beyond 64 bits.
    const DIGITS_MIN: usize = 19;
    let bytes = json.as_bytes();
    let mut kept = String::new();
    let (mut copied, mut i, mut in_string) = (0, 0, false);
    while i < bytes.len() {
        match bytes[i] {
            b'\\' if in_string => i += 2,
            b'"' => {
                in_string = !in_string;
                i += 1;
            }
            b'-' | b'0'..=b'9' if !in_string => {
                let start = i;
                while i < bytes.len()
                    && matches!(bytes[i], b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
                {
                    i += 1;
                }
                let token = &json[start..i];
                let whole = token.len() >= DIGITS_MIN && !token.contains(['.', 'e', 'E', '+']);
                if whole && token.parse::<i64>().is_err() && token.parse::<u64>().is_err() {
                    kept.push_str(&json[copied..start]);
                    kept.push_str(&format!("{{\"$int\":\"{token}\"}}"));
                    copied = i;
                }
            }
            _ => i += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    kept.push_str(&json[copied..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    const LIMITS: Limits = Limits {
        case_ms: 5_000,
        total_ms: 10_000,
        memory_bytes: 512 << 20,
        output_bytes: 64 << 10,
    };

    fn two_sum() -> Program {
        Program {
            language: Language::Javascript,
            source: "…".into(),
            signature: serde_json::from_value(json!({"kind": "function", "name": "two_sum", "returns": "int[]", "result_argument": 0,
                "params": [{"name": "numbers", "type": "int[]"}, {"name": "target", "type": "int"}]}))
            .unwrap(),
            input: CaseInput::Arguments { args: vec![json!([1, 2]), json!(3)] },
            seed: u64::MAX,
        }
    }

    fn stdin() -> Program {
        Program {
            signature: Signature::Program,
            input: CaseInput::Stdin { stdin: "7".into() },
            ..two_sum()
        }
    }

    fn answered(end: End, starved: bool) -> Answer {
        Answer {
            end,
            stdout: "out".into(),
            stderr: String::new(),
            starved,
            duration_us: 1_500,
        }
    }

    fn check(program: &Program, end: End, starved: bool, expect: Expect) {
        let seen = observe(program, &LIMITS, answered(end, starved));
        let value = seen.value.map(|value| value.to_string());
        expect.assert_eq(&format!(
            "{:?} {value:?} {:?} {:?}:{:?} exit {}",
            seen.status, seen.message, seen.line, seen.column, seen.exit_code
        ));
    }

    #[test]
    fn a_job_speaks_the_language_of_the_guest() {
        expect![[r#"{"args":[[1,2],3],"entry":"twoSum","kind":"function","params":["int[]","int"],"result_argument":0,"returns":"int[]","seed":9007199254740991,"source":"…"}"#]]
            .assert_eq(&job(&two_sum()).unwrap());
        expect![[r#"{"kind":"program","seed":9007199254740991,"source":"…","stdin":"7"}"#]]
            .assert_eq(&job(&stdin()).unwrap());
        let class = Program {
            signature: serde_json::from_value(json!({"kind": "class", "name": "LruCache", "constructor": [{"name": "n", "type": "int"}],
                "methods": [{"name": "get_or_zero", "params": [{"name": "key", "type": "string"}], "returns": "int"}]}))
            .unwrap(),
            input: CaseInput::Operations { operations: vec!["LruCache".into(), "get_or_zero".into()], arguments: vec![vec![json!(2)], vec![json!("a")]] },
            ..two_sum()
        };
        expect![[r#"{"arguments":[[2],["a"]],"constructor":["int"],"entry":"LruCache","kind":"class","methods":{"getOrZero":{"params":["string"],"returns":"int"}},"operations":["LruCache","getOrZero"],"seed":9007199254740991,"source":"…"}"#]]
            .assert_eq(&job(&class).unwrap());
        assert_eq!(
            job(&Program {
                input: two_sum().input,
                ..stdin()
            }),
            None
        );
    }

    #[test]
    fn replies_become_observations() {
        let returned = |text: &str| End::Returned(text.to_owned());
        let (function, program) = (two_sum(), stdin());
        check(
            &function,
            returned(r#"{"status":"ok","value":[0,1]}"#),
            false,
            expect![[r#"Ok Some("[0,1]") None None:None exit 0"#]],
        );
        check(
            &function,
            returned(r#"{"status":"ok","value":null}"#),
            false,
            expect![[r#"Ok Some("null") None None:None exit 0"#]],
        );
        check(
            &program,
            returned(r#"{"status":"ok","exit_code":0}"#),
            false,
            expect!["Ok None None None:None exit 0"],
        );
        check(
            &program,
            returned(r#"{"status":"ok","exit_code":3}"#),
            false,
            expect![[
                r#"RuntimeError None Some("The program ended with exit code 3.") None:None exit 3"#
            ]],
        );
        check(
            &function,
            returned(r#"{"status":"compile_error","message":"SyntaxError","line":2,"column":5}"#),
            false,
            expect![[r#"CompileError None Some("SyntaxError") Some(2):Some(5) exit 1"#]],
        );
        check(
            &function,
            returned(r#"{"status":"runtime_error","message":"MemoryError","line":2}"#),
            true,
            expect![[r#"MemoryLimit None Some("MemoryError") Some(2):None exit 1"#]],
        );
        check(
            &function,
            returned(r#"{"status":"runtime_error","message":"ValueError"}"#),
            true,
            expect![[r#"RuntimeError None Some("ValueError") None:None exit 1"#]],
        );
        check(
            &function,
            End::Trapped {
                reason: String::new(),
            },
            true,
            expect![[
                r#"MemoryLimit None Some("Stopped: more than 512 MB of memory.") None:None exit 1"#
            ]],
        );
        check(
            &function,
            End::Timeout,
            false,
            expect![[
                r#"Timeout None Some("Stopped after 5 s: the time limit of one case.") None:None exit 1"#
            ]],
        );
        check(
            &program,
            End::Exited(0),
            false,
            expect!["Ok None None None:None exit 0"],
        );
    }

    #[test]
    fn what_does_not_read_as_a_reply_is_a_failure() {
        for forged in [
            "null",
            "5",
            "",
            "{}",
            "[]",
            r#"{"status":"passed"}"#,
            r#"{"status":"ok"}"#,
            r#"{"status":"ok","value":1"#,
            r#"{"status":"ok","value":1} {"status":"ok","value":2}"#,
            r#"{"status":["ok"],"value":1}"#,
        ] {
            let seen = observe(
                &two_sum(),
                &LIMITS,
                answered(End::Returned(forged.to_owned()), false),
            );
            assert_eq!(
                (seen.status, seen.message.as_deref()),
                (RunStatus::RuntimeError, Some(NO_RESULT)),
                "{forged:.40}"
            );
        }
        let deep = format!("{}{}", r#"{"status":"ok","value":"#, "[".repeat(100_000));
        let seen = observe(&two_sum(), &LIMITS, answered(End::Returned(deep), false));
        assert_eq!(
            (seen.status, seen.message.as_deref()),
            (RunStatus::RuntimeError, Some(TOO_DEEP))
        );
        let seen = observe(&two_sum(), &LIMITS, answered(End::Exited(0), false));
        assert_eq!(seen.status, RunStatus::RuntimeError);
    }

    #[test]
    fn whole_numbers_keep_all_their_digits() {
        let table = [
            (
                "[12345678901234567890123, -7]",
                r#"[{"$int":"12345678901234567890123"}, -7]"#,
            ),
            ("18446744073709551615", "18446744073709551615"),
            ("-9223372036854775809", r#"{"$int":"-9223372036854775809"}"#),
            (
                r#"["12345678901234567890123", "\"12345678901234567890123"]"#,
                r#"["12345678901234567890123", "\"12345678901234567890123"]"#,
            ),
            ("1.2345678901234567890123", "1.2345678901234567890123"),
            ("\"\\", "\"\\"),
        ];
        for (json, kept) in table {
            assert_eq!(keep_whole_numbers(json), kept);
        }
    }
}
