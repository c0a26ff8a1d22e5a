//! `/interview/{id}`: the live room. The page is drawn once; from then on the socket and the API move it.
//!
//! It stands outside the layout, because it alone has a style nonce and a policy of its own (see [`content_policy`]).
//! What its scripts need to begin is [`Boot`], a JSON block that no script policy minds; its twin is `boot.ts`.

use crate::views::ProblemDetail;
use crate::web::filters;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(askama::Template)]
#[template(path = "pages/interview.html")]
pub struct InterviewPage {
    /// `light` or `dark` from the cookie; nothing = as the system says.
    pub theme: Option<&'static str>,
    /// Fresh for every response; the same as in [`content_policy`].
    pub csp_nonce: String,
    pub problem: ProblemDetail,
    /// Minutes granted, extra time included.
    pub minutes: u64,
    pub boot: Boot,
}

/// What the room's scripts begin with. Nothing in it is secret from the candidate.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Boot {
    pub session_id: String,
    pub problem: BootProblem,
    pub languages: Vec<LanguageChoice>,
    /// The language that the interview was started in.
    pub language: String,
    pub duration_ms: u64,
    /// Relative to the page, such as `/ws`.
    pub ws_url: String,
    pub summary_url: String,
    pub csrf: String,
    pub interviewer_name: String,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BootProblem {
    pub slug: String,
    pub title: String,
    pub difficulty: String,
    pub categories: Vec<String>,
    /// Parameter names of a function, in order; empty for classes and programs.
    pub parameters: Vec<String>,
    pub examples: Vec<BootExample>,
    /// By language key: `python`, `javascript`, `java`.
    pub starter_code: BTreeMap<String, String>,
}

/// A visible case as the API tells it: its input shows the shape of an input of one's own.
#[derive(Debug, Clone, Serialize)]
pub struct BootExample {
    pub input: Value,
    pub expected: Value,
}

#[derive(Debug, Clone, Serialize)]
pub struct LanguageChoice {
    /// `python`, `javascript` or `java`.
    pub id: String,
    /// As people read it: `Python 3.14`.
    pub label: String,
    pub available: bool,
    /// Why this server cannot run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl InterviewPage {
    /// The boot data as it may stand in a `<script type="application/json">`: no `<` that could end the element.
    pub fn boot_json(&self) -> String {
        serde_json::to_string(&self.boot)
            .expect("text, numbers and lists always serialize")
            .replace('<', "\\u003c")
    }
}

/// The `Content-Security-Policy` of this page alone: the editor makes `<style>` elements and style attributes.
pub fn content_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; \
         font-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}
