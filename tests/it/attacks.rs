//! What hostile code tries, as one table for every language that this machine can run, and what must come of it. After the
//! rows of a language the server still answers, and no process, file or memory of an attack is left.
//!
//! The table is `table`; `docs/security/attacks.md` is made from it (`UPDATE_EXPECT=1` writes it anew). A protection
//! that is a number is proven by the rows marked `relaxed`: the same source with the limit raised ends well. The walls around
//! the processes are proven by leaving each out (`sandbox/walls.rs`, `sandbox/java.rs`). What kills workers is in `sandbox/supervision.rs`.
//!
//! To add an attack: a row in `table`. To add a language: a column in every row, a wrapping in [`program`].

mod table;

use crate::{
    http::server::TestServer,
    sandbox::{config, java_places},
};
use axum::http::{Method, StatusCode};
use expect_test::expect_file;
use interviewd::sandbox::{Availability, Sandbox, SandboxConfig, SandboxError};
use interviewd_domain::{
    problem::{CaseInput, Language, Problem, Signature},
    run::{CaseStatus, Limits, Observation, Program, RunKind, RunStatus, SOURCE_BYTES_MAX},
};
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    fs,
    net::{TcpListener, UdpSocket},
    os::unix::net::UnixListener,
    path::Path,
    time::{Duration, Instant},
};
use table::{LANGUAGES, ROWS};

struct Attack {
    group: &'static str,
    name: &'static str,
    sources: [&'static str; 3],
    must: Must,
    /// What stops it, for the document.
    wall: &'static str,
    /// Whether it ends well once the limit is raised, which proves that the limit stopped it.
    relaxed: bool,
}

/// What must come back.
enum Must {
    /// A program ends in one of these ways, with this output, and is told this.
    End {
        statuses: &'static [RunStatus],
        out: Option<&'static str>,
        messages: [&'static str; 3],
    },
    /// A program tries several things by `t(name, attempt)`, and nothing works but a harmless one.
    Probe,
    /// A solution of [`secretive`] passes no case and learns nothing of a hidden one.
    NeverPass,
}

/// What `t(…)` prints first, for an attempt that everybody may make: a probe that sees nothing would prove nothing.
const CONTROL: &str = "THROUGH control\n";
const CANARY: i64 = 771_204_118;
/// How much longer than its limit code runs that a raised limit lets end. A busy machine may not look for so long.
const BEYOND_MS: u64 = 2_500;
const PATIENCE: Duration = Duration::from_secs(30);
/// How much more an idle worker may hold than before the attacks: pages of the pool that it keeps for the next run.
const KEPT_BYTES_MAX: u64 = 160 << 20;

fn limits(language: Language) -> Limits {
    let (case_ms, memory_mb) = match language {
        Language::Java => (3_000, 512),
        Language::Python | Language::Javascript => (500, 96),
    };
    Limits {
        case_ms,
        total_ms: 60_000,
        memory_bytes: memory_mb << 20,
        output_bytes: 64 << 10,
    }
}

fn raised(language: Language) -> Limits {
    Limits {
        case_ms: 30_000,
        memory_bytes: 512 << 20,
        output_bytes: 1 << 20,
        ..limits(language)
    }
}

/// What is there to be reached, and must not be.
struct Targets {
    data: tempfile::TempDir,
    tcp: TcpListener,
    udp: UdpSocket,
    unix: UnixListener,
}

impl Targets {
    fn new() -> Targets {
        let data = tempfile::tempdir().expect("a directory");
        fs::write(data.path().join("secret"), CANARY.to_string()).expect("a file");
        let tcp = TcpListener::bind("127.0.0.1:0").expect("a port");
        let udp = UdpSocket::bind(tcp.local_addr().expect("an address")).expect("a port");
        let unix = UnixListener::bind(data.path().join("socket")).expect("a socket");
        tcp.set_nonblocking(true).expect("a socket");
        udp.set_nonblocking(true).expect("a socket");
        unix.set_nonblocking(true).expect("a socket");
        Targets {
            data,
            tcp,
            udp,
            unix,
        }
    }

