//! The door for accounts: opening, signing in and out, profile, credits, leaving.

use super::{Engine, Error, write};
use crate::{
    access::{Member, Operator, Staff, password, secret_hash},
    store::{StoreError, WriteTx, tables},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use interviewd_domain::{
    account::{Account, Ask, ProfilePatch, Role},
    ids::{AccountId, ApiTokenId, LoginId},
    login::{ApiToken, Credential, Login},
    time::Timestamp,
};
use std::time::Duration;

/// A sign-in that is not used for so long is over.
pub const LOGIN_LIFETIME: Duration = Duration::from_secs(30 * 24 * 3600);
/// The time of last use is written at most this often.
const LAST_USED_RESOLUTION: Duration = Duration::from_secs(3600);
pub const LOGINS_MAX: usize = 50;
pub const API_TOKENS_MAX: usize = 20;
const USER_AGENT_CHARS_MAX: usize = 120;
/// Personal API tokens begin with this, so that leaked ones can be searched for.
const API_TOKEN_PREFIX: &str = "ivd_";

/// What a person fills in to get an account, already checked field by field.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// Lower-cased and trimmed.
    pub email: String,
    pub password: String,
    pub name: String,
    pub terms_version: String,
    pub credits: u32,
    /// Whether the very first account of this server becomes an administrator.
    pub first_is_admin: bool,
}

/// A fresh sign-in; `secret` goes into the cookie and is kept nowhere else.
pub struct SignedIn {
    pub account: Account,
    pub login: LoginId,
    pub secret: String,
}

impl Engine {
    /// Opens an account and signs its owner in.
    pub async fn sign_up(&self, form: SignUp, user_agent: &str) -> Result<SignedIn, Error> {
        let salt = self.entropy().bytes::<16>();
        let SignUp {
            email,
            password,
            name,
            terms_version,
            credits,
            first_is_admin,
        } = form;
        let password_hash = hash_elsewhere(password, salt).await;
        let now = self.clock().now();
        let id = AccountId::new(now, self.entropy().u128());
        let (login, secret) = self.fresh_login(id, user_agent, now);
        let stored = login.clone();
        let account = self
            .0
            .store
            .write(move |tx| {
                let first = tx.range(tables::ACCOUNTS, ..)?.next().is_none();
                let role = if first && first_is_admin {
                    Role::Admin
                } else {
                    Role::Candidate
                };
                let account = write::open_account(
                    tx,
                    id,
                    Ask::Open {
                        email,
                        name,
                        password_hash,
                        role,
                        credits,
                        terms_version,
                    },
                    now,
                )?;
                put_login(tx, &stored)?;
                Ok::<_, Error>(account)
            })
            .await?;
        Ok(SignedIn {
            account,
            login: login.id,
            secret,
        })
    }

    /// Signs in with a password; `None` when address or password is wrong, after the same time for both.
    pub async fn log_in(
        &self,
        email: &str,
        password: String,
        user_agent: &str,
    ) -> Result<Option<SignedIn>, Error> {
        let email = email.to_owned();
        let account = self
            .0
            .store
            .read(|tx| match tx.get(tables::EMAILS, &email)? {
                Some(id) => tx.get(tables::ACCOUNTS, &id),
                None => Ok(None),
            })?;
        let hash = account.as_ref().map_or_else(
            || NOBODY.to_owned(),
            |account| account.password_hash.clone(),
        );
        if !verify_elsewhere(password, hash).await {
            return Ok(None);
        }
        let Some(account) = account else {
            return Ok(None);
        };
        let now = self.clock().now();
        let (login, secret) = self.fresh_login(account.id, user_agent, now);
        let stored = login.clone();
        self.0.store.write(move |tx| put_login(tx, &stored)).await?;
        Ok(Some(SignedIn {
            account,
            login: login.id,
            secret,
        }))
    }

    /// Ends one sign-in (the member's own, or another one of theirs) and closes the account's sockets.
    pub async fn log_out(&self, member: &Member, login: LoginId) -> Result<(), Error> {
        let account = member.id();
        self.0
            .store
            .write(move |tx| drop_login(tx, account, login))
            .await?;
        self.live().evict_account(account);
        Ok(())
    }

