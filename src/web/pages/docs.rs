//! `/docs`: where operators and authors of problems begin.

use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/docs.html")]
pub struct DocsPage {
    pub frame: Frame,
}
