//! Everything that the shipped problems say of themselves is true: `interviewd problems check` on all of them, in the real
//! sandbox, with a share of the mutants. A binary of its own, because those run one after the other: the sandbox has the
//! machine to itself.

use std::process::Command;

/// Of each solution's mutants; `interviewd problems check --full` tries them all.
const MUTANTS_PERCENT: &str = "3";

#[test]
fn every_shipped_problem_is_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let checked = Command::new(env!("CARGO_BIN_EXE_interviewd"))
        .args(["problems", "check", "--mutants", MUTANTS_PERCENT])
        .current_dir(folder.path())
        .output()
        .expect("the binary starts");
    let said = String::from_utf8_lossy(&checked.stdout);
    println!("{said}{}", String::from_utf8_lossy(&checked.stderr));
    assert!(checked.status.success(), "see above");
    assert!(said.contains("Errors: 0. Warnings: 0."));
}