    /// Keeps the time of last use and moves the end of the sign-in along.
    pub async fn touch_login(&self, member: &Member) -> Result<(), Error> {
        let Some(login) = member.login() else {
            return Ok(());
        };
        let (account, now) = (member.id(), self.clock().now());
        let row = self
            .0
            .store
            .read(|tx| tx.get(tables::LOGINS, &(account, login)))?;
        if row.is_none_or(|row| now.since(row.last_used_at) < LAST_USED_RESOLUTION) {
            return Ok(());
        }
        self.0
            .store
            .write(move |tx| {
                if let Some(mut row) = tx.get(tables::LOGINS, &(account, login))? {
                    row.last_used_at = now;
                    row.expires_at = now + LOGIN_LIFETIME;
                    tx.put(tables::LOGINS, &(account, login), &row)?;
                }
                Ok::<_, Error>(())
            })
            .await
    }

    pub async fn change_profile(
        &self,
        member: &Member,
        patch: ProfilePatch,
    ) -> Result<Account, Error> {
        self.change_account(member.id(), Ask::ChangeProfile { patch })
            .await
    }

    pub async fn complete_onboarding(&self, member: &Member) -> Result<Account, Error> {
        self.change_account(member.id(), Ask::CompleteOnboarding)
            .await
    }

    /// Whether this is the member's password: before what cannot be undone.
    pub async fn knows_password(&self, member: &Member, password: String) -> bool {
        verify_elsewhere(password, member.account().password_hash.clone()).await
    }

    /// Changes the password when the current one is right, and ends every other sign-in. `false`: it was wrong.
    pub async fn change_password(
        &self,
        member: &Member,
        current: String,
        new: String,
    ) -> Result<bool, Error> {
        if !verify_elsewhere(current, member.account().password_hash.clone()).await {
            return Ok(false);
        }
        let password_hash = hash_elsewhere(new, self.entropy().bytes::<16>()).await;
        let (account, keep, now) = (member.id(), member.login(), self.clock().now());
        self.0
            .store
            .write(move |tx| {
                write::change_account(tx, account, Ask::ChangePassword { password_hash }, now)?;
                for login in logins_of(tx, account)? {
                    if Some(login.id) != keep {
                        drop_login(tx, account, login.id)?;
                    }
                }
                Ok::<_, Error>(())
            })
            .await?;
        Ok(true)
    }

    pub async fn grant_credits(
        &self,
        _by: &Staff,
        account: AccountId,
        credits: u32,
    ) -> Result<Account, Error> {
        self.change_account(account, Ask::GrantCredits { credits })
            .await
    }

    pub async fn grant_by_email(
        &self,
        _by: &Operator,
        email: &str,
        credits: u32,
    ) -> Result<Account, Error> {
        self.change_account(self.by_email(email)?, Ask::GrantCredits { credits })
            .await
    }

    pub async fn set_role_by_email(
        &self,
        _by: &Operator,
        email: &str,
        role: Role,
    ) -> Result<Account, Error> {
        self.change_account(self.by_email(email)?, Ask::ChangeRole { role })
            .await
    }

    fn by_email(&self, email: &str) -> Result<AccountId, Error> {
        let email = email.trim().to_lowercase();
        self.0
            .store
            .read(|tx| tx.get(tables::EMAILS, &email))?
            .ok_or(Error::Gone)
    }

    /// Makes a personal API token; the answer holds the secret, which is shown once.
    pub async fn make_api_token(
        &self,
        member: &Member,
        name: String,
    ) -> Result<Option<(ApiToken, String)>, Error> {
        let now = self.clock().now();
        let secret = format!(
            "{API_TOKEN_PREFIX}{}",
            URL_SAFE_NO_PAD.encode(self.entropy().bytes::<32>())
        );
        let token = ApiToken {
            id: ApiTokenId::new(now, self.entropy().u128()),
            account: member.id(),
            name,
            secret_hash: secret_hash(&secret),
            made_at: now,
            last_used_at: None,
        };
        let stored = token.clone();
        let kept = self
            .0
            .store
            .write(move |tx| {
                let account = stored.account;
                let many = tx
                    .range(tables::API_TOKENS, tables::owned_by(account))?
                    .count();
                if many >= API_TOKENS_MAX {
                    return Ok(false);
                }
                tx.put(
                    tables::CREDENTIALS,
                    &stored.secret_hash,
                    &Credential::ApiToken {
                        account,
                        token: stored.id,
                    },
                )?;
                tx.put(tables::API_TOKENS, &(account, stored.id), &stored)?;
                Ok::<_, Error>(true)
            })
            .await?;
        Ok(kept.then_some((token, secret)))
    }

    /// Revokes a token; `false` when there is none of that id.
    pub async fn revoke_api_token(
        &self,
        member: &Member,
        token: ApiTokenId,
    ) -> Result<bool, Error> {
        let account = member.id();
        self.0
            .store
            .write(move |tx| {
                let Some(row) = tx.get(tables::API_TOKENS, &(account, token))? else {
                    return Ok(false);
                };
                tx.delete(tables::CREDENTIALS, &row.secret_hash)?;
                tx.delete(tables::API_TOKENS, &(account, token))?;
                Ok::<_, Error>(true)
            })
            .await
    }

