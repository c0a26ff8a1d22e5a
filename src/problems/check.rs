//! `interviewd problems check`: is every problem what it says it is? Validates the files, plays each reference
//! solution on every case in every language that can be run here, holds each wrong solution to its verdict, and
//! wants starter code that runs and fails without noise.
//!
//! Not here: running code. A judge is handed in, so that this tool and the sandbox stay strangers.

pub mod mutation;

use super::{
    SHIPPED,
    toml::{self, FILE_BYTES_MAX, Mistake, Severity},
};
use futures_util::StreamExt;
use indicatif::{ProgressBar, ProgressStyle};
use interviewd_domain::{
    problem::{Language, NaiveSolution, Problem, WrongSolution},
    run::{CaseStatus, RunReport, RunStatus},
};
use mutation::{KILLED_PERCENT_MIN, Lab, Mutant, Mutation, Trial};
use std::{
    collections::BTreeMap,
    fmt::{self, Write},
    fs, io,
    path::{Path, PathBuf},
};

/// How many failing cases a complaint lists.
const CASES_LISTED_MAX: usize = 3;

/// A file to check: its name and its text, or why it could not be read.
pub struct File {
    pub name: String,
    pub text: Result<String, String>,
}

/// What to run with.
pub struct Runner<J, M, P> {
    /// Languages that this machine can run.
    pub languages: Vec<Language>,
    /// Runs at once.
    pub workers: usize,
    /// Judges code on all cases of a problem (a submit). `Err` is trouble of the sandbox, as a sentence.
    pub judge: J,
    pub lab: Lab<M, P>,
}

/// The whole result; its `Display` is the summary that a person reads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    pub mistakes: Vec<Mistake>,
    pub rows: Vec<Row>,
    /// Runs that did not end as they should, as sentences.
    pub complaints: Vec<String>,
    /// Languages that solutions exist in and that could not be run here.
    pub not_run: Vec<Language>,
}

/// One problem in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub slug: String,
    /// `None` when no mutants were asked for, or a solution is not right itself.
    pub mutation: Option<Mutation>,
    pub cases: usize,
    /// Languages whose solution passed every case and whose starter is polite.
    pub languages: BTreeMap<Language, bool>,
    /// Wrong solutions that failed as declared, of those that ran.
    pub wrong: (usize, usize),
    pub fine: bool,
}

impl Summary {
    /// Mutants that the cases notice, and all that count.
    pub fn mutants(&self) -> (usize, usize) {
        let of = self.rows.iter().filter_map(|row| row.mutation.as_ref());
        of.fold((0, 0), |(killed, all), mutation| {
            (killed + mutation.killed, all + mutation.all())
        })
    }

    /// Whether the exit code is 0. Warnings alone do not spoil it.
    pub fn passed(&self) -> bool {
        self.complaints.is_empty() && !self.mistakes.iter().any(|m| m.severity == Severity::Error)
    }
}

/// The files to look at: those of `paths` (files or folders); without any, the shipped problems and the
/// configured folder.
pub fn files(paths: &[PathBuf], dir: &Path) -> io::Result<Vec<File>> {
    let mut files: Vec<File> = Vec::new();
    if paths.is_empty() {
        let own = if dir.is_dir() {
            folder(dir)?
        } else {
            Vec::new()
        };
        let replaced = |name: &str| {
            own.iter()
                .any(|file| toml::slug_of(&file.name) == toml::slug_of(name))
        };
        let shipped = SHIPPED.iter().filter(|(name, _)| !replaced(name));
        files.extend(shipped.map(|(name, text)| File {
            name: (*name).to_owned(),
            text: Ok((*text).to_owned()),
        }));
        files.extend(own);
    }
    for path in paths {
        match path.is_dir() {
            true => files.extend(folder(path)?),
            false => files.push(read(path)),
        }
    }
    Ok(files)
}

