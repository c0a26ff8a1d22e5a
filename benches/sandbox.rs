//! How fast code runs in the sandbox, side by side with starting the machine's own `python3` and `node`: once for
//! each case (as isolated as ours, with nothing that confines it) and once for all cases (fast, and each case sees
//! what the one before left behind).
//!
//! `cargo bench --profile dev --bench sandbox [-- trivial|submit|kill|throughput]`. Prints a table; the numbers of both sides come from the same run, so
//! that the ratios mean something on a busy machine. A language whose native interpreter is missing has no ratio.

#![allow(
    clippy::disallowed_methods,
    reason = "a bench measures the machine's own time"
)]

use interviewd::sandbox::{Availability, Progress, Sandbox, SandboxConfig};
use interviewd_domain::{
    problem::{CaseInput, Language, Problem, Signature},
    run::{Limits, Program, RunKind, RunStatus},
};
use serde_json::{Value, json};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

const TRIVIAL_RUNS: usize = 400;
const NATIVE_RUNS: usize = 40;
const SUBMITS: usize = 40;
const SUBMIT_CASES: usize = 20;
const THROUGHPUT_TIME: Duration = Duration::from_secs(3);
const KILLS: usize = 10;
const KILL_LIMIT_MS: u64 = 200;

fn main() {
    let tokio = tokio::runtime::Runtime::new().expect("a runtime");
    // `cargo test --benches` only wants to see it start.
    if env::args().any(|argument| argument == "--test") {
        return;
    }
    tokio.block_on(bench());
}

async fn bench() {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!(
        "{cores} cores; times in milliseconds; ratio = native / ours, above 1 we are faster\n"
    );
    drop(start(cores).await.0);
    let (sandbox, ready) = start(cores).await;
    for (language, took) in ready {
        println!(
            "{language:<10} later start until ready {:8.1}   (to reach: 300)",
            ms(took)
        );
    }
    let wanted = env::args().skip(1).find(|word| !word.starts_with('-'));
    let is_wanted = |name: &str| wanted.as_deref().is_none_or(|part| name.contains(part));
    for tongue in [Tongue::python(), Tongue::javascript()] {
        println!();
        if is_wanted("trivial") {
            trivial(&sandbox, &tongue).await;
        }
        if is_wanted("submit") {
            submit(&sandbox, &tongue).await;
        }
        if is_wanted("kill") {
            kill(&sandbox, &tongue).await;
        }
        if is_wanted("throughput") {
            for workers in 1..=cores {
                throughput(&tongue, workers).await;
            }
        }
    }
}

/// A language, the same small solution for both sides, and the machine's own interpreter.
struct Tongue {
    language: Language,
    solution: &'static str,
    endless: &'static str,
    native: Option<Native>,
    fresh_ms_max: f64,
}

/// A native interpreter with a script that reads cases and writes results, as a plain judge would have it.
struct Native {
    interpreter: PathBuf,
    script: PathBuf,
}

impl Tongue {
    fn python() -> Tongue {
        let solution = "def solve(a, b):\n    return a + b\n";
        let harness = "import json, sys\nfor line in sys.stdin:\n    print(json.dumps(solve(*json.loads(line))))\n";
        Tongue {
            language: Language::Python,
            solution,
            endless: "def solve():\n    while True:\n        pass\n",
            native: Native::find(
                "python3",
                "import sys; print(sys.executable)",
                "solution.py",
                &[solution, harness],
            ),
            fresh_ms_max: 3.0,
        }
    }

    fn javascript() -> Tongue {
        let solution = "function solve(a, b) { return a + b; }\n";
        let harness = "for (const line of require('fs').readFileSync(0, 'utf8').trim().split('\\n')) console.log(JSON.stringify(solve(...JSON.parse(line))));\n";
        Tongue {
            language: Language::Javascript,
            solution,
            endless: "function solve() { for (;;); }\n",
            native: Native::find(
                "node",
                "console.log(process.execPath)",
                "solution.js",
                &[solution, harness],
            ),
            fresh_ms_max: 0.3,
        }
    }

    fn program(&self, source: &str, args: Vec<Value>) -> Program {
        Program {
            language: self.language,
            source: source.to_owned(),
            signature: signature(args.len()),
            input: CaseInput::Arguments { args },
            seed: 1,
        }
    }
}