    /// Deletes an account and everything held about it; an audit line without personal data stays.
    pub async fn erase(&self, member: &Member) -> Result<(), Error> {
        let (account, email, now) = (
            member.id(),
            member.account().email.clone(),
            self.clock().now(),
        );
        self.0
            .store
            .write(move |tx| {
                for login in logins_of(tx, account)? {
                    tx.delete(tables::CREDENTIALS, &login.secret_hash)?;
                }
                let tokens = tx
                    .range(tables::API_TOKENS, tables::owned_by(account))?
                    .collect::<Result<Vec<_>, _>>()?;
                for (_, token) in tokens {
                    tx.delete(tables::CREDENTIALS, &token.secret_hash)?;
                }
                let interviews = tx
                    .range(tables::INTERVIEWS, tables::owned_by(account))?
                    .collect::<Result<Vec<_>, _>>()?;
                for ((_, interview), _) in interviews {
                    tx.delete(tables::INTERVIEW_OWNERS, &interview)?;
                    tx.delete(tables::OPEN_INTERVIEWS, &interview)?;
                    tx.delete_range(
                        tables::INTERVIEW_EVENTS,
                        tables::events_of(account, interview),
                    )?;
                }
                tx.delete_range(tables::INTERVIEWS, tables::owned_by(account))?;
                tx.delete_range(tables::LOGINS, tables::owned_by(account))?;
                tx.delete_range(tables::API_TOKENS, tables::owned_by(account))?;
                tx.delete_range(tables::STARTED_BEFORE, tables::owned_by(account))?;
                tx.delete_range(tables::ACCOUNT_EVENTS, tables::owned_by(account))?;
                tx.delete(tables::EMAILS, &email)?;
                tx.delete(tables::ACCOUNTS, &account)?;
                tx.put(tables::ERASURES, &account, &now)?;
                Ok::<_, Error>(())
            })
            .await?;
        self.live().evict_account(account);
        Ok(())
    }

    async fn change_account(&self, account: AccountId, ask: Ask) -> Result<Account, Error> {
        let now = self.clock().now();
        self.0
            .store
            .write(move |tx| write::change_account(tx, account, ask, now))
            .await
    }

    fn fresh_login(&self, account: AccountId, user_agent: &str, now: Timestamp) -> (Login, String) {
        let secret = URL_SAFE_NO_PAD.encode(self.entropy().bytes::<32>());
        let login = Login {
            id: LoginId::new(now, self.entropy().u128()),
            account,
            secret_hash: secret_hash(&secret),
            made_at: now,
            last_used_at: now,
            expires_at: now + LOGIN_LIFETIME,
            user_agent: user_agent.chars().take(USER_AGENT_CHARS_MAX).collect(),
        };
        (login, secret)
    }
}

/// A hash that no password fits, so that an unknown address takes as long as a known one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

async fn hash_elsewhere(password: String, salt: [u8; 16]) -> String {
    crate::edge::off_thread(move || password::hash(&password, &salt)).await
}

async fn verify_elsewhere(password: String, hash: String) -> bool {
    crate::edge::off_thread(move || password::verify(&password, &hash)).await
}

fn put_login(tx: &mut WriteTx, login: &Login) -> Result<(), Error> {
    let account = login.account;
    let mut logins = logins_of(tx, account)?;
    logins.sort_by_key(|login| login.last_used_at);
    for oldest in logins
        .iter()
        .take((logins.len() + 1).saturating_sub(LOGINS_MAX))
    {
        drop_login(tx, account, oldest.id)?;
    }
    tx.put(
        tables::CREDENTIALS,
        &login.secret_hash,
        &Credential::Login {
            account,
            login: login.id,
        },
    )?;
    tx.put(tables::LOGINS, &(account, login.id), login)?;
    Ok(())
}

fn drop_login(tx: &mut WriteTx, account: AccountId, login: LoginId) -> Result<(), Error> {
    if let Some(row) = tx.get(tables::LOGINS, &(account, login))? {
        tx.delete(tables::CREDENTIALS, &row.secret_hash)?;
        tx.delete(tables::LOGINS, &(account, login))?;
    }
    Ok(())
}

fn logins_of(tx: &WriteTx, account: AccountId) -> Result<Vec<Login>, StoreError> {
    tx.range(tables::LOGINS, tables::owned_by(account))?
        .map(|row| row.map(|(_, login)| login))
        .collect()
}
