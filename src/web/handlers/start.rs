//! `/start`: choose or draw a problem, set the interview, begin.

use super::{
    again, belongs_in_the_form, errors_of,
    problems::{Listed, Query, listed, unavailable},
};
use crate::{
    access::Member,
    views::{Choice, Chosen, FieldErrors, StartChoices, cards},
    web::{
        Web,
        api::{
            Params,
            problems::draw_among,
            sessions::{StartBody, begin as begin_interview},
        },
        error::Error,
        extract::{Framing, Verified, Who},
        markdown,
        pages::start::StartPage,
        respond::{page, see},
    },
};
use axum::{extract::State, response::Response};
use interviewd_domain::problem::Language;
use serde::Deserialize;

/// Offered besides the configured length.
const DURATIONS_MINUTES: [u32; 3] = [30, 45, 60];

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Form {
    #[serde(default)]
    problem: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    duration_minutes: String,
    #[serde(default)]
    mode: String,
    #[serde(default)]
    personality: String,
    #[serde(default)]
    level: String,
}

pub async fn show(
    State(web): State<Web>,
    member: Member,
    framing: Framing,
    Params(query): Params<Query>,
) -> Result<Response, Error> {
    if !query.draw.is_empty()
        && let Some(problem) = drawn(&web, &member, &query)?
    {
        let filter = listed(&web, Some(&member), &query, "/start")?.filter;
        return Ok(see(&format!(
            "/start{}&drawn=1#chosen",
            filter.with("problem", &problem)
        )));
    }
    Ok(page(&start_page(
        &web,
        &member,
        &framing,
        &query,
        &Form::default(),
        FieldErrors::default(),
    )?))
}

/// By chance among what fits: with words in the search, among what was found.
fn drawn(web: &Web, member: &Member, query: &Query) -> Result<Option<String>, Error> {
    let drawn = draw_among(web, Some(member), &query.words(), &query.filter())?;
    Ok(drawn.map(|problem| problem.slug.clone()))
}

pub async fn begin(
    State(web): State<Web>,
    who: Who,
    member: Member,
    framing: Framing,
    Verified(form): Verified<Form>,
) -> Result<Response, Error> {
    match start(&web, &who, &member, &form).await {
        Ok(id) => Ok(see(&format!("/interview/{id}"))),
        Err(error) if belongs_in_the_form(&error) => {
            let query = Query {
                problem: form.problem.clone(),
                ..Query::default()
            };
            let errors = errors_of(&error, &[("durationMinutes", "duration_minutes")]);
            Ok(again(
                &error,
                page(&start_page(&web, &member, &framing, &query, &form, errors)?),
            ))
        }
        Err(error) => Err(error),
    }
}

async fn start(web: &Web, who: &Who, member: &Member, form: &Form) -> Result<String, Error> {
    web.limits.start(&who.caller)?;
    let duration_minutes = match form.duration_minutes.as_str() {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| Error::field("durationMinutes", "Choose one of the lengths."))?,
        ),
    };
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let body = StartBody {
        problem: given(&form.problem),
        language: form.language.clone(),
        duration_minutes,
        mode: given(&form.mode),
        personality: given(&form.personality),
        level: given(&form.level),
        ..StartBody::default()
    };
    Ok(begin_interview(web, member, &body, None)
        .await?
        .interview
        .to_string())
}

fn start_page(
    web: &Web,
    member: &Member,
    framing: &Framing,
    query: &Query,
    form: &Form,
    errors: FieldErrors,
) -> Result<StartPage, Error> {
    let Listed {
        filter,
        problems,
        paging,
    } = listed(web, Some(member), query, "/start")?;
    let chosen = match web.library.get(&query.problem) {
        Some(problem) => {
            let past = web.views.all_interviews(member)?;
            let card = cards::problem(
                &problem,
                &past,
                markdown::first_sentence(&problem.statement),
            );
            Some((
                Chosen {
                    card,
                    drawn: !query.drawn.is_empty(),
                },
                problem.languages(),
            ))
        }
        None => None,
    };
    let languages = chosen
        .as_ref()
        .map_or(vec![], |(_, languages)| languages.clone());
    Ok(StartPage {
        frame: framing.frame("Choose a problem", ""),
        filter,
        problems,
        paging,
        chosen: chosen.map(|(chosen, _)| chosen),
        choices: choices(web, &languages, form),
        credits: member.account().credits,
        errors,
    })
}

fn choices(web: &Web, languages: &[Language], form: &Form) -> StartChoices {
    let first_ready = languages
        .iter()
        .copied()
        .find(|language| unavailable(web, *language).is_none());
    let wanted: Option<Language> = form.language.parse().ok().or(first_ready);
    let choice = |key: &str, label: &str, note: &str, chosen: &str, default: &str| Choice {
        key: key.to_owned(),
        label: label.to_owned(),
        note: note.to_owned(),
        selected: if chosen.is_empty() {
            key == default
        } else {
            key == chosen
        },
        disabled: false,
    };
    let usual = web.config.interview.duration_minutes;
    let mut minutes: Vec<u32> = DURATIONS_MINUTES
        .into_iter()
        .chain([usual])
        .filter(|minutes| *minutes <= web.config.interview.max_duration_minutes)
        .collect();
    minutes.sort_unstable();
    minutes.dedup();
    StartChoices {
        languages: languages
            .iter()
            .map(|language| {
                let reason = unavailable(web, *language);
                Choice {
                    key: language.as_str().to_owned(),
                    label: language.label().to_owned(),
                    disabled: reason.is_some(),
                    note: reason.unwrap_or_default(),
                    selected: wanted == Some(*language),
                }
            })
            .collect(),
        durations: minutes
            .iter()
            .map(|minutes| {
                choice(
                    &minutes.to_string(),
                    &format!("{minutes} min"),
                    "",
                    &form.duration_minutes,
                    &usual.to_string(),
                )
            })
            .collect(),
        modes: vec![
            choice(
                "text",
                "Type",
                "You type; the interviewer writes, and your browser can read it aloud.",
                &form.mode,
                "text",
            ),
            Choice {
                disabled: true,
                ..choice(
                    "voice",
                    "Speak",
                    "Needs a voice provider; this server has none.",
                    &form.mode,
                    "text",
                )
            },
        ],
        personalities: vec![
            choice("supportive", "Supportive", "", &form.personality, "neutral"),
            choice("neutral", "Neutral", "", &form.personality, "neutral"),
            choice(
                "challenging",
                "Challenging",
                "",
                &form.personality,
                "neutral",
            ),
        ],
        levels: vec![
            choice("junior", "Junior", "", &form.level, "mid"),
            choice("mid", "Mid-level", "", &form.level, "mid"),
            choice("senior", "Senior", "", &form.level, "mid"),
        ],
    }
}
