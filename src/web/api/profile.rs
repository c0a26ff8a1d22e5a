//! What a person may see and change about themselves, take along, and delete.

use crate::{
    access::Member,
    engine::accounts::API_TOKENS_MAX,
    web::{Web, api::auth::role_word, error::Error, extract::Json},
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use interviewd_domain::{
    account::{Account, ExperienceLevel, NAME_CHARS_MAX, ProfilePatch},
    ids::ApiTokenId,
    login::ApiToken,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    pub id: String,
    pub email: String,
    pub name: String,
    /// `student`, `junior`, `mid`, `senior`, `staff` or nothing.
    pub experience_level: Option<&'static str>,
    pub target_companies: Vec<String>,
    pub preferences: BTreeMap<String, String>,
    pub credits: u32,
    pub plan: String,
    pub role: &'static str,
    pub onboarding_completed: bool,
    pub terms_version: String,
    pub created_at: String,
}

impl From<&Account> for Profile {
    fn from(account: &Account) -> Profile {
        Profile {
            id: account.id.to_string(),
            email: account.email.clone(),
            name: account.name.clone(),
            experience_level: account.experience_level.map(ExperienceLevel::as_str),
            target_companies: account.target_companies.clone(),
            preferences: account.preferences.clone(),
            credits: account.credits,
            plan: account.plan.clone(),
            role: role_word(account.role),
            onboarding_completed: account.onboarding_completed,
            terms_version: account.terms_version.clone(),
            created_at: account.created_at.to_rfc3339(),
        }
    }
}

/// What a PATCH takes; every other field is refused.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProfileBody {
    pub name: Option<String>,
    /// `student`, `junior`, `mid`, `senior` or `staff`.
    pub experience_level: Option<String>,
    pub target_companies: Option<Vec<String>>,
    pub preferences: Option<BTreeMap<String, String>>,
}

pub async fn show(member: Member) -> axum::Json<Profile> {
    axum::Json(member.account().into())
}

pub async fn change(
    State(web): State<Web>,
    member: Member,
    Json(body): Json<Value>,
) -> Result<axum::Json<Profile>, Error> {
    let Value::Object(fields) = &body else {
        return Err(Error::Malformed("Send a JSON object.".to_owned()));
    };
    const WRITABLE: [&str; 4] = ["name", "experienceLevel", "targetCompanies", "preferences"];
    let foreign: BTreeMap<String, String> = fields
        .keys()
        .filter(|field| !WRITABLE.contains(&field.as_str()))
        .map(|field| {
            (
                field.clone(),
                format!(
                    "This cannot be changed here; only {} can.",
                    WRITABLE.join(", ")
                ),
            )
        })
        .collect();
    if !foreign.is_empty() {
        return Err(Error::Fields(foreign));
    }
    let patch: ProfilePatch = serde_json::from_value(body.clone()).map_err(|error| {
        let culprit = WRITABLE.iter().find(|field| {
            fields.get(**field).is_some_and(|value| {
                serde_json::from_value::<ProfilePatch>(json!({ **field: value })).is_err()
            })
        });
        Error::field(culprit.unwrap_or(&"body"), error.to_string())
    })?;
    apply(&web, &member, patch)
        .await
        .map(|account| axum::Json((&account).into()))
}

/// Checks and stores a patch; the settings page comes through here too.
pub async fn apply(web: &Web, member: &Member, patch: ProfilePatch) -> Result<Account, Error> {
    let wrong: BTreeMap<String, String> = patch
        .check()
        .into_iter()
        .map(|error| (error.field.to_owned(), error.message))
        .collect();
    if !wrong.is_empty() {
        return Err(Error::Fields(wrong));
    }
    Ok(web.engine.change_profile(member, patch).await?)
}

/// Everything held about the caller, as one document.
pub async fn export(State(web): State<Web>, member: Member) -> Result<Response, Error> {
    let mut sessions = Vec::new();
    for interview in web.views.all_interviews(&member)? {
        let Some(owned) = web.gate.owned(&member, interview.id)? else {
            continue;
        };
        let timeline = super::sessions::timeline(&web, &owned)?;
        let evaluation = super::sessions::evaluation_json(&web, &owned)?;
        sessions.push(json!({ "session": super::sessions::card(&interview, web.clock.now()), "timeline": timeline, "evaluation": evaluation }));
    }
    let logins: Vec<Value> = web
        .views
        .logins(&member)?
        .iter()
        .map(|login| {
            json!({ "id": login.id, "signedInAt": login.made_at.to_rfc3339(), "lastUsedAt": login.last_used_at.to_rfc3339(),
                    "userAgent": login.user_agent })
        })
        .collect();
    let tokens: Vec<Token> = web
        .views
        .api_tokens(&member)?
        .iter()
        .map(Token::from)
        .collect();
    let document = json!({
        "exportedAt": web.clock.now().to_rfc3339(),
        "profile": Profile::from(member.account()),
        "logins": logins,
        "tokens": tokens,
        "sessions": sessions,
    });
    Ok((
        [(
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"interviewd-export.json\"",
        )],
        axum::Json(document),
    )
        .into_response())
}

/// Deletes the account and everything held about it.
pub async fn erase(State(web): State<Web>, member: Member) -> Result<Response, Error> {
    web.engine.erase(&member).await?;
    tracing::info!(account.id = %member.id(), "An account was deleted by its owner");
    Ok((
        StatusCode::NO_CONTENT,
        [(header::SET_COOKIE, web.cookies.clear_login())],
    )
        .into_response())
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    pub id: String,
    pub name: String,
    pub created_at: String,
    /// The secret; shown once, in the answer to its making.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

impl From<&ApiToken> for Token {
    fn from(token: &ApiToken) -> Token {
        Token {
            id: token.id.to_string(),
            name: token.name.clone(),
            created_at: token.made_at.to_rfc3339(),
            token: None,
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenBody {
    pub name: String,
}

pub async fn tokens(
    State(web): State<Web>,
    member: Member,
) -> Result<axum::Json<Vec<Token>>, Error> {
    Ok(axum::Json(
        web.views
            .api_tokens(&member)?
            .iter()
            .map(Token::from)
            .collect(),
    ))
}

pub async fn make_token(
    State(web): State<Web>,
    member: Member,
    Json(body): Json<TokenBody>,
) -> Result<Response, Error> {
    let (token, secret) = named_token(&web, &member, &body.name).await?;
    Ok((
        StatusCode::CREATED,
        axum::Json(Token {
            token: Some(secret),
            ..Token::from(&token)
        }),
    )
        .into_response())
}

/// A token under a name that its owner will know again, and its secret.
pub async fn named_token(
    web: &Web,
    member: &Member,
    name: &str,
) -> Result<(ApiToken, String), Error> {
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err(Error::field(
            "name",
            format!("Name the token with 1 to {NAME_CHARS_MAX} characters."),
        ));
    }
    let made = web.engine.make_api_token(member, name).await?;
    made.ok_or_else(|| Error::Conflict {
        code: "too_many_tokens",
        message: format!("You have {API_TOKENS_MAX} tokens. Revoke one first."),
    })
}

pub async fn revoke_token(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
) -> Result<StatusCode, Error> {
    let id: ApiTokenId = id.parse().map_err(|_| Error::NotFound)?;
    if web.engine.revoke_api_token(&member, id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Error::NotFound)
    }
}
