//! The JavaScript guest: quickjs-ng's C source, patched, with our shell and harness, compiled by zig to a core module
//! and started once, so that the snapshot holds both realms ready.

use std::fs;
use std::path::{Path, PathBuf};

use crate::patch;
use crate::tools::{Command, Trouble, copy_files, pip_install};

/// In the order of evaluation; the files of one realm share one scope.
const HARNESS: [&str; 4] = ["types", "timers", "errors", "run"];
const REALM: [&str; 6] = ["inspect", "console", "timers", "node", "nodes", "exports"];

/// The engine without its command-line tools and libc bindings, and our two files.
const C_SOURCES: [&str; 6] = [
    "quickjs.c",
    "libregexp.c",
    "libunicode.c",
    "dtoa.c",
    "guest.c",
    "sources.c",
];

/// 8 MiB of stack in linear memory; guest.c lets JavaScript use half of it, the rest is for the engine's own C.
const COMPILER_FLAGS: [&str; 15] = [
    "-target",
    "wasm32-wasi",
    "-mexec-model=reactor",
    "-O3",
    "-DNDEBUG",
    "-D_GNU_SOURCE",
    "-D_WASI_EMULATED_SIGNAL",
    "-D_WASI_EMULATED_PROCESS_CLOCKS",
    "-Wno-everything",
    "-mbulk-memory",
    "-msign-ext",
    "-mnontrapping-fptoint",
    "-mmultivalue",
    "-Wl,-z,stack-size=8388608",
    "-s",
];

pub fn build(sources: &Path, work: &Path) -> Result<PathBuf, Trouble> {
    // Asked first: a missing npm is better known now than after half a minute.
    Command::npm().arg("--version").run("start npm")?;
    let (tools, engine) = (work.join("tools"), work.join("engine"));
    pip_install(&sources.join("requirements-tools.txt"), &tools)?;
    fetch_engine(sources, work, &engine)?;
    let wizer = fetch_wizer(sources, work)?;

    patch::apply(&sources.join("quickjs-ng.patch"), &engine.join("quickjs.c"))?;
    let guest = engine.join("guest.c");
    fs::copy(sources.join("guest.c"), &guest)
        .map_err(|error| Trouble::file("copy", &guest, error))?;
    write_sources(sources, &engine.join("sources.c"))?;

    let (module, snapshot) = (work.join("quickjs.wasm"), work.join("javascript.wasm"));
    Command::python()
        .env("PYTHONPATH", &tools)
        .env("ZIG_GLOBAL_CACHE_DIR", work.join("zig"))
        .env("ZIG_LOCAL_CACHE_DIR", work.join("zig"))
        .args(["-m", "ziglang", "cc"])
        .args(COMPILER_FLAGS)
        .args(C_SOURCES)
        .args([
            "-lwasi-emulated-signal",
            "-lwasi-emulated-process-clocks",
            "-o",
        ])
        .arg(&module)
        .current_dir(&engine)
        .run("compile quickjs-ng")?;
    Command::fetched(&wizer)
        .arg(&module)
        .args(["--init-func", "iv_init", "-o"])
        .arg(&snapshot)
        .run("take the snapshot of the JavaScript guest")?;
    Ok(snapshot)
}

/// The crate rquickjs-sys ships quickjs-ng's source; cargo checks its hash and unpacks it, and compiles nothing of it.
fn fetch_engine(sources: &Path, work: &Path, engine: &Path) -> Result<(), Trouble> {
    let (manifest, crates) = (work.join("quickjs-source"), work.join("crates"));
    copy_files(&sources.join("quickjs-source"), &manifest)?;
    // Cargo reads no manifest without a target.
    let target = manifest.join("lib.rs");
    fs::write(&target, "").map_err(|error| Trouble::file("write", &target, error))?;
    Command::cargo()
        .args(["vendor", "--quiet", "--locked"])
        .arg("--manifest-path")
        .arg(manifest.join("Cargo.toml"))
        .arg(&crates)
        .run(
            "fetch the source of quickjs-ng (the first build needs the network, later ones do not)",
        )?;
    copy_files(&crates.join("rquickjs-sys/quickjs"), engine)
}

fn fetch_wizer(sources: &Path, work: &Path) -> Result<PathBuf, Trouble> {
    let folder = work.join("npm");
    fs::create_dir_all(&folder).map_err(|error| Trouble::file("create", &folder, error))?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(sources.join(name), folder.join(name))
            .map_err(|error| Trouble::file("copy", &sources.join(name), error))?;
    }
    Command::npm()
        .args([
            "ci",
            "--loglevel=error",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ])
        .current_dir(&folder)
        .run("fetch wizer with npm (the first build needs the network, later ones do not)")?;
    Ok(folder.join("node_modules/.bin/wizer"))
}

/// Both realms as C arrays: zig needs no `#embed` and no file of ours at run time.
fn write_sources(sources: &Path, file: &Path) -> Result<(), Trouble> {
    let harness = realm(sources, "harness", &HARNESS, "(native, realm)")?;
    let solution = realm(sources, "realm", &REALM, "native")?;
    let text = c_array("harness_source", &harness) + &c_array("realm_source", &solution);
    fs::write(file, text).map_err(|error| Trouble::file("write", file, error))
}

/// One function expression around the files of a realm.
fn realm(
    sources: &Path,
    folder: &str,
    files: &[&str],
    parameters: &str,
) -> Result<String, Trouble> {
    let mut text = format!("({parameters} => {{ 'use strict';\n");
    for name in files {
        let file = sources.join(folder).join(format!("{name}.js"));
        text += &fs::read_to_string(&file).map_err(|error| Trouble::file("read", &file, error))?;
        text.push('\n');
    }
    Ok(text + "})")
}

/// QuickJS wants a terminating zero that does not count.
fn c_array(name: &str, text: &str) -> String {
    let bytes: Vec<String> = text.bytes().map(|byte| byte.to_string()).collect();
    format!(
        "const char {name}[] = {{{},0}};\nconst unsigned {name}_length = {};\n",
        bytes.join(","),
        text.len()
    )
}
