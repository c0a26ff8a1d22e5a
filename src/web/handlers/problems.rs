//! `/problems` and `/problems/{slug}`: reading, for anybody. `/start` lists with the same filters.

use crate::{
    access::Member,
    problems::{Filter, Slice},
    sandbox::Availability,
    views::{Paging, ProblemCard, ProblemFilter, cards},
    web::{
        Web,
        api::Params,
        error::Error,
        extract::{Framing, Who},
        markdown,
        pages::problems::{ProblemPage, ProblemsPage},
        respond::page,
    },
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use interviewd_domain::problem::{Difficulty, Language};
use serde::Deserialize;

const PER_PAGE: usize = 20;
const QUERY_CHARS_MAX: usize = 120;

/// The filters of both lists, and what `/start` adds to them.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Query {
    #[serde(default)]
    pub difficulty: String,
    #[serde(default)]
    pub category: String,
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub page: Option<u32>,
    /// A chosen slug.
    #[serde(default)]
    pub problem: String,
    #[serde(default)]
    pub draw: String,
    #[serde(default)]
    pub drawn: String,
}

/// One page of the problems that fit, with everything the list shows around them.
pub struct Listed {
    pub filter: ProblemFilter,
    pub problems: Vec<ProblemCard>,
    pub paging: Paging,
}

impl Query {
    /// What is searched for; a space at the end says that the last word is finished.
    pub fn words(&self) -> String {
        let words = self.q.trim_start();
        if words.trim_end().is_empty() {
            return String::new();
        }
        words.chars().take(QUERY_CHARS_MAX).collect()
    }

    pub fn filter(&self) -> Filter {
        Filter {
            // Anything that is no difficulty of ours is as good as none: it is an address, not a form.
            difficulty: self.difficulty.parse::<Difficulty>().ok(),
            category: Some(self.category.clone()).filter(|category| !category.is_empty()),
        }
    }
}

pub fn listed(
    web: &Web,
    member: Option<&Member>,
    query: &Query,
    path: &str,
) -> Result<Listed, Error> {
    let filter = query.filter();
    let text = query.words();
    let number = query.page.unwrap_or(1).max(1);
    let slice = Slice {
        skip: (number as usize - 1).saturating_mul(PER_PAGE),
        take: PER_PAGE,
    };
    let found = web.library.find(&text, &filter, slice);
    let past = match member {
        Some(member) => web.views.all_interviews(member)?,
        None => vec![],
    };
    let problems = found
        .problems
        .iter()
        .map(|problem| cards::problem(problem, &past, markdown::first_sentence(&problem.statement)))
        .collect();
    let shown = ProblemFilter {
        difficulty: filter.difficulty.map_or("", Difficulty::as_str).to_owned(),
        category: query.category.clone(),
        q: text,
        difficulties: found
            .difficulties
            .iter()
            .map(|(difficulty, count)| cards::facet(difficulty.as_str(), *count))
            .collect(),
        any_difficulty: found.any_difficulty as u32,
        categories: found
            .categories
            .iter()
            .map(|(category, count)| cards::facet(category, *count))
            .collect(),
        any_category: found.any_category as u32,
        chosen: web
            .library
            .get(&query.problem)
            .map(|problem| problem.slug.clone())
            .unwrap_or_default(),
        total: web.library.len() as u32,
    };
    let base = match shown.chosen.as_str() {
        "" => format!("{path}{}", shown.query()),
        chosen => format!("{path}{}", shown.with("problem", chosen)),
    };
    Ok(Listed {
        filter: shown,
        problems,
        paging: Paging {
            page: number,
            per_page: PER_PAGE as u32,
            total: found.total as u32,
            base,
        },
    })
}

pub async fn list(
    State(web): State<Web>,
    who: Who,
    framing: Framing,
    Params(query): Params<Query>,
) -> Result<Response, Error> {
    let Listed {
        filter,
        problems,
        paging,
    } = listed(&web, who.member.as_ref(), &query, "/problems")?;
    Ok(page(&ProblemsPage {
        frame: framing.frame(
            "Problems",
            "The problems of this server, to read before an interview.",
        ),
        filter,
        problems,
        paging,
    }))
}

pub async fn show(
    State(web): State<Web>,
    who: Who,
    framing: Framing,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let problem = web.library.get(&slug).ok_or(Error::NotFound)?;
    let now = web.clock.now();
    let past: Vec<_> = match &who.member {
        Some(member) => web
            .views
            .all_interviews(member)?
            .into_iter()
            .rev()
            .filter(|interview| interview.slug == slug)
            .collect(),
        None => vec![],
    };
    let recommendations = match &who.member {
        Some(member) => web
            .views
            .recommendations(member, &past.iter().collect::<Vec<_>>())?,
        None => Default::default(),
    };
    let detail = cards::detail(&problem.public(), markdown::RENDERED, |language| {
        unavailable(&web, language)
    });
    Ok(page(&ProblemPage {
        frame: framing.frame(
            problem.title.clone(),
            markdown::first_sentence(&problem.statement),
        ),
        problem: detail,
        past: past
            .iter()
            .map(|interview| {
                cards::interview(
                    interview,
                    recommendations.get(&interview.id).cloned().flatten(),
                    now,
                )
            })
            .collect(),
    }))
}

/// Why a language cannot be run here; `None` when it can.
pub fn unavailable(web: &Web, language: Language) -> Option<String> {
    match web.sandbox.availability(language) {
        Availability::Ready | Availability::Preparing => None,
        Availability::Unavailable(reason) => Some(reason),
    }
}
