//! `/sessions/{id}/summary` and its "evaluate again".

use crate::{
    access::OwnedInterview,
    views::report,
    web::{
        Web,
        error::Error,
        extract::{Framing, Verified},
        handlers::accounts::Nothing,
        markdown,
        pages::summary::SummaryPage,
        respond::{page, see},
    },
};
use axum::{extract::State, response::Response};
use interviewd_domain::interview::{Command, Refusal};

pub async fn show(
    State(web): State<Web>,
    owned: OwnedInterview,
    framing: Framing,
) -> Result<Response, Error> {
    let interview = web.views.interview(&owned)?.ok_or(Error::NotFound)?;
    if !interview.status.is_final() {
        return Ok(see(&format!("/interview/{}", owned.id())));
    }
    let events = web.views.events(&owned, 0)?;
    let summary = report::summary(&interview, &events, web.clock.now(), markdown::to_html);
    Ok(page(&SummaryPage {
        frame: framing.frame(format!("Summary: {}", interview.title), ""),
        summary,
    }))
}

pub async fn evaluate(
    State(web): State<Web>,
    owned: OwnedInterview,
    Verified(Nothing {}): Verified<Nothing>,
) -> Result<Response, Error> {
    match web.engine.apply(&owned, Command::RequestEvaluation).await {
        Ok(_)
        | Err(crate::engine::Error::Refused(
            Refusal::EvaluationUnderWay | Refusal::AlreadyEvaluated,
        )) => Ok(see(&format!("/sessions/{}/summary", owned.id()))),
        Err(error) => Err(error.into()),
    }
}
