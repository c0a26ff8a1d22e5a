//! `/`: what the product is, for somebody who has never seen it. People who are signed in are sent to `/dashboard`.

use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/landing.html")]
pub struct LandingPage {
    pub frame: Frame,
    /// What a new account begins with.
    pub initial_credits: u32,
    /// The usual length of an interview, in minutes.
    pub duration_minutes: u32,
    /// How many problems this server has.
    pub problems: u32,
    /// What this server can run, as people read it: `Python`, `JavaScript`.
    pub languages: Vec<String>,
    pub signup_open: bool,
}

impl LandingPage {
    /// `Python and JavaScript`.
    fn languages_text(&self) -> String {
        match self.languages.as_slice() {
            [] => "code".into(),
            [only] => only.clone(),
            [all @ .., last] => format!("{} and {last}", all.join(", ")),
        }
    }
}