/// Checks the files. The progress bar shows on a terminal alone.
pub async fn check<J, M, P>(files: &[File], runner: &Runner<J, M, P>) -> Summary
where
    J: AsyncFn(Language, &str, &Problem) -> Result<RunReport, String>,
    M: Fn(Language, &str) -> Vec<Mutant>,
    P: AsyncFn(Language, &str, &Problem, &[(usize, u64)]) -> Result<Trial, String>,
{
    let mut summary = Summary::default();
    let mut problems: Vec<Problem> = Vec::new();
    for file in files {
        match &file.text {
            Ok(text) => {
                let parsed = toml::parse(&file.name, text);
                problems.extend(parsed.problem);
                summary.mistakes.extend(parsed.mistakes);
            }
            Err(reason) => summary.complaints.push(format!("{}: {reason}", file.name)),
        }
    }
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for (number, problem) in problems.iter().enumerate() {
        let mut add = |language: Language, code, task| match runner.languages.contains(&language) {
            true => jobs.push(Job {
                number,
                problem,
                language,
                code,
                task,
            }),
            false if !summary.not_run.contains(&language) => summary.not_run.push(language),
            false => {}
        };
        for (language, code) in &problem.solutions {
            add(*language, code.as_str(), Task::Solution);
        }
        for (language, code) in &problem.starter {
            add(*language, code.as_str(), Task::Starter);
        }
        for naive in &problem.naive {
            add(naive.language, naive.code.as_str(), Task::Naive(naive));
        }
        for wrong in &problem.wrong {
            add(wrong.language, wrong.code.as_str(), Task::Wrong(wrong));
        }
    }
    summary.not_run.sort();

    let bar = ProgressBar::new(jobs.len() as u64);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} runs  {msg}");
    bar.set_style(style.expect("the template is fixed"));
    let judged = futures_util::stream::iter(jobs)
        .map(async |job| {
            let report = (runner.judge)(job.language, job.code, job.problem).await;
            bar.set_message(job.problem.slug.clone());
            bar.inc(1);
            let complaint = match report {
                Ok(report) => job.complaint(&report),
                Err(trouble) => Some(trouble),
            };
            (job, complaint)
        })
        .buffer_unordered(runner.workers.max(1))
        .collect::<Vec<_>>()
        .await;
    bar.finish_and_clear();

    summary.rows = problems.iter().map(Row::new).collect();
    for (job, complaint) in judged {
        let row = &mut summary.rows[job.number];
        row.note(&job.task, job.language, complaint.is_none());
        if let Some(complaint) = complaint {
            let slug = &job.problem.slug;
            summary
                .complaints
                .push(format!("{slug}: {}: {complaint}", job.name()));
        }
    }
    mutate(&mut summary, &problems, runner).await;
    summary.complaints.sort();
    summary
}

/// The mutants of every problem whose solutions are right.
async fn mutate<J, M, P>(summary: &mut Summary, problems: &[Problem], runner: &Runner<J, M, P>)
where
    M: Fn(Language, &str) -> Vec<Mutant>,
    P: AsyncFn(Language, &str, &Problem, &[(usize, u64)]) -> Result<Trial, String>,
{
    let languages = &runner.languages;
    let planned: Vec<usize> = problems
        .iter()
        .map(|problem| mutation::planned(&runner.lab, problem, languages))
        .collect();
    let bar = ProgressBar::new(planned.iter().sum::<usize>() as u64);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} mutants  {msg}  {eta} left");
    bar.set_style(style.expect("the template is fixed"));
    for ((problem, row), planned) in problems.iter().zip(&mut summary.rows).zip(planned) {
        if planned == 0 || !row.fine {
            bar.inc(planned as u64);
            continue;
        }
        bar.set_message(problem.slug.clone());
        match mutation::mutate(&runner.lab, problem, languages, &bar).await {
            Ok(mutation) => row.mutation = Some(mutation),
            Err(trouble) => summary
                .complaints
                .push(format!("{}: its mutants: {trouble}", problem.slug)),
        }
    }
    bar.finish_and_clear();
    let (killed, all) = summary.mutants();
    if all > 0 && (killed as f64) * 100.0 / (all as f64) < KILLED_PERCENT_MIN {
        summary.complaints.push(format!(
            "The cases notice {killed} of {all} mutants; at least {KILLED_PERCENT_MIN} % are needed. Add cases, or accept equivalent ones with [[equivalent]]"
        ));
    }
}

struct Job<'a> {
    number: usize,
    problem: &'a Problem,
    language: Language,
    code: &'a str,
    task: Task<'a>,
}

