//! Interviews over the API: starting (once), saving, running, ending, and whose they are.

use super::server::{CANARY, PASSWORD, SLUG, SOLUTION, TestServer, config};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

fn start() -> Option<Value> {
    Some(json!({ "problem": SLUG, "language": "python" }))
}

#[tokio::test]
async fn a_whole_session() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let body =
        json!({ "problem": SLUG, "language": "python", "durationMinutes": 30, "mode": "text" });
    let started = browser
        .api(Method::POST, "/api/sessions/start", Some(body))
        .await
        .expect(StatusCode::CREATED)
        .json();
    assert_eq!(
        (&started["durationMs"], &started["language"]),
        (&json!(1_800_000), &json!("python"))
    );
    assert_eq!(started["wsUrl"], "ws://127.0.0.1:8080/ws");
    assert!(
        started["wsToken"]
            .as_str()
            .is_some_and(|token| token.split('.').count() == 3)
    );
    assert_eq!(browser.get("/api/users/profile").await.json()["credits"], 2);
    let id = started["sessionId"].as_str().expect("an id");
    let at = |rest: &str| format!("/api/sessions/{id}{rest}");

    assert_eq!(
        browser.get(&at("/evaluation")).await.error(),
        "409 not_ended"
    );
    assert_eq!(browser.get(&at("")).await.json()["status"], "scheduled");
    let code =
        json!({ "code": SOLUTION, "language": "python", "type": "manual", "timestampMs": 5 });
    let saved = browser
        .api(Method::POST, &at("/code"), Some(code))
        .await
        .expect(StatusCode::CREATED)
        .json();
    server.clock.advance(Duration::from_secs(60));
    let run = json!({ "code": SOLUTION, "language": "python", "kind": "run" });
    let ran = browser
        .api(Method::POST, &at("/execute"), Some(run))
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(
        (&ran["status"], &ran["passed"], &ran["total"]),
        (&json!("ok"), &json!(2), &json!(2))
    );
    let custom =
        json!({ "code": SOLUTION, "language": "python", "kind": "run", "customInput": [[4, 5]] });
    let ran = browser
        .api(Method::POST, &at("/execute"), Some(custom))
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(ran["tests"][0]["actual"], 9, "{ran}");
    assert_eq!(ran["tests"][0]["expected"], 9, "{ran}");

    let shown = browser.get(&at("")).await.json();
    assert_eq!(
        (&shown["status"], &shown["runs"], &shown["remainingMs"]),
        (&json!("active"), &json!(2), &json!(1_740_000))
    );
    assert_ne!(shown["latestSnapshot"]["snapshotId"], saved["snapshotId"]);
    let ended = browser
        .api(Method::POST, &at("/end"), None)
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(
        (&ended["status"], &ended["durationMs"]),
        (&json!("completed"), &json!(60_000))
    );
    server.clock.advance(Duration::from_secs(60));
    assert_eq!(
        browser
            .api(Method::POST, &at("/end"), None)
            .await
            .expect(StatusCode::OK)
            .json(),
        ended
    );
    let late = json!({ "code": "x", "language": "python", "type": "manual" });
    assert_eq!(
        browser
            .api(Method::POST, &at("/code"), Some(late))
            .await
            .error(),
        "409 already_ended"
    );
    assert_eq!(
        browser.get(&at("/evaluation")).await.json()["status"],
        "pending"
    );
    server.evaluate().await;
    let evaluation = browser.get(&at("/evaluation")).await.json();
    assert!(
        matches!(
            evaluation["status"].as_str(),
            Some("complete" | "insufficient_evidence")
        ),
        "{evaluation}"
    );
    let kinds: Vec<String> = browser.get(&at("/replay")).await.json()["events"]
        .as_array()
        .expect("events")
        .iter()
        .map(|event| event["type"].as_str().expect("a type").to_owned())
        .collect();
    for kind in [
        "started",
        "snapshot",
        "run_started",
        "run_finished",
        "ended",
    ] {
        assert!(
            kinds.iter().any(|known| known == kind),
            "no {kind} in {kinds:?}"
        );
    }
    let list = browser.get("/api/sessions?perPage=1").await.json();
    assert_eq!(
        (&list["total"], &list["items"][0]["id"]),
        (&json!(1), &json!(id))
    );
    assert_eq!(
        browser.get("/api/sessions?page=0").await.error(),
        "422 invalid_fields"
    );
    assert_eq!(
        browser.get("/api/sessions?perPage=101").await.error(),
        "422 invalid_fields"
    );
}

