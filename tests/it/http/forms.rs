//! Pages that post: where they lead, and what comes back when they are refused.

use super::server::{PASSWORD, SLUG, TestServer, config};
use axum::http::StatusCode;

#[tokio::test]
async fn strangers_are_led_to_the_login_and_on() {
    let server = TestServer::start().await;
    server.member("ada@example.org").await;
    let mut browser = server.browser();
    let sent = browser.get("/start?problem=tide-sum").await.expect(StatusCode::SEE_OTHER);
    assert_eq!(sent.header("location"), "/login?next=%2Fstart%3Fproblem%3Dtide%2Dsum");
    let login = browser.get(sent.header("location")).await.expect(StatusCode::OK).text;
    assert!(login.contains("name=\"next\" value=\"/start?problem=tide-sum\""));
    let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("next", "/start?problem=tide-sum")];
    let on = browser.form("/login", &fields).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(on.header("location"), "/start?problem=tide-sum");
    assert_eq!(browser.get("/").await.expect(StatusCode::SEE_OTHER).header("location"), "/dashboard");
    for evil in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"] {
        let mut other = server.browser();
        let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("next", evil)];
        server.clock.advance(std::time::Duration::from_secs(60));
        let on = other.form("/login", &fields).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(on.header("location"), "/dashboard", "{evil:?}");
    }
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_says_what_is_wrong() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let fields = [("email", "ada at example"), ("name", "Ada <b>"), ("password", "short")];
    let back = browser.form("/signup", &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text;
    for part in ["value=\"ada at example\"", "value=\"Ada &#60;b&#62;\"", "id=\"email-error\"", "id=\"password-error\"", "id=\"accept_terms-error\""] {
        assert!(back.contains(part), "no {part} in the form");
    }
    assert!(!back.contains("value=\"short\""), "passwords are not sent back");
    let fields = [("email", "ada@example.org"), ("password", "wrong password")];
    let back = browser.form("/login", &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text;
    assert!(back.contains("value=\"ada@example.org\"") && back.contains("is not right"));
}

#[tokio::test]
async fn an_interview_is_begun_from_its_form() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let drawn = browser.get("/start?draw=1").await.expect(StatusCode::SEE_OTHER);
    assert_eq!(drawn.header("location"), "/start?problem=tide-sum&drawn=1#chosen");
    let page = browser.get("/start?problem=tide-sum&drawn=1").await.expect(StatusCode::OK).text;
    assert!(page.contains("Drawn by chance") && page.contains("value=\"python\" selected"));
    let back = browser.form("/start", &[("problem", SLUG), ("language", "java")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text.contains("Java cannot be run on this server"));
    let fields = [("problem", SLUG), ("language", "javascript"), ("duration_minutes", "30"), ("mode", "text"), ("personality", "supportive"), ("level", "junior")];
    let begun = browser.form("/start", &fields).await.expect(StatusCode::SEE_OTHER);
    let room = begun.header("location").to_owned();
    assert!(room.starts_with("/interview/int_"), "{room}");
    let page = browser.get(&room).await.expect(StatusCode::OK).text;
    assert!(page.contains("Tide Sum") && page.contains("<strong>tides</strong>"));
    assert!(browser.get("/dashboard").await.expect(StatusCode::OK).text.contains(&room));
    let id = room.trim_start_matches("/interview/").to_owned();
    let early = browser.get(&format!("/sessions/{id}/summary")).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(early.header("location"), room);
    browser.api(axum::http::Method::POST, &format!("/api/sessions/{id}/end"), None).await.expect(StatusCode::OK);
    let late = browser.get(&room).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(late.header("location"), format!("/sessions/{id}/summary"));
    server.evaluate().await;
    let summary = browser.get(late.header("location")).await.expect(StatusCode::OK).text;
    assert!(summary.contains("Not enough to judge by"));
}

#[tokio::test]
async fn without_credits_the_form_says_so() {
    let mut config = config();
    config.accounts.initial_credits = 0;
    let server = TestServer::with(config).await;
    let mut browser = server.member("ada@example.org").await;
    let back = browser.form("/start", &[("problem", SLUG), ("language", "python")]).await.expect(StatusCode::PAYMENT_REQUIRED);
    assert!(back.text.contains("You have no credits left"));
}

#[tokio::test]
async fn settings_change_what_they_say() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let mut other = server.browser();
    other.form("/login", &[("email", "ada@example.org"), ("password", PASSWORD)]).await.expect(StatusCode::SEE_OTHER);
    let fields = [("name", "Ada"), ("experience_level", "senior"), ("target_companies", "Tidal, Harbour")];
    browser.form("/settings/profile", &fields).await.expect(StatusCode::SEE_OTHER);
    let page = browser.get("/settings").await.expect(StatusCode::OK).text;
    assert!(page.contains("value=\"Ada\"") && page.contains("value=\"Tidal, Harbour\""));
    let wrong = [("current_password", "not this one"), ("new_password", "another long password")];
    let back = browser.form("/settings/password", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY).text;
    assert!(back.contains("id=\"current_password-error\""));
    let right = [("current_password", PASSWORD), ("new_password", "another long password")];
    browser.form("/settings/password", &right).await.expect(StatusCode::SEE_OTHER);
    browser.get("/settings").await.expect(StatusCode::OK);
    other.get("/settings").await.expect(StatusCode::SEE_OTHER);
    let chosen = browser.form("/theme", &[("theme", "dark"), ("next", "/settings")]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(chosen.header("location"), "/settings");
    assert!(browser.get("/settings").await.text.contains("data-theme=\"dark\""));
    server.clock.advance(std::time::Duration::from_secs(60));
    browser.form("/settings/delete", &[("password", "wrong")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    browser.form("/settings/delete", &[("password", "another long password")]).await.expect(StatusCode::SEE_OTHER);
    browser.get("/settings").await.expect(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn unknown_addresses_are_a_page_for_people_and_json_for_programs() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let page = browser.get("/nowhere").await.expect(StatusCode::NOT_FOUND);
    assert!(page.header("content-type").starts_with("text/html") && page.text.contains("Nothing is kept here."));
    for payments in ["/api/payments/webhook", "/api/subscriptions/create", "/api/payments/create-intent"] {
        let answer = browser.api(axum::http::Method::POST, payments, Some(serde_json::json!({}))).await;
        assert_eq!(answer.error(), "404 not_found");
    }
}
