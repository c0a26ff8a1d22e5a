//! The server is killed in mid-interview: whatever was acknowledged is there, the time of its absence is given back,
//! and the interviewer goes on where it was.

use super::{
    LOOK_EVERY, PATIENCE,
    client::Client,
    eventually, problem,
    server::{Home, Server, stopwatch},
    wrong_code,
};
use interviewd::edge::{Clock, Tasks};
use interviewd_domain::problem::Language;
use serde_json::{Value, json};
use std::{collections::HashSet, net::SocketAddr, time::Duration};
use tokio::net::TcpStream;

/// Longer than the countdown may be wrong, so that time which is not given back shows.
const DOWN: Duration = Duration::from_secs(6);
const CLOCKS_APART_MS: u64 = 2_000;
const LOOP: &str = "while True:\n    pass\n";

#[tokio::test]
async fn a_killed_server_puts_the_candidate_back_into_the_interview() {
    let (home, problem) = (Home::new(), problem());
    let server = Server::start(&home).await;
    let client = Client::sign_up(server.address, "barbara").await;
    let started = client.start(&problem.slug, "python").await;
    let session = started["sessionId"].as_str().expect("an id").to_owned();
    let path = format!("/api/sessions/{session}");

    let before = stopwatch();
    let (mut socket, _) = client.connect(&session).await;
    let greeting = socket.interviewer().await;
    let question = &problem.clarifications[0];
    socket.say(&question.questions[0]).await;
    let answer = socket.interviewer().await;
    let code = wrong_code(&problem, Language::Python);
    socket.type_code("# a first thought\n", "python", 1).await;
    socket.type_code(&code, "python", 2).await;
    let phase = client.get(&path).await.expect(200)["phase"].clone();
    let said = utterances(&client.replay(&session).await);

    // A run is under way when the lights go out.
    let runner = client.clone();
    let execute = json!({ "code": LOOP, "language": "python", "kind": "run" });
    let run = Tasks::new().spawn("run", {
        let path = format!("{path}/execute");
        async move {
            runner
                .ask(reqwest::Method::POST, &path, Some(execute))
                .await
        }
    });
    let open = socket
        .until("run.started", |frame| frame["type"] == "run.started")
        .await["runId"]
        .clone();
    let spent_before = before.elapsed();
    let address = server.address;
    server.kill().await;
    assert!(
        run.join().await.flatten().is_none(),
        "a killed server answered"
    );
    stays_down(address, DOWN).await;

    let after = stopwatch();
    let server = Server::start(&home).await;
    let client = client.at(server.address);
    let shown = client.get(&path).await.expect(200);
    let (spent_min, spent_max) = (spent_before, spent_before + after.elapsed());
    let remaining = Duration::from_millis(shown["remainingMs"].as_u64().expect("a number"));
    let slack = Duration::from_millis(CLOCKS_APART_MS);
    let granted = Duration::from_secs(30 * 60);
    assert!(
        remaining + spent_max + slack >= granted && remaining + spent_min <= granted + slack,
        "{remaining:?} left; {spent_min:?} to {spent_max:?} were spent"
    );
    let events = client.replay(&session).await;
    assert!(
        events
            .iter()
            .any(|event| event["type"] == "run_lost" && event["runId"] == open),
        "the open run is told as lost"
    );
    assert_eq!(utterances(&events), said);

    let (mut socket, state) = client.connect(&session).await;
    // The run kept its code as it was sent.
    assert_eq!(
        (&state["code"], &state["revision"], &state["language"]),
        (&json!(LOOP), &json!(3), &json!("python"))
    );
    assert_eq!(state["phase"], phase);
    let captions: Vec<(Value, Value)> = pairs(state["captions"].as_array().expect("captions"));
    assert_eq!(captions, said);

    // Not stuck: it can be run again; and the interviewer has not forgotten what it said.
    let run = client
        .post(
            &format!("{path}/execute"),
            json!({ "code": code, "language": "python", "kind": "run" }),
        )
        .await
        .expect(200);
    assert_eq!(run["tests"][0]["status"], "fail", "{run}");
    socket.say(&question.questions[0]).await;
    eventually("a second answer", PATIENCE, async || {
        let said = utterances(&client.replay(&session).await);
        said.iter()
            .skip_while(|(_, text)| *text != json!(question.questions[0]))
            .skip(1)
            .any(|(role, _)| role == "interviewer")
            .then_some(())
    })
    .await;

    // Killed between a question and its answer, it answers after the restart.
    let last = problem.clarifications.last().expect("a clarification");
    socket.say(&last.questions[0]).await;
    server.kill().await;
    let server = Server::start(&home).await;
    let client = client.at(server.address);
    let (_socket, _) = client.connect(&session).await;
    eventually(
        "the answer to the last question before the kill",
        PATIENCE,
        async || {
            let said = utterances(&client.replay(&session).await);
            said.iter()
                .any(|(role, text)| {
                    role == "interviewer"
                        && text
                            .as_str()
                            .is_some_and(|text| text.contains(last.answer.trim()))
                })
                .then_some(())
        },
    )
    .await;

    let events = client.replay(&session).await;
    let lines: Vec<Value> = utterances(&events)
        .into_iter()
        .filter(|(role, _)| role == "interviewer")
        .map(|(_, text)| text)
        .collect();
    let distinct: HashSet<&str> = lines.iter().filter_map(Value::as_str).collect();
    assert_eq!(
        distinct.len(),
        lines.len(),
        "a line was said twice: {lines:#?}"
    );
    assert!(lines.contains(&json!(greeting)) && lines.contains(&json!(answer)));
    let moments: Vec<u64> = events
        .iter()
        .filter_map(|event| event["atMs"].as_u64())
        .collect();
    assert!(
        moments.is_sorted(),
        "the interview's own clock went back: {moments:?}"
    );
    server.stop().await;
}

