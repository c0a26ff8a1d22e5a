//! Signing up, in and out.

use crate::{
    access::{Member, password},
    engine::accounts::{SignUp, SignedIn},
    web::{
        Web,
        error::Error,
        extract::{Json, Who},
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use interviewd_domain::account::{Account, NAME_CHARS_MAX, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of terms and privacy notice that a new account agrees to. Raise it when the words of either page change in
/// meaning: it is stored with the consent.
pub const TERMS_VERSION: &str = "2026-11-22";
const EMAIL_BYTES_MAX: usize = 254;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignUpBody {
    pub email: String,
    pub password: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub accept_terms: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogInBody {
    pub email: String,
    pub password: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct UserAnswer {
    pub user: User,
}

/// A person, as they see themselves.
#[derive(Debug, Serialize, JsonSchema)]
pub struct User {
    pub id: String,
    pub email: String,
    pub name: String,
    /// `candidate`, `reviewer` or `admin`.
    pub role: &'static str,
    pub plan: String,
    pub credits: u32,
}

impl From<&Account> for User {
    fn from(account: &Account) -> User {
        User {
            id: account.id.to_string(),
            email: account.email.clone(),
            name: account.name.clone(),
            role: role_word(account.role),
            plan: account.plan.clone(),
            credits: account.credits,
        }
    }
}

pub fn role_word(role: Role) -> &'static str {
    match role {
        Role::Candidate => "candidate",
        Role::Reviewer => "reviewer",
        Role::Admin => "admin",
    }
}

pub async fn sign_up(
    State(web): State<Web>,
    who: Who,
    headers: HeaderMap,
    Json(body): Json<SignUpBody>,
) -> Result<Response, Error> {
    let signed_in = open_account(&web, &who, &headers, body).await?;
    Ok((
        StatusCode::CREATED,
        cookie(&web, &signed_in),
        axum::Json(UserAnswer {
            user: (&signed_in.account).into(),
        }),
    )
        .into_response())
}

pub async fn log_in(
    State(web): State<Web>,
    who: Who,
    headers: HeaderMap,
    Json(body): Json<LogInBody>,
) -> Result<Response, Error> {
    let signed_in = check_password(&web, &who, &headers, body).await?;
    Ok((
        cookie(&web, &signed_in),
        axum::Json(UserAnswer {
            user: (&signed_in.account).into(),
        }),
    )
        .into_response())
}

pub async fn log_out(State(web): State<Web>, member: Member) -> Result<Response, Error> {
    if let Some(login) = member.login() {
        web.engine.log_out(&member, login).await?;
    }
    Ok((
        StatusCode::NO_CONTENT,
        [(header::SET_COOKIE, web.cookies.clear_login())],
    )
        .into_response())
}

/// Checks every field and opens the account; the page's form comes through here too.
pub async fn open_account(
    web: &Web,
    who: &Who,
    headers: &HeaderMap,
    body: SignUpBody,
) -> Result<SignedIn, Error> {
    use crate::config::SignupMode;
    let email = normal_email(&body.email);
    let mut wrong = BTreeMap::new();
    let domains = &web.config.accounts.email_domains;
    match &email {
        None => drop(wrong.insert(
            "email".to_owned(),
            "Enter an e-mail address such as name@example.org.".to_owned(),
        )),
        Some(email)
            if !domains.is_empty()
                && !domains
                    .iter()
                    .any(|domain| email.ends_with(&format!("@{}", domain.to_lowercase()))) =>
        {
            wrong.insert(
                "email".to_owned(),
                format!(
                    "This server takes addresses of {} only.",
                    domains.join(", ")
                ),
            );
        }
        Some(_) => {}
    }
    if let Some(objection) = password::objection(&body.password, &body.email) {
        wrong.insert("password".to_owned(), objection);
    }
    let name = body.name.unwrap_or_default().trim().to_owned();
    if name.chars().count() > NAME_CHARS_MAX {
        wrong.insert(
            "name".to_owned(),
            format!("Use at most {NAME_CHARS_MAX} characters."),
        );
    }
    if !body.accept_terms {
        wrong.insert(
            "acceptTerms".to_owned(),
            "Accept the terms and the privacy notice to go on.".to_owned(),
        );
    }
    if !wrong.is_empty() {
        return Err(Error::Fields(wrong));
    }
    let email = email.expect("checked above");
    web.limits.login(&email, who.address)?;
    if web.config.accounts.signup != SignupMode::Open {
        return Err(Error::Unprocessable {
            code: "signup_closed",
            message: "This server takes no new accounts by itself. Ask whoever runs it.".to_owned(),
        });
    }
    let form = SignUp {
        email,
        password: body.password,
        name,
        terms_version: TERMS_VERSION.to_owned(),
        credits: web.config.accounts.initial_credits,
        first_is_admin: web.config.accounts.first_user_is_admin,
    };
    Ok(web.engine.sign_up(form, user_agent(headers)).await?)
}

/// Signs in, counted against guessing; the page's form comes through here too.
pub async fn check_password(
    web: &Web,
    who: &Who,
    headers: &HeaderMap,
    body: LogInBody,
) -> Result<SignedIn, Error> {
    let email = normal_email(&body.email).ok_or(Error::WrongPassword)?;
    if body.password.len() > password::PASSWORD_BYTES_MAX {
        return Err(Error::WrongPassword);
    }
    web.limits.login(&email, who.address)?;
    web.engine
        .log_in(&email, body.password, user_agent(headers))
        .await?
        .ok_or(Error::WrongPassword)
}

/// The login cookie of a fresh sign-in.
pub fn cookie(
    web: &Web,
    signed_in: &SignedIn,
) -> [(header::HeaderName, axum::http::HeaderValue); 1] {
    [(header::SET_COOKIE, web.cookies.set_login(&signed_in.secret))]
}

pub fn user_agent(headers: &HeaderMap) -> &str {
    headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Trimmed and in lower case; `None` when it is not an address (HTML's rule: one `@`, a dotted or plain host).
fn normal_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let (local, host) = email.split_once('@')?;
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c));
    let host_ok = !host.is_empty()
        && host.split('.').all(|label| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
        });
    (local_ok && host_ok && email.len() <= EMAIL_BYTES_MAX).then_some(email)
}
