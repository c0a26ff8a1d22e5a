//! Each wall around a worker stops something that the others let through, and each would be missed. What a real
//! worker has given up is read from the kernel; what the walls stop is tried by processes that put them up and then
//! misbehave, once with all walls and once without the one in question.

use super::*;
use interviewd::sandbox::worker::{GOT_THROUGH, NO_LANDLOCK, STOPPED, SUBCOMMAND};
use std::{
    fs::{self, File},
    io::Read,
    os::unix::{
        fs::{DirBuilderExt, PermissionsExt},
        process::CommandExt,
    },
    path::Path,
    process::{Command, Stdio},
    time::{Duration, SystemTime},
};

fn attempt(what: &str, without: &[&str]) -> i32 {
    let status = Command::new(WORKER)
        .args([SUBCOMMAND, "attempt", what])
        .args(without)
        .status()
        .expect("a process");
    status.code().expect("an exit code")
}

#[test]
fn the_resource_limits_stop_memory_that_nothing_else_counts() {
    assert_eq!(attempt("memory", &[]), STOPPED);
    assert_eq!(attempt("memory", &["rlimits"]), GOT_THROUGH);
}

#[test]
fn seccomp_stops_network_processes_and_new_machine_code() {
    for what in ["machine-code", "process"] {
        assert_eq!(attempt(what, &["rlimits", "landlock"]), STOPPED, "{what}");
        assert_eq!(
            attempt(what, &["rlimits", "landlock", "seccomp"]),
            GOT_THROUGH,
            "{what}"
        );
    }
    assert_eq!(attempt("network", &[]), STOPPED);
    assert_eq!(attempt("network", &["landlock", "seccomp"]), GOT_THROUGH);
}

#[test]
fn files_are_behind_two_walls() {
    assert_eq!(attempt("file", &[]), STOPPED);
    assert_eq!(
        attempt("file", &["landlock"]),
        STOPPED,
        "seccomp alone is enough"
    );
    assert_eq!(attempt("file", &["landlock", "seccomp"]), GOT_THROUGH);
    // Kernels without Landlock have a wall less.
    let landlock_alone = attempt("file", &["seccomp"]);
    assert!(
        [STOPPED, NO_LANDLOCK].contains(&landlock_alone),
        "{landlock_alone}"
    );
}

#[tokio::test]
async fn a_worker_has_given_up_what_it_does_not_need() {
    let process = sandbox().await.idle_workers(Language::Python);
    let Some(process) = process.first() else {
        // Every worker is busy with another test: start one of our own.
        return given_up(start_worker().0.id());
    };
    given_up(*process);
}

fn given_up(process: u32) {
    let read = |file: &str| fs::read_to_string(format!("/proc/{process}/{file}")).expect(file);
    let status = read("status");
    for line in [
        "NoNewPrivs:\t1",
        "Seccomp:\t2",
        "CapEff:\t0000000000000000",
        "CapPrm:\t0000000000000000",
    ] {
        assert!(status.contains(line), "{line} in {status}");
    }
    let limits = read("limits");
    let limit = |name: &str| {
        limits
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(limit("Max data size")[3], (1_280u64 << 20).to_string());
    assert_eq!(limit("Max file size")[3], "0");
    assert_eq!(limit("Max core file size")[4], "0");
    assert_eq!(limit("Max processes")[2], "0");
    assert!(read("environ").is_empty(), "no environment");
    let nice = read("stat")
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .nth(16)
        .unwrap()
        .to_owned();
    assert_eq!(nice, "10");
}

/// A worker that was started by somebody careless, who leaves a file open; and its first words.
fn start_worker() -> (std::process::Child, Vec<u8>) {
    let mut command = Command::new(WORKER);
    command
        .args([SUBCOMMAND, "serve", "javascript"])
        .arg(config().cache_dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    // SAFETY: `dup2` may be called between fork and exec.
    unsafe {
        command.pre_exec(|| {
            if libc::dup2(0, 77) < 0 {
                Err(std::io::Error::last_os_error())
            } else {
                Ok(())
            }
        })
    };
    let mut child = command.spawn().expect("a worker");
    let mut hello = vec![0; 10];
    child
        .stdout
        .as_mut()
        .unwrap()
        .read_exact(&mut hello)
        .expect("a hello");
    (child, hello)
}

#[tokio::test]
async fn a_worker_keeps_no_descriptor_that_it_inherits() {
    sandbox().await;
    let (mut child, hello) = start_worker();
    assert!(hello.ends_with(b"Ready"));
    let open: Vec<String> = fs::read_dir(format!("/proc/{}/fd", child.id()))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!open.contains(&"77".to_owned()), "{open:?}");
    drop(child.stdin.take());
    assert_eq!(
        child.wait().unwrap().code(),
        Some(0),
        "it ends when its orders end"
    );
}

fn hello(cache: &Path) -> String {
    let output = Command::new(WORKER)
        .args([SUBCOMMAND, "serve", "javascript"])
        .arg(cache)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn machine_code_is_only_run_from_a_private_place_and_undamaged() {
    let cache = tempfile::tempdir().unwrap();
    let cache = cache.path().join("guests");
    assert!(hello(&cache).contains("NotCompiled"));
    let compiled = Command::new(WORKER)
        .args([SUBCOMMAND, "compile", "javascript"])
        .arg(&cache)
        .status()
        .unwrap();
    assert!(compiled.success());
    assert!(hello(&cache).contains("Ready"));

    let code = fs::read_dir(&cache)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|e| e == "cwasm"))
        .unwrap();
    let whole = fs::read(&code).unwrap();
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(&code, damaged).unwrap();
    assert!(
        hello(&cache).contains("NotCompiled"),
        "damaged code counts as none"
    );
    fs::write(&code, whole).unwrap();
    assert!(hello(&cache).contains("Ready"));

    fs::set_permissions(&cache, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(hello(&cache).contains("chmod 700"));
}

#[test]
fn machine_code_of_older_versions_makes_room() {
    let home = tempfile::tempdir().unwrap();
    let cache = home.path().join("guests");
    fs::DirBuilder::new().mode(0o700).create(&cache).unwrap();
    let now = SystemTime::now();
    let plant = |name: &str, hours_ago: u64| {
        let file = File::create(cache.join(name)).unwrap();
        let then = now - Duration::from_secs(hours_ago * 3_600);
        file.set_modified(then).unwrap();
        file
    };
    for kind in ["cwasm", "sha256", "lock"] {
        plant(&format!("javascript-before.{kind}"), 1);
        plant(&format!("javascript-oldest.{kind}"), 4);
        plant(&format!("python-oldest.{kind}"), 9);
    }
    plant("javascript-oldest.draft", 4);
    plant("javascript-busy.cwasm", 5);
    let busy = plant("javascript-busy.lock", 5);
    busy.lock().unwrap();

    let compiled = Command::new(WORKER)
        .args([SUBCOMMAND, "compile", "javascript"])
        .arg(&cache)
        .status()
        .unwrap();
    assert!(compiled.success());
    assert!(hello(&cache).contains("Ready"));
    let mut left: Vec<String> = fs::read_dir(&cache)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            ["before", "busy", "oldest"]
                .iter()
                .any(|age| name.contains(age))
        })
        .collect();
    left.sort();
    assert_eq!(
        left,
        [
            "javascript-before.cwasm",
            "javascript-before.lock",
            "javascript-before.sha256",
            "javascript-busy.cwasm",
            "javascript-busy.lock",
            "javascript-oldest.lock",
            "python-oldest.cwasm",
            "python-oldest.lock",
            "python-oldest.sha256",
        ]
    );
}
