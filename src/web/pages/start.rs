//! `/start`: choose a problem or draw one, look at it, set the interview, begin.
//!
//! Choosing is a link (`?problem=slug`), drawing too (`?draw=1`, which the handler answers with a redirect to
//! `?problem=slug&drawn=1`), so that everything works without a script; beginning is a POST.

use crate::views::{
    Chosen, FieldErrors, INTERVIEW_COST, Paging, ProblemCard, ProblemFilter, StartChoices,
};
use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/start.html")]
pub struct StartPage {
    pub frame: Frame,
    pub filter: ProblemFilter,
    pub problems: Vec<ProblemCard>,
    pub paging: Paging,
    pub chosen: Option<Chosen>,
    pub choices: StartChoices,
    pub credits: u32,
    pub errors: FieldErrors,
}

impl StartPage {
    fn cost(&self) -> u64 {
        u64::from(INTERVIEW_COST)
    }

    fn affordable(&self) -> bool {
        self.credits >= INTERVIEW_COST
    }

    fn is_chosen(&self, slug: &str) -> bool {
        self.chosen
            .as_ref()
            .is_some_and(|chosen| chosen.card.slug == slug)
    }
}
