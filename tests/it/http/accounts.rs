//! Signing up and in, the cookie, requests of other sites, throttling, the profile and what it refuses.

use super::server::{Browser, PASSWORD, TestServer, config};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};
use std::time::Duration;

fn sign_up(email: &str) -> Option<Value> {
    Some(json!({ "email": email, "password": PASSWORD, "name": "Ada", "acceptTerms": true }))
}

#[tokio::test]
async fn an_account_is_opened_used_left_and_entered_again() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let opened = browser
        .api(
            Method::POST,
            "/api/auth/signup",
            sign_up(" Ada@Example.org "),
        )
        .await
        .expect(StatusCode::CREATED);
    let user = opened.json()["user"].clone();
    assert_eq!(
        (
            &user["email"],
            &user["role"],
            &user["plan"],
            &user["credits"]
        ),
        (
            &json!("ada@example.org"),
            &json!("admin"),
            &json!("free"),
            &json!(3)
        )
    );
    let profile = browser
        .get("/api/users/profile")
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(
        (&profile["name"], &profile["id"]),
        (&json!("Ada"), &user["id"])
    );
    let kept = browser.clone();
    browser
        .api(Method::POST, "/api/auth/logout", None)
        .await
        .expect(StatusCode::NO_CONTENT);
    for mut gone in [browser.clone(), kept] {
        assert_eq!(
            gone.get("/api/users/profile").await.error(),
            "401 not_signed_in"
        );
    }
    let wrong = json!({ "email": "ada@example.org", "password": "wrong password" });
    assert_eq!(
        browser
            .api(Method::POST, "/api/auth/login", Some(wrong))
            .await
            .error(),
        "401 wrong_credentials"
    );
    let nobody = json!({ "email": "bob@example.org", "password": PASSWORD });
    assert_eq!(
        browser
            .api(Method::POST, "/api/auth/login", Some(nobody))
            .await
            .error(),
        "401 wrong_credentials"
    );
    let right = json!({ "email": "ADA@example.org", "password": PASSWORD });
    browser
        .api(Method::POST, "/api/auth/login", Some(right))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        browser
            .api(Method::POST, "/api/auth/signup", sign_up("ada@example.org"))
            .await
            .error(),
        "409 email_taken"
    );
}

#[tokio::test]
async fn signing_up_names_every_field_that_needs_another_look() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let body = json!({ "email": "nobody", "password": "short" });
    let answer = browser
        .api(Method::POST, "/api/auth/signup", Some(body))
        .await;
    assert_eq!(answer.error(), "422 invalid_fields");
    let fields: Vec<String> = answer.json()["error"]["fields"]
        .as_object()
        .expect("fields")
        .keys()
        .cloned()
        .collect();
    assert_eq!(fields, ["acceptTerms", "email", "password"]);
    let extra = json!({ "email": "a@example.org", "password": PASSWORD, "acceptTerms": true, "credits": 99 });
    assert_eq!(
        browser
            .api(Method::POST, "/api/auth/signup", Some(extra))
            .await
            .error(),
        "422 invalid_fields"
    );
    let json = [("content-type", "application/json")];
    assert_eq!(
        browser
            .send(Method::POST, "/api/auth/signup", &json, Body::from("{"))
            .await
            .error(),
        "400 malformed"
    );
    let text = [("content-type", "text/plain")];
    assert_eq!(
        browser
            .send(Method::POST, "/api/auth/signup", &text, Body::from("{}"))
            .await
            .error(),
        "400 malformed"
    );
    let huge = Body::from(format!(
        "\"{}\"",
        "x".repeat(interviewd::web::BODY_BYTES_MAX)
    ));
    assert_eq!(
        browser
            .send(Method::POST, "/api/auth/signup", &json, huge)
            .await
            .error(),
        "413 too_large"
    );
    assert_eq!(
        browser
            .api(Method::PUT, "/api/auth/signup", None)
            .await
            .error(),
        "405 method_not_allowed"
    );
    assert_eq!(browser.get("/api/nothing").await.error(), "404 not_found");
}

