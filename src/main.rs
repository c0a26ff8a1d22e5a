//! The binary: the command line, or a sandbox worker when it was started as one.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Workers first: they are this same binary, and must not do anything that a server does.
    if std::env::args().nth(1).as_deref() == Some(interviewd::sandbox::worker::SUBCOMMAND) {
        interviewd::sandbox::worker::worker_main();
    }
    match interviewd::cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("interviewd: {error:#}");
            ExitCode::FAILURE
        }
    }
}
