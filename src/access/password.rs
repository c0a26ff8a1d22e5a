//! Passwords: what is accepted, and argon2id with the crate's (OWASP's) parameters, off the async threads.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

pub const PASSWORD_CHARS_MIN: usize = 10;
pub const PASSWORD_BYTES_MAX: usize = 256;

/// The sentence that stands beside the field when a new password is not accepted.
pub fn objection(password: &str, email: &str) -> Option<String> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Some(format!(
            "Use at least {PASSWORD_CHARS_MIN} characters; a few words are fine."
        ));
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Some(format!("Use at most {PASSWORD_BYTES_MAX} characters."));
    }
    let distinct = password
        .chars()
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    if distinct < 4 || password.eq_ignore_ascii_case(email) {
        return Some("Choose something that is harder to guess.".to_owned());
    }
    None
}

/// The hash in PHC form, with a salt of its own. Takes tens of milliseconds and 19 MiB.
pub fn hash(password: &str, salt: &[u8; 16]) -> String {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .expect("the parameters are the crate's own")
        .to_string()
}

/// Whether the password fits. An unreadable hash fits nothing.
pub fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}