#[tokio::test]
async fn a_hundred_starts_at_once_with_one_credit_make_one_session() {
    let mut config = config();
    config.accounts.initial_credits = 1;
    config.limits.requests_per_minute = 1_000;
    config.limits.expensive_per_minute = 1_000;
    let server = TestServer::with(config).await;
    let mut browser = server.member("ada@example.org").await;
    let starts = (0..100).map(|_| {
        let mut browser = browser.clone();
        async move {
            browser
                .api(Method::POST, "/api/sessions/start", start())
                .await
                .status
                .as_u16()
        }
    });
    let mut statuses = futures_util::future::join_all(starts).await;
    statuses.sort_unstable();
    assert_eq!((statuses[0], statuses[1], statuses[99]), (201, 402, 402));
    assert_eq!(browser.get("/api/sessions").await.json()["total"], 1);
    assert_eq!(browser.get("/api/users/profile").await.json()["credits"], 0);
}

#[tokio::test]
async fn a_repeated_key_gives_the_same_session_and_a_fresh_token() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let (mut ids, mut tokens) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..3 {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", "k-1"),
        ];
        let body = Body::from(start().expect("a body").to_string());
        let answer = browser
            .send(Method::POST, "/api/sessions/start", &headers, body)
            .await
            .expect(StatusCode::CREATED)
            .json();
        ids.insert(answer["sessionId"].to_string());
        tokens.insert(answer["wsToken"].to_string());
    }
    assert_eq!((ids.len(), tokens.len()), (1, 3));
    assert_eq!(browser.get("/api/users/profile").await.json()["credits"], 2);
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", ""),
    ];
    let body = Body::from(start().expect("a body").to_string());
    assert_eq!(
        browser
            .send(Method::POST, "/api/sessions/start", &headers, body)
            .await
            .error(),
        "400 malformed"
    );
}

#[tokio::test]
async fn automatic_snapshots_come_every_ten_seconds_at_most() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let path = format!("/api/sessions/{}/code", browser.start_interview().await);
    let save = |kind: &str| Some(json!({ "code": "x = 1", "language": "python", "type": kind }));
    browser
        .api(Method::POST, &path, save("auto"))
        .await
        .expect(StatusCode::CREATED);
    let soon = browser.api(Method::POST, &path, save("auto")).await;
    assert_eq!(
        (soon.error().as_str(), soon.header("retry-after")),
        ("429 too_many_requests", "10")
    );
    browser
        .api(Method::POST, &path, save("manual"))
        .await
        .expect(StatusCode::CREATED);
    server.clock.advance(Duration::from_secs(10));
    browser
        .api(Method::POST, &path, save("auto"))
        .await
        .expect(StatusCode::CREATED);
}

