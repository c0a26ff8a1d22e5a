//! What stays behind the counter: hidden cases, solutions, hints, questions and notes never leave by any route.
//!
//! [`assert_clean`] is the one look at what left; what leaves over the live socket is held to it in `live/secrets.rs`.

use super::server::{Browser, CANARY, SLUG, SOLUTION, TestServer};
use axum::http::{Method, StatusCode};
use interviewd::web::routes;
use interviewd_domain::{
    ids::UtteranceId,
    interview::{Channel, Command, Speaker},
};
use serde_json::json;
use std::time::Duration;

/// Fails when something that was sent holds the canary. `whence` says what it was.
#[track_caller]
pub fn assert_clean(whence: &str, sent: &str) {
    assert!(!sent.contains(CANARY), "{whence} gives a secret away");
}

#[tokio::test]
async fn secrets_of_a_problem_leave_by_no_route() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let id = browser.start_interview().await;
    let at = |rest: &str| format!("/api/sessions/{id}{rest}");
    walk(&server, &mut server.browser(), &id, "to nobody").await;
    walk(&server, &mut browser, &id, "while it runs").await;
    for (code, kind) in [
        (
            "def tide_sum(values):\n    print(values)\n    return 0\n",
            "submit",
        ),
        (SOLUTION, "submit"),
        (SOLUTION, "run"),
    ] {
        let body = json!({ "code": code, "language": "python", "kind": kind });
        let ran = browser
            .api(Method::POST, &at("/execute"), Some(body))
            .await
            .expect(StatusCode::OK);
        assert_clean("a run", &ran.text);
        assert!(
            !ran.text.contains("no tides"),
            "a hidden case is named before the end"
        );
        server.clock.advance(Duration::from_secs(60));
    }
    let system = server
        .gate
        .system(TestServer::interview_id(&id))
        .expect("a store")
        .expect("the interview");
    for text in [
        "I would add them up in one pass, which is linear.",
        "An empty list should give zero.",
        "Let me test that.",
    ] {
        let dice = server.engine.entropy().u128();
        let command = Command::Say {
            utterance: UtteranceId::new(server.clock.now(), dice),
            item: format!("item-{dice}"),
            speaker: Speaker::Candidate,
            channel: Channel::Typed,
            text: text.to_owned(),
            act: None,
        };
        server
            .engine
            .apply(&system, command)
            .await
            .expect("it is said");
    }
    server.clock.advance(Duration::from_secs(600));
    browser
        .api(Method::POST, &at("/end"), None)
        .await
        .expect(StatusCode::OK);
    walk(&server, &mut browser, &id, "once it has ended").await;
    server.evaluate().await;
    let evaluation = browser.get(&at("/evaluation")).await.json();
    assert_eq!(
        evaluation["status"], "complete",
        "the walk below is about a finished evaluation: {evaluation}"
    );
    walk(&server, &mut browser, &id, "once it is evaluated").await;
    let summary = browser
        .get(&format!("/sessions/{id}/summary"))
        .await
        .expect(StatusCode::OK)
        .text;
    let linked = ["said at", "code at", "run at"]
        .iter()
        .any(|place| summary.contains(&format!("data-cite>{place}")));
    assert!(linked, "the report's places are not links");
    for claim in evaluation["strengths"]
        .as_array()
        .into_iter()
        .chain(evaluation["improvements"].as_array())
        .flatten()
    {
        for citation in claim["citations"].as_array().expect("citations") {
            let anchor = format!("id=\"ev-{}\"", citation.as_str().expect("an id"));
            assert!(summary.contains(&anchor), "the summary has no {anchor}");
        }
    }
}

/// Every address that can be read.
async fn walk(server: &TestServer, browser: &mut Browser, id: &str, when: &str) {
    for route in routes::all(&server.web)
        .iter()
        .filter(|route| route.method == Method::GET)
    {
        if route.path.contains("{*path}") {
            continue;
        }
        let address = route.path.replace("{id}", id).replace("{slug}", SLUG);
        let answer = browser.get(&address).await;
        assert_clean(&format!("{} {when}", route.path), &answer.text);
    }
    for query in [
        "/start?problem=tide-sum",
        "/problems?q=canary",
        "/api/problems?q=canary-7f3e",
        "/api/problems?q=tide",
    ] {
        let answer = browser.get(query).await;
        // What was asked for may be repeated in the search field.
        let said = answer.text.replace("canary-7f3e\"", "");
        assert_clean(query, &said);
    }
    let found = browser
        .get("/api/problems?q=solution")
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(found["total"], 0, "the search looks into secrets");
}
