//! Workers die, hang and come back; nobody's code is blamed for it.

use super::*;
use Language::{Javascript, Python};
use interviewd::sandbox::{Advice, SandboxError};
use interviewd_domain::run::RunStatus;

const FINE: &str = "const solve = () => 'fine';";

/// A sandbox of one's own with a single worker per language, for tests that harm it.
async fn alone() -> Sandbox {
    // The guests are compiled by whoever comes first; the shared sandbox waits for that.
    sandbox().await;
    let sandbox = Sandbox::start(
        SandboxConfig {
            concurrency: 1,
            ..config()
        },
        |_| (),
    );
    for language in [Python, Javascript] {
        assert_eq!(sandbox.settled(language).await, Availability::Ready);
    }
    sandbox
}

async fn the_worker(sandbox: &Sandbox, language: Language) -> i32 {
    loop {
        match sandbox.idle_workers(language)[..] {
            [process] => return process as i32,
            _ => tokio::task::yield_now().await,
        }
    }
}

fn signal(process: i32, signal: i32) {
    // SAFETY: a process that our own sandbox started and has not reaped.
    assert_eq!(unsafe { libc::kill(process, signal) }, 0);
}

async fn is_fine(sandbox: &Sandbox) {
    let seen = sandbox
        .execute(solve(Javascript, FINE, vec![]), LIMITS)
        .await
        .expect("a run");
    assert_eq!(seen.value, Some(json!("fine")));
}

#[tokio::test]
async fn fresh_workers_survive_their_first_orders() {
    for _ in 0..8 {
        let sandbox = alone().await;
        is_fine(&sandbox).await;
        assert_eq!(sandbox.worker_deaths(), 0);
    }
}

#[tokio::test]
async fn a_worker_that_died_while_idle_is_replaced_unnoticed() {
    let sandbox = alone().await;
    signal(the_worker(&sandbox, Javascript).await, libc::SIGKILL);
    is_fine(&sandbox).await;
    assert_eq!(sandbox.worker_deaths(), 1);
}

#[tokio::test]
async fn a_case_whose_worker_is_killed_from_outside_is_run_again() {
    let sandbox = alone().await;
    let process = the_worker(&sandbox, Python).await;
    let nap = solve(
        Python,
        "import time\ndef solve():\n    time.sleep(0.3)\n    return 'woke up'",
        vec![],
    );
    let run = tokio::spawn({
        let sandbox = sandbox.clone();
        async move { sandbox.execute(nap, LIMITS).await }
    });
    while !sandbox.idle_workers(Python).is_empty() {
        tokio::task::yield_now().await;
    }
    signal(process, libc::SIGKILL);
    let seen = run.await.unwrap().expect("a second try");
    assert_eq!(
        (seen.status, seen.value),
        (RunStatus::Ok, Some(json!("woke up")))
    );
    assert_eq!(sandbox.worker_deaths(), 1);
}

#[tokio::test]
async fn a_worker_that_does_not_answer_in_time_is_killed_and_replaced() {
    let sandbox = alone().await;
    let process = the_worker(&sandbox, Javascript).await;
    signal(process, libc::SIGSTOP);
    let limits = Limits {
        case_ms: 100,
        ..LIMITS
    };
    let seen = sandbox
        .execute(solve(Javascript, FINE, vec![]), limits)
        .await
        .expect("an outcome");
    assert_eq!(seen.status, RunStatus::Timeout);
    // SAFETY: signal 0 only asks whether the process exists.
    assert_eq!(
        unsafe { libc::kill(process, 0) },
        -1,
        "the stuck process is gone"
    );
    is_fine(&sandbox).await;
}

#[tokio::test]
async fn a_run_that_nobody_waits_for_any_more_ends_at_once() {
    let sandbox = alone().await;
    let process = the_worker(&sandbox, Javascript).await;
    let endless = solve(Javascript, "const solve = () => { for (;;); };", vec![]);
    let run = tokio::spawn({
        let sandbox = sandbox.clone();
        async move { sandbox.execute(endless, LIMITS).await }
    });
    while !sandbox.idle_workers(Javascript).is_empty() {
        tokio::task::yield_now().await;
    }
    run.abort();
    is_fine(&sandbox).await;
    assert_ne!(the_worker(&sandbox, Javascript).await, process);
}

#[tokio::test]
async fn beyond_the_queue_the_answer_is_busy_at_once_and_others_still_get_in() {
    let sandbox = alone().await;
    let problem: interviewd_domain::problem::Problem = serde_json::from_value(json!({
        "slug": "wait", "title": "Wait", "difficulty": "easy", "categories": [], "statement": "", "constraints": [], "spoken": "",
        "signature": {"kind": "program"}, "examples": [{"name": "a", "stdin": "", "expected": ""}], "hidden": [], "starter": {}, "solutions": {},
    }))
    .unwrap();
    let ask = |candidate: &'static str| {
        let (sandbox, problem) = (sandbox.clone(), problem.clone());
        let kind = interviewd_domain::run::RunKind::Run;
        async move {
            sandbox
                .judge(
                    candidate,
                    Javascript,
                    "setTimeout(() => {}, 200)",
                    &problem,
                    kind,
                    None,
                )
                .await
        }
    };
    let mut crowd = tokio::task::JoinSet::new();
    for _ in 0..20 {
        crowd.spawn(ask("ann"));
    }
    crowd.spawn(ask("bob"));
    let results = crowd.join_all().await;
    let busy = results
        .iter()
        .filter(|result| matches!(result, Err(SandboxError::Busy)))
        .count();
    let served = results.iter().filter(|result| result.is_ok()).count();
    // One of Ann's runs and four wait; the others hear so at once, and Bob has a line of his own.
    assert_eq!((served, busy), (6, 15));
    assert!(matches!(SandboxError::Busy.advice(), Advice::RetryAfter(_)));
}

#[tokio::test]
async fn a_server_that_cannot_start_workers_says_why() {
    let broken = SandboxConfig {
        executable: Some("/nonexistent".into()),
        ..config()
    };
    let sandbox = Sandbox::start(broken, |_| ());
    let Availability::Unavailable(reason) = sandbox.settled(Python).await else {
        panic!("not available")
    };
    assert!(reason.contains("could not be started"), "{reason}");
    let error = sandbox
        .execute(solve(Python, "", vec![]), LIMITS)
        .await
        .unwrap_err();
    assert!(
        matches!(error, SandboxError::Unavailable { .. }),
        "{error:?}"
    );
}