#[tokio::test]
async fn what_does_not_fit_is_told_apart() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let id = browser.start_interview().await;
    let at = |rest: &str| format!("/api/sessions/{id}{rest}");
    let long = "#".repeat(50 * 1024 + 1);
    let code = |code: &str, language: &str, kind: &str| {
        Some(json!({ "code": code, "language": language, "type": kind }))
    };
    assert_eq!(
        browser
            .api(Method::POST, &at("/code"), code(&long, "python", "manual"))
            .await
            .error(),
        "413 code_too_long"
    );
    assert_eq!(
        browser
            .api(Method::POST, &at("/code"), code("", "cobol", "manual"))
            .await
            .error(),
        "422 invalid_fields"
    );
    assert_eq!(
        browser
            .api(Method::POST, &at("/code"), code("", "python", "now"))
            .await
            .error(),
        "422 invalid_fields"
    );
    let run = |code: &str, language: &str, kind: &str| {
        Some(json!({ "code": code, "language": language, "kind": kind }))
    };
    assert_eq!(
        browser
            .api(Method::POST, &at("/execute"), run(&long, "python", "run"))
            .await
            .error(),
        "413 code_too_long"
    );
    assert_eq!(
        browser
            .api(Method::POST, &at("/execute"), run("", "java", "run"))
            .await
            .error(),
        "422 language_unavailable"
    );
    assert_eq!(
        browser
            .api(Method::POST, &at("/execute"), run("", "python", "walk"))
            .await
            .error(),
        "422 invalid_fields"
    );
    for input in [json!([]), json!("text"), json!([1, 2])] {
        let body =
            json!({ "code": SOLUTION, "language": "python", "kind": "run", "customInput": input });
        assert_eq!(
            browser
                .api(Method::POST, &at("/execute"), Some(body))
                .await
                .error(),
            "422 invalid_fields"
        );
    }
    for (field, value) in [
        ("problem", json!("nothing")),
        ("difficulty", json!("hard")),
        ("durationMinutes", json!(0)),
        ("mode", json!("mime")),
    ] {
        let mut body = json!({ "language": "python", "problem": SLUG });
        if field == "difficulty" {
            body = json!({ "language": "python" });
        }
        body[field] = value;
        let answer = browser
            .api(Method::POST, "/api/sessions/start", Some(body))
            .await;
        assert_eq!(answer.error(), "422 invalid_fields", "{field}");
    }
    let java = json!({ "language": "java", "problem": SLUG });
    assert_eq!(
        browser
            .api(Method::POST, "/api/sessions/start", Some(java))
            .await
            .error(),
        "422 language_unavailable"
    );
    assert_eq!(
        browser.get("/api/users/profile").await.json()["credits"],
        2,
        "refused starts cost nothing"
    );
}

/// Cases of one's own meet the reference solution, are kept with the run, and give nothing of it away.
#[tokio::test]
async fn own_cases_are_answered_and_kept() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let id = browser.start_interview().await;
    let at = |rest: &str| format!("/api/sessions/{id}{rest}");
    let run = |kind: &str, cases: Value| {
        Some(json!({
            "code": "def tide_sum(values):\n    return max(values)\n", "language": "python",
            "kind": kind, "customCases": cases,
        }))
    };
    let cases = json!([
        { "input": [[4, 5]], "expected": 9 }, { "input": [[7]], "expected": 8 }, { "input": [[-1, 1]] },
    ]);
    let ran = browser
        .api(Method::POST, &at("/execute"), run("run", cases))
        .await
        .expect(StatusCode::OK);
    assert!(!ran.text.contains(CANARY), "{}", ran.text);
    let ran = ran.json();
    let told: Vec<_> = ["status", "expected", "actual", "own"]
        .map(|field| {
            ran["tests"]
                .as_array()
                .unwrap()
                .iter()
                .map(|test| test[field].clone())
                .collect()
        })
        .map(Value::Array)
        .into();
    assert_eq!(
        json!(told),
        json!([
            ["fail", "pass", "fail"],
            [9, 7, 0],
            [5, 7, 1],
            [
                { "expected": 9, "answered": true, "agrees": true },
                { "expected": 8, "answered": true, "agrees": false },
                { "expected": null, "answered": true, "agrees": null },
            ],
        ])
    );
    let replay = browser.get(&at("/replay")).await.json();
    let events = replay["events"].as_array().expect("events");
    let kept = events.iter().find(|event| event["type"] == "run_finished");
    assert_eq!(kept.expect("the run")["run"]["tests"], ran["tests"]);

    for (kind, cases) in [
        ("submit", json!([{ "input": [[1]] }])),
        ("run", json!([{ "input": [[1], [2]] }])),
        ("run", json!([{ "input": [[1]], "hidden": true }])),
        ("run", json!(vec![json!({ "input": [[1]] }); 9])),
        ("run", json!([{ "input": [vec![123_456_789; 2_000]] }])),
    ] {
        let answer = browser
            .api(Method::POST, &at("/execute"), run(kind, cases))
            .await;
        assert!(answer.status.is_client_error(), "{}", answer.text);
    }
    let runs = browser.get(&at("")).await.json()["runs"].clone();
    assert_eq!(runs, 1, "refused cases are no runs");
}

