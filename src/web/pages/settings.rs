//! `/settings`: profile, password, sign-ins, appearance, one's own data.

use crate::views::{Choice, FieldErrors, LoginRow, Profile, TokenRow};
use crate::web::{filters, frame::Frame};

#[derive(askama::Template)]
#[template(path = "pages/settings.html")]
pub struct SettingsPage {
    pub frame: Frame,
    pub profile: Profile,
    /// Keys for `experience_level`; the first is usually "prefer not to say" with an empty key.
    pub levels: Vec<Choice>,
    pub profile_errors: FieldErrors,
    pub password_errors: FieldErrors,
    pub delete_errors: FieldErrors,
    pub password_chars_min: usize,
    pub logins: Vec<LoginRow>,
    pub tokens: Vec<TokenRow>,
    /// The secret of the token that was just made: shown this once.
    pub new_token: Option<String>,
    pub token_errors: FieldErrors,
    pub token_name: String,
}

impl SettingsPage {
    fn theme_is(&self, theme: &str) -> bool {
        self.frame.theme.unwrap_or("system") == theme
    }
}
