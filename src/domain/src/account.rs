//! A person's account: who they are, what they may do, and how many interviews they have left.
//!
//! Same shape as an interview: [`decide`] judges, [`Account::apply`] folds. To add something that can happen: a
//! variant in [`Change`], one in [`Ask`], an arm in each of the two functions.

use crate::{
    ids::{AccountId, InterviewId},
    interview::Refusal,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const NAME_CHARS_MAX: usize = 100;
pub const TARGET_COMPANIES_MAX: usize = 20;
pub const COMPANY_CHARS_MAX: usize = 80;
/// Preferences are small switches of the pages (theme, voice), not a store.
pub const PREFERENCES_MAX: usize = 32;
pub const PREFERENCE_CHARS_MAX: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Candidate,
    Reviewer,
    Admin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExperienceLevel {
    Student,
    Junior,
    Mid,
    Senior,
    Staff,
}

impl ExperienceLevel {
    pub const ALL: [ExperienceLevel; 5] = [
        ExperienceLevel::Student,
        ExperienceLevel::Junior,
        ExperienceLevel::Mid,
        ExperienceLevel::Senior,
        ExperienceLevel::Staff,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ExperienceLevel::Student => "student",
            ExperienceLevel::Junior => "junior",
            ExperienceLevel::Mid => "mid",
            ExperienceLevel::Senior => "senior",
            ExperienceLevel::Staff => "staff",
        }
    }
}

/// What has happened to an account, as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountEvent {
    pub seq: u64,
    pub at: Timestamp,
    pub what: Change,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    Opened {
        email: String,
        name: String,
        password_hash: String,
        role: Role,
        credits: u32,
        terms_version: String,
    },
    ProfileChanged {
        patch: ProfilePatch,
    },
    OnboardingCompleted,
    PasswordChanged {
        password_hash: String,
    },
    RoleChanged {
        role: Role,
    },
    CreditsGranted {
        credits: u32,
    },
    CreditTaken {
        interview: InterviewId,
    },
    CreditReturned {
        interview: InterviewId,
    },
}

/// The fields that their owner may write; absent ones stay as they are.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfilePatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experience_level: Option<ExperienceLevel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_companies: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferences: Option<BTreeMap<String, String>>,
}

/// What anybody may ask of an account. Whoever brings it has proved that they may.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    Open {
        email: String,
        name: String,
        password_hash: String,
        role: Role,
        credits: u32,
        terms_version: String,
    },
    ChangeProfile {
        patch: ProfilePatch,
    },
    CompleteOnboarding,
    ChangePassword {
        password_hash: String,
    },
    ChangeRole {
        role: Role,
    },
    GrantCredits {
        credits: u32,
    },
    TakeCredit {
        interview: InterviewId,
    },
    ReturnCredit {
        interview: InterviewId,
    },
}

/// The folded state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub role: Role,
    pub plan: String,
    pub credits: u32,
    pub experience_level: Option<ExperienceLevel>,
    pub target_companies: Vec<String>,
    pub preferences: BTreeMap<String, String>,
    pub onboarding_completed: bool,
    pub terms_version: String,
    pub created_at: Timestamp,
    /// Interviews whose credit is taken and not returned, the newest last; a credit comes back once.
    pub charged: Vec<InterviewId>,
    pub next_seq: u64,
}

/// A field that was not accepted, and why; the sentence stands beside the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub message: String,
}

impl ProfilePatch {
    /// Every field that is not acceptable.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut refuse = |field, message: String| errors.push(FieldError { field, message });
        if let Some(name) = &self.name
            && name.chars().count() > NAME_CHARS_MAX
        {
            refuse("name", format!("Use at most {NAME_CHARS_MAX} characters."));
        }
        if let Some(companies) = &self.target_companies
            && (companies.len() > TARGET_COMPANIES_MAX
                || companies
                    .iter()
                    .any(|c| c.chars().count() > COMPANY_CHARS_MAX))
        {
            refuse(
                "targetCompanies",
                format!(
                    "Name at most {TARGET_COMPANIES_MAX} companies, {COMPANY_CHARS_MAX} characters each."
                ),
            );
        }
        if let Some(preferences) = &self.preferences
            && (preferences.len() > PREFERENCES_MAX
                || preferences.iter().any(|(k, v)| {
                    k.chars().count() > PREFERENCE_CHARS_MAX
                        || v.chars().count() > PREFERENCE_CHARS_MAX
                }))
        {
            refuse(
                "preferences",
                format!(
                    "Keep at most {PREFERENCES_MAX} preferences, {PREFERENCE_CHARS_MAX} characters each."
                ),
            );
        }
        errors
    }
}

