//! Stored shapes are promises: each sample's bytes are frozen in `stored_shapes/`, and must stay readable for ever.
//!
//! To add a record: a `check` with samples of every variant, then `UPDATE_EXPECT=1 cargo test stored_shapes` once; new
//! samples go to the end. A failure means that a stored shape was changed: make the new field optional, or give the
//! record a new version with an upcast; then the samples get a file of their own (`accounts-1.v2.txt`) and the old file
//! stays, since its lines must go on being readable.

use expect_test::expect_file;
use interviewd::{
    queue::QueuedJob,
    store::{Key, Record, Table, from_bytes, tables, to_bytes},
};
use interviewd_domain::{
    account::{AccountEvent, Change, ExperienceLevel, Role},
    ids::InterviewId,
    interview::{
        Act, Channel, EndReason, EvaluationStatus, Event, Interview, Level, Mode, Personality,
        Phase, SnapshotKind, Speaker, Status, What,
    },
    job::Job,
    login::Credential,
    problem::{CaseInput, Comparison, Difficulty, Language, Problem, Signature, Type},
    run::{CaseStatus, RunKind, RunStatus},
    scorecard::{Citation, Dimension, Method, Recommendation},
    time::Timestamp,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::{Debug, Write as _};

/// Samples are written as JSON, which needs no constructor; one line of the frozen file is one sample.
fn check<K: Key, R: Record + PartialEq + Debug>(table: Table<K, R>, samples: &[Value]) {
    check_records(table, &read::<R>(samples));
}

fn read<R: DeserializeOwned>(samples: &[Value]) -> Vec<R> {
    samples
        .iter()
        .map(|sample| {
            serde_json::from_value(sample.clone())
                .unwrap_or_else(|error| panic!("{error}\n{sample}"))
        })
        .collect()
}

fn check_records<K: Key, R: Record + PartialEq + Debug>(table: Table<K, R>, samples: &[R]) {
    for older in 1..R::VERSION {
        let path = frozen(&table.name().replace('/', "-"), older);
        let lines = std::fs::read_to_string(&path).expect("the file of an older shape is kept");
        for (number, line) in lines.lines().enumerate() {
            from_bytes(table, &bytes(line))
                .unwrap_or_else(|error| panic!("line {} of {path}: {error}", number + 1));
        }
    }
    let path = frozen(&table.name().replace('/', "-"), R::VERSION);
    // What lies on disks already is read with today's code, before anything is compared.
    for (number, line) in std::fs::read_to_string(&path)
        .unwrap_or_default()
        .lines()
        .enumerate()
    {
        let record = from_bytes(table, &bytes(line))
            .unwrap_or_else(|error| panic!("line {} of {path}: {error}", number + 1));
        assert_eq!(
            Some(&record),
            samples.get(number),
            "line {} of {path} now means something else",
            number + 1
        );
    }
    let mut written = String::new();
    for sample in samples {
        let _ = writeln!(
            written,
            "{}",
            shown(&to_bytes(table, sample).expect("written"))
        );
    }
    expect_file![path].assert_eq(&written);
}

fn frozen(name: &str, version: u8) -> String {
    let version = match version {
        1 => String::new(),
        later => format!(".v{later}"),
    };
    format!(
        "{}/tests/it/stored_shapes/{name}{version}.txt",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// Every variant occurs among the samples. A variant that is not named here does not compile.
macro_rules! assert_sampled {
    ($samples:expr, $type:ident { $($variant:ident),* $(,)? }) => {{
        fn name(value: &$type) -> &'static str {
            match value {
                $($type::$variant { .. } => stringify!($variant),)*
            }
        }
        let seen: Vec<&str> = $samples.map(name).collect();
        for variant in [$(stringify!($variant)),*] {
            assert!(seen.contains(&variant), "no sample of {}::{variant}", stringify!($type));
        }
    }};
}

/// How each variant of a plain enum is written, a line each. A variant that is not named here does not compile.
macro_rules! words {
    ($into:expr, $($type:ident { $($variant:ident),* $(,)? })*) => {$(
        let every: &[$type] = &[$($type::$variant),*];
        for value in every {
            let name = match value {
                $($type::$variant => stringify!($variant),)*
            };
            let word = serde_json::to_value(value).expect("a word");
            assert_eq!(&serde_json::from_value::<$type>(word.clone()).expect("read"), value);
            let _ = writeln!($into, "{}::{name} {word}", stringify!($type));
        }
    )*};
}

/// Printable ASCII as it is, everything else as `\xx`, so that a difference can be read.
fn shown(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        match byte {
            b'\\' => text.push_str("\\5c"),
            b' '..=b'~' => text.push(char::from(*byte)),
            _ => {
                let _ = write!(text, "\\{byte:02x}");
            }
        }
        text
    })
}

