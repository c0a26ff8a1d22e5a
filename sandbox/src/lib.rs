//! The guest side of the sandbox: the language runtimes that run candidates' code, as WebAssembly, embedded.
//!
//! `build/` makes them from pinned inputs; `python/` and `js/` are what we add to the interpreters; `README.md` is the
//! contract between a guest and its host. Not here: anything that runs a guest, which is the server's `sandbox` module.
//!
//! Java has no guest in WebAssembly: [`JAVA`] is the source of its runner, which the machine's own JDK compiles.
//!
//! To add a language: see `build/main.rs`, then add its constant to [`ALL`].

#![forbid(unsafe_code)]

/// How a guest is packaged, and so how it is instantiated and called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A component of the world `runner` (`python/runner.wit`) that imports WASI 0.2.
    Component,
    /// A core module with the exports `memory`, `iv_alloc` and `iv_run`.
    CoreModule,
}

/// One language runtime with our harness inside, ready to be compiled and instantiated once per run.
#[derive(Clone, Copy)]
pub struct Guest {
    /// `python` or `javascript`.
    pub name: &'static str,
    /// The interpreter and its version, for people.
    pub version: &'static str,
    pub kind: Kind,
    /// Of the uncompressed WebAssembly, in lower-case hexadecimal: a key for whatever is compiled from it.
    pub sha256: &'static str,
    /// Length of the uncompressed WebAssembly.
    pub wasm_bytes: usize,
    /// The WebAssembly as one zstd frame.
    pub wasm_zst: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/guests.rs"));

/// Every guest of this build.
pub const ALL: [Guest; 2] = [PYTHON, JAVASCRIPT];

/// The runner for Java: each file's path below `java/`, and its text. Its entry point is [`JAVA_MAIN`].
pub const JAVA: [(&str, &str); 12] = [
    ("module-info.java", include_str!("../java/module-info.java")),
    (
        "interviewd/runner/Compiler.java",
        include_str!("../java/interviewd/runner/Compiler.java"),
    ),
    (
        "interviewd/runner/Errors.java",
        include_str!("../java/interviewd/runner/Errors.java"),
    ),
    (
        "interviewd/runner/Guest.java",
        include_str!("../java/interviewd/runner/Guest.java"),
    ),
    (
        "interviewd/runner/Job.java",
        include_str!("../java/interviewd/runner/Job.java"),
    ),
    (
        "interviewd/runner/Json.java",
        include_str!("../java/interviewd/runner/Json.java"),
    ),
    (
        "interviewd/runner/Kind.java",
        include_str!("../java/interviewd/runner/Kind.java"),
    ),
    (
        "interviewd/runner/Main.java",
        include_str!("../java/interviewd/runner/Main.java"),
    ),
    (
        "interviewd/runner/Nodes.java",
        include_str!("../java/interviewd/runner/Nodes.java"),
    ),
    (
        "interviewd/runner/Output.java",
        include_str!("../java/interviewd/runner/Output.java"),
    ),
    (
        "interviewd/runner/Values.java",
        include_str!("../java/interviewd/runner/Values.java"),
    ),
    (
        "interviewd/runner/WarmUp.java",
        include_str!("../java/interviewd/runner/WarmUp.java"),
    ),
];

/// `java -p runner.jar -m …`.
pub const JAVA_MAIN: &str = "interviewd.runner/interviewd.runner.Main";