impl Native {
    /// The interpreter itself and not a launcher in front of it, which would make us look better than we are.
    fn find(name: &str, ask: &str, file: &str, source: &[&str]) -> Option<Native> {
        let flag = if name == "node" { "-e" } else { "-c" };
        let output = Command::new(name).args([flag, ask]).output().ok()?;
        let interpreter = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
        let script = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
        fs::write(&script, source.concat()).ok()?;
        interpreter.is_file().then_some(Native {
            interpreter,
            script,
        })
    }

    /// One process that works off `cases` cases.
    fn run(&self, cases: usize) -> Duration {
        use std::io::Write;
        let started = Instant::now();
        let mut child = Command::new(&self.interpreter)
            .arg(&self.script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a native interpreter");
        let input = "[1, 2]\n".repeat(cases);
        child
            .stdin
            .take()
            .expect("a pipe")
            .write_all(input.as_bytes())
            .expect("input");
        let output = child.wait_with_output().expect("output");
        assert_eq!(output.stdout, "3\n".repeat(cases).as_bytes());
        started.elapsed()
    }
}

async fn trivial(sandbox: &Sandbox, tongue: &Tongue) {
    let limits = Limits::standard(tongue.language, RunKind::Run);
    let (mut whole, mut inside) = (vec![], vec![]);
    for _ in 0..TRIVIAL_RUNS {
        let started = Instant::now();
        let seen = sandbox
            .execute(
                tongue.program(tongue.solution, vec![json!(1), json!(2)]),
                limits,
            )
            .await
            .expect("a run");
        whole.push(ms(started.elapsed()));
        assert_eq!(seen.value, Some(json!(3)));
        inside.push(seen.duration_ms);
    }
    let native = tongue
        .native
        .as_ref()
        .map(|native| times(NATIVE_RUNS, || native.run(1)));
    line(
        tongue,
        &format!("fresh instance, p50 to reach {}", tongue.fresh_ms_max),
        &mut inside,
        None,
    );
    line(
        tongue,
        "trivial run with all overhead",
        &mut whole,
        native.map(|native| ("process", native)),
    );
}

async fn submit(sandbox: &Sandbox, tongue: &Tongue) {
    let problem = problem();
    let mut ours = vec![];
    for _ in 0..SUBMITS {
        let started = Instant::now();
        let report = sandbox
            .judge(
                "bench",
                tongue.language,
                tongue.solution,
                &problem,
                RunKind::Submit,
                None,
            )
            .await
            .expect("a report");
        ours.push(ms(started.elapsed()));
        assert_eq!(report.passed, report.total);
    }
    let each = tongue
        .native
        .as_ref()
        .map(|native| times(5, || (0..SUBMIT_CASES).map(|_| native.run(1)).sum()));
    let once = tongue
        .native
        .as_ref()
        .map(|native| times(NATIVE_RUNS, || native.run(SUBMIT_CASES)));
    line(
        tongue,
        "submit of 20 cases",
        &mut ours.clone(),
        each.map(|times| ("process a case", times)),
    );
    line(
        tongue,
        "submit of 20 cases",
        &mut ours,
        once.map(|times| ("one process", times)),
    );
}

async fn kill(sandbox: &Sandbox, tongue: &Tongue) {
    let limits = Limits {
        case_ms: KILL_LIMIT_MS,
        ..Limits::standard(tongue.language, RunKind::Run)
    };
    let mut late = vec![];
    for _ in 0..KILLS {
        let started = Instant::now();
        let seen = sandbox
            .execute(tongue.program(tongue.endless, vec![]), limits)
            .await
            .expect("a run");
        assert_eq!(seen.status, RunStatus::Timeout);
        late.push(ms(started.elapsed()) - KILL_LIMIT_MS as f64);
    }
    line(
        tongue,
        "killed loop ends after its limit by (to reach: 50)",
        &mut late,
        None,
    );
}

async fn throughput(tongue: &Tongue, workers: usize) {
    let (sandbox, _) = start(workers).await;
    let limits = Limits::standard(tongue.language, RunKind::Run);
    // Warm: all workers are up before the clock starts.
    let rounds = |time: Duration| {
        let tasks: Vec<_> = (0..workers * 2)
            .map(|_| {
                let (sandbox, program) = (
                    sandbox.clone(),
                    tongue.program(tongue.solution, vec![json!(1), json!(2)]),
                );
                tokio::spawn(async move {
                    let (started, mut runs) = (Instant::now(), 0u32);
                    while started.elapsed() < time {
                        sandbox
                            .execute(program.clone(), limits)
                            .await
                            .expect("a run");
                        runs += 1;
                    }
                    runs
                })
            })
            .collect();
        async {
            let mut runs = 0;
            for task in tasks {
                runs += task.await.expect("a task");
            }
            runs
        }
    };
    rounds(Duration::from_millis(300)).await;
    let started = Instant::now();
    let ours = f64::from(rounds(THROUGHPUT_TIME).await) / started.elapsed().as_secs_f64();

    let native = tongue.native.as_ref().map(|native| {
        let started = Instant::now();
        let runs: u32 = thread::scope(|scope| {
            let threads: Vec<_> = (0..workers)
                .map(|_| {
                    scope.spawn(|| {
                        let (started, mut runs) = (Instant::now(), 0);
                        while started.elapsed() < THROUGHPUT_TIME {
                            native.run(1);
                            runs += 1;
                        }
                        runs
                    })
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("a thread"))
                .sum()
        });
        f64::from(runs) / started.elapsed().as_secs_f64()
    });
    let ratio = native.map_or(String::new(), |native| {
        format!("   native {native:8.0}/s   ratio {:6.1}", ours / native)
    });
    println!(
        "{:<10} throughput, {workers} workers: {ours:8.0} runs/s{ratio}",
        tongue.language.to_string()
    );
}

/// A sandbox that is ready in both languages, and how long that took.
async fn start(concurrency: usize) -> (Sandbox, Vec<(Language, Duration)>) {
    let config = SandboxConfig {
        concurrency,
        executable: Some(env!("CARGO_BIN_EXE_interviewd").into()),
        ..SandboxConfig::new(Path::new(env!("CARGO_TARGET_TMPDIR")).join("guests"))
    };
    let ready = Arc::new(Mutex::new(vec![]));
    let heard = ready.clone();
    let sandbox = Sandbox::start(config, move |progress| match progress {
        Progress::Ready(language, took) => heard.lock().expect("no panic").push((language, took)),
        Progress::Compiling(language) => println!("compiling the guest for {language}, once…"),
        Progress::Compiled(..) => {}
    });
    for language in [Language::Python, Language::Javascript] {
        assert_eq!(sandbox.settled(language).await, Availability::Ready);
    }
    // The progress is told right after the status.
    while ready.lock().expect("no panic").len() < 2 {
        tokio::task::yield_now().await;
    }
    let ready = ready.lock().expect("no panic").clone();
    (sandbox, ready)
}

fn signature(params: usize) -> Signature {
    let params: Vec<Value> = (0..params)
        .map(|i| json!({"name": format!("p{i}"), "type": "int"}))
        .collect();
    serde_json::from_value(
        json!({"kind": "function", "name": "solve", "params": params, "returns": "int"}),
    )
    .expect("a signature")
}

fn problem() -> Problem {
    let case = |i: usize| json!({"name": format!("case {i}"), "args": [1, 2], "expected": 3});
    serde_json::from_value(json!({
        "slug": "sum", "title": "Sum", "difficulty": "easy", "categories": [], "statement": "", "constraints": [], "spoken": "",
        "signature": signature(2), "examples": (0..3).map(case).collect::<Vec<_>>(), "hidden": (3..SUBMIT_CASES).map(case).collect::<Vec<_>>(),
        "starter": {}, "solutions": {},
    }))
    .expect("a problem")
}

fn times(n: usize, mut run: impl FnMut() -> Duration) -> Vec<f64> {
    (0..n).map(|_| ms(run())).collect()
}

fn line(tongue: &Tongue, what: &str, ours: &mut [f64], native: Option<(&str, Vec<f64>)>) {
    let (p50, p99) = (percentile(ours, 0.5), percentile(ours, 0.99));
    let ratio = native.map_or(String::new(), |(how, mut native)| {
        let theirs = percentile(&mut native, 0.5);
        format!(
            "   native, {how}: {theirs:8.2}   ratio {:6.1}",
            theirs / p50
        )
    });
    println!(
        "{:<10} {what:<50} p50 {p50:8.3}   p99 {p99:8.3}{ratio}",
        tongue.language.to_string()
    );
}

fn percentile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
