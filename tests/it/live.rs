//! The real binary, over its own doors: HTTP and the live socket, with real workers, a real store, real kills.
//!
//! `server` starts and kills the binary; `client` is a person at a browser; `script` holds whole interviews and asks
//! the socket's rules; `restart` kills the server in mid-interview; `ledger` kills it twenty times under load and
//! compares what was acknowledged with what is there; `strangers` are two people who must not see each other; `secrets`
//! reads every byte of an interview on a problem that is full of canaries (in this process, for the clock's sake).
//!
//! To add a test: a file here, a [`server::Home`] and a [`server::Server`] in it, people by [`client::Client`].

mod client;
mod ledger;
mod restart;
mod script;
mod secrets;
mod server;
mod strangers;

use interviewd::{
    edge::Clock,
    problems::{Filter, Library},
};
use interviewd_domain::problem::{Language, Problem, Signature};
use std::{sync::Arc, time::Duration};

/// How long anything that is waited for may take, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks at something that does not call by itself.
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// Asks until there is an answer; panics with `what` when there is none in time.
async fn eventually<T>(
    what: &str,
    patience: Duration,
    mut ask: impl AsyncFnMut() -> Option<T>,
) -> T {
    let clock = Clock::real();
    let answer = clock.timeout(patience, async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            clock.sleep(LOOK_EVERY).await;
        }
    });
    answer
        .await
        .unwrap_or_else(|| panic!("waited {patience:?} in vain for {what}"))
}

/// A shipped problem with a function to write, with its secrets: what a good candidate would come up with.
fn problem() -> Arc<Problem> {
    let library = Library::load(None);
    let fits = |problem: &Problem| {
        matches!(problem.signature, Signature::Function { .. })
            && [Language::Python, Language::Javascript]
                .iter()
                .all(|language| problem.solutions.contains_key(language))
            && !problem.clarifications.is_empty()
            && !problem.followups.is_empty()
    };
    library
        .list(&Filter::default())
        .into_iter()
        .find(|problem| fits(problem))
        .expect("a shipped problem with solutions in both languages")
}

/// Code in the problem's own shape that gives the wrong answer.
fn wrong_code(problem: &Problem, language: Language) -> String {
    let Signature::Function { name, params, .. } = &problem.signature else {
        panic!("only functions are written here")
    };
    let names: Vec<String> = params
        .iter()
        .map(|parameter| language.spell(&parameter.name))
        .collect();
    let (name, names) = (language.spell(name), names.join(", "));
    match language {
        Language::Python => {
            format!("def {name}({names}):\n    answer = 'not yet'\n    return answer\n")
        }
        Language::Javascript => format!(
            "function {name}({names}) {{\n  const answer = 'not yet';\n  return answer;\n}}\n"
        ),
        Language::Java => panic!("Java is not run here"),
    }
}
