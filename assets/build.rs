//! Bundles the web assets with Node.js into `OUT_DIR` and tells the crate where they are.
//!
//! Not here: what is bundled (`build.mjs`) and where third-party modules are kept (`modules.mjs`). Only the standard
//! library is used, so that nothing has to be compiled before this can run. `INTERVIEWD_ASSETS_DIR` names a folder
//! that an earlier `node build.mjs FOLDER` made; then no Node.js is needed.

use std::path::{Path, PathBuf};
use std::process::{Command, exit};
use std::{env, io};

const WATCHED: [&str; 9] = [
    "css",
    "images",
    "ts",
    "build.mjs",
    "modules.mjs",
    "icons.txt",
    "package.json",
    "package-lock.json",
    ".npmrc",
];

fn main() {
    println!("cargo::rerun-if-env-changed=INTERVIEWD_ASSETS_DIR");
    if let Some(prebuilt) = env::var_os("INTERVIEWD_ASSETS_DIR") {
        let prebuilt = PathBuf::from(prebuilt);
        println!("cargo::rerun-if-changed={}", prebuilt.display());
        if !prebuilt.is_absolute() || !prebuilt.join("tables.rs").is_file() {
            stop(
                "INTERVIEWD_ASSETS_DIR must be the full path of a folder made by `node assets/build.mjs FOLDER`.",
            );
        }
        return embed(&prebuilt);
    }
    for path in WATCHED {
        println!("cargo::rerun-if-changed={path}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("assets");
    match Command::new("node").arg("build.mjs").arg(&out).status() {
        Ok(status) if status.success() => embed(&out),
        Ok(_) => stop("The web assets could not be built: see the lines above."),
        Err(error) if error.kind() == io::ErrorKind::NotFound => stop(
            "Node.js was not found: install Node.js 20 or newer with npm to build the web assets, or set INTERVIEWD_ASSETS_DIR to a prebuilt folder.",
        ),
        Err(error) => stop(&format!(
            "Node.js could not be started to build the web assets: {error}."
        )),
    }
}

fn embed(folder: &Path) {
    println!("cargo::rustc-env=INTERVIEWD_ASSETS={}", folder.display());
}

fn stop(sentence: &str) -> ! {
    println!("cargo::error={sentence}");
    exit(1)
}
