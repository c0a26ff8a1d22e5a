//! How fast code runs in the sandbox, side by side with starting the machine's own `python3` and `node` (and, for Java,
//! `javac` and `java`): once for each case (as isolated as ours, with nothing that confines it) and once for all cases (fast, and each case sees
//! what the one before left behind).
//!
//! `cargo bench --profile dev --bench sandbox [-- trivial|submit|kill|throughput|java]`. Prints a table; the numbers of both sides come from the same run, so
//! that the ratios mean something on a busy machine. A language whose native interpreter is missing has no ratio.

#![allow(
    clippy::disallowed_methods,
    reason = "a bench measures the machine's own time"
)]

use interviewd::sandbox::{Availability, JavaPlaces, Progress, Sandbox, SandboxConfig};
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
    if is_wanted("java") {
        java(cores).await;
    }
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

/// A solution in the style of those that candidates write, for 20 cases: with a JVM that waits, with none, and by the
/// machine's own `javac` and `java`, both with their default settings, for all cases at once.
async fn java(cores: usize) {
    let sandbox = start_java(cores);
    if let Availability::Unavailable(reason) = sandbox.settled(Language::Java).await {
        return println!("java       not measured: {reason}");
    }
    let problem: Problem = serde_json::from_value(json!({
        "slug": "top", "title": "Top", "difficulty": "easy", "categories": [], "statement": "", "constraints": [], "spoken": "",
        "signature": {"kind": "function", "name": "top_words", "params": [{"name": "words", "type": "string[]"}, {"name": "k", "type": "int"}], "returns": "string[]"},
        "examples": (0..3).map(word_case).collect::<Vec<_>>(), "hidden": (3..SUBMIT_CASES).map(word_case).collect::<Vec<_>>(),
        "starter": {}, "solutions": {},
    }))
    .expect("a problem");
    let submit = async |sandbox: &Sandbox| {
        let started = Instant::now();
        let report = sandbox
            .judge(
                "bench",
                Language::Java,
                JAVA,
                &problem,
                RunKind::Submit,
                None,
            )
            .await
            .expect("a report");
        assert_eq!(report.passed, report.total);
        ms(started.elapsed())
    };
    // The first one on a machine makes the archive.
    submit(&sandbox).await;
    let mut warm = vec![];
    for _ in 0..JAVA_RUNS {
        while sandbox.idle_workers(Language::Java).is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // As long as it takes a person to press a button again, and a JVM to warm up.
        tokio::time::sleep(JAVA_PAUSE).await;
        warm.push(submit(&sandbox).await);
    }
    let idle = sandbox.idle_workers(Language::Java).len();
    let mut cold = vec![];
    for _ in 0..JAVA_RUNS / 2 {
        let sandbox = start_java(cores);
        for language in Language::ALL {
            sandbox.settled(language).await;
        }
        cold.push(submit(&sandbox).await);
    }
    let tongue = Tongue {
        language: Language::Java,
        solution: JAVA,
        endless: "",
        native: None,
        fresh_ms_max: 0.0,
    };
    let native = native_java().map(|run| ("javac + java", times(JAVA_RUNS / 2, run)));
    line(
        &tongue,
        "submit of 20 cases, a JVM waits (to reach: 150, 500)",
        &mut warm,
        native.clone(),
    );
    line(
        &tongue,
        "submit of 20 cases, none waits (to reach: 1000)",
        &mut cold,
        native,
    );
    println!("java       {idle} JVMs waited at the end");
}

const JAVA_RUNS: usize = 20;
const JAVA_PAUSE: Duration = Duration::from_millis(2_500);

const JAVA: &str = "import java.util.*;\nimport java.util.stream.*;\n\nclass Solution {\n    public List<String> topWords(String[] words, int k) {\n        Map<String, Integer> counts = new HashMap<>();\n        for (String word : words) counts.merge(word, 1, Integer::sum);\n        PriorityQueue<Map.Entry<String, Integer>> queue = new PriorityQueue<>((a, b) -> a.getValue().equals(b.getValue()) ? a.getKey().compareTo(b.getKey()) : b.getValue() - a.getValue());\n        queue.addAll(counts.entrySet());\n        return Stream.generate(queue::poll).limit(Math.min(k, counts.size())).map(Map.Entry::getKey).collect(Collectors.toList());\n    }\n}\n";

fn word_case(i: usize) -> Value {
    json!({"name": format!("case {i}"), "args": [["b", "a", "b", "c", "a", "b"], 2], "expected": ["b", "a"]})
}

fn start_java(concurrency: usize) -> Sandbox {
    let path = interviewd::edge::environment().find(|(name, _)| name == "PATH");
    let path = path.map_or_else(Vec::new, |(_, path)| env::split_paths(&path).collect());
    let config = SandboxConfig {
        concurrency,
        executable: Some(env!("CARGO_BIN_EXE_interviewd").into()),
        java: JavaPlaces {
            path,
            ..JavaPlaces::default()
        },
        ..SandboxConfig::new(Path::new(env!("CARGO_TARGET_TMPDIR")).join("guests"))
    };
    Sandbox::start(config, |_| ())
}

/// Compiles and runs the same solution with a `main` that plays all cases.
fn native_java() -> Option<impl FnMut() -> Duration> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("native-java");
    fs::create_dir_all(&folder).ok()?;
    let main = format!(
        "public class Main {{ public static void main(String[] a) {{ for (int i = 0; i < {SUBMIT_CASES}; i++) System.out.println(new Solution().topWords(new String[]{{\"b\", \"a\", \"b\", \"c\", \"a\", \"b\"}}, 2)); }} }}"
    );
    fs::write(folder.join("Main.java"), main).ok()?;
    fs::write(folder.join("Solution.java"), JAVA).ok()?;
    Command::new("javac").arg("-version").output().ok()?;
    Some(move || {
        let started = Instant::now();
        let run = |program: &str, arguments: &[&str]| {
            let mut command = Command::new(program);
            command
                .args(arguments)
                .current_dir(&folder)
                .output()
                .expect(program)
        };
        run("javac", &["Main.java", "Solution.java"]);
        let output = run("java", &["Main"]);
        assert_eq!(output.stdout, "[b, a]\n".repeat(SUBMIT_CASES).as_bytes());
        started.elapsed()
    })
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
