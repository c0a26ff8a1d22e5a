//! `/sessions/{id}/summary`: the judgement of one interview, every claim with its evidence.
//!
//! While the evaluation is being written the page asks for itself every few seconds and swaps its `#summary`.

use crate::views::{EvidenceBody, Summary, SummaryState};
use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/summary.html")]
pub struct SummaryPage {
    pub frame: Frame,
    pub summary: Summary,
}
