//! Problems as anybody who is signed in may see them. There is no way from here to hidden cases, solutions or notes.

use crate::{
    access::{Member, Staff},
    problems::{Filter, Slice},
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
    let slice = Slice {
        skip: (page - 1).saturating_mul(per_page),
        take: per_page,
    };
    let found = web.library.find(query, &filter, slice);
    let items = found.problems.iter().map(|it| it.as_ref().into()).collect();
    Ok(axum::Json(List {
        items,
        page,
        per_page,
        total: found.total,
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

/// What is wrong with the server's own folder of problems.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FaultsAnswer {
    /// Why the folder cannot be read, when it could be before.
    pub folder: Option<String>,
    /// Mistakes in files that cannot be used as they are; their last good versions are in use.
    pub files: Vec<FileFault>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct FileFault {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub column: usize,
    pub message: String,
    /// What to write instead.
    pub fix: String,
}

pub async fn faults(State(web): State<Web>, _staff: Staff) -> axum::Json<FaultsAnswer> {
    let faults = web.library.faults();
    axum::Json(FaultsAnswer {
        folder: faults.folder,
        files: faults
            .files
            .into_iter()
            .map(|mistake| FileFault {
                file: mistake.file,
                line: mistake.line,
                column: mistake.column,
                message: mistake.message,
                fix: mistake.fix,
            })
            .collect(),
    })
}

/// One problem, preferring ones that this member has not had lately; start and its page draw here too.
pub fn draw(
    web: &Web,
    member: Option<&Member>,
    filter: &Filter,
) -> Result<Option<std::sync::Arc<Problem>>, Error> {
    draw_among(web, member, "", filter)
}

/// [`draw`] among what a search finds; no words find everything.
pub fn draw_among(
    web: &Web,
    member: Option<&Member>,
    query: &str,
    filter: &Filter,
) -> Result<Option<std::sync::Arc<Problem>>, Error> {
    let recent = match member {
        Some(member) => web.views.recent_problems(member, RECENT)?,
        None => vec![],
    };
    let recent: Vec<&str> = recent.iter().map(String::as_str).collect();
    let dice = web.engine.entropy().u64();
    Ok(match query {
        "" => web.library.random(filter, &recent, dice),
        words => web.library.random_among(words, filter, &recent, dice),
    })
}
