//! The pages' own checks and the browser suite, started from here so that one command runs all tests. The suite drives
//! Debian's Chromium against the real binary.

use std::{path::Path, process::Command};

fn node(script: &str, binary: Option<&str>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new("node");
    command.arg(root.join(script)).current_dir(root);
    if let Some(binary) = binary {
        command.env("INTERVIEWD_BIN", binary);
    }
    let output = command.output().unwrap_or_else(|error| {
        panic!("Node.js cannot be started ({error}): install nodejs and npm")
    });
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{script} failed:\n{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_scripts_of_the_pages_are_typed_and_tested() {
    node("assets/check.mjs", None);
}

#[test]
fn a_person_can_hold_a_whole_interview_in_a_browser() {
    node(
        "tests/browser/run.mjs",
        Some(env!("CARGO_BIN_EXE_interviewd")),
    );
}
