//! What every answer carries, whatever it says.

use super::server::{SLUG, TestServer};
use interviewd::web::routes::{self, Kind};

#[tokio::test]
async fn every_answer_is_hardened() {
    let server = TestServer::start().await;
    let mut member = server.member("ada@example.org").await;
    let interview = member.start_interview().await;
    let asset = interviewd_assets::url("site.css").trim_start_matches("/assets/");
    let unknown = ("/nowhere", false);
    let declared = routes::all(&server.web);
    let paths = declared
        .iter()
        .filter(|route| route.method == "GET")
        .map(|route| (route.path, matches!(route.kind, Kind::Asset)))
        .chain([unknown, ("/api/nowhere", false)]);
    for (path, is_asset) in paths {
        let address = path
            .replace("{id}", &interview)
            .replace("{slug}", SLUG)
            .replace("{*path}", asset);
        for browser in [&mut server.browser(), &mut member] {
            let answer = browser.get(&address).await;
            let policy = answer.header("content-security-policy");
            for promise in [
                "default-src 'none'",
                "script-src 'self';",
                "base-uri 'none'",
                "frame-ancestors 'none'",
                "form-action 'self'",
            ] {
                assert!(policy.contains(promise), "{path}: {policy}");
            }
            assert!(
                !policy.contains("unsafe-eval") && !policy.contains("script-src 'self' "),
                "{path}: {policy}"
            );
            let editor = path == "/interview/{id}" && answer.status == 200;
            assert_eq!(
                policy.contains("'unsafe-inline'"),
                editor,
                "{path}: {policy}"
            );
            assert_eq!(policy.contains("'nonce-"), editor, "{path}: {policy}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
            if is_asset {
                assert!(
                    answer.header("cache-control").starts_with("public"),
                    "{path}"
                );
            } else {
                assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            }
            for inline in [" style=\"", "<style", " onclick=", " hx-on"] {
                assert!(
                    path == "/openapi" || !answer.text.contains(inline),
                    "{path} has {inline}"
                );
            }
        }
    }
}

#[tokio::test]
async fn nonces_differ_and_boot_data_cannot_end_its_element() {
    let server = TestServer::start().await;
    let mut member = server.member("ada@example.org").await;
    let interview = member.start_interview().await;
    let first = member.get(&format!("/interview/{interview}")).await;
    let second = member.get(&format!("/interview/{interview}")).await;
    assert_ne!(
        first.header("content-security-policy"),
        second.header("content-security-policy")
    );
    let (_, boot) = first.text.split_once("id=\"boot\">").expect("boot data");
    let boot = boot.split("</script>").next().expect("its end");
    assert!(!boot.contains('<'), "{boot}");
    let boot: serde_json::Value = serde_json::from_str(boot).expect("boot data is JSON");
    assert_eq!(boot["sessionId"], interview.as_str());
}