fn bytes(shown: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), shown.as_bytes());
    while let [first, others @ ..] = rest {
        rest = others;
        if *first == b'\\' {
            let digits = std::str::from_utf8(&rest[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    bytes
}

const ACCOUNT: &str = "acc_01h00000000000000000000001";
const INTERVIEW: &str = "int_01h00000000000000000000002";
const LOGIN: &str = "log_01h00000000000000000000003";
const TOKEN: &str = "tok_01h00000000000000000000004";
const RUN: &str = "run_01h00000000000000000000005";
const SNAPSHOT: &str = "snap_01h00000000000000000000006";
const UTTERANCE: &str = "utt_01h00000000000000000000007";
const CONNECTION: &str = "con_01h00000000000000000000008";
const AT: i64 = 1_795_377_986_695;

/// The file of the enums that are no records themselves.
const WORDS: &str = "words";

#[test]
fn every_table_has_its_file_and_every_file_its_table() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/stored_shapes");
    let mut files: Vec<String> = std::fs::read_dir(dir)
        .expect("the folder")
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            let name = name.to_str().expect("a plain name").to_owned();
            // `accounts-1.v2.txt` is a later shape of the records of `accounts/1`.
            name.split('.').next().expect("a name").to_owned()
        })
        .filter(|name| name != WORDS)
        .collect();
    files.sort();
    files.dedup();
    let mut tables: Vec<String> = tables::NAMES
        .iter()
        .map(|name| name.replace('/', "-"))
        .collect();
    tables.sort();
    assert_eq!(files, tables);
}

/// Enums without data, wherever a record holds them.
#[test]
fn words() {
    let mut written = String::new();
    words!(written,
        Phase { Welcome, Clarify, Approach, Code, Test, WrapUp }
        Mode { Voice, Text }
        Personality { Supportive, Neutral, Challenging }
        Level { Junior, Mid, Senior }
        SnapshotKind { Auto, Manual, Execution, Final }
        EndReason { Candidate, TimeUp, Abandoned, NeverStarted, Admin, Errored }
        Speaker { Candidate, Interviewer }
        Channel { Typed, Voice }
        Status { Scheduled, Active, Completed, Abandoned, Errored }
        EvaluationStatus { None, Pending, Complete, InsufficientEvidence, Failed }
        Language { Python, Javascript, Java }
        Difficulty { Easy, Medium, Hard }
        RunKind { Run, Submit }
        RunStatus { Ok, CompileError, RuntimeError, Timeout, MemoryLimit, OutputLimit }
        CaseStatus { Pass, Fail, Error, Timeout }
        Dimension { ProblemSolving, CodeQuality, Communication, Efficiency, Testing }
        Recommendation { StrongYes, Yes, Maybe, No }
        Method { Rules, Model }
        Role { Candidate, Reviewer, Admin }
        ExperienceLevel { Student, Junior, Mid, Senior, Staff }
    );
    expect_file![frozen(WORDS, 1)].assert_eq(&written);
}

#[test]
fn small_records() {
    check(tables::SCHEMA_VERSION, &[json!(1)]);
    check(tables::SIGNING_KEYS, &[json!([0, 1, 127, 128, 255])]);
    check(tables::LAST_ALIVE, &[json!(AT)]);
    check(tables::EMAILS, &[json!(ACCOUNT)]);
    check(tables::ERASURES, &[json!(AT)]);
    check(tables::INTERVIEW_OWNERS, &[json!(ACCOUNT)]);
    check(tables::OPEN_INTERVIEWS, &[json!(ACCOUNT)]);
    check(tables::SOCKET_TOKENS_USED, &[json!(AT)]);
    check(
        tables::STARTED_BEFORE,
        &[json!({"interview": INTERVIEW, "at": AT})],
    );
}

