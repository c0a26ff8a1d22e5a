//! A worker process: this binary, started again as `interviewd sandbox-worker …` with nothing but two pipes.
//!
//! `serve LANGUAGE CACHE_DIR` loads one guest, locks itself in and runs one order after the other until its
//! standard input closes. `compile LANGUAGE CACHE_DIR` fills the cache and ends. `attempt WHAT [LAYER…]` locks
//! itself in without the named walls and then tries what a guest that broke out would try; the tests use it to see
//! that each wall stands. Only `attempt` can leave a wall out, and it never runs anybody's code. `java-…` becomes a JVM in a
//! jail; see `java/jail.rs`.

use super::{
    confine::{self, Layer},
    java::jail,
    wire::{self, Hello, Order},
};
use interviewd_domain::{
    problem::Language,
    run::{Limits, RunKind},
};
use interviewd_wasm::{self as wasm, End, LoadError, Runtime, Ticker};
use std::{env, fs, io, path::Path, process, ptr};

/// The hidden first argument.
pub const SUBCOMMAND: &str = "sandbox-worker";

/// An attempt's exit code when a wall stopped it.
pub const STOPPED: i32 = 0;
/// An attempt's exit code when it got through.
pub const GOT_THROUGH: i32 = 10;
/// An attempt's exit code when this kernel has no Landlock.
pub const NO_LANDLOCK: i32 = 11;

/// Exit code for arguments that make no sense and for everything that cannot go on.
const FAILED: i32 = 2;

/// Runs this process as a worker, according to its arguments. `main` calls it when the first one is [`SUBCOMMAND`].
pub fn worker_main() -> ! {
    let arguments: Vec<String> = env::args().skip(2).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["serve", language, cache_dir] => {
            with_guest(language, |guest| serve(guest, Path::new(cache_dir)))
        }
        ["compile", language, cache_dir] => {
            with_guest(language, |guest| compile(guest, Path::new(cache_dir)))
        }
        ["attempt", what, ref off @ ..] => attempt(what, off),
        [role, ref words @ ..] if role.starts_with("java-") && role != jail::ATTEMPT => {
            jail::become_jailed(role, words)
        }
        [jail::ATTEMPT, what, ref off @ ..] => layers(off).and_then(|off| {
            Ok(if jail::attempt(what, &off)? {
                GOT_THROUGH
            } else {
                STOPPED
            })
        }),
        _ => Err(io::Error::other(
            "these arguments are for the server's own use",
        )),
    };
    match result {
        Ok(code) => process::exit(code),
        Err(error) => {
            eprintln!("{error}");
            process::exit(FAILED)
        }
    }
}

fn with_guest(
    language: &str,
    work: impl FnOnce(&wasm::Guest) -> io::Result<i32>,
) -> io::Result<i32> {
    let guest = language.parse().ok().and_then(wasm::guest);
    work(guest.ok_or_else(|| io::Error::other("there is no guest for this language"))?)
}

fn serve(guest: &wasm::Guest, cache_dir: &Path) -> io::Result<i32> {
    confine::before_loading()?;
    let (mut orders, mut answers) = (io::stdin().lock(), io::stdout().lock());
    let (runtime, tokio) = match prepare(guest, cache_dir) {
        Ok(prepared) => prepared,
        Err(LoadError::NotCompiled) => {
            wire::write(&mut answers, &Hello::NotCompiled)?;
            return Ok(0);
        }
        Err(LoadError::Unusable(reason)) => {
            wire::write(&mut answers, &Hello::Failed { reason })?;
            return Ok(0);
        }
    };
    // The ticker's thread is the last one that this process may start.
    let ticker = Ticker::start(runtime.engine())?;
    if let Err(error) = confine::before_serving(&[]) {
        let reason = format!("the worker could not lock itself in: {error}");
        wire::write(&mut answers, &Hello::Failed { reason })?;
        return Ok(0);
    }
    wire::write(&mut answers, &Hello::Ready)?;
    while let Some(Order { job, limits }) = wire::read(&mut orders)? {
        let ticking = ticker.tick();
        let answer = tokio.block_on(runtime.run(&job, &limits));
        drop(ticking);
        wire::write(&mut answers, &answer)?;
    }
    Ok(0)
}

/// Loads the guest and runs it once, so that whatever happens only the first time (opening files, mapping images)
/// has happened before the walls go up.
fn prepare(
    guest: &wasm::Guest,
    cache_dir: &Path,
) -> Result<(Runtime, tokio::runtime::Runtime), LoadError> {
    const EMPTY: &str = r#"{"kind":"program","source":"","stdin":"","seed":0}"#;
    let tokio = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let runtime = Runtime::load(guest, cache_dir)?;
    let limits = Limits::standard(Language::Python, RunKind::Run);
    // Without ticks, because there is no second thread yet; the guest is ours and the program empty.
    let answer = tokio.block_on(runtime.run(EMPTY, &limits));
    match answer.end {
        End::Returned(_) => Ok((runtime, tokio)),
        end => Err(LoadError::Unusable(format!(
            "an empty program ended with {end:?}"
        ))),
    }
}

fn compile(guest: &wasm::Guest, cache_dir: &Path) -> io::Result<i32> {
    confine::before_loading()?;
    let compiled = wasm::engine(false)
        .map_err(LoadError::from)
        .and_then(|engine| wasm::compile(guest, &engine, cache_dir));
    compiled.map_err(io::Error::other)?;
    Ok(0)
}

fn layers(words: &[&str]) -> io::Result<Vec<Layer>> {
    let layers: Result<_, ()> = words.iter().map(|layer| layer.parse()).collect();
    layers.map_err(|()| io::Error::other("no such layer"))
}

/// What a guest that broke out of wasm would try. `off` names the walls to leave out.
fn attempt(what: &str, off: &[&str]) -> io::Result<i32> {
    let off = layers(off)?;
    confine::before_loading()?;
    let landlocked = confine::before_serving(&off)?;
    if !landlocked && !off.contains(&Layer::Landlock) && off.contains(&Layer::Seccomp) {
        return Ok(NO_LANDLOCK);
    }
    let got_through = match what {
        "memory" => map(8 << 30, libc::PROT_READ | libc::PROT_WRITE),
        "machine-code" => map(4096, libc::PROT_READ | libc::PROT_EXEC),
        "file" => fs::read("/proc/self/environ").is_ok(),
        // SAFETY: plain numbers; the descriptor ends with the process.
        "network" => unsafe { libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0) >= 0 },
        // SAFETY: the child does nothing but end.
        "process" => unsafe {
            let child = libc::fork();
            if child == 0 {
                libc::_exit(0);
            }
            child > 0
        },
        _ => return Err(io::Error::other("no such attempt")),
    };
    Ok(if got_through { GOT_THROUGH } else { STOPPED })
}

fn map(bytes: usize, protection: i32) -> bool {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: a fresh anonymous mapping that nobody uses.
    unsafe { libc::mmap(ptr::null_mut(), bytes, protection, flags, -1, 0) != libc::MAP_FAILED }
}