    fn fill_in(&self, source: &str, language: Language) -> String {
        let data = self.data.path().display().to_string();
        source
            .replace("LOCALSOCKET", &format!("{data}/socket"))
            .replace("DATA", &data)
            .replace("PORT", &self.tcp.local_addr().unwrap().port().to_string())
            .replace("BUSY", &(limits(language).case_ms + BEYOND_MS).to_string())
            .replace("NEST", &"(".repeat(24_000))
    }

    fn are_untouched(&self, attack: &str) {
        let is_silent = self.tcp.accept().is_err()
            && self.unix.accept().is_err()
            && self.udp.recv(&mut [0; 1]).is_err();
        assert!(is_silent, "{attack} reached a socket");
        let mut names: Vec<_> = fs::read_dir(self.data.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["secret", "socket"], "{attack}");
        for folder in ["/tmp", "/dev/shm", "/", "."] {
            let left = Path::new(folder).join("attack-interviewd");
            assert!(!left.exists(), "{attack} left {}", left.display());
        }
    }
}

fn program(language: Language, source: String, is_probe: bool) -> Program {
    let source = match (language, is_probe) {
        (Language::Python, true) => format!(
            "def t(name, attempt):\n    try:\n        attempt()\n    except BaseException:\n        return\n    print('THROUGH', name)\nt('control', lambda: 1)\n{source}"
        ),
        (Language::Javascript, true) => format!(
            "const t = (name, attempt) => {{ try {{ attempt(); }} catch {{ return; }} console.log('THROUGH ' + name); }};\nt('control', () => 1);\n{source}"
        ),
        (Language::Java, _) => format!(
            "import java.io.*; import java.net.*; import java.nio.file.*; import java.util.*;\nclass Main {{\n    interface Try {{ void go() throws Throwable; }}\n    static void t(String name, Try attempt) {{ try {{ attempt.go(); }} catch (Throwable stopped) {{ return; }} System.out.println(\"THROUGH \" + name); }}\n    public static void main(String[] arguments) throws Throwable {{\n{}{source}\n    }}\n}}\n",
            if is_probe {
                "t(\"control\", () -> {});\n"
            } else {
                ""
            }
        ),
        (_, false) => source,
    };
    Program {
        language,
        source,
        signature: Signature::Program,
        input: CaseInput::Stdin {
            stdin: String::new(),
        },
        seed: 1,
    }
}

/// `pick_out(numbers) -> int[]`, whose answers cannot be guessed from what goes in.
fn secretive(visible: usize) -> Problem {
    let case =
        |name: String, expected: i64| json!({"name": name, "args": [[1]], "expected": [expected]});
    let examples: Vec<Value> = (0..visible)
        .map(|i| case(format!("v{i}"), CANARY - 1))
        .collect();
    serde_json::from_value(json!({
        "slug": "pick", "title": "Pick", "difficulty": "easy", "categories": [], "statement": "", "constraints": [], "spoken": "",
        "signature": {"kind": "function", "name": "pick_out", "params": [{"name": "numbers", "type": "int[]"}], "returns": "int[]"},
        "comparison": {"mode": "exact"}, "examples": examples, "hidden": [case("h".to_owned(), CANARY)], "starter": {}, "solutions": {},
    }))
    .expect("a problem")
}

async fn judge(
    sandbox: &Sandbox,
    who: &str,
    language: Language,
    source: &str,
    problem: &Problem,
    kind: RunKind,
) -> Result<interviewd_domain::run::RunReport, SandboxError> {
    sandbox
        .judge(who, language, source, problem, kind, None)
        .await
}

async fn play(sandbox: &Sandbox, program: Program, limits: Limits) -> Observation {
    sandbox.execute(program, limits).await.expect("an outcome")
}

/// One row in one language; what is wrong, if anything.
async fn suffer(
    sandbox: &Sandbox,
    row: &Attack,
    column: usize,
    targets: &Targets,
) -> Result<(), String> {
    let language = LANGUAGES[column];
    let source = targets.fill_in(row.sources[column], language);
    let is_probe = matches!(row.must, Must::Probe);
    match &row.must {
        Must::NeverPass => {
            let report = judge(
                sandbox,
                "mallory",
                language,
                &source,
                &secretive(2),
                RunKind::Submit,
            )
            .await
            .expect("a report");
            let hidden_passes = report
                .hidden
                .iter()
                .any(|case| case.status == CaseStatus::Pass);
            if report.passed != 0 || hidden_passes || report.status == RunStatus::CompileError {
                return Err(format!("{report:?}"));
            }
            let text = serde_json::to_string(&report).expect("JSON");
            if text.contains(&CANARY.to_string()) {
                return Err(format!("a hidden value in {text}"));
            }
        }
        Must::Probe | Must::End { .. } => {
            // Only rows that take their whole time need a short limit; a flood is stopped long before any.
            let limits = if is_probe {
                Limits {
                    case_ms: 30_000,
                    ..limits(language)
                }
            } else if row.wall.contains("time") || row.wall.contains("seccomp") {
                limits(language)
            } else {
                Limits {
                    case_ms: 30_000,
                    ..limits(language)
                }
            };
            let seen = play(sandbox, program(language, source.clone(), is_probe), limits).await;
            let is_right = match &row.must {
                Must::End {
                    statuses,
                    out,
                    messages,
                } => {
                    statuses.contains(&seen.status)
                        && out.is_none_or(|out| seen.stdout == out)
                        && seen
                            .message
                            .as_deref()
                            .unwrap_or_default()
                            .contains(messages[column])
                        && seen.stdout.len().max(seen.stderr.len()) <= limits.output_bytes
                }
                _ => seen.status == RunStatus::Ok && seen.stdout == CONTROL,
            };
            if !is_right {
                return Err(brief(&seen));
            }
        }
    }
    // A JVM has its memory's size from its start, so there is no larger one to try.
    if row.relaxed && !(language == Language::Java && row.group == "memory") {
        let seen = play(sandbox, program(language, source, false), raised(language)).await;
        if seen.status != RunStatus::Ok {
            return Err(format!("with the limit raised: {}", brief(&seen)));
        }
    }
    Ok(())
}

fn brief(seen: &Observation) -> String {
    let cut = |text: &str| text.chars().take(400).collect::<String>();
    format!(
        "{:?} out {:?} err {:?} message {:?}",
        seen.status,
        cut(&seen.stdout),
        cut(&seen.stderr),
        seen.message.as_deref().map(cut)
    )
}

/// A sandbox of this test's own, so that what it leaves behind can be told from other tests' doings.
async fn start(language: Language) -> Option<Sandbox> {
    crate::sandbox::sandbox().await;
    let sandbox = Sandbox::start(
        SandboxConfig {
            concurrency: 2,
            java: java_places(),
            ..config()
        },
        |_| (),
    );
    assert_eq!(sandbox.settled(Language::Python).await, Availability::Ready);
    match sandbox.settled(language).await {
        Availability::Ready => Some(sandbox),
        Availability::Unavailable(reason) if reason.starts_with("no JDK was found") => {
            println!("SKIPPED, {language} is not attacked: {reason}");
            None
        }
        other => panic!("{language}: {other:?}"),
    }
}

const FINE: [&str; 3] = [
    "print('fine')",
    "console.log('fine')",
    "System.out.println(\"fine\");",
];

async fn is_fine(sandbox: &Sandbox, column: usize) {
    let language = LANGUAGES[column];
    let fine = program(language, FINE[column].to_owned(), false);
    let seen = play(sandbox, fine, raised(language)).await;
    assert_eq!(
        (seen.status, seen.stdout.as_str()),
        (RunStatus::Ok, "fine\n"),
        "{seen:?}"
    );
}

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "{what}");
        // Without a pause the test takes the cores from what it waits for.
        interviewd::edge::Clock::real()
            .sleep(Duration::from_millis(10))
            .await;
    }
}