#[test]
fn sign_ins() {
    let hash: Vec<u8> = (0..32).map(|n| n * 8).collect();
    let credentials: Vec<Credential> = read(&[
        json!({"kind": "login", "account": ACCOUNT, "login": LOGIN}),
        json!({"kind": "api_token", "account": ACCOUNT, "token": TOKEN}),
    ]);
    assert_sampled!(credentials.iter(), Credential { Login, ApiToken });
    check_records(tables::CREDENTIALS, &credentials);
    check(
        tables::LOGINS,
        &[
            json!({"id": LOGIN, "account": ACCOUNT, "secret_hash": hash, "made_at": AT, "last_used_at": AT, "expires_at": AT, "user_agent": "A browser"}),
        ],
    );
    check(
        tables::API_TOKENS,
        &[
            json!({"id": TOKEN, "account": ACCOUNT, "name": "laptop", "secret_hash": hash, "made_at": AT, "last_used_at": null}),
            json!({"id": TOKEN, "account": ACCOUNT, "name": "", "secret_hash": hash, "made_at": AT, "last_used_at": AT}),
        ],
    );
}

#[test]
fn jobs() {
    let job = json!({"job": "evaluate", "interview": INTERVIEW});
    let jobs: Vec<QueuedJob> = read(&[
        json!({"job": job, "made_at": AT, "due_at": AT, "tries": 0, "lease": null, "last_error": null}),
        json!({"job": job, "made_at": AT, "due_at": AT, "tries": 2, "lease": {"number": 300, "until": AT}, "last_error": "näher"}),
        json!({"job": job, "made_at": AT, "due_at": AT, "tries": 1, "lease": null, "last_error": null, "interruptions": 1}),
    ]);
    assert_sampled!(jobs.iter().map(|job| &job.job), Job { Evaluate });
    check_records(tables::JOBS, &jobs);
    check(
        tables::DEAD_JOBS,
        &[
            json!({"job": job, "made_at": AT, "died_at": AT, "tries": 3, "reason": "why", "lease_number": 3}),
        ],
    );
}

#[test]
fn accounts() {
    check(
        tables::ACCOUNTS,
        &[json!({
            "id": ACCOUNT, "email": "ada@example.org", "name": "Ada", "password_hash": "$argon2id$", "role": "admin", "plan": "free",
            "credits": 3, "experience_level": "senior", "target_companies": ["Analytical Engines"], "preferences": {"theme": "dark"},
            "onboarding_completed": true, "terms_version": "1", "created_at": AT, "charged": [INTERVIEW], "next_seq": 4,
        })],
    );
    let changes = [
        json!({"what": "opened", "email": "ada@example.org", "name": "Ada", "password_hash": "$argon2id$", "role": "candidate", "credits": 3, "terms_version": "1"}),
        json!({"what": "profile_changed", "patch": {"name": "Ada L.", "experienceLevel": "mid", "targetCompanies": [], "preferences": {"theme": "light"}}}),
        json!({"what": "profile_changed", "patch": {}}),
        json!({"what": "onboarding_completed"}),
        json!({"what": "password_changed", "password_hash": "$argon2id$"}),
        json!({"what": "role_changed", "role": "reviewer"}),
        json!({"what": "credits_granted", "credits": 5}),
        json!({"what": "credit_taken", "interview": INTERVIEW}),
        json!({"what": "credit_returned", "interview": INTERVIEW}),
    ];
    let events: Vec<Value> = changes
        .into_iter()
        .enumerate()
        .map(|(seq, what)| json!({"seq": seq, "at": AT, "what": what}))
        .collect();
    let events: Vec<AccountEvent> = read(&events);
    assert_sampled!(
        events.iter().map(|event| &event.what),
        Change {
            Opened,
            ProfileChanged,
            OnboardingCompleted,
            PasswordChanged,
            RoleChanged,
            CreditsGranted,
            CreditTaken,
            CreditReturned,
        }
    );
    check_records(tables::ACCOUNT_EVENTS, &events);
}

