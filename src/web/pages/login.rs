//! `/login`: e-mail and password. Posts to itself and leads on to `next`.

use crate::views::FieldErrors;
use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/login.html")]
pub struct LoginPage {
    pub frame: Frame,
    pub email: String,
    /// A path of this server, checked by the handler; empty = the dashboard.
    pub next: String,
    pub errors: FieldErrors,
    pub signup_open: bool,
}
