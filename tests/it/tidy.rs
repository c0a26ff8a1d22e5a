//! The rules of the repository that a compiler does not hold: who may know whom, which third-party names stay where,
//! how files begin and are called, what templates leave out, and that formatter and linter are content.
//! A new part of `src` needs a line in `MAY_KNOW`; a new library that should stay in one place, one in `STAYS_IN`.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const TOOLS: &[&str] = &[
    "sandbox", "voice", "llm", "insight", "problems", "billing", "mail",
];

/// Part of `src` → the other parts that it may name. Everybody may use the domain, which is a crate of its own.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("edge", &[]),
    ("config", &[]),
    // The spine. The store's list of tables names the queue's rows.
    ("store", &["edge", "queue"]),
    ("access", &["edge", "store"]),
    ("queue", &["edge", "store"]),
    ("engine", &["edge", "access", "queue", "store"]),
    ("views", &["edge", "access", "store"]),
    // Tools are strangers to the spine and to each other.
    ("sandbox", &["edge"]),
    ("voice", &["edge"]),
    ("llm", &["edge"]),
    ("insight", &["edge"]),
    ("problems", &["edge"]),
    ("billing", &["edge"]),
    ("mail", &["edge"]),
    // Drivers use spine and tools, and each other only where it says so.
    (
        "web",
        &[
            "edge", "config", "access", "engine", "views", "queue", "store", "tools", "runs",
            "realtime", "ops",
        ],
    ),
    (
        "runs",
        &[
            "edge", "access", "engine", "views", "queue", "store", "tools",
        ],
    ),
    (
        "realtime",
        &["edge", "access", "engine", "views", "store", "tools"],
    ),
    (
        "agents",
        &["edge", "access", "engine", "views", "store", "tools"],
    ),
    // A hidden case is run the way a visible one is.
    (
        "jobs",
        &[
            "edge", "access", "engine", "views", "queue", "store", "tools", "agents", "runs",
        ],
    ),
    ("ops", &["edge", "config", "queue", "store", "tools"]),
    // What puts it all together knows everyone.
    ("app", &["all"]),
    ("cli", &["all"]),
    ("demo", &["all"]),
    ("main", &["all"]),
    ("lib", &["all"]),
];

/// Library → the beginnings of the paths in `src` that may name it.
const STAYS_IN: &[(&str, &[&str])] = &[
    ("redb", &["store"]),
    ("rmp_serde", &["store", "sandbox/wire.rs"]),
    ("interviewd_wasm", &["sandbox/"]),
    ("wasmtime", &["sandbox/wasm"]),
    ("wasmtime_wasi", &["sandbox/wasm"]),
    ("seccompiler", &["sandbox/"]),
    ("landlock", &["sandbox/"]),
    ("tantivy", &["problems/index.rs"]),
    ("axum", &["web", "realtime/socket.rs"]),
    ("axum_extra", &["web"]),
    ("tower_http", &["web"]),
    ("tokio_tungstenite", &["voice"]),
    ("askama", &["web", "mail", "llm", "agents"]),
    ("tree_sitter", &["insight"]),
    ("argon2", &["access"]),
    ("jsonwebtoken", &["realtime/token.rs", "access", "oauth"]),
    ("clap", &["cli", "main.rs"]),
    // The composition root answers to `main`.
    ("anyhow", &["cli", "main.rs", "app.rs", "demo"]),
];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &[
    "utils", "util", "helpers", "helper", "manager", "common", "misc",
];

#[test]
fn parts_know_only_whom_they_may() {
    let mut faults = String::new();
    for file in rust_files("src") {
        let part = part_of(&file);
        let Some((_, known)) = MAY_KNOW.iter().find(|(name, _)| *name == part) else {
            let _ = writeln!(faults, "{}: `{part}` has no line in MAY_KNOW", file.shown);
            continue;
        };
        for other in named_parts(&file.code) {
            let may = other == part
                || known.contains(&"all")
                || known.contains(&other.as_str())
                || (known.contains(&"tools") && TOOLS.contains(&other.as_str()));
            if !may && MAY_KNOW.iter().any(|(name, _)| *name == other) {
                let _ = writeln!(faults, "{}: {part} may not know {other}", file.shown);
            }
        }
    }
    assert!(faults.is_empty(), "layers were crossed:\n{faults}");
}