fn resident_bytes(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) << 10
}

fn heaviest(sandbox: &Sandbox, language: Language) -> u64 {
    let workers = sandbox.idle_workers(language);
    workers.into_iter().map(resident_bytes).max().unwrap_or(0)
}

async fn withstand(column: usize) {
    let language = LANGUAGES[column];
    let Some(sandbox) = start(language).await else {
        return;
    };
    let server = TestServer::around(sandbox.clone()).await;
    is_fine(&sandbox, column).await;
    until("a worker to be idle", || {
        !sandbox.idle_workers(language).is_empty()
    })
    .await;
    let before = heaviest(&sandbox, language);
    let targets = Targets::new();
    let mut faults = String::new();
    for row in ROWS {
        let started = Instant::now();
        if let Err(fault) = suffer(&sandbox, row, column, &targets).await {
            writeln!(faults, "{}, {}: {fault}", row.group, row.name).unwrap();
        }
        println!(
            "{language} {}, {}: {:?}",
            row.group,
            row.name,
            started.elapsed()
        );
        targets.are_untouched(row.name);
    }
    assert!(faults.is_empty(), "{language}:\n{faults}");

    is_fine(&sandbox, column).await;
    let mut browser = server.browser();
    browser.get("/health").await.expect(StatusCode::OK);
    let mut member = server.member("after@example.org").await;
    let interview = member.start_interview().await;
    let run = json!({ "code": "def tide_sum(values):\n    return sum(values)", "language": "python", "kind": "run" });
    let ran = member
        .api(
            Method::POST,
            &format!("/api/sessions/{interview}/execute"),
            Some(run),
        )
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(ran["passed"], 2, "{ran}");

    until("a worker to be idle", || {
        !sandbox.idle_workers(language).is_empty()
    })
    .await;
    let after = heaviest(&sandbox, language);
    println!("{language}: an idle worker holds {before} bytes before, {after} after");
    assert!(after <= before + KEPT_BYTES_MAX, "{before} -> {after}");
    if language != Language::Java {
        assert_eq!(sandbox.worker_deaths(), 0, "no attack costs a worker");
    }
    let workers: Vec<u32> = LANGUAGES
        .iter()
        .flat_map(|language| sandbox.idle_workers(*language))
        .collect();
    assert!(workers.len() <= LANGUAGES.len() * 2, "{workers:?}");
    drop((server, sandbox, browser, member));
    until("the workers to end", || {
        workers
            .iter()
            .all(|process| !Path::new(&format!("/proc/{process}/exe")).exists())
    })
    .await;
}

