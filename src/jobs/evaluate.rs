//! Judges an ended interview: the final code meets the hidden cases once more when it has not yet, then the rules read
//! the record, and every citation is checked before anything is stored.

use super::{Error, Jobs};
use crate::{
    access::{Holder, System},
    insight,
    runs::Request,
};
use interviewd_domain::{
    ids::{InterviewId, SnapshotId},
    interview::{Command, EvaluationStatus, Event, Interview, What},
    problem::Problem,
    run::RunKind,
    scorecard::rules,
};
use std::time::Duration;

/// Longer than a submit may take, shorter than the lease.
const OPEN_RUNS_WAIT: Duration = Duration::from_secs(70);
/// News wakes at once; this is the look in case none comes.
const OPEN_RUNS_LOOK: Duration = Duration::from_secs(1);

pub(super) async fn evaluate(jobs: &Jobs, id: InterviewId) -> Result<(), Error> {
    // Deleted since: nothing to judge.
    let Some(system) = jobs.gate.system(id)? else {
        return Ok(());
    };
    let Some(interview) = jobs.views.interview(&system)? else {
        return Ok(());
    };
    if interview.evaluation != EvaluationStatus::Pending {
        return Ok(());
    }
    wait_for_open_runs(jobs, &system).await?;
    let problem = jobs
        .views
        .pinned_problem(&interview.problem)?
        .ok_or_else(|| {
            Error::Hopeless("the problem of this interview is missing from the store".to_owned())
        })?;
    let events = jobs.views.events(&system, 0)?;
    if needs_final_submit(&interview, &problem, &events) {
        let request = Request {
            kind: RunKind::Submit,
            language: interview.language,
            code: interview.code.clone(),
            custom_input: None,
            own_cases: vec![],
        };
        jobs.runs.execute(system, request).await?;
    }
    let events = jobs.views.events(&system, 0)?;
    let scorecard = crate::edge::off_thread(move || {
        rules::evaluate_events(&events, &problem, &|language, code| {
            insight::analyse(language, code)
        })
    })
    .await;
    jobs.engine
        .apply(
            &system,
            Command::Score {
                scorecard: Box::new(scorecard),
            },
        )
        .await?;
    Ok(())
}

/// A run that was under way at the end belongs to the evidence; it is over within the longest submit.
async fn wait_for_open_runs(jobs: &Jobs, system: &System) -> Result<(), Error> {
    let clock = jobs.engine.clock();
    let mut news = jobs.engine.live().watch(system.interview());
    let give_up_at = clock.now() + OPEN_RUNS_WAIT;
    while jobs
        .views
        .interview(system)?
        .is_some_and(|interview| !interview.open_runs.is_empty())
        && clock.now() < give_up_at
    {
        clock.timeout(OPEN_RUNS_LOOK, news.changed()).await;
    }
    Ok(())
}

/// Whether there is code of the candidate's own that has never met the hidden cases as it stands.
fn needs_final_submit(interview: &Interview, problem: &Problem, events: &[Event]) -> bool {
    let starter = problem
        .starter
        .get(&interview.language)
        .map(|code| code.trim());
    let code = interview.code.trim();
    if code.is_empty() || Some(code) == starter {
        return false;
    }
    let mut submitted: Option<(SnapshotId, bool)> = None;
    let mut run_of = None;
    for event in events {
        match &event.what {
            What::RunRequested {
                run,
                kind: RunKind::Submit,
                snapshot,
                ..
            } => {
                submitted = Some((*snapshot, false));
                run_of = Some(*run);
            }
            What::RunFinished { run, .. } if Some(*run) == run_of => {
                submitted = submitted.map(|(snapshot, _)| (snapshot, true));
            }
            _ => {}
        }
    }
    let Some((snapshot, true)) = submitted else {
        return true;
    };
    !events.iter().any(|event| {
        matches!(&event.what, What::Snapshotted { snapshot: stored, code, language, .. }
            if *stored == snapshot && *code == interview.code && *language == interview.language)
    })
}
