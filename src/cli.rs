//! The command line. `interviewd` alone serves; everything else says what it does in `--help`.
//!
//! Commands about stored data reach a running server through the Unix socket in `data.dir` (`control`), and open the
//! store themselves when none runs. To add one: a variant here, an arm in [`run`], and for stored data a request in
//! `control`.

pub mod control;

use crate::{
    app::{self, Options},
    config::Config,
    edge, insight,
    problems::{
        self,
        check::mutation::{Lab, Mutant, Share, Trial},
    },
    sandbox::Availability,
};
use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use control::Request;
use interviewd_domain::{
    problem::Language,
    run::{RunKind, RunStatus},
};
use std::path::{Path, PathBuf};

/// The config file that is read when it is there and no other is named.
const CONFIG_FILE: &str = "config.toml";

#[derive(Debug, Parser)]
#[command(
    name = "interviewd",
    version,
    about = "A self-hostable mock-interview server.",
    propagate_version = true
)]
#[command(args_conflicts_with_subcommands = true)]
struct Cli {
    /// The configuration file [default: config.toml, if it exists].
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    serve: ServeArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Args, Default)]
struct ServeArgs {
    /// Keep everything in memory, with a demo account and a finished interview to look at.
    #[arg(long)]
    demo: bool,
    /// Show the design system at /design.
    #[arg(long)]
    dev: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (also what happens without a command).
    Serve(ServeArgs),
    /// Read the configuration and tell every mistake.
    CheckConfig,
    /// Work with problem files.
    #[command(subcommand)]
    Problems(ProblemsCommand),
    /// Grant credits and roles.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Work with evaluations.
    #[command(subcommand)]
    Eval(EvalCommand),
}

#[derive(Debug, Subcommand)]
enum ProblemsCommand {
    /// Validate problem files and run every solution in them on every case.
    Check {
        /// Files or folders [default: the configured folder, or the problems inside the binary].
        paths: Vec<PathBuf>,
        /// Try so many percent of the mutants of each solution; 0 tries none.
        #[arg(long, value_name = "PERCENT", default_value_t = MUTANTS_SAMPLE_PERCENT, value_parser = clap::value_parser!(u8).range(..=100))]
        mutants: u8,
        /// Try every mutant of the Python and JavaScript solutions, and a sample of the Java ones. Takes minutes.
        #[arg(long, conflicts_with = "mutants")]
        full: bool,
    },
    /// Write a problem file to start from.
    New {
        /// The problem's short name, such as `ferry-queue`.
        slug: String,
        /// Where to put it [default: the configured folder].
        #[arg(long)]
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Give credits to an account.
    Credits { email: String, credits: u32 },
    /// Set an account's role.
    Role {
        email: String,
        #[arg(value_parser = ["candidate", "reviewer", "admin"])]
        role: String,
    },
}

#[derive(Debug, Subcommand)]
enum EvalCommand {
    /// Judge an ended interview again.
    Rerun { session: String },
}

/// Parses the arguments and does what they say.
pub fn run() -> anyhow::Result<std::process::ExitCode> {
    let cli = Cli::parse();
    let path = cli
        .config
        .clone()
        .or_else(|| Path::new(CONFIG_FILE).exists().then(|| CONFIG_FILE.into()));
    let config = Config::load(path.as_deref(), edge::environment());
    let ok = std::process::ExitCode::SUCCESS;
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(args) => {
            let options = Options {
                demo: args.demo,
                dev: args.dev,
                executable: None,
            };
            runtime()?.block_on(app::serve(config?, options))?;
            Ok(ok)
        }
        Command::CheckConfig => {
            let config = config?;
            println!(
                "The configuration is fine. The server will listen on {} and keep its data in {}.",
                config.server.bind,
                config.data.dir.display()
            );
            Ok(ok)
        }
        Command::Problems(ProblemsCommand::Check {
            paths,
            mutants,
            full,
        }) => {
            let config = config?;
            // Java's mutants are compiled one by one, which takes its time: a sample of them speaks for the rest.
            let share = Box::new(move |language| match (full, language) {
                (true, Language::Python | Language::Javascript) => Share(100),
                _ => Share(mutants),
            });
            let passed = runtime()?.block_on(check_problems(&config, &paths, share))?;
            Ok(if passed {
                ok
            } else {
                std::process::ExitCode::FAILURE
            })
        }
        Command::Problems(ProblemsCommand::New { slug, dir }) => {
            let dir = dir.unwrap_or(config?.problems.dir);
            let path = problems::scaffold::write(&slug, &dir)?;
            println!(
                "Wrote {}. Fill it in, then run: interviewd problems check {}",
                path.display(),
                path.display()
            );
            Ok(ok)
        }
        Command::Admin(AdminCommand::Credits { email, credits }) => {
            ask(&config?, Request::GrantCredits { email, credits })
        }
        Command::Admin(AdminCommand::Role { email, role }) => {
            ask(&config?, Request::SetRole { email, role })
        }
        Command::Eval(EvalCommand::Rerun { session }) => {
            ask(&config?, Request::RerunEvaluation { session })
        }
    }
}

/// Percent of the mutants that are tried unless it is said otherwise.
const MUTANTS_SAMPLE_PERCENT: u8 = 20;

async fn check_problems(
    config: &Config,
    paths: &[PathBuf],
    share: Box<dyn Fn(Language) -> Share>,
) -> anyhow::Result<bool> {
    let files = problems::check::files(paths, &config.problems.dir)?;
    let sandbox = app::start_sandbox(config, &Options::default());
    eprintln!("Preparing the sandbox …");
    let mut languages = Vec::new();
    for (language, _) in sandbox.languages() {
        if sandbox.settled(language).await == Availability::Ready {
            languages.push(language);
        }
    }
    let runner = problems::check::Runner {
        languages,
        workers: sandbox.concurrency(),
        judge: async |language, code: &str, problem: &_| {
            let judged = sandbox
                .judge(
                    "problems check",
                    language,
                    code,
                    problem,
                    RunKind::Submit,
                    None,
                )
                .await;
            judged.map_err(|error| error.to_string())
        },
        lab: Lab {
            mutants: |language, code: &str| {
                insight::mutants(language, code)
                    .into_iter()
                    .map(|mutant| Mutant {
                        line: mutant.line,
                        was: mutant.was,
                        becomes: mutant.becomes,
                        code: mutant.code,
                    })
                    .collect()
            },
            play: async |language, code: &str, problem: &_, cases: &_| {
                let played = sandbox.play_cases(language, code, problem, cases).await;
                let played = played.map_err(|error| error.to_string())?;
                Ok(match played.last() {
                    Some((seen, _)) if seen.status == RunStatus::CompileError => Trial::Stillborn,
                    Some((_, true)) => Trial::Passed {
                        durations_ms: played.iter().map(|(seen, _)| seen.duration_ms).collect(),
                    },
                    _ => Trial::Failed,
                })
            },
            share,
            workers: sandbox.concurrency(),
        },
    };
    let summary = problems::check::check(&files, &runner).await;
    println!("{summary}");
    Ok(summary.passed())
}

fn ask(config: &Config, request: Request) -> anyhow::Result<std::process::ExitCode> {
    let reply = runtime()?
        .block_on(control::ask(config, request))
        .context("the server could not be asked")?;
    match reply {
        control::Reply::Done { message } => println!("{message}"),
        control::Reply::Refused { message } => bail!(message),
    }
    Ok(std::process::ExitCode::SUCCESS)
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?)
}
