//! `/design`: every component in every state, in development mode only. What is not shown here is not in the system.

use crate::views::{Dimension, InterviewCard, Paging, Timeline};
use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/design.html")]
pub struct DesignPage {
    pub frame: Frame,
    pub cards: Vec<InterviewCard>,
    pub dimensions: Vec<Dimension>,
    pub timeline: Timeline,
    pub paging: Paging,
}