/// An end whose evaluation the kill interrupts is evaluated after the restart, at once and only once.
#[tokio::test]
async fn an_evaluation_that_a_kill_interrupts_is_made_after_the_restart() {
    let (home, problem) = (Home::new(), problem());
    let mut server = Server::start(&home).await;
    let mut client = Client::sign_up(server.address, "donald").await;
    let session = client.start(&problem.slug, "python").await["sessionId"]
        .as_str()
        .expect("an id")
        .to_owned();
    let path = format!("/api/sessions/{session}");
    let (mut socket, _) = client.connect(&session).await;
    socket.interviewer().await;
    socket
        .say("I will compare every pair first and then look for something faster.")
        .await;
    // The evaluation will submit this, and be at it for a while.
    socket.type_code(LOOP, "python", 1).await;
    client
        .post(&format!("{path}/end"), json!({}))
        .await
        .expect(200);

    // Twice, each time with the evaluation's own run under way.
    for round in 1..=2 {
        eventually("the evaluation's own run", PATIENCE, async || {
            let open = open_runs(&client.replay(&session).await);
            (open == 1).then_some(())
        })
        .await;
        server.kill().await;
        server = Server::start(&home).await;
        client = client.at(server.address);
        let lost = client
            .replay(&session)
            .await
            .iter()
            .filter(|event| event["type"] == "run_lost")
            .count();
        assert_eq!(lost, round);
    }
    let evaluation = client.evaluation(&session, PATIENCE * 2).await;
    assert_ne!(evaluation["status"], "failed", "{evaluation}");
    let evaluated = client
        .replay(&session)
        .await
        .iter()
        .filter(|event| event["type"] == "evaluated")
        .count();
    assert_eq!(evaluated, 1);
    server.stop().await;
}

/// Runs that began and neither finished nor were lost.
pub fn open_runs(events: &[Value]) -> usize {
    let count = |kind: &str| events.iter().filter(|event| event["type"] == kind).count();
    count("run_started") - count("run_finished") - count("run_lost")
}

async fn stays_down(address: SocketAddr, span: Duration) {
    let (clock, watch) = (Clock::real(), stopwatch());
    while watch.elapsed() < span {
        assert!(
            TcpStream::connect(address).await.is_err(),
            "something still listens on {address}"
        );
        clock.sleep(LOOK_EVERY).await;
    }
}

/// Who said what, in order.
fn utterances(events: &[Value]) -> Vec<(Value, Value)> {
    pairs(
        &events
            .iter()
            .filter(|event| event["type"] == "utterance")
            .cloned()
            .collect::<Vec<_>>(),
    )
}

fn pairs(entries: &[Value]) -> Vec<(Value, Value)> {
    entries
        .iter()
        .map(|entry| (entry["role"].clone(), entry["text"].clone()))
        .collect()
}