#[test]
fn interviews() {
    let said = |act: Value| json!({"what": "said", "utterance": UTTERANCE, "item": "i1", "speaker": "interviewer", "channel": "typed", "text": "Hello.", "act": act});
    let what = [
        json!({
            "what": "created", "candidate": ACCOUNT, "problem": "00ff", "slug": "two-sum", "title": "Two Sum", "difficulty": "easy",
            "language": "python", "duration_ms": 2_700_000, "mode": "text", "personality": "supportive", "level": "junior",
        }),
        json!({"what": "activated"}),
        json!({"what": "connected", "connection": CONNECTION}),
        json!({"what": "disconnected", "connection": CONNECTION}),
        json!({"what": "time_returned", "ms": 60_000}),
        json!({"what": "phase_entered", "phase": "wrap_up"}),
        json!({"what": "said", "utterance": UTTERANCE, "item": "i0", "speaker": "candidate", "channel": "voice", "text": "Größer?"}),
        said(json!({"act": "opening"})),
        said(json!({"act": "clarified", "clarification": "empty-input"})),
        said(json!({"act": "unknown_question"})),
        said(json!({"act": "hint", "rung": 2})),
        said(json!({"act": "follow_up", "index": 1, "topic": "complexity"})),
        said(json!({"act": "time_warning", "minutes": 5})),
        said(json!({"act": "closing"})),
        json!({"what": "thinking_set", "on": true}),
        json!({"what": "code_changed", "revision": 7, "language": "javascript", "prefix": 70_000, "suffix": 0, "insert": "x\n"}),
        json!({"what": "snapshotted", "snapshot": SNAPSHOT, "kind": "execution", "language": "java", "code": "class A {}", "revision": 8}),
        json!({"what": "run_requested", "run": RUN, "kind": "run", "language": "python", "snapshot": SNAPSHOT, "custom_input": {"args": [1, -2, 0.5, "a", [null, true]]}}),
        json!({"what": "run_requested", "run": RUN, "kind": "submit", "language": "python", "snapshot": SNAPSHOT}),
        json!({"what": "run_lost", "run": RUN}),
        json!({"what": "time_warned", "minutes": 1}),
        json!({"what": "ended", "reason": "time_up"}),
        json!({"what": "evaluation_requested"}),
        json!({"what": "evaluation_failed", "reason": "The sandbox did not answer."}),
        said(json!({"act": "ask_approach"})),
        said(json!({"act": "ask_to_code"})),
        said(json!({"act": "run_reaction"})),
        said(json!({"act": "ask_to_test"})),
        said(json!({"act": "encouragement"})),
        said(json!({"act": "acknowledgement"})),
        json!({"what": "run_requested", "run": RUN, "kind": "run", "language": "python", "snapshot": SNAPSHOT, "custom_input": {"operations": ["Stack", "push"], "arguments": [[], [1]]}}),
        json!({"what": "run_requested", "run": RUN, "kind": "run", "language": "python", "snapshot": SNAPSHOT, "custom_input": {"stdin": "1 2\n"}}),
        json!({"what": "run_finished", "run": RUN, "report": run_report()}),
        json!({"what": "scored", "scorecard": scorecard()}),
        json!({"what": "scored", "scorecard": {
            "sufficient": false, "method": "rules", "overall": null, "overall_spread": 0.0, "recommendation": null, "headline": "", "scores": {},
            "strengths": [], "improvements": [], "citations": {}, "report_markdown": "", "versions": {},
        }}),
    ];
    let events: Vec<Event> = what
        .into_iter()
        .enumerate()
        .map(|(seq, what)| serde_json::from_value(json!({"seq": seq, "at": AT + seq as i64 * 1_000, "clock_ms": seq * 1_000, "what": what})).expect("an event"))
        .collect();
    assert_sampled!(
        events.iter().map(|event| &event.what),
        What {
            Created,
            Activated,
            Connected,
            Disconnected,
            TimeReturned,
            PhaseEntered,
            Said,
            ThinkingSet,
            CodeChanged,
            Snapshotted,
            RunRequested,
            RunFinished,
            RunLost,
            TimeWarned,
            Ended,
            EvaluationRequested,
            Scored,
            EvaluationFailed,
        }
    );
    let acts = events.iter().filter_map(|event| match &event.what {
        What::Said { act, .. } => act.as_ref(),
        _ => None,
    });
    assert_sampled!(
        acts,
        Act {
            Opening,
            Clarified,
            UnknownQuestion,
            AskApproach,
            AskToCode,
            Hint,
            RunReaction,
            AskToTest,
            FollowUp,
            TimeWarning,
            Encouragement,
            Acknowledgement,
            Closing,
        }
    );
    let inputs = events.iter().filter_map(|event| match &event.what {
        What::RunRequested { custom_input, .. } => custom_input.as_ref(),
        _ => None,
    });
    assert_sampled!(
        inputs,
        CaseInput {
            Arguments,
            Operations,
            Stdin
        }
    );
    let citations = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Scored { scorecard } => Some(scorecard.citations.values()),
            _ => None,
        })
        .flatten();
    assert_sampled!(
        citations,
        Citation {
            Utterance,
            Snapshot,
            Run
        }
    );
    check_records(tables::INTERVIEW_EVENTS, &events);

    let id: InterviewId = INTERVIEW.parse().expect("an id");
    let fold = |events| Interview::fold(id, events).expect("begins with its creation");
    let failed = events
        .iter()
        .position(|event| matches!(event.what, What::EvaluationFailed { .. }))
        .expect("there");
    let (begun, ended, scored) = (fold(&events[..1]), fold(&events[..=failed]), fold(&events));
    assert_eq!(ended.created_at, Timestamp::from_ms(AT));
    check_records(tables::INTERVIEWS, &[begun, ended, scored]);
}

