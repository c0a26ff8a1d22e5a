//! `/signup`: makes an account. Posts to itself; a refused form comes back with everything but the password.

use crate::views::FieldErrors;
use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/signup.html")]
pub struct SignupPage {
    pub frame: Frame,
    pub email: String,
    pub name: String,
    pub accept_terms: bool,
    pub errors: FieldErrors,
    pub initial_credits: u32,
    /// The fewest characters of a password.
    pub password_chars_min: usize,
    /// False = the operator has closed sign-up; the form is not shown.
    pub open: bool,
    /// The version of the terms that a person agrees to, such as `2026-11-22`.
    pub terms_version: String,
}