#[tokio::test]
async fn the_cookie_is_as_strict_as_the_address_allows() {
    for (public_url, name, secure) in [
        ("", "__Host-interviewd", true),
        ("https://interviews.example.org", "__Host-interviewd", true),
        ("http://localhost:8080", "__Host-interviewd", true),
        ("http://interviews.example.org", "interviewd", false),
    ] {
        let mut config = config();
        config.server.public_url = public_url.to_owned();
        let server = TestServer::with(config).await;
        let mut browser = server.browser();
        let answer = browser
            .api(Method::POST, "/api/auth/signup", sign_up("ada@example.org"))
            .await;
        let cookie = answer.header("set-cookie");
        assert!(
            cookie.starts_with(&format!("{name}=")),
            "{public_url}: {cookie}"
        );
        for attribute in ["; Path=/", "; SameSite=Lax", "; HttpOnly"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
        let page = browser.get("/dashboard").await.expect(StatusCode::OK).text;
        assert_eq!(
            page.contains("safe logins need HTTPS"),
            !secure,
            "{public_url}"
        );
    }
}

#[tokio::test]
async fn writes_of_other_sites_are_refused() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let patch = || Body::from(json!({ "name": "Mallory" }).to_string());
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:9999"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let headers = [("content-type", "application/json"), (name, value)];
        let answer = browser
            .send(Method::PATCH, "/api/users/profile", &headers, patch())
            .await;
        assert_eq!(answer.error(), "403 cross_site", "{name}: {value}");
    }
    for (name, value) in [
        ("origin", "http://127.0.0.1:8080"),
        ("sec-fetch-site", "same-origin"),
    ] {
        let headers = [("content-type", "application/json"), (name, value)];
        browser
            .send(Method::PATCH, "/api/users/profile", &headers, patch())
            .await
            .expect(StatusCode::OK);
    }
    // A form needs its own browser's token.
    let fields = [("name", "Mallory")];
    browser
        .bare_form("/settings/profile", &fields)
        .await
        .expect(StatusCode::FORBIDDEN);
    let foreign = server.browser().csrf().await;
    browser
        .bare_form(
            "/settings/profile",
            &[("name", "Mallory"), ("csrf", &foreign)],
        )
        .await
        .expect(StatusCode::FORBIDDEN);
    browser
        .form("/settings/profile", &fields)
        .await
        .expect(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down_for_each_address_of_email() {
    let server = TestServer::start().await;
    server.member("ada@example.org").await;
    let mut guesser = server.browser();
    let guess = |email: &str| Some(json!({ "email": email, "password": "a wrong password" }));
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(
            guesser
                .api(Method::POST, "/api/auth/login", guess("ada@example.org"))
                .await,
        );
    }
    let last = answers.pop().expect("six");
    // Signing up took one place of the same bucket.
    assert_eq!(
        answers
            .iter()
            .filter(|answer| answer.error() == "401 wrong_credentials")
            .count(),
        4
    );
    assert_eq!(last.error(), "429 too_many_requests");
    let wait: u64 = last.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(
        guesser
            .api(Method::POST, "/api/auth/login", guess("bob@example.org"))
            .await
            .error(),
        "401 wrong_credentials"
    );
    server.clock.advance(Duration::from_secs(wait));
    let right = json!({ "email": "ada@example.org", "password": PASSWORD });
    guesser
        .api(Method::POST, "/api/auth/login", Some(right))
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn calls_are_bounded_and_pages_have_a_bound_of_their_own() {
    let server = TestServer::with(config()).await;
    let mut browser = server.member("ada@example.org").await;
    let mut served = 0;
    let refused = loop {
        let answer = browser.get("/api/problems").await;
        if answer.status != StatusCode::OK {
            break answer;
        }
        served += 1;
        assert!(served < 1000, "nothing is bounded");
    };
    assert_eq!(
        (served, refused.error().as_str()),
        (60, "429 too_many_requests")
    );
    assert!(!refused.header("retry-after").is_empty());
    browser.get("/dashboard").await.expect(StatusCode::OK);
    browser.get("/health").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn the_profile_takes_its_own_fields_alone() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    for field in [
        "id",
        "email",
        "credits",
        "plan",
        "role",
        "onboardingCompleted",
        "createdAt",
        "anything",
    ] {
        let answer = browser
            .api(
                Method::PATCH,
                "/api/users/profile",
                Some(json!({ "name": "Eve", field: 9 })),
            )
            .await;
        assert_eq!(answer.error(), "422 invalid_fields", "{field}");
        assert!(
            answer.json()["error"]["fields"][field].is_string(),
            "{field}"
        );
    }
    let body = json!({ "name": "Ada", "experienceLevel": "senior", "targetCompanies": ["Tidal"], "preferences": { "font": "large" } });
    let profile = browser
        .api(Method::PATCH, "/api/users/profile", Some(body.clone()))
        .await
        .expect(StatusCode::OK)
        .json();
    for (field, value) in body.as_object().expect("fields") {
        assert_eq!(&profile[field], value);
    }
    assert_eq!(profile["credits"], 3);
    let wrong = browser
        .api(
            Method::PATCH,
            "/api/users/profile",
            Some(json!({ "experienceLevel": "wizard" })),
        )
        .await;
    assert!(wrong.json()["error"]["fields"]["experienceLevel"].is_string());
}

#[tokio::test]
async fn tokens_are_shown_once_work_and_can_be_revoked() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let made = browser
        .api(
            Method::POST,
            "/api/users/tokens",
            Some(json!({ "name": "script" })),
        )
        .await
        .expect(StatusCode::CREATED)
        .json();
    let secret = made["token"].as_str().expect("the secret").to_owned();
    assert!(
        !browser
            .get("/api/users/tokens")
            .await
            .text
            .contains(&secret)
    );
    let mut script: Browser = server.browser();
    script.bearer = Some(secret);
    script
        .get("/api/users/profile")
        .await
        .expect(StatusCode::OK);
    let path = format!("/api/users/tokens/{}", made["id"].as_str().expect("an id"));
    assert_eq!(
        server
            .member("eve@example.org")
            .await
            .api(Method::DELETE, &path, None)
            .await
            .error(),
        "404 not_found"
    );
    browser
        .api(Method::DELETE, &path, None)
        .await
        .expect(StatusCode::NO_CONTENT);
    assert_eq!(
        script.get("/api/users/profile").await.error(),
        "401 not_signed_in"
    );
}

