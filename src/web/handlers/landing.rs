//! `/`: the product for strangers; people who are signed in go on to their interviews.

use crate::{
    config::SignupMode,
    web::{
        Web,
        extract::{Framing, Who},
        pages::landing::LandingPage,
        respond::{page, see},
    },
};
use axum::{extract::State, response::Response};

const DESCRIPTION: &str = "Practise coding interviews with an interviewer that listens, runs your code and cites its evidence. Self-hosted, no key needed.";

pub async fn show(State(web): State<Web>, who: Who, framing: Framing) -> Response {
    if who.member.is_some() {
        return see("/dashboard");
    }
    page(&LandingPage {
        frame: framing.frame(
            "interviewd: coding interviews that cite their evidence",
            DESCRIPTION,
        ),
        initial_credits: web.config.accounts.initial_credits,
        duration_minutes: web.config.interview.duration_minutes,
        problems: web.library.len() as u32,
        languages: web
            .sandbox
            .languages()
            .into_iter()
            .filter(|(_, availability)| {
                !matches!(availability, crate::sandbox::Availability::Unavailable(_))
            })
            .map(|(language, _)| language.label().to_owned())
            .collect(),
        signup_open: web.config.accounts.signup == SignupMode::Open,
    })
}