fn run_report() -> Value {
    let case = |name: &str, rest: Value| {
        let mut case = json!({
            "name": name, "input": {"args": [[1, 2], 3]}, "expected": [0, 1], "actual": null, "stdout": "", "status": "error",
            "outcome": "runtime_error", "message": null, "line": null, "duration_ms": 0.25,
        });
        let (Value::Object(case_fields), Value::Object(rest)) = (&mut case, rest) else {
            unreachable!("both are objects");
        };
        case_fields.extend(rest);
        case
    };
    json!({
        "status": "runtime_error", "stdout": "seen: 1\n", "stderr": "näher\n", "exit_code": 1, "duration_ms": 12.5, "passed": 1, "total": 3,
        "tests": [
            case("a pair", json!({"status": "pass", "outcome": "ok", "actual": [0, 1], "stdout": "seen: 1\n"})),
            case("not a number", json!({"status": "fail", "outcome": "ok", "actual": {"$float": "nan"}})),
            case("empty", json!({"message": "IndexError: list index out of range", "line": 7})),
        ],
        "hidden": [
            {"name": "many", "status": "timeout", "outcome": "timeout"},
            {"name": "one", "status": "pass", "outcome": "ok"},
        ],
    })
}

fn scorecard() -> Value {
    json!({
        "sufficient": true, "method": "rules", "overall": 6.5, "overall_spread": 0.0, "recommendation": "yes",
        "headline": "A solid solution, tested late.",
        "scores": {
            "problem_solving": {"band": 3, "score": 7.0, "spread": 0.0, "reason": "It was planned before it was written."},
            "testing": {"band": null, "score": null, "spread": 0.0, "reason": "Not assessed."},
        },
        "strengths": [{"finding": "plan_before_code", "text": "Said the plan first.", "citations": ["u1", "s1"]}],
        "improvements": [{"finding": "tests_late", "text": "Ran late.", "citations": ["r1"]}],
        "citations": {
            "u1": {"kind": "utterance", "utterance": UTTERANCE, "at_ms": 1_000, "quote": "First I would sort."},
            "s1": {"kind": "snapshot", "snapshot": SNAPSHOT, "at_ms": 2_000, "lines": [1, 3], "quote": "def f():"},
            "r1": {"kind": "run", "run": RUN, "at_ms": 3_000, "quote": "1 of 3"},
        },
        "report_markdown": "# Report\n", "versions": {"rules": "1"},
    })
}

