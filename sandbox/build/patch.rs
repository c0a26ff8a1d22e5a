//! Applies a unified diff by its text alone: the old lines of each hunk must occur exactly once, wherever they are.
//! `patch` and `git` are thereby not needed, and a source that has changed is an error instead of a guess.

use std::fs;
use std::path::Path;

use crate::tools::Trouble;

/// Rewrites `file` with every hunk of `patch`.
pub fn apply(patch: &Path, file: &Path) -> Result<(), Trouble> {
    let diff = fs::read_to_string(patch).map_err(|error| Trouble::file("read", patch, error))?;
    let mut text = fs::read_to_string(file).map_err(|error| Trouble::file("read", file, error))?;
    for hunk in hunks(&diff) {
        let found = text.matches(&hunk.old).count();
        if found != 1 {
            return Err(Trouble::new(format!(
                "{} does not fit {}: this hunk's lines occur {found} times, not once:\n{}",
                patch.display(),
                file.display(),
                hunk.old
            )));
        }
        text = text.replacen(&hunk.old, &hunk.new, 1);
    }
    fs::write(file, text).map_err(|error| Trouble::file("write", file, error))
}

#[derive(Default)]
struct Hunk {
    old: String,
    new: String,
}

/// A hunk begins at `@@` and ends at the first line that is none of context, removal and addition.
fn hunks(diff: &str) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut inside = false;
    for line in diff.lines() {
        if line.starts_with("@@") {
            hunks.push(Hunk::default());
            inside = true;
            continue;
        }
        let (Some(hunk), true) = (hunks.last_mut(), inside) else {
            continue;
        };
        match line.split_at_checked(1) {
            Some((" ", rest)) => {
                hunk.old += &format!("{rest}\n");
                hunk.new += &format!("{rest}\n");
            }
            Some(("-", rest)) => hunk.old += &format!("{rest}\n"),
            Some(("+", rest)) => hunk.new += &format!("{rest}\n"),
            _ => inside = false,
        }
    }
    hunks
}