/// Judges what is asked of an account; an empty answer means that nothing had to change.
pub fn decide(state: Option<&Account>, ask: Ask) -> Result<Vec<Change>, Refusal> {
    match (state, ask) {
        (
            None,
            Ask::Open {
                email,
                name,
                password_hash,
                role,
                credits,
                terms_version,
            },
        ) => Ok(vec![Change::Opened {
            email,
            name,
            password_hash,
            role,
            credits,
            terms_version,
        }]),
        (None, _) | (Some(_), Ask::Open { .. }) => Err(Refusal::NotAllowed),
        (Some(account), ask) => match ask {
            Ask::Open { .. } => Err(Refusal::NotAllowed),
            Ask::ChangeProfile { patch } if patch.check().is_empty() => {
                Ok(vec![Change::ProfileChanged { patch }])
            }
            Ask::ChangeProfile { .. } => Err(Refusal::NotAllowed),
            Ask::CompleteOnboarding => Ok(if account.onboarding_completed {
                vec![]
            } else {
                vec![Change::OnboardingCompleted]
            }),
            Ask::ChangePassword { password_hash } => {
                Ok(vec![Change::PasswordChanged { password_hash }])
            }
            Ask::ChangeRole { role } => Ok(if account.role == role {
                vec![]
            } else {
                vec![Change::RoleChanged { role }]
            }),
            Ask::GrantCredits { credits } => Ok(if credits == 0 {
                vec![]
            } else {
                vec![Change::CreditsGranted { credits }]
            }),
            Ask::TakeCredit { .. } if account.credits == 0 => Err(Refusal::NoCredits),
            Ask::TakeCredit { interview } => Ok(vec![Change::CreditTaken { interview }]),
            Ask::ReturnCredit { interview } => Ok(if account.charged.contains(&interview) {
                vec![Change::CreditReturned { interview }]
            } else {
                vec![]
            }),
        },
    }
}

impl Account {
    /// The state after all of `events`; `None` when they do not begin with `Opened`.
    pub fn fold<'a>(
        id: AccountId,
        events: impl IntoIterator<Item = &'a AccountEvent>,
    ) -> Option<Account> {
        let mut state: Option<Account> = None;
        for event in events {
            match &mut state {
                None => state = Some(Account::opened(id, event)?),
                Some(account) => account.apply(event),
            }
        }
        state
    }

    /// The state after the first event; `None` when that is not `Opened`.
    pub fn opened(id: AccountId, event: &AccountEvent) -> Option<Account> {
        let Change::Opened {
            email,
            name,
            password_hash,
            role,
            credits,
            terms_version,
        } = &event.what
        else {
            return None;
        };
        Some(Account {
            id,
            email: email.clone(),
            name: name.clone(),
            password_hash: password_hash.clone(),
            role: *role,
            plan: "free".to_owned(),
            credits: *credits,
            experience_level: None,
            target_companies: Vec::new(),
            preferences: BTreeMap::new(),
            onboarding_completed: false,
            terms_version: terms_version.clone(),
            created_at: event.at,
            charged: Vec::new(),
            next_seq: event.seq + 1,
        })
    }

    pub fn apply(&mut self, event: &AccountEvent) {
        self.next_seq = event.seq + 1;
        match &event.what {
            Change::Opened { .. } => {}
            Change::ProfileChanged { patch } => {
                let patch = patch.clone();
                self.name = patch.name.unwrap_or_else(|| std::mem::take(&mut self.name));
                self.experience_level = patch.experience_level.or(self.experience_level);
                if let Some(companies) = patch.target_companies {
                    self.target_companies = companies;
                }
                if let Some(preferences) = patch.preferences {
                    self.preferences = preferences;
                }
            }
            Change::OnboardingCompleted => self.onboarding_completed = true,
            Change::PasswordChanged { password_hash } => {
                self.password_hash.clone_from(password_hash)
            }
            Change::RoleChanged { role } => self.role = *role,
            Change::CreditsGranted { credits } => {
                self.credits = self.credits.saturating_add(*credits)
            }
            Change::CreditTaken { interview } => {
                self.credits = self.credits.saturating_sub(1);
                self.charged.push(*interview);
            }
            Change::CreditReturned { interview } => {
                self.credits = self.credits.saturating_add(1);
                self.charged.retain(|charged| charged != interview);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn opened(credits: u32) -> Account {
        let id = AccountId::new(Timestamp::from_ms(1), 1);
        let what = Change::Opened {
            email: "a@example.org".into(),
            name: "A".into(),
            password_hash: "x".into(),
            role: Role::Candidate,
            credits,
            terms_version: "1".into(),
        };
        Account::opened(
            id,
            &AccountEvent {
                seq: 0,
                at: Timestamp::from_ms(1),
                what,
            },
        )
        .expect("opened")
    }

    proptest! {
        /// Credits are what was granted minus what is charged, whatever the order, and never below nothing.
        #[test]
        fn no_credit_is_made_or_lost(asks in proptest::collection::vec((0u8..3, 0u128..4), 0..60)) {
            let mut account = opened(2);
            let mut granted = 2;
            for (kind, which) in asks {
                let interview = InterviewId::new(Timestamp::from_ms(2), which);
                let ask = match kind {
                    0 if !account.charged.contains(&interview) => Ask::TakeCredit { interview },
                    1 => Ask::ReturnCredit { interview },
                    _ => { granted += 1; Ask::GrantCredits { credits: 1 } }
                };
                for what in decide(Some(&account), ask).unwrap_or_default() {
                    let event = AccountEvent { seq: account.next_seq, at: Timestamp::from_ms(3), what };
                    account.apply(&event);
                }
                prop_assert_eq!(account.credits as usize + account.charged.len(), granted);
            }
        }
    }

    #[test]
    fn the_last_credit_is_the_last() {
        let account = opened(0);
        let interview = InterviewId::new(Timestamp::from_ms(2), 1);
        assert_eq!(
            decide(Some(&account), Ask::TakeCredit { interview }),
            Err(Refusal::NoCredits)
        );
    }

    #[test]
    fn only_the_named_fields_of_a_profile_are_writable() {
        assert!(serde_json::from_str::<ProfilePatch>(r#"{"credits": 99}"#).is_err());
        assert!(serde_json::from_str::<ProfilePatch>(r#"{"name": "B"}"#).is_ok());
    }
}
