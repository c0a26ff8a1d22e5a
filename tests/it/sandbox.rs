//! The sandbox with its real guests in real worker processes. All tests share one set of workers and one cache of
//! compiled guests, which survives between runs of the tests (the first one compiles it).

mod behaviour;

use interviewd::sandbox::{Availability, Sandbox, SandboxConfig};
use interviewd_domain::{
    problem::{CaseInput, Language, Signature},
    run::{Limits, Observation, Program, RunKind},
};
use serde_json::{Value, json};
use std::{path::PathBuf, sync::OnceLock};

pub const WORKER: &str = env!("CARGO_BIN_EXE_interviewd");

pub fn config() -> SandboxConfig {
    SandboxConfig {
        executable: Some(WORKER.into()),
        ..SandboxConfig::new(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guests"))
    }
}

/// The sandbox that all tests share; ready in both languages.
pub async fn sandbox() -> &'static Sandbox {
    static SHARED: OnceLock<Sandbox> = OnceLock::new();
    let sandbox = SHARED.get_or_init(|| Sandbox::start(config(), |_| ()));
    for language in [Language::Python, Language::Javascript] {
        assert_eq!(
            sandbox.settled(language).await,
            Availability::Ready,
            "{language}"
        );
    }
    sandbox
}

pub const LIMITS: Limits = Limits {
    case_ms: 5_000,
    total_ms: 10_000,
    memory_bytes: 512 << 20,
    output_bytes: 64 << 10,
};

pub fn program(language: Language, source: &str, signature: Value, input: Value) -> Program {
    Program {
        language,
        source: source.to_owned(),
        signature: serde_json::from_value(signature).expect("a signature"),
        input: serde_json::from_value(input).expect("an input"),
        seed: 1,
    }
}

/// A program that reads stdin.
pub fn script(language: Language, source: &str, stdin: &str) -> Program {
    let input = CaseInput::Stdin {
        stdin: stdin.to_owned(),
    };
    Program {
        language,
        source: source.to_owned(),
        signature: Signature::Program,
        input,
        seed: 1,
    }
}

/// `solve` with parameters and a result of any type.
pub fn solve(language: Language, source: &str, args: Vec<Value>) -> Program {
    let params: Vec<Value> = (0..args.len())
        .map(|i| json!({"name": format!("p{i}"), "type": "json"}))
        .collect();
    let signature =
        json!({"kind": "function", "name": "solve", "params": params, "returns": "json"});
    program(language, source, signature, json!({ "args": args }))
}

pub async fn run(program: Program) -> Observation {
    run_within(program, LIMITS).await
}

pub async fn run_within(program: Program, limits: Limits) -> Observation {
    sandbox()
        .await
        .execute(program, limits)
        .await
        .expect("a run")
}
