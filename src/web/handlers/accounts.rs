//! `/signup`, `/login`, `/logout`: the forms. Rules and cookies are the API's.

use super::{again, belongs_in_the_form, errors_of};
use crate::{
    access::password::PASSWORD_CHARS_MIN,
    config::SignupMode,
    views::FieldErrors,
    web::{
        Web,
        api::auth::{LogInBody, SignUpBody, TERMS_VERSION, check_password, cookie, open_account},
        error::Error,
        extract::{Framing, Verified, Who},
        pages::{login::LoginPage, signup::SignupPage},
        respond::{page, safe_next, safe_path, see},
    },
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub struct SignUpForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    accept_terms: String,
}

#[derive(Deserialize)]
pub struct LogInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

pub async fn show_signup(State(web): State<Web>, who: Who, framing: Framing) -> Response {
    if who.member.is_some() {
        return see("/dashboard");
    }
    page(&signup_page(
        &web,
        &framing,
        String::new(),
        String::new(),
        false,
        FieldErrors::default(),
    ))
}

pub async fn sign_up(
    State(web): State<Web>,
    who: Who,
    framing: Framing,
    headers: HeaderMap,
    Verified(form): Verified<SignUpForm>,
) -> Result<Response, Error> {
    let accept_terms = form.accept_terms == "true";
    let body = SignUpBody {
        email: form.email.clone(),
        password: form.password,
        name: Some(form.name.clone()),
        accept_terms,
    };
    match open_account(&web, &who, &headers, body).await {
        Ok(signed_in) => Ok((cookie(&web, &signed_in), see("/dashboard")).into_response()),
        Err(error) if belongs_in_the_form(&error) => {
            let errors = match &error {
                Error::Conflict { .. } => FieldErrors {
                    summary: None,
                    fields: vec![("email".to_owned(), error.to_string())],
                },
                other => errors_of(other, &[("acceptTerms", "accept_terms")]),
            };
            Ok(again(
                &error,
                page(&signup_page(
                    &web,
                    &framing,
                    form.email,
                    form.name,
                    accept_terms,
                    errors,
                )),
            ))
        }
        Err(error) => Err(error),
    }
}

pub async fn show_login(
    State(web): State<Web>,
    who: Who,
    framing: Framing,
    Query(query): Query<Next>,
) -> Response {
    if who.member.is_some() {
        return see(safe_next(Some(&query.next)));
    }
    page(&login_page(
        &web,
        &framing,
        String::new(),
        &query.next,
        FieldErrors::default(),
    ))
}

pub async fn log_in(
    State(web): State<Web>,
    who: Who,
    framing: Framing,
    headers: HeaderMap,
    Verified(form): Verified<LogInForm>,
) -> Result<Response, Error> {
    let body = LogInBody {
        email: form.email.clone(),
        password: form.password,
    };
    match check_password(&web, &who, &headers, body).await {
        Ok(signed_in) => {
            Ok((cookie(&web, &signed_in), see(safe_next(Some(&form.next)))).into_response())
        }
        Err(error) if belongs_in_the_form(&error) => Ok(again(
            &error,
            page(&login_page(
                &web,
                &framing,
                form.email,
                &form.next,
                errors_of(&error, &[]),
            )),
        )),
        Err(error) => Err(error),
    }
}

#[derive(Deserialize)]
pub struct Nothing {}

pub async fn log_out(
    State(web): State<Web>,
    who: Who,
    Verified(Nothing {}): Verified<Nothing>,
) -> Result<Response, Error> {
    if let Some(member) = &who.member
        && let Some(login) = member.login()
    {
        web.engine.log_out(member, login).await?;
    }
    Ok(([(header::SET_COOKIE, web.cookies.clear_login())], see("/")).into_response())
}

fn signup_page(
    web: &Web,
    framing: &Framing,
    email: String,
    name: String,
    accept_terms: bool,
    errors: FieldErrors,
) -> SignupPage {
    SignupPage {
        frame: framing.frame("Sign up", "Create an account and hold a coding interview."),
        email,
        name,
        accept_terms,
        errors,
        initial_credits: web.config.accounts.initial_credits,
        password_chars_min: PASSWORD_CHARS_MIN,
        open: web.config.accounts.signup == SignupMode::Open,
        terms_version: TERMS_VERSION.to_owned(),
    }
}

fn login_page(
    web: &Web,
    framing: &Framing,
    email: String,
    next: &str,
    errors: FieldErrors,
) -> LoginPage {
    LoginPage {
        frame: framing.frame("Log in", ""),
        email,
        next: safe_path(next).unwrap_or_default().to_owned(),
        errors,
        signup_open: web.config.accounts.signup == SignupMode::Open,
    }
}
