//! `/interview/{id}`: the room. Whoever has ended is sent on to the summary.

use super::problems::unavailable;
use crate::{
    access::OwnedInterview,
    views::cards,
    web::{
        Web,
        error::Error,
        extract::{Framing, Who},
        markdown,
        pages::interview::{InterviewPage, RoomExample},
        respond::{editor_csp, page, see},
    },
};
use axum::{extract::State, http::header, response::Response};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use interviewd_domain::{
    interview::Interview,
    problem::{Language, Problem},
};
use serde_json::{Map, Value, json};

/// What the local interviewer is called in the room.
const INTERVIEWER_NAME: &str = "Interviewer";

pub async fn show(State(web): State<Web>, owned: OwnedInterview, who: Who, framing: Framing) -> Result<Response, Error> {
    let interview = web.views.interview(&owned)?.ok_or(Error::NotFound)?;
    if interview.status.is_final() {
        return Ok(see(&format!("/sessions/{}/summary", owned.id())));
    }
    let problem = web.views.pinned_problem(&interview.problem)?.ok_or(Error::NotFound)?;
    let public = problem.public();
    let nonce = URL_SAFE_NO_PAD.encode(web.engine.entropy().bytes::<18>());
    let examples: Vec<RoomExample> = cards::examples(&public)
        .into_iter()
        .map(|example| RoomExample {
            input: example.input,
            expected: example.expected,
            explanation: Some(example.explanation).filter(|text| !text.is_empty()),
        })
        .collect();
    let boot = boot(&web, &interview, &problem, &examples, who.csrf(&web));
    let mut response = page(&InterviewPage {
        theme: framing.theme(),
        csp_nonce: nonce.clone(),
        title: public.title.to_owned(),
        difficulty: public.difficulty.as_str().to_owned(),
        categories: public.categories.iter().map(|key| cards::label(key)).collect(),
        description_html: markdown::to_html(public.statement),
        constraints_html: public.constraints.iter().map(|line| markdown::inline(line)).collect(),
        examples,
        interviewer_name: INTERVIEWER_NAME.to_owned(),
        minutes: interview.granted_ms / 60_000,
        boot_json: in_html(&boot),
    });
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, editor_csp(&nonce));
    Ok(response)
}

/// What `assets/ts/interview/boot.ts` reads.
fn boot(web: &Web, interview: &Interview, problem: &Problem, examples: &[RoomExample], csrf: String) -> Value {
    let public = problem.public();
    let starters: Map<String, Value> = public.starter.iter().map(|(language, code)| (language.as_str().to_owned(), json!(code))).collect();
    let language = |language: Language| {
        let reason = unavailable(web, language);
        let mut choice = json!({ "id": language.as_str(), "label": language.label(), "available": reason.is_none() });
        if let Some(reason) = reason {
            choice["reason"] = json!(reason);
        }
        choice
    };
    json!({
        "sessionId": interview.id,
        "problem": {
            "slug": public.slug,
            "title": public.title,
            "difficulty": public.difficulty.as_str(),
            "categories": public.categories.iter().map(|key| cards::label(key)).collect::<Vec<_>>(),
            "examples": examples,
            "starterCode": starters,
        },
        "languages": problem.languages().into_iter().map(language).collect::<Vec<_>>(),
        "language": interview.language.as_str(),
        "durationMs": interview.granted_ms,
        "wsUrl": web.realtime.socket_url(&web.public_url),
        "summaryUrl": format!("/sessions/{}/summary", interview.id),
        "csrf": csrf,
        "interviewerName": INTERVIEWER_NAME,
    })
}

/// JSON that cannot close the script element it stands in.
fn in_html(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
