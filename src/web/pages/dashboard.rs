//! `/dashboard`: what is left, what is running, what was done.

use crate::views::{InterviewCard, Paging, Totals};
use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/dashboard.html")]
pub struct DashboardPage {
    pub frame: Frame,
    /// What to call the person; empty = no name given.
    pub name: String,
    pub credits: u32,
    pub totals: Totals,
    /// Interviews that can be gone back to, newest first. They are not repeated in `cards`.
    pub active: Vec<InterviewCard>,
    /// Ended interviews, newest first, one page of them.
    pub cards: Vec<InterviewCard>,
    pub paging: Paging,
}

impl DashboardPage {
    /// The cards under their months.
    fn months(&self) -> Vec<(String, &[InterviewCard])> {
        self.cards
            .chunk_by(|a, b| a.started.month() == b.started.month())
            .map(|cards| (cards[0].started.month(), cards))
            .collect()
    }

    fn evaluating(&self) -> bool {
        self.cards
            .iter()
            .any(|card| card.verdict == crate::views::Verdict::Pending)
    }
}