#[tokio::test]
async fn runs_are_bounded_for_each_session() {
    let server = TestServer::with(config()).await;
    let mut browser = server.member("ada@example.org").await;
    let path = format!("/api/sessions/{}/execute", browser.start_interview().await);
    let run = || Some(json!({ "code": SOLUTION, "language": "python", "kind": "run" }));
    for _ in 0..3 {
        browser
            .api(Method::POST, &path, run())
            .await
            .expect(StatusCode::OK);
    }
    let fourth = browser.api(Method::POST, &path, run()).await;
    assert_eq!(fourth.error(), "429 too_many_requests");
    let wait: u64 = fourth.header("retry-after").parse().expect("seconds");
    assert!((1..=20).contains(&wait), "{wait}");
    // Whoever waits as long as that may run again.
    server.clock.advance(Duration::from_secs(wait));
    browser
        .api(Method::POST, &path, run())
        .await
        .expect(StatusCode::OK);
}

/// Several interviews at once do not add up to more than a person may run.
#[tokio::test]
async fn runs_are_bounded_for_each_person() {
    let mut bounds = config();
    bounds.limits.expensive_per_minute = 5;
    let server = TestServer::with(bounds).await;
    let mut browser = server.member("ada@example.org").await;
    let ids = [
        browser.start_interview().await,
        browser.start_interview().await,
    ];
    let run = || Some(json!({ "code": SOLUTION, "language": "python", "kind": "run" }));
    let mut statuses = Vec::new();
    for id in ids.iter().cycle().take(6) {
        let path = format!("/api/sessions/{id}/execute");
        statuses.push(
            browser
                .api(Method::POST, &path, run())
                .await
                .status
                .as_u16(),
        );
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
}

#[tokio::test]
async fn what_belongs_to_somebody_else_looks_like_nothing() {
    let server = TestServer::start().await;
    let mut owner = server.member("owner@example.org").await;
    let mut stranger = server.member("stranger@example.org").await;
    let theirs = owner.start_interview().await;
    let unknown = "int_00000000000000000000000000";
    for (method, rest, body) in [
        (Method::GET, "", None),
        (Method::GET, "/evaluation", None),
        (Method::GET, "/replay", None),
        (Method::POST, "/end", None),
        (Method::POST, "/evaluate", None),
        (
            Method::POST,
            "/code",
            Some(json!({ "code": "", "language": "python", "type": "auto" })),
        ),
        (
            Method::POST,
            "/execute",
            Some(json!({ "code": "", "language": "python", "kind": "run" })),
        ),
    ] {
        let mut answers = Vec::new();
        for id in [theirs.as_str(), unknown, "nonsense"] {
            let answer = stranger
                .api(
                    method.clone(),
                    &format!("/api/sessions/{id}{rest}"),
                    body.clone(),
                )
                .await;
            assert_eq!(answer.error(), "404 not_found", "{method} {rest} of {id}");
            answers.push(answer.text);
        }
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{method} {rest} can be told apart"
        );
    }
    for page in ["/interview/{id}", "/sessions/{id}/summary"] {
        for id in [theirs.as_str(), unknown] {
            stranger
                .get(&page.replace("{id}", id))
                .await
                .expect(StatusCode::NOT_FOUND);
        }
    }
    for id in [theirs.as_str(), unknown] {
        let answer = stranger
            .api(
                Method::POST,
                "/api/realtime/token",
                Some(json!({ "sessionId": id })),
            )
            .await;
        assert_eq!(answer.error(), "404 not_found");
    }
    assert_eq!(
        owner.get(&format!("/api/sessions/{theirs}")).await.json()["status"],
        "scheduled"
    );
    let again = json!({ "email": "owner@example.org", "password": PASSWORD });
    owner
        .api(Method::POST, "/api/auth/login", Some(again))
        .await
        .expect(StatusCode::OK);
}
