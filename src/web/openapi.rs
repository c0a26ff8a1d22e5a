//! The OpenAPI 3.1 description, made from the list of routes: what is not declared there is not described, and what is
//! declared cannot be forgotten here.

use crate::web::{
    Web,
    routes::{self, Access, Kind},
};
use serde_json::{Map, Value, json};

pub fn document(web: &Web) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes::all(web) {
        let Kind::Api(doc) = &route.kind else {
            continue;
        };
        let mut operation = json!({
            "summary": doc.summary,
            "operationId": doc.name,
            "responses": {
                doc.status.to_string(): {
                    "description": doc.summary,
                    "content": doc.answer.as_ref().map(|schema| json!({ "application/json": { "schema": schema } })).unwrap_or(json!({})),
                },
                "default": { "description": "Refused", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } } },
            },
        });
        if let Some(body) = &doc.body {
            operation["requestBody"] =
                json!({ "required": true, "content": { "application/json": { "schema": body } } });
        }
        let mut parameters: Vec<Value> = route
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        parameters.extend(
            doc.query
                .iter()
                .map(|name| json!({ "name": name, "in": "query", "schema": { "type": "string" } })),
        );
        if !parameters.is_empty() {
            operation["parameters"] = json!(parameters);
        }
        if route.access != Access::Public {
            operation["security"] = json!([{ "cookie": [] }, { "token": [] }]);
        }
        let entry = paths.entry(route.path).or_insert_with(|| json!({}));
        entry[route.method.as_str().to_lowercase()] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "interviewd", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "AGPL-3.0-or-later" } },
        "servers": [{ "url": web.public_url.as_str().trim_end_matches('/') }],
        "paths": paths,
        "components": {
            "schemas": { "Error": {
                "type": "object", "required": ["error"],
                "properties": { "error": { "type": "object", "required": ["code", "message"], "properties": {
                    "code": { "type": "string" }, "message": { "type": "string" },
                    "fields": { "type": "object", "additionalProperties": { "type": "string" } } } } } } },
            "securitySchemes": {
                "cookie": { "type": "apiKey", "in": "cookie", "name": "__Host-interviewd" },
                "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}
