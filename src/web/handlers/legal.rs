//! `/terms`, `/privacy` and `/docs`.

use crate::{
    views::Processor,
    web::{
        Web,
        api::auth::TERMS_VERSION,
        extract::Framing,
        pages::{
            docs::DocsPage,
            legal::{PrivacyPage, TermsPage},
        },
        respond::page,
    },
};
use axum::{extract::State, response::Response};

pub async fn terms(State(web): State<Web>, framing: Framing) -> Response {
    page(&TermsPage {
        frame: framing.frame(
            "Terms",
            "What you may expect of this server, and it of you.",
        ),
        version: TERMS_VERSION.to_owned(),
        initial_credits: web.config.accounts.initial_credits,
    })
}

pub async fn privacy(framing: Framing) -> Response {
    let processors: Vec<Processor> = vec![];
    page(&PrivacyPage {
        frame: framing.frame(
            "Privacy",
            "What is stored about you, for what, and how it goes away.",
        ),
        version: TERMS_VERSION.to_owned(),
        retention_days: None,
        processors,
    })
}

pub async fn docs(framing: Framing) -> Response {
    page(&DocsPage {
        frame: framing.frame(
            "Documentation",
            "How to run this server, write problems and use its API.",
        ),
    })
}
