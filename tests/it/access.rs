//! Who may come in where: every route of the router's own list, as nobody, stranger, reviewer, admin and owner,
//! compared with one golden table. A route that has no request here, or no row there, fails.

use crate::http::server::{Answer, Browser, PASSWORD, SLUG, SOLUTION, TestServer};
use axum::{body::Body, http::Method};
use expect_test::expect_file;
use interviewd::{
    edge::Clock,
    web::routes::{self, Access},
};
use interviewd_domain::account::Role;
use serde_json::{Value, json};
use std::{fmt::Write, time::Duration};

#[tokio::test]
async fn every_route_lets_in_whom_it_says() {
    let routes: Vec<(Method, &str, Access)> = routes::all(&TestServer::start().await.web)
        .into_iter()
        .map(|route| (route.method, route.path, route.access))
        .collect();
    let mut table = format!(
        "{:6} {:34} {:7} nobody stranger reviewer admin owner\n",
        "method", "path", "access"
    );
    for (method, path, access) in routes {
        let world = World::new().await;
        let _ = write!(
            table,
            "{:6} {path:34} {:7}",
            method.as_str(),
            format!("{access:?}").to_lowercase()
        );
        let clock = world.clock;
        for mut browser in [
            world.nobody,
            world.stranger,
            world.reviewer,
            world.admin,
            world.owner,
        ] {
            // Logins are counted by the minute; this is not about that.
            clock.advance(Duration::from_secs(60));
            let answer = ask(&mut browser, &method, path, &world.interview, &world.token).await;
            let (status, page) = (answer.status.as_u16(), !path.starts_with("/api"));
            let to_login = page && answer.header("location").starts_with("/login");
            let _ = write!(table, " {status}{}", if to_login { "→login" } else { "" });
            let shut_out = matches!(status, 401 | 404) || to_login;
            assert!(
                !(shut_out && access == Access::Public),
                "{method} {path} is public and answers {status}"
            );
        }
        table.push('\n');
    }
    expect_file!["access.txt"].assert_eq(&table);
}

/// A fresh one for each route, because some routes end what others need.
struct World {
    nobody: Browser,
    stranger: Browser,
    reviewer: Browser,
    admin: Browser,
    owner: Browser,
    interview: String,
    token: String,
    clock: Clock,
}

impl World {
    async fn new() -> World {
        let server = TestServer::start().await;
        // The first account is the administrator's.
        let admin = server.member("admin@example.org").await;
        let mut owner = server.member("owner@example.org").await;
        let stranger = server.member("stranger@example.org").await;
        let reviewer = server.member("reviewer@example.org").await;
        server
            .become_role("reviewer@example.org", Role::Reviewer)
            .await;
        let interview = owner.start_interview().await;
        let made = owner
            .api(
                Method::POST,
                "/api/users/tokens",
                Some(json!({ "name": "script" })),
            )
            .await;
        let token = made.json()["id"].as_str().expect("an id").to_owned();
        World {
            nobody: server.browser(),
            stranger,
            reviewer,
            admin,
            owner,
            interview,
            token,
            clock: server.clock.clone(),
        }
    }
}

async fn ask(
    browser: &mut Browser,
    method: &Method,
    path: &str,
    interview: &str,
    token: &str,
) -> Answer {
    let asset = interviewd_assets::url("site.css").trim_start_matches("/assets/");
    let id = if path.contains("/tokens/") {
        token
    } else {
        interview
    };
    let address = path
        .replace("{id}", id)
        .replace("{slug}", SLUG)
        .replace("{*path}", asset);
    if *method == Method::POST && !path.starts_with("/api/") {
        return browser.form(&address, form(path)).await;
    }
    if path == "/ws" {
        let headers = [
            ("connection", "upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ];
        return browser
            .send(Method::GET, path, &headers, Body::empty())
            .await;
    }
    browser
        .api(method.clone(), &address, body(method, path, interview))
        .await
}

fn form(path: &str) -> &'static [(&'static str, &'static str)] {
    match path {
        "/signup" => &[
            ("email", "new@example.org"),
            ("password", PASSWORD),
            ("accept_terms", "true"),
        ],
        "/login" => &[("email", "owner@example.org"), ("password", PASSWORD)],
        "/logout" | "/sessions/{id}/evaluate" => &[],
        "/theme" => &[("theme", "dark"), ("next", "/terms")],
        "/start" => &[("problem", SLUG), ("language", "python")],
        "/settings/profile" => &[("name", "Ada")],
        "/settings/password" => &[
            ("current_password", PASSWORD),
            ("new_password", "another long password"),
        ],
        // Nobody's: leaving it out of one's own list is what is asked for.
        "/settings/logins/revoke" => &[("id", "log_00000000000000000000000000")],
        "/settings/tokens" => &[("token_name", "another")],
        "/settings/tokens/revoke" => &[("id", "tok_00000000000000000000000000")],
        "/settings/delete" => &[("password", PASSWORD)],
        other => panic!("the access test does not know the form {other}: add it"),
    }
}

fn body(method: &Method, path: &str, interview: &str) -> Option<Value> {
    if *method == Method::GET || *method == Method::DELETE {
        return None;
    }
    match path {
        "/api/auth/signup" => {
            Some(json!({ "email": "new@example.org", "password": PASSWORD, "acceptTerms": true }))
        }
        "/api/auth/login" => Some(json!({ "email": "owner@example.org", "password": PASSWORD })),
        "/api/auth/logout" | "/api/sessions/{id}/end" | "/api/sessions/{id}/evaluate" => None,
        "/api/users/profile" => Some(json!({ "name": "Ada" })),
        "/api/users/tokens" => Some(json!({ "name": "another" })),
        "/api/sessions/start" => Some(json!({ "problem": SLUG, "language": "python" })),
        "/api/sessions/{id}/code" => {
            Some(json!({ "code": SOLUTION, "language": "python", "type": "manual" }))
        }
        "/api/sessions/{id}/execute" => {
            Some(json!({ "code": SOLUTION, "language": "python", "kind": "run" }))
        }
        "/api/realtime/token" => Some(json!({ "sessionId": interview })),
        other => panic!("the access test does not know {method} {other}: add it"),
    }
}
