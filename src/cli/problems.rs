//! `interviewd problems check`: brings the checker of problems and the sandbox together, which are strangers.

use crate::{
    problems::check::{self, Runner},
    sandbox::{Advice, Availability, Sandbox},
};
use interviewd_domain::{
    problem::{Language, Problem},
    run::RunKind,
};
use std::{
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

/// A busy sandbox is asked again this often before a run counts as failed.
const TRIES_MAX: usize = 20;

/// Checks the files, prints the summary, and says whether everything is fine. Without paths: the shipped problems
/// and those in `dir`.
pub async fn check(paths: &[PathBuf], dir: &Path, sandbox: &Sandbox, clock: &crate::edge::Clock) -> io::Result<bool> {
    let files = check::files(paths, dir)?;
    let mut languages = Vec::new();
    for language in Language::ALL {
        if sandbox.settled(language).await == Availability::Ready {
            languages.push(language);
        }
    }
    // Each run stands in a line of its own, so that none is sent away as the same candidate's third.
    let number = AtomicUsize::new(0);
    let judge = async |language: Language, source: &str, problem: &Problem| {
        let candidate = format!("problem check {}", number.fetch_add(1, Ordering::Relaxed));
        let mut tries = 0;
        loop {
            tries += 1;
            let judged = sandbox.judge(&candidate, language, source, problem, RunKind::Submit, None).await;
            match judged {
                Ok(report) => return Ok(report),
                Err(trouble) => match trouble.advice() {
                    Advice::RetryAfter(wait) if tries < TRIES_MAX => clock.sleep(wait).await,
                    _ => return Err(trouble.to_string()),
                },
            }
        }
    };
    let workers = sandbox.concurrency();
    let summary = check::check(&files, &Runner { languages, workers, judge }).await;
    println!("{summary}");
    Ok(summary.passed())
}
