//! Two people: neither can tell whether the other's interviews exist.

use super::{
    client::{Client, Socket},
    problem,
    server::{Home, Server},
};
use interviewd::{
    edge::{Clock, Entropy},
    realtime::token::SocketTokens,
    store::Store,
};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_stranger_finds_nothing_and_gets_no_seat() {
    let home = Home::new();
    let server = Server::start(&home).await;
    let owner = Client::sign_up(server.address, "owner").await;
    let stranger = Client::sign_up(server.address, "stranger").await;
    let session = owner.start(&problem().slug, "python").await["sessionId"]
        .as_str()
        .expect("an id")
        .to_owned();
    let (mut socket, _) = owner.connect(&session).await;
    socket.interviewer().await;
    socket
        .type_code("secret = 'of the owner'", "python", 1)
        .await;

    // An id that never was looks the same as one that is somebody else's.
    let absent = session.split_at(session.len() - 4).0.to_owned() + "0000";
    let calls = |session: &str| {
        let code =
            json!({ "code": "x", "language": "python", "timestampMs": 1.0, "type": "manual" });
        let run = json!({ "code": "x", "language": "python", "kind": "run" });
        vec![
            (Method::GET, format!("/api/sessions/{session}"), None),
            (
                Method::GET,
                format!("/api/sessions/{session}/evaluation"),
                None,
            ),
            (Method::GET, format!("/api/sessions/{session}/replay"), None),
            (
                Method::POST,
                format!("/api/sessions/{session}/code"),
                Some(code),
            ),
            (
                Method::POST,
                format!("/api/sessions/{session}/execute"),
                Some(run),
            ),
            (
                Method::POST,
                format!("/api/sessions/{session}/end"),
                Some(json!({})),
            ),
            (
                Method::POST,
                "/api/realtime/token".to_owned(),
                Some(json!({ "sessionId": session })),
            ),
        ]
    };
    for ((method, path, body), (_, other, other_body)) in
        calls(&session).into_iter().zip(calls(&absent))
    {
        let of_owner = stranger
            .ask(method.clone(), &path, body)
            .await
            .expect("an answer");
        let of_nobody = stranger
            .ask(method.clone(), &other, other_body)
            .await
            .expect("an answer");
        assert_eq!(
            (of_owner.status, of_owner.code()),
            (404, "not_found"),
            "{method} {path}"
        );
        assert_eq!(
            of_owner.body, of_nobody.body,
            "{method} {path} tells that it exists"
        );
    }
    let list = stranger.get("/api/sessions").await.expect(200);
    assert_eq!((&list["total"], &list["items"]), (&json!(0), &json!([])));
    for path in [
        format!("/interview/{session}"),
        format!("/sessions/{session}/summary"),
    ] {
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }

    // A token of one's own, made to speak of the other's interview, is no longer signed.
    let own = stranger.start(&problem().slug, "python").await["sessionId"]
        .as_str()
        .expect("an id")
        .to_owned();
    let honest = stranger.token(&own).await;
    let signature = honest.rsplit_once('.').expect("a JWT").1.to_owned();
    let tokens = SocketTokens::new(
        Store::in_memory(),
        Clock::real(),
        Entropy::seeded(3),
        b"a guess",
    );
    let account = stranger.user["id"]
        .as_str()
        .expect("an id")
        .parse()
        .expect("an id");
    let guessed = tokens.issue(account, session.parse().expect("an id"));
    let transplanted = format!("{}.{signature}", guessed.rsplit_once('.').expect("a JWT").0);
    for token in [guessed, transplanted] {
        assert_eq!(
            Socket::open(server.address, &token).await.closed().await,
            4001
        );
    }
    // Nobody has disturbed the owner.
    socket.type_code("secret = 'still mine'", "python", 2).await;
    let shown = owner
        .get(&format!("/api/sessions/{session}"))
        .await
        .expect(200);
    assert_eq!(
        (&shown["status"], &shown["runs"]),
        (&json!("active"), &json!(0))
    );
    server.stop().await;
}
