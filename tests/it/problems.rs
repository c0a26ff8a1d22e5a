//! Problem files, the shelf, its search, and the checker.

mod check;
mod file;
mod hostile;
mod library;
mod shipped;
mod starter;

use interviewd::problems::toml::{Parsed, Severity, parse};

/// A valid problem to break: the template of `problems new`.
fn valid() -> String {
    interviewd::problems::scaffold::text("sunflower-row").expect("the template is valid")
}

fn errors(parsed: &Parsed) -> usize {
    parsed
        .mistakes
        .iter()
        .filter(|mistake| mistake.severity == Severity::Error)
        .count()
}

fn parse_named(text: &str) -> Parsed {
    parse("sunflower-row.toml", text)
}
