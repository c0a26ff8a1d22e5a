//! Do the cases notice small faults? Each reference solution is changed in one place at a time, and every change that
//! no case notices is told, with its line. Where a change alters nothing that can be observed, the problem file says so
//! in an `[[equivalent]]` table with the reason.
//!
//! The cases of a mutant are played cheapest first and only until one fails, each with a bound of a few times what the
//! solution itself took: a mutant that runs forever is caught soon.

use futures_util::StreamExt;
use indicatif::ProgressBar;
use interviewd_domain::problem::{Language, Problem};
use std::fmt;

/// Of the mutants that a whole library makes, at least so many percent must be noticed.
pub const KILLED_PERCENT_MIN: f64 = 90.0;
/// A mutant may take this many times what the solution took for a case …
const TIME_FACTOR: f64 = 10.0;
/// … and at least this long: a busy machine is no reason to call a mutant caught.
const TIME_MIN_MS: u64 = 1_000;

/// A changed solution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    pub line: u32,
    pub was: String,
    pub becomes: String,
    pub code: String,
}

/// How some cases of a mutant went, played one after the other until one failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Trial {
    /// No case notices; the milliseconds that each took.
    Passed {
        durations_ms: Vec<f64>,
    },
    Failed,
    /// Not a program any more: it says nothing about the cases.
    Stillborn,
}

/// How many mutants to try: of each solution about so many percent, the same ones every time, and at least one unless
/// it is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share(pub u8);

impl Share {
    /// Whether mutant `number` of a solution belongs to the share: evenly spread, from the first on.
    fn takes(self, number: usize) -> bool {
        let among_first = |n: usize| (n * usize::from(self.0.min(100))).div_ceil(100);
        among_first(number + 1) > among_first(number)
    }
}

/// What came of one problem's mutants.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mutation {
    pub killed: usize,
    pub survivors: Vec<Survivor>,
    /// Accepted by the file, with a reason.
    pub equivalent: usize,
}

impl Mutation {
    /// Those that count.
    pub fn all(&self) -> usize {
        self.killed + self.survivors.len()
    }
}

/// A fault that no case notices.
#[derive(Debug, Clone, PartialEq)]
pub struct Survivor {
    pub language: Language,
    pub line: u32,
    pub was: String,
    pub becomes: String,
}

impl fmt::Display for Survivor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no case notices line {} of the {} solution: `{}` instead of `{}`",
            self.line,
            self.language.label(),
            self.becomes,
            self.was
        )
    }
}

/// Makes mutants and plays cases, for whoever checks.
pub struct Lab<M, P> {
    pub mutants: M,
    /// Plays cases, each given as its number (examples first, then hidden ones) and a bound in milliseconds. `Err` is
    /// trouble of the sandbox.
    pub play: P,
    pub share: Box<dyn Fn(Language) -> Share>,
    pub workers: usize,
}

/// How many mutants of a problem will be tried in these languages.
pub fn planned<M, P>(lab: &Lab<M, P>, problem: &Problem, languages: &[Language]) -> usize
where
    M: Fn(Language, &str) -> Vec<Mutant>,
{
    languages
        .iter()
        .filter_map(|language| Some((*language, problem.solutions.get(language)?)))
        .map(|(language, code)| chosen(lab, language, code).len())
        .sum()
}

/// Tries the mutants of one problem. `Err` is trouble of the sandbox, or a solution that is not right itself.
pub async fn mutate<M, P>(
    lab: &Lab<M, P>,
    problem: &Problem,
    languages: &[Language],
    bar: &ProgressBar,
) -> Result<Mutation, String>
where
    M: Fn(Language, &str) -> Vec<Mutant>,
    P: AsyncFn(Language, &str, &Problem, &[(usize, u64)]) -> Result<Trial, String>,
{
    let mut mutation = Mutation::default();
    for (language, code) in &problem.solutions {
        if !languages.contains(language) {
            continue;
        }
        let mutants = chosen(lab, *language, code);
        if mutants.is_empty() {
            continue;
        }
        let order = cheapest_first(lab, problem, *language, code).await?;
        let tried = futures_util::stream::iter(mutants)
            .map(async |mutant| {
                let fate = try_one(lab, problem, *language, &mutant, &order).await;
                bar.inc(1);
                (mutant, fate)
            })
            .buffer_unordered(lab.workers.max(1))
            .collect::<Vec<_>>()
            .await;
        for (mutant, fate) in tried {
            let accepted = problem.equivalent.iter().any(|known| {
                known.language == *language
                    && known.line == mutant.was
                    && known.becomes == mutant.becomes
            });
            match fate? {
                Trial::Failed => mutation.killed += 1,
                Trial::Stillborn => {}
                Trial::Passed { .. } if accepted => mutation.equivalent += 1,
                Trial::Passed { .. } => mutation.survivors.push(Survivor {
                    language: *language,
                    line: mutant.line,
                    was: mutant.was,
                    becomes: mutant.becomes,
                }),
            }
        }
    }
    mutation
        .survivors
        .sort_by_key(|survivor| (survivor.language, survivor.line));
    Ok(mutation)
}

fn chosen<M, P>(lab: &Lab<M, P>, language: Language, code: &str) -> Vec<Mutant>
where
    M: Fn(Language, &str) -> Vec<Mutant>,
{
    let share = (lab.share)(language);
    if share == Share(0) {
        return Vec::new();
    }
    let all = (lab.mutants)(language, code).into_iter().enumerate();
    all.filter(|(number, _)| share.takes(*number))
        .map(|(_, mutant)| mutant)
        .collect()
}

/// Every case with its bound, by what the solution itself takes for it.
async fn cheapest_first<M, P>(
    lab: &Lab<M, P>,
    problem: &Problem,
    language: Language,
    code: &str,
) -> Result<Vec<(usize, u64)>, String>
where
    P: AsyncFn(Language, &str, &Problem, &[(usize, u64)]) -> Result<Trial, String>,
{
    let all: Vec<(usize, u64)> = (0..problem.examples.len() + problem.hidden.len())
        .map(|case| (case, u64::MAX))
        .collect();
    // The check of the solution itself tells more about one that is not right.
    let Trial::Passed { durations_ms } = (lab.play)(language, code, problem, &all).await? else {
        return Ok(Vec::new());
    };
    let mut order: Vec<(usize, f64)> = durations_ms.into_iter().enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let bound = |ms: f64| ((ms * TIME_FACTOR) as u64).max(TIME_MIN_MS);
    Ok(order
        .into_iter()
        .map(|(case, ms)| (case, bound(ms)))
        .collect())
}

async fn try_one<M, P>(
    lab: &Lab<M, P>,
    problem: &Problem,
    language: Language,
    mutant: &Mutant,
    order: &[(usize, u64)],
) -> Result<Trial, String>
where
    P: AsyncFn(Language, &str, &Problem, &[(usize, u64)]) -> Result<Trial, String>,
{
    if order.is_empty() {
        return Ok(Trial::Stillborn);
    }
    (lab.play)(language, &mutant.code, problem, order).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_spread_evenly_and_never_empty() {
        let taken = |percent, of: usize| {
            (0..of)
                .filter(|number| Share(percent).takes(*number))
                .count()
        };
        assert_eq!(taken(100, 57), 57);
        assert_eq!(taken(0, 57), 0);
        assert_eq!(taken(25, 100), 25);
        assert_eq!(taken(10, 3), 1);
    }
}
