//! Problems as anybody who is signed in may see them. There is no way from here to hidden cases, solutions or notes.

use crate::{
    access::Member,
    problems::Filter,
    views::run::input_json,
    web::{
        Web,
        api::{List, PageQuery, Params},
        error::Error,
        extract::Who,
    },
};
use axum::extract::{Path, State};
use interviewd_domain::problem::{Case, Difficulty, Problem, PublicProblem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many of the latest problems a random draw avoids.
const RECENT: usize = 10;
const QUERY_CHARS_MAX: usize = 200;

#[derive(Debug, Serialize, JsonSchema)]
pub struct ProblemCard {
    pub slug: String,
    pub title: String,
    /// `easy`, `medium` or `hard`.
    pub difficulty: &'static str,
    pub categories: Vec<String>,
    pub languages: Vec<&'static str>,
}

impl From<&Problem> for ProblemCard {
    fn from(problem: &Problem) -> ProblemCard {
        ProblemCard {
            slug: problem.slug.clone(),
            title: problem.title.clone(),
            difficulty: problem.difficulty.as_str(),
            categories: problem.categories.clone(),
            languages: problem
                .languages()
                .into_iter()
                .map(|language| language.as_str())
                .collect(),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProblemAnswer {
    pub slug: String,
    pub title: String,
    pub difficulty: &'static str,
    pub categories: Vec<String>,
    pub description_markdown: String,
    pub constraints: Vec<String>,
    pub examples: Vec<Example>,
    pub starter_code: BTreeMap<&'static str, String>,
    pub signature: Value,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Example {
    pub name: String,
    pub input: Value,
    pub expected: Value,
    pub explanation: Option<String>,
}

impl From<PublicProblem<'_>> for ProblemAnswer {
    fn from(problem: PublicProblem<'_>) -> ProblemAnswer {
        ProblemAnswer {
            slug: problem.slug.to_owned(),
            title: problem.title.to_owned(),
            difficulty: problem.difficulty.as_str(),
            categories: problem.categories.to_vec(),
            description_markdown: problem.statement.to_owned(),
            constraints: problem.constraints.to_vec(),
            examples: problem.examples.iter().map(Example::from).collect(),
            starter_code: problem
                .starter
                .iter()
                .map(|(language, code)| (language.as_str(), code.clone()))
                .collect(),
            signature: json!(problem.signature),
        }
    }
}

impl From<&Case> for Example {
    fn from(case: &Case) -> Example {
        Example {
            name: case.name.clone(),
            input: input_json(&case.input),
            expected: case.expected.clone(),
            explanation: case.explanation.clone(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Search {
    difficulty: Option<String>,
    category: Option<String>,
    q: Option<String>,
    page: Option<usize>,
    per_page: Option<usize>,
}

impl Search {
    fn filter(&self) -> Result<Filter, Error> {
        let difficulty = match self.difficulty.as_deref().filter(|text| !text.is_empty()) {
            None => None,
            Some(text) => Some(
                text.parse::<Difficulty>()
                    .map_err(|()| Error::field("difficulty", "Use easy, medium or hard."))?,
            ),
        };
        Ok(Filter {
            difficulty,
            category: self.category.clone().filter(|text| !text.is_empty()),
        })
    }
}

pub async fn list(
    State(web): State<Web>,
    Params(search): Params<Search>,
) -> Result<axum::Json<List<ProblemCard>>, Error> {
    let (page, per_page) = PageQuery {
        page: search.page,
        per_page: search.per_page,
    }
    .resolve()?;
    let filter = search.filter()?;
    let query = search.q.as_deref().unwrap_or_default().trim();
    if query.chars().count() > QUERY_CHARS_MAX {
        return Err(Error::field(
            "q",
            format!("Search for at most {QUERY_CHARS_MAX} characters."),
        ));
    }
    let found = if query.is_empty() {
        web.library.list(&filter)
    } else {
        web.library.search(query, &filter)
    };
    let items = found
        .iter()
        .skip((page - 1).saturating_mul(per_page))
        .take(per_page)
        .map(|problem| problem.as_ref().into())
        .collect();
    Ok(axum::Json(List {
        items,
        page,
        per_page,
        total: found.len(),
    }))
}

pub async fn show(
    State(web): State<Web>,
    Path(slug): Path<String>,
) -> Result<axum::Json<ProblemAnswer>, Error> {
    let problem = web.library.get(&slug).ok_or(Error::NotFound)?;
    Ok(axum::Json(problem.public().into()))
}

pub async fn random(
    State(web): State<Web>,
    who: Who,
    Params(search): Params<Search>,
) -> Result<axum::Json<ProblemAnswer>, Error> {
    let filter = search.filter()?;
    let problem = draw(&web, who.member.as_ref(), &filter)?.ok_or(Error::NotFound)?;
    Ok(axum::Json(problem.public().into()))
}

/// One problem, preferring ones that this member has not had lately; start and its page draw here too.
pub fn draw(
    web: &Web,
    member: Option<&Member>,
    filter: &Filter,
) -> Result<Option<std::sync::Arc<Problem>>, Error> {
    let recent = match member {
        Some(member) => web.views.recent_problems(member, RECENT)?,
        None => vec![],
    };
    let recent: Vec<&str> = recent.iter().map(String::as_str).collect();
    Ok(web
        .library
        .random(filter, &recent, web.engine.entropy().u64()))
}
