//! `/interview/{id}`: the room. An interview that has ended leads on to its summary.

use super::problems::unavailable;
use crate::{
    access::OwnedInterview,
    views::{cards, run::input_json},
    web::{
        Web,
        error::Error,
        extract::{Framing, Who},
        markdown,
        pages::interview::{Boot, BootExample, BootProblem, InterviewPage, LanguageChoice},
        respond::{editor_csp, page, see},
    },
};
use axum::{extract::State, http::header, response::Response};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use interviewd_domain::{
    interview::Interview,
    problem::{Language, Problem, Signature},
};

/// What the local interviewer is called in the room.
const INTERVIEWER_NAME: &str = "Interviewer";

pub async fn show(
    State(web): State<Web>,
    owned: OwnedInterview,
    who: Who,
    framing: Framing,
) -> Result<Response, Error> {
    let interview = web.views.interview(&owned)?.ok_or(Error::NotFound)?;
    if interview.status.is_final() {
        return Ok(see(&format!("/sessions/{}/summary", owned.id())));
    }
    let problem = web
        .views
        .pinned_problem(&interview.problem)?
        .ok_or(Error::NotFound)?;
    let nonce = URL_SAFE_NO_PAD.encode(web.engine.entropy().bytes::<18>());
    let mut response = page(&InterviewPage {
        theme: framing.theme(),
        csp_nonce: nonce.clone(),
        problem: cards::detail(&problem.public(), markdown::RENDERED, |language| {
            unavailable(&web, language)
        }),
        minutes: interview.granted_ms / 60_000,
        boot: boot(&web, &interview, &problem, who.csrf(&web)),
    });
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, editor_csp(&nonce));
    Ok(response)
}

fn boot(web: &Web, interview: &Interview, problem: &Problem, csrf: String) -> Boot {
    let public = problem.public();
    let language = |language: Language| {
        let reason = unavailable(web, language);
        LanguageChoice {
            id: language.as_str().to_owned(),
            label: language.label().to_owned(),
            available: reason.is_none(),
            reason,
        }
    };
    Boot {
        session_id: interview.id.to_string(),
        problem: BootProblem {
            slug: public.slug.to_owned(),
            title: public.title.to_owned(),
            difficulty: public.difficulty.as_str().to_owned(),
            categories: public
                .categories
                .iter()
                .map(|key| cards::label(key))
                .collect(),
            parameters: match public.signature {
                Signature::Function { params, .. } => params
                    .iter()
                    .map(|parameter| parameter.name.clone())
                    .collect(),
                Signature::Class { .. } | Signature::Program => vec![],
            },
            examples: public
                .examples
                .iter()
                .map(|case| BootExample {
                    input: input_json(&case.input),
                    expected: case.expected.clone(),
                })
                .collect(),
            starter_code: public
                .starter
                .iter()
                .map(|(language, code)| (language.as_str().to_owned(), code.clone()))
                .collect(),
        },
        languages: problem.languages().into_iter().map(language).collect(),
        language: interview.language.as_str().to_owned(),
        duration_ms: interview.granted_ms,
        ws_url: "/ws".to_owned(),
        summary_url: format!("/sessions/{}/summary", interview.id),
        csrf,
        interviewer_name: INTERVIEWER_NAME.to_owned(),
    }
}
