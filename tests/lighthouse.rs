//! Lighthouse on the landing page. A binary of its own, because those run one after the other: nothing else is busy while
//! it measures. Its figures are printed whether it passes or not.

use std::{path::Path, process::Command};

#[test]
fn the_landing_page_is_good_for_everybody() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let status = Command::new("node")
        .args(["tests/browser/run.mjs", "lighthouse"])
        .current_dir(root)
        .env("INTERVIEWD_BIN", env!("CARGO_BIN_EXE_interviewd"))
        .status()
        .unwrap_or_else(|error| {
            panic!("Node.js cannot be started ({error}): install nodejs and npm")
        });
    assert!(status.success(), "Lighthouse: see the lines above");
}
