//! What the tests of the sandbox share: one set of workers, and small programs for them.

pub use interviewd::sandbox::{Availability, JavaPlaces, Sandbox, SandboxConfig};
pub use interviewd_domain::{
    problem::{CaseInput, Language, Signature},
    run::{Limits, Observation, Program},
};
pub use serde_json::{Value, json};
pub use std::{path::PathBuf, sync::OnceLock};

pub const WORKER: &str = env!("CARGO_BIN_EXE_interviewd");

pub const LIMITS: Limits = Limits {
    case_ms: 5_000,
    total_ms: 10_000,
    memory_bytes: 512 << 20,
    output_bytes: 64 << 10,
};

pub fn config() -> SandboxConfig {
    let cache = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guests");
    SandboxConfig {
        executable: Some(WORKER.into()),
        ..SandboxConfig::new(cache)
    }
}

/// Where this machine's JDK is looked for.
pub fn java_places() -> JavaPlaces {
    let path = interviewd::edge::environment().find(|(name, _)| name == "PATH");
    JavaPlaces {
        home: None,
        java_home: None,
        path: path.map_or_else(Vec::new, |(_, path)| std::env::split_paths(&path).collect()),
    }
}

/// The sandbox that most tests share; ready in both languages.
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
    let types = vec!["json"; args.len()];
    typed(language, source, "solve", &types, "json", args)
}

/// A function with the given types.
pub fn typed(
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
