//! The Python guest: CPython from the `componentize-py` package, with our harness imported and its start-up done.

use std::path::{Path, PathBuf};

use crate::tools::{Command, Trouble, copy_files, pip_install};

/// Componentizes `python/`; the harness's modules land in the snapshot because `app` imports them.
pub fn build(sources: &Path, work: &Path) -> Result<PathBuf, Trouble> {
    let (tools, packages, app) = (work.join("tools"), work.join("packages"), work.join("app"));
    pip_install(&sources.join("requirements-tools.txt"), &tools)?;
    pip_install(&sources.join("requirements-guest.txt"), &packages)?;
    copy_files(sources, &app)?;
    let wasm = work.join("python.wasm");
    Command::python()
        .env("PYTHONPATH", &tools)
        .args([
            "-c",
            "import sys; from componentize_py import script; sys.exit(script())",
        ])
        .arg("-d")
        .arg(app.join("runner.wit"))
        .args(["-w", "runner", "componentize", "-p"])
        .arg(&app)
        .arg("-p")
        .arg(&packages)
        .args(["app", "-o"])
        .arg(&wasm)
        .current_dir(work)
        .run("build the Python guest")?;
    Ok(wasm)
}