#[test]
fn problems() {
    let case = |name: &str, input: Value| {
        let mut case =
            json!({"name": name, "expected": {"$int": "123456789012345678901234567890"}});
        case.as_object_mut()
            .expect("an object")
            .extend(input.as_object().expect("an object").clone());
        case
    };
    let problem = |signature: Value, comparison: Value, input: Value| {
        json!({
            "slug": "two-sum", "title": "Two Sum", "difficulty": "easy", "categories": ["arrays"], "statement": "Find *two*.",
            "constraints": ["`n` ≥ 2"], "signature": signature, "comparison": comparison,
            "examples": [{"name": "a pair", "args": [[1, 2], 3], "expected": [0, 1], "explanation": "1 + 2"}],
            "hidden": [case("many", input)], "starter": {"python": "def f():"}, "solutions": {"java": "class A {}", "javascript": "x"},
            "wrong": [{"name": "greedy", "language": "python", "code": "x", "verdict": "wrong_answer", "fails": ["many"]}],
            "spoken": "Say.", "clarifications": [{"id": "duplicates", "questions": ["Twice?"], "answer": "No."}],
            "hints": [{"text": "Look."}], "followups": [{"topic": "complexity", "question": "How fast?", "listen_for": ["linear"]}],
            "complexity": {"time": "O(n)", "space": "O(1)"}, "notes": "Private.", "generator": "def generate(size, seed): return [[]]",
        })
    };
    let parameter = |name: &str, kind: &str| json!({"name": name, "type": kind});
    let types = [
        "int",
        "float",
        "bool",
        "string",
        "void",
        "json",
        "int[][]",
        "linked_list<int>",
        "tree<float>",
    ];
    let every: Vec<Value> = types.iter().map(|kind| parameter("p", kind)).collect();
    let function =
        json!({"kind": "function", "name": "two_sum", "params": every, "returns": "int[]"});
    let in_place = json!({"kind": "function", "name": "f", "params": [parameter("a", "int[]")], "returns": "void", "result_argument": 0});
    let class = json!({"kind": "class", "name": "Stack", "constructor": [parameter("n", "int")], "methods": [{"name": "push_all", "params": [parameter("a", "int[]")], "returns": "void"}]});
    let arguments = json!({"args": [[1, -2, 0.5], "a", [null, true]]});
    let mut later = problem(
        json!({"kind": "program"}),
        json!({"mode": "any_order"}),
        json!({"stdin": ""}),
    );
    let fields = json!({
        "tags": ["harbour"],
        "naive": [{"name": "twice", "language": "python", "code": "x", "complexity": {"time": "O(n^2)", "space": "O(1)"}}],
        "equivalent": [{"language": "java", "line": "i < n", "becomes": "i != n", "reason": "It only grows."}],
    });
    later
        .as_object_mut()
        .expect("an object")
        .extend(fields.as_object().expect("an object").clone());
    let samples: Vec<Problem> = read(&[
        problem(function, json!({"mode": "exact"}), arguments.clone()),
        problem(
            in_place,
            json!({"mode": "any_order", "deep": true}),
            arguments.clone(),
        ),
        problem(
            class,
            json!({"mode": "float", "absolute": 1e-9, "relative": 1e-6}),
            json!({"operations": ["Stack", "push_all"], "arguments": [[1], [[2]]]}),
        ),
        problem(
            json!({"kind": "program"}),
            json!({"mode": "checker", "python": "def check(a, b, c): return True"}),
            json!({"stdin": "1\n"}),
        ),
        later,
    ]);
    assert_sampled!(
        samples.iter().map(|problem| &problem.signature),
        Signature {
            Function,
            Class,
            Program
        }
    );
    assert_sampled!(
        samples.iter().map(|problem| &problem.comparison),
        Comparison {
            Exact,
            Float,
            AnyOrder,
            Checker
        }
    );
    assert_sampled!(
        samples.iter().map(|problem| &problem.hidden[0].input),
        CaseInput {
            Arguments,
            Operations,
            Stdin
        }
    );
    let kinds: Vec<Type> = types
        .iter()
        .map(|kind| kind.parse().expect("a type"))
        .collect();
    assert_sampled!(
        kinds.iter(),
        Type {
            Int,
            Float,
            Bool,
            String,
            Void,
            Json,
            Array,
            LinkedList,
            Tree
        }
    );
    check_records(tables::PROBLEMS, &samples);
}