enum Task<'a> {
    Solution,
    Starter,
    Wrong(&'a WrongSolution),
    /// Passes like a solution; only slower.
    Naive(&'a NaiveSolution),
}

impl Job<'_> {
    fn name(&self) -> String {
        let language = self.language.label();
        match &self.task {
            Task::Solution => format!("the {language} solution"),
            Task::Starter => format!("the {language} starter code"),
            Task::Wrong(wrong) => format!("the wrong {language} solution `{}`", wrong.name),
            Task::Naive(naive) => format!("the naive {language} solution `{}`", naive.name),
        }
    }

    /// What is not as it should be, if anything.
    fn complaint(&self, report: &RunReport) -> Option<String> {
        let cases = outcomes(report);
        let expected = self.problem.examples.len() + self.problem.hidden.len();
        let stopped = matches!(report.status, RunStatus::CompileError);
        match &self.task {
            Task::Solution | Task::Naive(_) => {
                let failing: Vec<String> = cases
                    .iter()
                    .filter(|case| case.status != CaseStatus::Pass)
                    .map(|case| format!("`{}` ({})", case.name, verdict(case)))
                    .collect();
                if stopped || !failing.is_empty() {
                    let message = report.tests.iter().find_map(|test| test.message.clone());
                    let first_line = message.unwrap_or_default();
                    let last = first_line.trim().lines().last().unwrap_or_default();
                    return Some(
                        format!("fails {} {last}", listed(&failing))
                            .trim()
                            .to_owned(),
                    );
                }
                (cases.len() != expected)
                    .then(|| format!("ran {} of {expected} cases", cases.len()))
            }
            Task::Starter => {
                let noisy = cases.iter().find(|case| case.outcome != RunStatus::Ok);
                if stopped || noisy.is_some() {
                    let verdict = noisy.map_or("compile_error", verdict);
                    return Some(format!("does not fail politely: {verdict}"));
                }
                let passes =
                    !cases.is_empty() && cases.iter().all(|case| case.status == CaseStatus::Pass);
                passes.then(|| "passes every case, so the cases prove nothing".to_owned())
            }
            Task::Wrong(wrong) => {
                let with_verdict: Vec<&str> = cases
                    .iter()
                    .filter(|case| verdict(case) == wrong.verdict)
                    .map(|case| case.name)
                    .collect();
                if with_verdict.is_empty() {
                    let got = cases
                        .iter()
                        .find(|case| case.status != CaseStatus::Pass)
                        .map_or("pass", verdict);
                    return Some(format!(
                        "should end as {}, but ends as {got}",
                        wrong.verdict
                    ));
                }
                let missing: Vec<String> = wrong
                    .fails
                    .iter()
                    .filter(|name| !with_verdict.contains(&name.as_str()))
                    .map(|name| format!("`{name}`"))
                    .collect();
                let sentence =
                    || format!("is not caught ({}) by {}", wrong.verdict, listed(&missing));
                (!missing.is_empty()).then(sentence)
            }
        }
    }
}

struct CaseOutcome<'a> {
    name: &'a str,
    status: CaseStatus,
    outcome: RunStatus,
}

fn outcomes(report: &RunReport) -> Vec<CaseOutcome<'_>> {
    let visible = report.tests.iter().map(|test| CaseOutcome {
        name: &test.name,
        status: test.status,
        outcome: test.outcome,
    });
    let hidden = report.hidden.iter().map(|case| CaseOutcome {
        name: &case.name,
        status: case.status,
        outcome: case.outcome,
    });
    visible.chain(hidden).collect()
}