#[tokio::test]
async fn the_settings_page_makes_tokens_and_shows_a_secret_once() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let made = browser
        .form("/settings/tokens", &[("token_name", "nightly script")])
        .await
        .expect(StatusCode::OK);
    let at = made.text.find("ivd_").expect("the secret is on the page");
    let secret: String = made.text[at..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
        .collect();
    let shown = browser.get("/settings").await.expect(StatusCode::OK);
    assert!(shown.text.contains("nightly script") && !shown.text.contains(&secret));
    let mut script: Browser = server.browser();
    script.bearer = Some(secret);
    let tokens = script.get("/api/users/tokens").await.expect(StatusCode::OK);
    let id = tokens.json()[0]["id"].as_str().expect("an id").to_owned();
    browser
        .form("/settings/tokens/revoke", &[("id", id.as_str())])
        .await
        .expect(StatusCode::SEE_OTHER);
    assert_eq!(
        script.get("/api/users/profile").await.error(),
        "401 not_signed_in"
    );
    let refused = browser
        .form("/settings/tokens", &[("token_name", "  ")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Name the token"));
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing_to_sign_in_to() {
    let server = TestServer::start().await;
    let mut browser = server.member("ada@example.org").await;
    let interview = browser.start_interview().await;
    let export = browser
        .get("/api/users/data-export")
        .await
        .expect(StatusCode::OK);
    assert!(export.text.contains(&interview) && export.text.contains("ada@example.org"));
    browser
        .clone()
        .api(Method::DELETE, "/api/users/data", None)
        .await
        .expect(StatusCode::NO_CONTENT);
    assert_eq!(
        browser.get("/api/users/profile").await.error(),
        "401 not_signed_in"
    );
    let mut again = server.member("ada@example.org").await;
    assert_eq!(again.get("/api/sessions").await.json()["total"], 0);
}