#[tokio::test]
async fn python_stays_in_its_walls() {
    withstand(0).await;
}

#[tokio::test]
async fn javascript_stays_in_its_walls() {
    withstand(1).await;
}

#[tokio::test]
async fn java_stays_in_its_walls() {
    withstand(2).await;
}

#[tokio::test]
async fn sources_are_taken_up_to_their_limit_and_no_further() {
    for (column, comment) in [(0, "#"), (1, "//"), (2, "//")] {
        let language = LANGUAGES[column];
        let Some(sandbox) = start(language).await else {
            continue;
        };
        let solution = [
            "def pick_out(numbers):\n    return numbers\n",
            "const pickOut = numbers => numbers;\n",
            "class Solution { int[] pickOut(int[] n) { return n; } }\n",
        ][column];
        let mut source = format!("{solution}{comment}");
        source.push_str(&"x".repeat(SOURCE_BYTES_MAX - source.len()));
        let report = judge(
            &sandbox,
            "ann",
            language,
            &source,
            &secretive(1),
            RunKind::Run,
        )
        .await;
        assert_eq!(report.expect("a report").status, RunStatus::Ok);
        source.push('x');
        let refused = judge(
            &sandbox,
            "ann",
            language,
            &source,
            &secretive(1),
            RunKind::Run,
        )
        .await;
        assert!(matches!(refused, Err(SandboxError::SourceTooLong)));
    }
}