/// The word that a problem file uses for how a case ended.
fn verdict(case: &CaseOutcome<'_>) -> &'static str {
    match (case.status, case.outcome) {
        (CaseStatus::Pass, _) => "pass",
        (_, RunStatus::Ok) => "wrong_answer",
        (_, RunStatus::CompileError) => "compile_error",
        (_, RunStatus::RuntimeError) => "runtime_error",
        (_, RunStatus::Timeout) => "timeout",
        (_, RunStatus::MemoryLimit) => "memory_limit",
        (_, RunStatus::OutputLimit) => "output_limit",
    }
}

fn listed(names: &[String]) -> String {
    let mut text = names
        .iter()
        .take(CASES_LISTED_MAX)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > CASES_LISTED_MAX {
        let _ = write!(text, " and {} more", names.len() - CASES_LISTED_MAX);
    }
    text
}

impl Row {
    fn new(problem: &Problem) -> Row {
        Row {
            slug: problem.slug.clone(),
            mutation: None,
            cases: problem.examples.len() + problem.hidden.len(),
            languages: BTreeMap::new(),
            wrong: (0, 0),
            fine: true,
        }
    }

    fn note(&mut self, task: &Task<'_>, language: Language, fine: bool) {
        self.fine &= fine;
        match task {
            Task::Solution | Task::Starter => {
                *self.languages.entry(language).or_insert(true) &= fine
            }
            Task::Naive(_) => {}
            Task::Wrong(_) => self.wrong = (self.wrong.0 + usize::from(fine), self.wrong.1 + 1),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .rows
            .iter()
            .map(|row| row.slug.len())
            .max()
            .unwrap_or(0)
            .max("Problem".len());
        writeln!(
            f,
            "{:width$}  {:>5}  {:<6}  {:<10}  {:<4}  {:>5}  {:>7}",
            "Problem", "Cases", "Python", "JavaScript", "Java", "Wrong", "Mutants"
        )?;
        for row in &self.rows {
            let word = |language| match row.languages.get(&language) {
                Some(true) => "ok",
                Some(false) => "FAIL",
                None => "-",
            };
            let wrong = format!("{}/{}", row.wrong.0, row.wrong.1);
            let mutants = row.mutation.as_ref().map_or("-".to_owned(), |mutation| {
                format!("{}/{}", mutation.killed, mutation.all())
            });
            writeln!(
                f,
                "{:width$}  {:>5}  {:<6}  {:<10}  {:<4}  {wrong:>5}  {mutants:>7}",
                row.slug,
                row.cases,
                word(Language::Python),
                word(Language::Javascript),
                word(Language::Java),
            )?;
        }
        if !self.mistakes.is_empty() || !self.complaints.is_empty() {
            writeln!(f)?;
        }
        for row in &self.rows {
            let survivors = row.mutation.iter().flat_map(|mutation| &mutation.survivors);
            for (number, survivor) in survivors.enumerate() {
                if number == 0 {
                    writeln!(f)?;
                }
                writeln!(f, "{}: {survivor}", row.slug)?;
            }
        }
        for mistake in &self.mistakes {
            writeln!(f, "{mistake}")?;
        }
        for complaint in &self.complaints {
            writeln!(f, "{complaint}")?;
        }
        for language in &self.not_run {
            writeln!(
                f,
                "\n{} cannot be run here, so its code was only read.",
                language.label()
            )?;
        }
        let (errors, warnings) =
            self.mistakes
                .iter()
                .fold((0, 0), |(errors, warnings), mistake| {
                    match mistake.severity {
                        Severity::Error => (errors + 1, warnings),
                        Severity::Warning => (errors, warnings + 1),
                    }
                });
        let (killed, all) = self.mutants();
        if all > 0 {
            let percent = killed as f64 * 100.0 / all as f64;
            let equivalent: usize = self
                .rows
                .iter()
                .filter_map(|row| row.mutation.as_ref())
                .map(|mutation| mutation.equivalent)
                .sum();
            writeln!(
                f,
                "\nMutants noticed: {killed} of {all} ({percent:.1} %); {equivalent} accepted as equivalent."
            )?;
        }
        write!(
            f,
            "\nProblems: {}. Errors: {}. Warnings: {warnings}.",
            self.rows.len(),
            errors + self.complaints.len()
        )
    }
}

fn folder(dir: &Path) -> io::Result<Vec<File>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths.iter().map(|path| read(path)).collect())
}

fn read(path: &Path) -> File {
    let text = match fs::metadata(path) {
        Ok(facts) if facts.len() > FILE_BYTES_MAX as u64 => {
            Err(format!("the file is longer than {FILE_BYTES_MAX} bytes"))
        }
        Ok(_) => {
            fs::read_to_string(path).map_err(|fault| format!("the file cannot be read ({fault})"))
        }
        Err(fault) => Err(format!("the file cannot be read ({fault})")),
    };
    File {
        name: path.display().to_string(),
        text,
    }
}
