//! The description of the API describes the API.

use super::server::TestServer;
use axum::http::StatusCode;
use interviewd::web::routes::{self, Kind};
use serde_json::Value;
use std::collections::BTreeSet;

#[tokio::test]
async fn the_document_lists_every_call_and_is_sound() {
    let server = TestServer::start().await;
    let document = server
        .browser()
        .get("/api/openapi.json")
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(document["openapi"], "3.1.0");
    for field in ["info", "paths", "components", "servers"] {
        assert!(!document[field].is_null(), "{field} is missing");
    }
    let declared: BTreeSet<String> = routes::all(&server.web)
        .iter()
        .filter(|route| matches!(route.kind, Kind::Api(_)))
        .map(|route| format!("{} {}", route.method.as_str().to_lowercase(), route.path))
        .collect();
    let (mut described, mut names) = (BTreeSet::new(), BTreeSet::new());
    for (path, calls) in document["paths"].as_object().expect("paths") {
        for (method, call) in calls.as_object().expect("calls") {
            described.insert(format!("{method} {path}"));
            let name = call["operationId"].as_str().expect("a name").to_owned();
            assert!(names.insert(name.clone()), "{name} is there twice");
            let in_path: Vec<&str> = call["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|parameter| parameter["in"] == "path")
                .filter_map(|parameter| parameter["name"].as_str())
                .collect();
            assert_eq!(in_path.len(), path.matches('{').count(), "{path}");
            assert!(
                call["responses"]
                    .as_object()
                    .is_some_and(|answers| answers.len() == 2),
                "{method} {path}"
            );
        }
    }
    assert_eq!(declared, described);
    references_lead_somewhere(&document, &document);
}

fn references_lead_somewhere(document: &Value, value: &Value) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(target)) = fields.get("$ref") {
                let pointer = target
                    .strip_prefix('#')
                    .expect("references stay in the document");
                assert!(
                    document.pointer(pointer).is_some(),
                    "{target} leads nowhere"
                );
            }
            fields
                .values()
                .for_each(|value| references_lead_somewhere(document, value));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|value| references_lead_somewhere(document, value)),
        _ => {}
    }
}
