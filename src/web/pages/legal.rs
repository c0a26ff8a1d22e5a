//! `/terms` and `/privacy`: drafts that an operator completes. Versioned, because people agree to a version.

use crate::views::Processor;
use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/terms.html")]
pub struct TermsPage {
    pub frame: Frame,
    pub version: String,
    pub initial_credits: u32,
}

#[derive(askama::Template)]
#[template(path = "pages/privacy.html")]
pub struct PrivacyPage {
    pub frame: Frame,
    pub version: String,
    /// Transcripts and code are kept this long; none = until the person deletes them.
    pub retention_days: Option<u32>,
    /// Outside services that this server is configured to use; empty = none, everything stays here.
    pub processors: Vec<Processor>,
}