/// A handler that holds the store could answer without asking whose data it is.
#[test]
fn handlers_never_hold_the_store() {
    let guilty: Vec<String> = rust_files("src/web")
        .chain(rust_files("src/views"))
        .filter(|file| file.shown.starts_with("src/web"))
        .filter(|file| {
            file.code
                .match_indices("store::")
                .any(|(at, name)| !file.code[at + name.len()..].starts_with("StoreError"))
        })
        .map(|file| file.shown)
        .collect();
    assert_eq!(
        guilty,
        Vec::<String>::new(),
        "only `StoreError` is for handlers"
    );
}

#[test]
fn libraries_stay_where_they_belong() {
    let mut faults = String::new();
    for file in rust_files("src") {
        for (library, homes) in STAYS_IN {
            let at_home = homes.iter().any(|home| file.inside.starts_with(home));
            if !at_home && names_crate(&file.code, library) {
                let _ = writeln!(faults, "{}: `{library}` is for {homes:?} alone", file.shown);
            }
        }
    }
    assert!(faults.is_empty(), "libraries left home:\n{faults}");
}

#[test]
fn every_module_says_what_it_is_and_has_a_name_that_does() {
    let mut faults = String::new();
    for file in every_rust_file() {
        let name = Path::new(&file.shown)
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or("");
        if name == "mod" {
            let _ = writeln!(faults, "{}: call it `foo.rs` beside `foo/`", file.shown);
        }
        if EMPTY_NAMES.contains(&name) {
            let _ = writeln!(faults, "{}: name it for its subject", file.shown);
        }
        if !file.text.starts_with("//!") {
            let _ = writeln!(
                faults,
                "{}: must open with `//!`: what it is and what it is not",
                file.shown
            );
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn nothing_unfinished_is_left_behind() {
    // Put together, so that this file is not its own first finding.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("#[ig", "nore"),
        concat!("to", "do!("),
        concat!("unimpl", "emented!("),
        concat!("test.", "skip("),
        concat!("test.", "only("),
    ];
    let mut faults = String::new();
    for file in ["src", "tests", "benches", "assets", "sandbox", "templates"]
        .into_iter()
        .flat_map(text_files)
    {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(mark) = marks.iter().find(|mark| line.contains(**mark)) {
                let _ = writeln!(faults, "{}:{}: {mark}", file.shown, number + 1);
            }
        }
    }
    assert!(faults.is_empty(), "unfinished:\n{faults}");
}

/// The content policy of the pages allows none of this, so it would silently do nothing.
#[test]
fn templates_hold_nothing_that_the_content_policy_refuses() {
    let mut faults = String::new();
    for file in text_files("templates").filter(|file| file.shown.ends_with(".html")) {
        for (number, line) in file.text.lines().enumerate() {
            let mut tell = |what: &str| {
                let _ = writeln!(faults, "{}:{}: {what}", file.shown, number + 1);
            };
            if line.contains(" style=\"") || line.contains("<style") {
                tell("a style belongs into assets/css");
            }
            if line.contains("hx-on")
                || [" onclick=", " onsubmit=", " onload=", " onchange="]
                    .iter()
                    .any(|on| line.contains(on))
            {
                tell("an event handler belongs into a script of assets");
            }
            if line
                .split("hx-trigger=\"")
                .skip(1)
                .any(|rest| rest.split('"').next().unwrap_or("").contains('['))
            {
                tell("a trigger filter is evaluated as code");
            }
            for tag in line.split("<script").skip(1) {
                let tag = tag.split('>').next().unwrap_or("");
                if !tag.contains("src=") && !tag.contains("type=\"application/json\"") {
                    tell("an inline script never runs");
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// The rules above can fail: each is shown something that breaks it.
#[test]
fn the_reading_of_sources_sees_through_groups_comments_and_texts() {
    let code = code_of(
        "use crate::{\n    access::{Gate, store::X},\n    edge::Clock,\n};\n// crate::web\nlet a = \"crate::mail\";\ncrate::queue::wake();\npub(crate) fn f() {}",
    );
    assert_eq!(
        named_parts(&code),
        BTreeSet::from(["access", "edge", "queue"].map(str::to_owned))
    );
    assert!(names_crate("use redb::Database;", "redb") && names_crate("(axum::Router)", "axum"));
    assert!(
        !names_crate("use myredb::X;", "redb") && !names_crate("sandbox::wasmtime", "wasmtime")
    );
    assert_eq!(
        code_of("let c = '\"'; // x\nlet d = 'a;"),
        "let c = ' '; \nlet d = 'a;"
    );
}

#[test]
fn the_code_is_formatted() {
    let output = cargo(&["fmt", "--all", "--check", "--", "-l"]);
    assert!(output.0, "`cargo fmt` would change:\n{}", output.1);
}

#[test]
fn clippy_is_content() {
    let output = cargo(&[
        "clippy",
        "--offline",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    assert!(output.0, "{}", output.1);
}

// ── Reading the repository ───────────────────────────────────────────────────────────────────────────────────────

struct File {
    /// From the root of the repository.
    shown: String,
    /// From `src/`.
    inside: String,
    text: String,
    /// The text without comments and without what is inside quotes.
    code: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The main crate's sources under `folder`; the domain is a crate whose borders the compiler guards.
fn rust_files(folder: &str) -> impl Iterator<Item = File> {
    text_files(folder)
        .filter(|file| file.shown.ends_with(".rs") && !file.shown.starts_with("src/domain/"))
}

fn every_rust_file() -> impl Iterator<Item = File> {
    ["src", "tests", "benches", "assets", "sandbox"]
        .into_iter()
        .flat_map(text_files)
        .filter(|file| file.shown.ends_with(".rs"))
}

fn text_files(folder: &str) -> impl Iterator<Item = File> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    found.into_iter().filter_map(|path| {
        let text = fs::read_to_string(&path).ok()?;
        let shown = path
            .strip_prefix(root())
            .expect("below the root")
            .display()
            .to_string();
        let inside = shown.strip_prefix("src/").unwrap_or(&shown).to_owned();
        let code = if shown.ends_with(".rs") {
            code_of(&text)
        } else {
            String::new()
        };
        Some(File {
            shown,
            inside,
            text,
            code,
        })
    })
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("");
        if path.is_dir() {
            if !["target", "node_modules", "dist", "generated"].contains(&name)
                && !name.starts_with('.')
            {
                walk(&path, found);
            }
        } else if [
            "rs", "ts", "js", "mjs", "css", "html", "toml", "py", "c", "md",
        ]
        .iter()
        .any(|end| path.extension().is_some_and(|e| e == *end))
        {
            found.push(path);
        }
    }
}

fn part_of(file: &File) -> String {
    let part = file.inside.split('/').next().unwrap_or("");
    part.strip_suffix(".rs").unwrap_or(part).to_owned()
}

/// Comments and what stands in quotes, blanked out. Good enough for formatted Rust; raw strings end at their quote.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '/' if characters.peek() == Some(&'/') => {
                while characters.peek().is_some_and(|c| *c != '\n') {
                    characters.next();
                }
            }
            '\\' => drop(characters.next()),
            '\'' if matches!(characters.peek(), Some('"')) => {
                characters.next();
                code.push_str("' ");
            }
            '"' => {
                while let Some(inside) = characters.next() {
                    match inside {
                        '\\' => drop(characters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                code.push_str("\"\"");
            }
            other => code.push(other),
        }
    }
    code
}

/// The parts behind `crate::`, groups opened up.
fn named_parts(code: &str) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            None => drop(parts.insert(first_name(rest))),
            Some(group) => {
                let (mut depth, mut start) = (0, 0);
                for (at, character) in group.char_indices() {
                    match character {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            parts.insert(first_name(&group[start..at]));
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            parts.insert(first_name(&group[start..at]));
                            start = at + 1;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    parts.remove("");
    parts
}

fn first_name(text: &str) -> String {
    text.trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// Whether the crate is named at the beginning of a path.
fn names_crate(code: &str, library: &str) -> bool {
    code.match_indices(library).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let starts =
            before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':' && c != '.');
        starts && code[at + library.len()..].starts_with("::")
    })
}

/// Whether it went well, and what it said.
fn cargo(arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root()).args(arguments);
    // What cargo tells a test about its package would make build scripts look changed to the inner cargo.
    for (name, _) in std::env::vars_os() {
        let shown = name.to_string_lossy();
        if [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
            "CARGO_PRIMARY_",
        ]
        .iter()
        .any(|start| shown.starts_with(start))
        {
            command.env_remove(&name);
        }
    }
    let output = command
        .output()
        .expect("cargo runs, since it runs this test");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}
