//! `/dashboard`.

use crate::{
    access::Member,
    views::{self, Paging, cards},
    web::{
        Web, api::Params, error::Error, extract::Framing, pages::dashboard::DashboardPage,
        respond::page,
    },
};
use axum::{extract::State, response::Response};
use serde::Deserialize;

const PER_PAGE: usize = 20;

#[derive(Deserialize)]
pub struct Query {
    #[serde(default)]
    page: Option<u32>,
}

pub async fn show(
    State(web): State<Web>,
    member: Member,
    framing: Framing,
    Params(query): Params<Query>,
) -> Result<Response, Error> {
    let now = web.clock.now();
    let all = web.views.all_interviews(&member)?;
    let totals = cards::totals(&all, now);
    let (mut active, mut ended): (Vec<_>, Vec<_>) = all
        .iter()
        .rev()
        .partition(|interview| !interview.status.is_final());
    let number = query.page.unwrap_or(1).max(1);
    let total = ended.len() as u32;
    ended = ended
        .into_iter()
        .skip((number as usize - 1).saturating_mul(PER_PAGE))
        .take(PER_PAGE)
        .collect();
    // A page beyond the first is about what is over.
    active.truncate(PER_PAGE);
    let recommendations = web.views.recommendations(&member, &ended)?;
    Ok(page(&DashboardPage {
        frame: framing.frame("Your interviews", ""),
        name: member.account().name.clone(),
        credits: member.account().credits,
        totals,
        active: active
            .into_iter()
            .map(|interview| cards::interview(interview, None, now))
            .collect(),
        cards: ended
            .into_iter()
            .map(|interview| {
                cards::interview(
                    interview,
                    recommendations.get(&interview.id).cloned().flatten(),
                    now,
                )
            })
            .collect::<Vec<views::InterviewCard>>(),
        paging: Paging {
            page: number,
            per_page: PER_PAGE as u32,
            total,
            base: "/dashboard".to_owned(),
        },
    }))
}
