//! `/problems` and `/problems/{slug}`: browse and read, without starting anything.

use crate::views::{InterviewCard, Paging, ProblemCard, ProblemDetail, ProblemFilter};
use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/problems.html")]
pub struct ProblemsPage {
    pub frame: Frame,
    pub filter: ProblemFilter,
    pub problems: Vec<ProblemCard>,
    pub paging: Paging,
}

#[derive(askama::Template)]
#[template(path = "pages/problem.html")]
pub struct ProblemPage {
    pub frame: Frame,
    pub problem: ProblemDetail,
    /// The caller's earlier interviews on it, newest first; empty for strangers.
    pub past: Vec<InterviewCard>,
}
