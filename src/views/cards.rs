//! From the domain's interviews and problems to what lists show. Pure.

use super::{
    Example, Facet, InterviewCard, Moment, ProblemCard, ProblemDetail, Starter, Totals, Verdict,
};
use interviewd_domain::{
    interview::{EvaluationStatus, Interview},
    problem::{CaseInput, Language, Problem, PublicProblem},
    scorecard::Recommendation,
    time::Timestamp,
};
use serde_json::Value;

/// Scores in the little line of the dashboard.
const SPARK_SCORES: usize = 12;
/// The mean is over this many of the latest.
const RECENT_SCORES: usize = 5;

/// A time for pages.
pub fn moment(at: Timestamp) -> Moment {
    Moment {
        unix_ms: at.as_ms(),
    }
}

/// One interview in a list. The recommendation is not in its folded state, so the caller brings it.
pub fn interview(
    interview: &Interview,
    recommendation: Option<Recommendation>,
    now: Timestamp,
) -> InterviewCard {
    let ended = interview.status.is_final();
    InterviewCard {
        id: interview.id.to_string(),
        problem_slug: interview.slug.clone(),
        title: interview.title.clone(),
        difficulty: interview.difficulty.as_str().to_owned(),
        language: interview.language.label().to_owned(),
        status: interview.status.as_str().to_owned(),
        started: moment(interview.activated_at.unwrap_or(interview.created_at)),
        duration_ms: interview.clock_ms(now),
        remaining_ms: (!ended).then(|| interview.remaining_ms(now)),
        verdict: match (interview.evaluation, interview.score) {
            (EvaluationStatus::Complete, Some(score)) => Verdict::Complete {
                score,
                recommendation: recommendation.map(|word| recommendation_key(word).to_owned()),
            },
            (EvaluationStatus::Complete | EvaluationStatus::InsufficientEvidence, _) => {
                Verdict::InsufficientEvidence
            }
            (EvaluationStatus::Pending, _) => Verdict::Pending,
            (EvaluationStatus::Failed, _) => Verdict::Failed,
            (EvaluationStatus::None, _) => Verdict::None,
        },
    }
}

/// The word of the API for a recommendation.
pub fn recommendation_key(recommendation: Recommendation) -> &'static str {
    match recommendation {
        Recommendation::StrongYes => "strong_yes",
        Recommendation::Yes => "yes",
        Recommendation::Maybe => "maybe",
        Recommendation::No => "no",
    }
}

/// The numbers over everything that has ended; `all` is oldest first.
pub fn totals(all: &[Interview], now: Timestamp) -> Totals {
    let ended = all.iter().filter(|interview| interview.status.is_final());
    let scores: Vec<f64> = all.iter().filter_map(|interview| interview.score).collect();
    let recent = &scores[scores.len().saturating_sub(RECENT_SCORES)..];
    Totals {
        interviews: ended.clone().count() as u32,
        spent_ms: ended.map(|interview| interview.clock_ms(now)).sum(),
        recent_score: (!recent.is_empty())
            .then(|| recent.iter().sum::<f64>() / recent.len() as f64),
        scores: scores[scores.len().saturating_sub(SPARK_SCORES)..].to_vec(),
    }
}

/// One problem in a list, with what `past` says about the reader's own attempts.
pub fn problem(problem: &Problem, past: &[Interview], teaser: String) -> ProblemCard {
    let mine = past
        .iter()
        .filter(|interview| interview.slug == problem.slug && interview.status.is_final());
    ProblemCard {
        slug: problem.slug.clone(),
        title: problem.title.clone(),
        difficulty: problem.difficulty.as_str().to_owned(),
        categories: problem.categories.iter().map(|key| label(key)).collect(),
        teaser,
        times_done: mine.clone().count() as u32,
        best_score: mine
            .filter_map(|interview| interview.score)
            .max_by(f64::total_cmp),
    }
}

/// What a list can be narrowed to, with how many problems that would leave.
pub fn facet(key: &str, count: usize) -> Facet {
    Facet {
        key: key.to_owned(),
        label: label(key),
        count: count as u32,
    }
}

/// A category's key as people read it: `hash-map` is `Hash map`.
pub fn label(key: &str) -> String {
    let words = key.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// How Markdown becomes sanitized HTML: a whole text, and a line without a paragraph around it.
#[derive(Clone, Copy)]
pub struct Markdown {
    pub text: fn(&str) -> String,
    pub line: fn(&str) -> String,
}

/// A problem as a candidate may see it; `unavailable` says why a language cannot be run here.
pub fn detail(
    problem: &PublicProblem<'_>,
    markdown: Markdown,
    unavailable: impl Fn(Language) -> Option<String>,
) -> ProblemDetail {
    ProblemDetail {
        slug: problem.slug.to_owned(),
        title: problem.title.to_owned(),
        difficulty: problem.difficulty.as_str().to_owned(),
        categories: problem.categories.iter().map(|key| label(key)).collect(),
        statement_html: (markdown.text)(problem.statement),
        constraints_html: problem
            .constraints
            .iter()
            .map(|line| (markdown.line)(line))
            .collect(),
        examples: examples(problem, markdown),
        starters: problem
            .starter
            .iter()
            .map(|(language, code)| Starter {
                language: language.label().to_owned(),
                code: code.clone(),
                unavailable: unavailable(*language),
            })
            .collect(),
    }
}

/// The visible examples in plain text.
pub fn examples(problem: &PublicProblem<'_>, markdown: Markdown) -> Vec<Example> {
    problem
        .examples
        .iter()
        .map(|case| Example {
            input: input_text(&case.input),
            expected: value_text(&case.expected),
            explanation_html: case
                .explanation
                .as_deref()
                .map(markdown.line)
                .unwrap_or_default(),
        })
        .collect()
}

/// A case's input on one line, as a person would write it.
pub fn input_text(input: &CaseInput) -> String {
    match input {
        CaseInput::Arguments { args } => args
            .iter()
            .map(Value::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        CaseInput::Operations {
            operations,
            arguments,
        } => operations
            .iter()
            .zip(arguments)
            .map(|(operation, arguments)| {
                format!(
                    "{operation}({})",
                    arguments
                        .iter()
                        .map(Value::to_string)
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            })
            .collect::<Vec<_>>()
            .join("; "),
        CaseInput::Stdin { stdin } => stdin.trim_end().to_owned(),
    }
}

/// An expected value: text of a program as it is, everything else as JSON.
fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) if text.contains('\n') => text.trim_end().to_owned(),
        other => other.to_string(),
    }
}
