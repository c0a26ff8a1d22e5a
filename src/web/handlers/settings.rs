//! `/settings` and its forms.

use super::{again, belongs_in_the_form, errors_of};
use crate::{
    access::{
        Member,
        password::{self, PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN},
    },
    views::{Choice, FieldErrors, LoginRow, Profile, TokenRow, cards},
    web::{
        Web,
        api::profile::{apply, named_token},
        error::Error,
        extract::{Framing, Verified, Who},
        pages::settings::SettingsPage,
        respond::{page, see},
    },
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use interviewd_domain::{
    account::{ExperienceLevel, ProfilePatch},
    ids::{ApiTokenId, LoginId},
};
use serde::Deserialize;

#[derive(Default)]
struct Wrong {
    profile: FieldErrors,
    password: FieldErrors,
    delete: FieldErrors,
    token: FieldErrors,
    token_name: String,
    /// What was typed, kept when it was refused.
    typed: Option<ProfileForm>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct ProfileForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    experience_level: String,
    #[serde(default)]
    target_companies: String,
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    current_password: String,
    #[serde(default)]
    new_password: String,
}

#[derive(Deserialize)]
pub struct TokenForm {
    #[serde(default)]
    token_name: String,
}

#[derive(Deserialize)]
pub struct RevokeForm {
    id: String,
}

#[derive(Deserialize)]
pub struct DeleteForm {
    #[serde(default)]
    password: String,
}

pub async fn show(
    State(web): State<Web>,
    member: Member,
    framing: Framing,
) -> Result<Response, Error> {
    Ok(page(&settings_page(
        &web,
        &member,
        &framing,
        Wrong::default(),
    )?))
}

pub async fn profile(
    State(web): State<Web>,
    member: Member,
    framing: Framing,
    Verified(form): Verified<ProfileForm>,
) -> Result<Response, Error> {
    match change_profile(&web, &member, &form).await {
        Ok(()) => Ok(see("/settings#profile")),
        Err(error) => {
            let names = [
                ("experienceLevel", "experience_level"),
                ("targetCompanies", "target_companies"),
            ];
            let wrong = Wrong {
                profile: errors_of(&error, &names),
                typed: Some(form),
                ..Wrong::default()
            };
            refused(&web, &member, &framing, error, wrong)
        }
    }
}

async fn change_profile(web: &Web, member: &Member, form: &ProfileForm) -> Result<(), Error> {
    let experience_level = match form.experience_level.as_str() {
        // A patch cannot take a level away again; what was not said stays as it is.
        "" => None,
        text => Some(
            ExperienceLevel::ALL
                .into_iter()
                .find(|level| level.as_str() == text)
                .ok_or_else(|| Error::field("experienceLevel", "Choose one of the levels."))?,
        ),
    };
    let companies = form
        .target_companies
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    let patch = ProfilePatch {
        name: Some(form.name.trim().to_owned()),
        experience_level,
        target_companies: Some(companies),
        preferences: None,
    };
    apply(web, member, patch).await.map(drop)
}

pub async fn password(
    State(web): State<Web>,
    who: Who,
    member: Member,
    framing: Framing,
    Verified(form): Verified<PasswordForm>,
) -> Result<Response, Error> {
    match change_password(&web, &who, &member, form).await {
        Ok(()) => Ok(see("/settings#password-section")),
        Err(error) => {
            let wrong = Wrong {
                password: errors_of(&error, &[]),
                ..Wrong::default()
            };
            refused(&web, &member, &framing, error, wrong)
        }
    }
}

async fn change_password(
    web: &Web,
    who: &Who,
    member: &Member,
    form: PasswordForm,
) -> Result<(), Error> {
    if let Some(objection) = password::objection(&form.new_password, &member.account().email) {
        return Err(Error::field("new_password", objection));
    }
    // The same bound as a login: it is a place where passwords can be guessed.
    web.limits.login(&member.account().email, who.address)?;
    let current = shortened(form.current_password);
    if web
        .engine
        .change_password(member, current, form.new_password)
        .await?
    {
        Ok(())
    } else {
        Err(Error::field(
            "current_password",
            "This is not your password.",
        ))
    }
}

pub async fn revoke_login(
    State(web): State<Web>,
    member: Member,
    Verified(form): Verified<RevokeForm>,
) -> Result<Response, Error> {
    let login: LoginId = form.id.parse().map_err(|_| Error::NotFound)?;
    web.engine.log_out(&member, login).await?;
    Ok(see("/settings#logins"))
}

/// The page itself is the answer: the secret is in it, this once, and no address leads back to it.
pub async fn make_token(
    State(web): State<Web>,
    member: Member,
    framing: Framing,
    Verified(form): Verified<TokenForm>,
) -> Result<Response, Error> {
    match named_token(&web, &member, &form.token_name).await {
        Ok((_, secret)) => {
            let settings = settings_page(&web, &member, &framing, Wrong::default())?;
            Ok(page(&SettingsPage {
                new_token: Some(secret),
                ..settings
            }))
        }
        Err(error) => {
            let wrong = Wrong {
                token: errors_of(&error, &[("name", "token_name")]),
                token_name: form.token_name,
                ..Wrong::default()
            };
            refused(&web, &member, &framing, error, wrong)
        }
    }
}

pub async fn revoke_token(
    State(web): State<Web>,
    member: Member,
    Verified(form): Verified<RevokeForm>,
) -> Result<Response, Error> {
    let token: ApiTokenId = form.id.parse().map_err(|_| Error::NotFound)?;
    web.engine.revoke_api_token(&member, token).await?;
    Ok(see("/settings#tokens"))
}

pub async fn delete(
    State(web): State<Web>,
    who: Who,
    member: Member,
    framing: Framing,
    Verified(form): Verified<DeleteForm>,
) -> Result<Response, Error> {
    match erase(&web, &who, &member, form).await {
        Ok(()) => {
            tracing::info!(account.id = %member.id(), "An account was deleted by its owner");
            Ok(([(header::SET_COOKIE, web.cookies.clear_login())], see("/")).into_response())
        }
        Err(error) => {
            let wrong = Wrong {
                delete: errors_of(&error, &[]),
                ..Wrong::default()
            };
            refused(&web, &member, &framing, error, wrong)
        }
    }
}

async fn erase(web: &Web, who: &Who, member: &Member, form: DeleteForm) -> Result<(), Error> {
    web.limits.login(&member.account().email, who.address)?;
    let password = shortened(form.password);
    if !web.engine.knows_password(member, password).await {
        return Err(Error::field("password", "This is not your password."));
    }
    Ok(web.engine.erase(member).await?)
}

/// The page again with what was wrong, or an error page for what no form can mend.
fn refused(
    web: &Web,
    member: &Member,
    framing: &Framing,
    error: Error,
    wrong: Wrong,
) -> Result<Response, Error> {
    if !belongs_in_the_form(&error) {
        return Err(error);
    }
    Ok(again(
        &error,
        page(&settings_page(web, member, framing, wrong)?),
    ))
}

/// No password is longer; what is cannot be right, and is not worth hashing.
fn shortened(password: String) -> String {
    if password.len() > PASSWORD_BYTES_MAX {
        String::new()
    } else {
        password
    }
}

fn settings_page(
    web: &Web,
    member: &Member,
    framing: &Framing,
    wrong: Wrong,
) -> Result<SettingsPage, Error> {
    let account = member.account();
    let typed = wrong.typed.unwrap_or_else(|| ProfileForm {
        name: account.name.clone(),
        experience_level: account
            .experience_level
            .map_or("", ExperienceLevel::as_str)
            .to_owned(),
        target_companies: account.target_companies.join(", "),
    });
    let choice = |key: &str, label: &str| Choice {
        key: key.to_owned(),
        label: label.to_owned(),
        note: String::new(),
        selected: typed.experience_level == key,
        disabled: false,
    };
    let mut levels = vec![
        choice("student", "Student"),
        choice("junior", "Junior"),
        choice("mid", "Mid-level"),
        choice("senior", "Senior"),
        choice("staff", "Staff"),
    ];
    if account.experience_level.is_none() {
        levels.insert(0, choice("", "Prefer not to say"));
    }
    let mut logins: Vec<LoginRow> = web
        .views
        .logins(member)?
        .iter()
        .map(|login| LoginRow {
            id: login.id.to_string(),
            device: device(&login.user_agent),
            created: cards::moment(login.made_at),
            last_seen: cards::moment(login.last_used_at),
            current: member.login() == Some(login.id),
        })
        .collect();
    logins.sort_by_key(|login| (!login.current, std::cmp::Reverse(login.last_seen)));
    let tokens = web
        .views
        .api_tokens(member)?
        .iter()
        .map(|token| TokenRow {
            id: token.id.to_string(),
            name: token.name.clone(),
            created: cards::moment(token.made_at),
        })
        .collect();
    Ok(SettingsPage {
        frame: framing.frame("Settings", ""),
        profile: Profile {
            email: account.email.clone(),
            name: typed.name,
            experience_level: typed.experience_level,
            target_companies: typed.target_companies,
            plan: account.plan.clone(),
            credits: account.credits,
            created: cards::moment(account.created_at),
        },
        levels,
        profile_errors: wrong.profile,
        password_errors: wrong.password,
        delete_errors: wrong.delete,
        password_chars_min: PASSWORD_CHARS_MIN,
        logins,
        tokens,
        new_token: None,
        token_errors: wrong.token,
        token_name: wrong.token_name,
    })
}

/// `Firefox on Linux`, as far as the user agent tells.
fn device(user_agent: &str) -> String {
    // The order matters: Edge and Opera also say Chrome, Chrome also says Safari, Android also says Linux.
    let first = |words: &[(&str, &'static str)]| {
        words
            .iter()
            .find(|(word, _)| user_agent.contains(word))
            .map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Chromium/", "Chromium"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "an iPhone"),
        ("iPad", "an iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "a Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, _) => "A program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_named_for_people() {
        assert_eq!(
            device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox on Linux"
        );
        assert_eq!(
            device(
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
            ),
            "Edge on Windows"
        );
        assert_eq!(device("curl/8.0"), "A program");
    }
}