#[tokio::test]
async fn ten_thousand_cases_end_with_the_runs_time() {
    const CASES: usize = 10_000;
    let sandbox = start(Language::Javascript).await.expect("a sandbox");
    let problem = secretive(CASES);
    let source = format!("const pickOut = () => [{}];", CANARY - 1);
    let started = Instant::now();
    let report = judge(
        &sandbox,
        "ann",
        Language::Javascript,
        &source,
        &problem,
        RunKind::Run,
    )
    .await
    .expect("a report");
    assert_eq!((report.total as usize, report.tests.len()), (CASES, CASES));
    let played = report
        .tests
        .iter()
        .filter(|case| case.status == CaseStatus::Pass)
        .count();
    let unplayed = report
        .tests
        .iter()
        .filter(|case| case.status == CaseStatus::Timeout)
        .count();
    println!("{played} cases in {:?}", started.elapsed());
    assert!(played > 0);
    assert_eq!(played + unplayed, CASES);
    // The run's ten seconds are the guests'; the rest is ours, on a machine that is busy with other tests.
    assert!(started.elapsed() < Duration::from_secs(60));
    is_fine(&sandbox, 1).await;
}

#[tokio::test]
async fn two_hundred_submits_at_once_are_served_or_told_to_come_back() {
    let sandbox = start(Language::Javascript).await.expect("a sandbox");
    let problem = secretive(2);
    let source = format!("const pickOut = () => [{}];", CANARY - 1);
    let mut crowd = tokio::task::JoinSet::new();
    for number in 0..200 {
        let (sandbox, problem, source) = (sandbox.clone(), problem.clone(), source.clone());
        crowd.spawn(async move {
            let who = format!("candidate-{}", number % 20);
            judge(
                &sandbox,
                &who,
                Language::Javascript,
                &source,
                &problem,
                RunKind::Submit,
            )
            .await
        });
    }
    let results = crowd.join_all().await;
    let served = results
        .iter()
        .filter(|result| matches!(result, Ok(report) if report.passed == 2))
        .count();
    let busy = results
        .iter()
        .filter(|result| matches!(result, Err(SandboxError::Busy)))
        .count();
    // Of each of the twenty, four wait; two run, and nobody else's place is taken by it.
    assert_eq!(served + busy, 200);
    assert!((80..=100).contains(&served), "{served}");
    is_fine(&sandbox, 1).await;
}

#[test]
fn the_document_lists_every_attack() {
    let mut text = String::from(
        "# Attacks\n\nWhat the suite tries in Python, JavaScript and Java, and what must come back. This file is made from the suite's table\n(`tests/it/attacks/table.rs`); a test compares them. What each layer is: [sandbox.md](sandbox.md).\n\n| group | attack | comes back | stopped by | proof by raising the limit |\n|---|---|---|---|---|\n",
    );
    for row in ROWS {
        let outcome = match &row.must {
            Must::End { statuses, .. } => {
                let names: Vec<_> = statuses
                    .iter()
                    .map(|status| format!("{status:?}"))
                    .collect();
                names.join(" or ")
            }
            Must::Probe => "every attempt fails, a harmless one works".to_owned(),
            Must::NeverPass => "no case passes, nothing hidden is shown".to_owned(),
        };
        let relaxed = if row.relaxed { "yes" } else { "" };
        writeln!(
            text,
            "| {} | {} | {outcome} | {} | {relaxed} |",
            row.group, row.name, row.wall
        )
        .unwrap();
    }
    let more = [
        "| text | source of exactly 50 KB, and one byte more | runs; refused before it runs | size limit | |",
        "| crowds | 10,000 cases in one run | Timeout for what the run's time does not reach | time limit of a run | |",
        "| crowds | 200 submits at once | served, or Busy at once | admission | |",
        "| workers | killed, stopped or dead from outside | run again, Timeout, replaced (`tests/it/sandbox/supervision.rs`) | supervision | |",
    ];
    text += &(more.join("\n") + "\n");
    expect_file![concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/docs/security/attacks.md"
    )]
    .assert_eq(&text);
}
