//! `/interview/{id}`: the room. It extends no layout, because this page alone has a nonce and a policy of its own.

#[derive(askama::Template)]
#[template(path = "pages/interview.html")]
pub struct InterviewPage {
    pub theme: Option<&'static str>,
    pub csp_nonce: String,
    pub title: String,
    /// `easy`, `medium` or `hard`.
    pub difficulty: String,
    pub categories: Vec<String>,
    /// Sanitized.
    pub description_html: String,
    /// Sanitized, one a line.
    pub constraints_html: Vec<String>,
    pub examples: Vec<RoomExample>,
    pub interviewer_name: String,
    /// What was granted.
    pub minutes: u64,
    /// The JSON of `ts/interview/boot.ts`, with every `<` written as `\u003c`.
    pub boot_json: String,
}

/// A visible example beside the editor.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RoomExample {
    pub input: String,
    pub expected: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}
