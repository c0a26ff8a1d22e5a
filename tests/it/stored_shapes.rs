//! Stored shapes are promises: each sample's bytes are frozen in `stored_shapes/`, and must stay readable for ever.
//!
//! To add a record: a `check` with samples of every variant, then `UPDATE_EXPECT=1 cargo test stored_shapes` once. A
//! failure means that a stored shape was changed: make the new field optional, or give the record a new version with
//! an upcast, and keep the old file.

use expect_test::expect_file;
use interviewd::store::{Key, Record, Table, from_bytes, tables, to_bytes};
use interviewd_domain::{
    ids::InterviewId,
    interview::{Event, Interview},
    time::Timestamp,
};
use serde_json::{Value, json};
use std::fmt::{Debug, Write as _};

/// Samples are written as JSON, which needs no constructor; one line of the frozen file is one sample.
fn check<K: Key, R: Record + PartialEq + Debug>(table: Table<K, R>, samples: &[Value]) {
    let records = samples.iter().map(|sample| {
        serde_json::from_value(sample.clone())
            .unwrap_or_else(|error| panic!("{}: {error}\n{sample}", table.name()))
    });
    check_records(table, &records.collect::<Vec<R>>());
}

fn check_records<K: Key, R: Record + PartialEq + Debug>(table: Table<K, R>, samples: &[R]) {
    let path = format!(
        "{}/tests/it/stored_shapes/{}.txt",
        env!("CARGO_MANIFEST_DIR"),
        table.name().replace('/', "-")
    );
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
    check(
        tables::CREDENTIALS,
        &[
            json!({"kind": "login", "account": ACCOUNT, "login": LOGIN}),
            json!({"kind": "api_token", "account": ACCOUNT, "token": TOKEN}),
        ],
    );
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
    check(
        tables::JOBS,
        &[
            json!({"job": job, "made_at": AT, "due_at": AT, "tries": 0, "lease": null, "last_error": null}),
            json!({"job": job, "made_at": AT, "due_at": AT, "tries": 2, "lease": {"number": 300, "until": AT}, "last_error": "näher"}),
        ],
    );
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
    check(tables::ACCOUNT_EVENTS, &events);
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
    ];
    let events: Vec<Event> = what
        .into_iter()
        .enumerate()
        .map(|(seq, what)| serde_json::from_value(json!({"seq": seq, "at": AT + seq as i64 * 1_000, "clock_ms": seq * 1_000, "what": what})).expect("an event"))
        .collect();
    check_records(tables::INTERVIEW_EVENTS, &events);

    let id: InterviewId = INTERVIEW.parse().expect("an id");
    let begun = Interview::fold(id, &events[..1]).expect("begins with its creation");
    let ended = Interview::fold(id, &events).expect("begins with its creation");
    assert_eq!(ended.created_at, Timestamp::from_ms(AT));
    check_records(tables::INTERVIEWS, &[begun, ended]);
}
