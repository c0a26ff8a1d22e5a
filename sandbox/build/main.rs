//! Builds the guests, the language runtimes that run inside the sandbox, and hands them to `src/lib.rs` to embed.
//!
//! Every input is pinned by version and hash (`*/requirements-*.txt`, `js/package-lock.json`,
//! `js/quickjs-source/Cargo.lock`). What comes out is kept outside the clone under a key made of all inputs, so a
//! second build, also of a fresh clone, takes it from there without network, Python or node. Nothing here runs a guest.
//!
//! To add a guest:
//! 1. write `build/<language>.rs` with a `build(sources, work) -> Result<PathBuf, Trouble>` that returns a `.wasm`;
//! 2. add it to `RECIPES`, with the folder that holds everything it is made of;
//! 3. add its constant in `src/lib.rs`.

mod cache;
mod javascript;
mod patch;
mod python;
mod sha256;
mod tools;

use std::path::{Path, PathBuf};

use tools::Trouble;

/// One guest and how it is made.
pub struct Recipe {
    /// File name of the artefact and, in upper case, of the constant.
    name: &'static str,
    /// What people read: language runtime and version.
    version: &'static str,
    /// `Component` or `CoreModule`, as in `src/lib.rs`.
    kind: &'static str,
    /// The folder of this package whose files, with those of `build/`, are all inputs.
    sources: &'static str,
    /// Makes the `.wasm` from the sources, inside a working folder that is thrown away afterwards.
    build: fn(sources: &Path, work: &Path) -> Result<PathBuf, Trouble>,
}

const RECIPES: [Recipe; 2] = [
    Recipe {
        name: "python",
        version: "CPython 3.14.0",
        kind: "Component",
        sources: "python",
        build: python::build,
    },
    Recipe {
        name: "javascript",
        version: "quickjs-ng 0.16.2",
        kind: "CoreModule",
        sources: "js",
        build: javascript::build,
    },
];

fn main() {
    for path in ["build", "python", "js"] {
        println!("cargo::rerun-if-changed={path}");
    }
    for variable in [
        "INTERVIEWD_GUESTS_DIR",
        "INTERVIEWD_GUESTS_CACHE",
        "XDG_CACHE_HOME",
    ] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    if let Err(trouble) = embed(&out) {
        println!("cargo::error={trouble}");
    }
}

fn embed(out: &Path) -> Result<(), Trouble> {
    let package = PathBuf::from(
        std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"),
    );
    // The two builds share nothing and each is mostly one thread, so they run side by side.
    let artefacts = std::thread::scope(|scope| {
        let builds = RECIPES.map(|recipe| {
            let package = &package;
            scope
                .spawn(move || cache::artefact(&recipe, package).map(|artefact| (recipe, artefact)))
        });
        builds.map(|build| build.join().expect("a guest's build does not panic"))
    });
    let mut constants = String::new();
    for artefact in artefacts {
        let (recipe, artefact) = artefact?;
        let file = out.join(format!("{}.wasm.zst", recipe.name));
        std::fs::write(&file, &artefact.wasm_zst)
            .map_err(|error| Trouble::file("write", &file, error))?;
        constants += &format!(
            "pub const {}: Guest = Guest {{ name: {:?}, version: {:?}, kind: Kind::{}, sha256: {:?}, wasm_bytes: {}, wasm_zst: include_bytes!({file:?}) }};\n",
            recipe.name.to_uppercase(),
            recipe.name,
            recipe.version,
            recipe.kind,
            artefact.wasm_sha256,
            artefact.wasm_bytes,
        );
    }
    let file = out.join("guests.rs");
    std::fs::write(&file, constants).map_err(|error| Trouble::file("write", &file, error))
}
