//! Reads, each in one snapshot of the store, each behind a capability. Nothing here changes anything.

use crate::{
    access::{Holder, Member},
    store::{Store, StoreError, tables},
};
use interviewd_domain::{
    ids::InterviewId,
    interview::{Event, Interview, What},
    login::{ApiToken, Login},
    problem::{Problem, ProblemHash},
    scorecard::{Recommendation, Scorecard},
};
use std::{collections::HashMap, sync::Arc};

/// The reading side of the spine.
#[derive(Clone)]
pub struct Views {
    store: Store,
}

/// Totals over all interviews of one person.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    pub interviews: u32,
    pub completed: u32,
    /// Mean over the evaluated ones.
    pub mean_score: Option<f64>,
    pub spent_ms: u64,
}

impl Views {
    pub fn new(store: Store) -> Views {
        Views { store }
    }

    /// The folded state; `None` when it has been deleted since.
    pub fn interview(&self, holder: &impl Holder) -> Result<Option<Interview>, StoreError> {
        self.store.read(|tx| {
            tx.get(
                tables::INTERVIEWS,
                &(holder.candidate(), holder.interview()),
            )
        })
    }

    /// The events from `seq` on, oldest first.
    pub fn events(&self, holder: &impl Holder, seq: u64) -> Result<Vec<Event>, StoreError> {
        let (candidate, interview) = (holder.candidate(), holder.interview());
        self.store.read(|tx| {
            tx.range(
                tables::INTERVIEW_EVENTS,
                (candidate, interview, seq)..=(candidate, interview, u64::MAX),
            )?
            .map(|row| row.map(|(_, event)| event))
            .collect()
        })
    }

    /// The problem that an interview is pinned to, secrets included: for the interviewer and the evaluator.
    pub fn pinned_problem(&self, hash: &ProblemHash) -> Result<Option<Arc<Problem>>, StoreError> {
        Ok(self
            .store
            .read(|tx| tx.get(tables::PROBLEMS, hash))?
            .map(Arc::new))
    }

    /// The newest scorecard.
    pub fn scorecard(&self, holder: &impl Holder) -> Result<Option<Scorecard>, StoreError> {
        Ok(self
            .events(holder, 0)?
            .into_iter()
            .rev()
            .find_map(|event| match event.what {
                What::Scored { scorecard } => Some(*scorecard),
                _ => None,
            }))
    }

    /// What the newest scorecards of these interviews of a member recommend.
    pub fn recommendations(
        &self,
        member: &Member,
        interviews: &[&Interview],
    ) -> Result<HashMap<InterviewId, Option<Recommendation>>, StoreError> {
        let candidate = member.id();
        self.store.read(|tx| {
            let mut found = HashMap::new();
            for interview in interviews
                .iter()
                .filter(|interview| interview.score.is_some())
            {
                let id = interview.id;
                let mut newest = None;
                for row in tx.range(tables::INTERVIEW_EVENTS, tables::events_of(candidate, id))? {
                    if let What::Scored { scorecard } = row?.1.what {
                        newest = scorecard.recommendation;
                    }
                }
                found.insert(id, newest);
            }
            Ok(found)
        })
    }

    /// One page of a member's interviews, newest first, and how many there are. Pages count from 1.
    pub fn interviews(
        &self,
        member: &Member,
        page: usize,
        per_page: usize,
    ) -> Result<(Vec<Interview>, usize), StoreError> {
        let mut all = self.all_interviews(member)?;
        let total = all.len();
        all.reverse();
        Ok((
            all.into_iter()
                .skip(page.saturating_sub(1).saturating_mul(per_page))
                .take(per_page)
                .collect(),
            total,
        ))
    }

    pub fn totals(&self, member: &Member) -> Result<Totals, StoreError> {
        let all = self.all_interviews(member)?;
        let scores: Vec<f64> = all.iter().filter_map(|interview| interview.score).collect();
        Ok(Totals {
            interviews: all.len() as u32,
            completed: all
                .iter()
                .filter(|interview| interview.status.is_final())
                .count() as u32,
            mean_score: (!scores.is_empty())
                .then(|| scores.iter().sum::<f64>() / scores.len() as f64),
            spent_ms: all
                .iter()
                .filter_map(|interview| interview.ended_at.map(|at| interview.clock_ms(at)))
                .sum(),
        })
    }

    /// The problems that this member had last, newest first.
    pub fn recent_problems(
        &self,
        member: &Member,
        count: usize,
    ) -> Result<Vec<String>, StoreError> {
        Ok(self
            .all_interviews(member)?
            .into_iter()
            .rev()
            .take(count)
            .map(|interview| interview.slug)
            .collect())
    }

    pub fn logins(&self, member: &Member) -> Result<Vec<Login>, StoreError> {
        self.store.read(|tx| {
            tx.range(tables::LOGINS, tables::owned_by(member.id()))?
                .map(|row| row.map(|(_, login)| login))
                .collect()
        })
    }

    pub fn api_tokens(&self, member: &Member) -> Result<Vec<ApiToken>, StoreError> {
        self.store.read(|tx| {
            tx.range(tables::API_TOKENS, tables::owned_by(member.id()))?
                .map(|row| row.map(|(_, token)| token))
                .collect()
        })
    }

    /// Every interview of a member, oldest first.
    pub fn all_interviews(&self, member: &Member) -> Result<Vec<Interview>, StoreError> {
        self.store.read(|tx| {
            tx.range(tables::INTERVIEWS, tables::owned_by(member.id()))?
                .map(|row| row.map(|(_, interview)| interview))
                .collect()
        })
    }
}
