//! The sandbox with its real guests in real worker processes. Most tests share one set of workers, and all share one
//! cache of compiled guests, which survives between runs of the tests (the first one fills it, which takes a while).
//!
//! `behaviour`: what code may do and what it is told. `judging`: whole runs on a problem. `walls`: each layer stops
//! what the others would let through. `supervision`: workers die, hang and come back. `java`: all of that for the language
//! that runs in the machine's own JVM, where there is one.

mod behaviour;
mod java;
mod judging;
mod supervision;
mod walls;

use interviewd::sandbox::{Availability, Sandbox, SandboxConfig};
use interviewd_domain::{
    problem::{CaseInput, Language, Signature},
    run::{Limits, Observation, Program},
};
use serde_json::{Value, json};
use std::{path::PathBuf, sync::OnceLock};

const WORKER: &str = env!("CARGO_BIN_EXE_interviewd");

const LIMITS: Limits = Limits {
    case_ms: 5_000,
    total_ms: 10_000,
    memory_bytes: 512 << 20,
    output_bytes: 64 << 10,
};

fn config() -> SandboxConfig {
    let cache = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guests");
    SandboxConfig {
        executable: Some(WORKER.into()),
        ..SandboxConfig::new(cache)
    }
}

/// The sandbox that most tests share; ready in both languages.
pub(crate) async fn sandbox() -> &'static Sandbox {
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

/// A program that reads stdin.
fn script(language: Language, source: &str, stdin: &str) -> Program {
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
fn solve(language: Language, source: &str, args: Vec<Value>) -> Program {
    let types = vec!["json"; args.len()];
    typed(language, source, "solve", &types, "json", args)
}

/// A function with the given types.
fn typed(
    language: Language,
    source: &str,
    name: &str,
    params: &[&str],
    returns: &str,
    args: Vec<Value>,
) -> Program {
    let params: Vec<Value> = params
        .iter()
        .enumerate()
        .map(|(i, kind)| json!({"name": format!("p{i}"), "type": kind}))
        .collect();
    let signature = json!({"kind": "function", "name": name, "params": params, "returns": returns});
    Program {
        language,
        source: source.to_owned(),
        signature: serde_json::from_value(signature).expect("a signature"),
        input: CaseInput::Arguments { args },
        seed: 1,
    }
}

async fn run(program: Program) -> Observation {
    run_within(program, LIMITS).await
}

async fn run_within(program: Program, limits: Limits) -> Observation {
    sandbox()
        .await
        .execute(program, limits)
        .await
        .expect("a run")
}
