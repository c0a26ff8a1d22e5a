//! What a JVM is started from: our runner as a jar, and an archive of the classes that it and the compiler load
//! (AppCDS), which halves the time of a start. Made once for each JDK by that JDK, from sources that are part of this
//! binary, and kept in the cache.
//!
//! All of this is our own code and runs outside of the jail; nobody's program is near.

use super::{
    jail::{Jail, RUNNER},
    jdk::Jdk,
};
use interviewd_sandbox_guests::{JAVA, JAVA_MAIN};
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    os::{
        fd::{AsRawFd, OwnedFd},
        unix::{fs::PermissionsExt, process::CommandExt},
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

/// Half of what a run may use: the rest is for the compiler, stacks, machine code and the JVM itself.
const HEAP_SHARE: u64 = 2;

/// Says that the folder is complete; written last.
const ARCHIVE: &str = "static.jsa";
const JAR: &str = "runner.jar";

/// A folder with the jar and, unless this JDK cannot make one, the archive.
pub struct Runtime {
    pub folder: fs::File,
    jdk: PathBuf,
    flags: Vec<String>,
}

impl Runtime {
    /// Takes seconds the first time on a machine.
    pub fn prepare(jdk: &Jdk, cache_dir: &Path, memory_mb: u64) -> Result<Runtime, String> {
        let flags = flags(memory_mb);
        let name = format!("java-{}", key(jdk, &flags));
        let place = cache_dir.join(&name);
        if !place.join(JAR).is_file() {
            let told = |error: io::Error| format!("{}: {error}", cache_dir.display());
            make_private(cache_dir).map_err(told)?;
            // Of this process and this time: somebody else may be making the same.
            static MADE: AtomicU32 = AtomicU32::new(0);
            let number = MADE.fetch_add(1, Relaxed);
            let half_made = cache_dir.join(format!("{name}.{}.{number}", std::process::id()));
            let made =
                make(jdk, &half_made, &flags).and_then(|()| match fs::rename(&half_made, &place) {
                    // Somebody else was quicker.
                    Err(_) if place.join(JAR).is_file() => Ok(()),
                    other => other.map_err(|error| error.to_string()),
                });
            let _ = fs::remove_dir_all(&half_made);
            made?;
        }
        let folder =
            fs::File::open(&place).map_err(|error| format!("{}: {error}", place.display()))?;
        Ok(Runtime {
            folder,
            jdk: jdk.home.clone(),
            flags,
        })
    }

    /// The whole command line of a JVM in a jail. It says that it is ready after its first round of warming up; with `rounds` 0 at once.
    pub fn command(&self, executable: &Path, jail: &Jail, rounds: u32) -> Command {
        let mut command = Command::new(executable);
        command
            .arg(crate::sandbox::worker::SUBCOMMAND)
            .args(jail.words())
            .arg(self.jdk.join("bin/java"))
            .args(&self.flags)
            .args(["-Xlog:disable", "-Xshare:auto"])
            .arg(format!(
                "-XX:SharedArchiveFile=/proc/self/fd/{RUNNER}/{ARCHIVE}"
            ))
            .args(module(rounds, "/proc/self/fd/3", "/proc/self/fd/4"));
        command.env_clear().current_dir("/");
        command
    }
}

/// The folder that is shared with the compiled guests, as they want it.
pub fn make_private(cache_dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(cache_dir)
}

fn module(rounds: u32, orders: &str, replies: &str) -> [String; 7] {
    [
        "-p".to_owned(),
        format!("/proc/self/fd/{RUNNER}/{JAR}"),
        "-m".to_owned(),
        JAVA_MAIN.to_owned(),
        orders.to_owned(),
        replies.to_owned(),
        rounds.to_string(),
    ]
}

/// The serial collector and the first compiler alone: both start faster and stay smaller, which is what short runs need.
fn flags(memory_mb: u64) -> Vec<String> {
    let heap = (memory_mb / HEAP_SHARE).max(64);
    let mut flags: Vec<String> = [
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:CICompilerCount=1",
        "-Xss1m",
        // Grows when needed: what is set aside counts against the limit of the jail.
        "-Xms64m",
        "-XX:MaxMetaspaceSize=96m",
        "-XX:MaxDirectMemorySize=32m",
        "-XX:-UsePerfData",
        "-XX:-UseContainerSupport",
        "-XX:+DisableAttachMechanism",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=/dev/null",
        "-XX:-OmitStackTraceInFastThrow",
        "-Dfile.encoding=UTF-8",
        "-Duser.language=en",
        "-Duser.country=US",
        "-Duser.timezone=UTC",
        "-Djava.awt.headless=true",
    ]
    .map(str::to_owned)
    .to_vec();
    flags.push(format!("-Xmx{heap}m"));
    flags
}

/// Everything that the archive depends on.
fn key(jdk: &Jdk, flags: &[String]) -> String {
    let mut hash = Sha256::new();
    for (path, text) in JAVA {
        hash.update(path);
        hash.update(text);
    }
    hash.update(jdk.home.as_os_str().as_encoded_bytes());
    hash.update(&jdk.release);
    // Debian's `release` is the same for each of its updates; this file is not.
    if let Ok(modules) = fs::metadata(jdk.home.join("lib/modules")) {
        hash.update(modules.len().to_le_bytes());
        if let Ok(Ok(changed)) = modules
            .modified()
            .map(|at| at.duration_since(std::time::UNIX_EPOCH))
        {
            hash.update(changed.as_nanos().to_le_bytes());
        }
    }
    flags.iter().for_each(|flag| hash.update(flag));
    let digest = hash.finalize();
    digest[..12]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn make(jdk: &Jdk, place: &Path, flags: &[String]) -> Result<(), String> {
    let told = |error: io::Error| format!("{}: {error}", place.display());
    let _ = fs::remove_dir_all(place);
    let (sources, classes) = (place.join("sources"), place.join("classes"));
    let mut files = vec![];
    for (path, text) in JAVA {
        let file = sources.join(path);
        fs::create_dir_all(file.parent().expect("below sources")).map_err(told)?;
        fs::write(&file, text).map_err(told)?;
        files.push(file);
    }
    let tool = |name: &str| Command::new(jdk.home.join("bin").join(name));
    let mut javac = tool("javac");
    javac
        .args(["-encoding", "UTF-8", "-d"])
        .arg(&classes)
        .args(files);
    run(&mut javac, "the runner could not be compiled")?;
    let mut jar = tool("jar");
    jar.args(["--create", "--file"])
        .arg(place.join(JAR))
        .arg("-C")
        .arg(&classes)
        .arg(".");
    run(&mut jar, "the runner could not be packed")?;
    fs::remove_dir_all(&sources).map_err(told)?;
    fs::remove_dir_all(&classes).map_err(told)?;
    // Read by whatever user the JVM becomes; the folder above is what keeps it private.
    let open_to_all =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    open_to_all(place, 0o755).map_err(told)?;
    open_to_all(&place.join(JAR), 0o644).map_err(told)?;

    // Without the archive everything works, only slower.
    let folder: OwnedFd = fs::File::open(place).map_err(told)?.into();
    let (list, archive) = (place.join("classes.lst"), place.join(ARCHIVE));
    let java = || {
        let mut java = tool("java");
        java.args(flags);
        at_its_place(&mut java, &folder);
        java
    };
    let mut listing = java();
    listing
        .arg("-Xshare:off")
        .arg(format!("-XX:DumpLoadedClassList={}", list.display()))
        .args(module(1, "/dev/null", "/dev/null"));
    let mut dumping = java();
    dumping
        .arg("-Xshare:dump")
        .arg(format!("-XX:SharedClassListFile={}", list.display()))
        .arg(format!("-XX:SharedArchiveFile={}", archive.display()))
        .args(module(0, "/dev/null", "/dev/null"));
    let archived = run(&mut listing, "the classes could not be listed")
        .and_then(|()| run(&mut dumping, "the archive could not be made"))
        .and_then(|()| open_to_all(&archive, 0o644).map_err(told));
    if let Err(reason) = archived {
        tracing::warn!("Java will start slower: {reason}");
        let _ = fs::remove_file(&archive);
    }
    let _ = fs::remove_file(&list);
    Ok(())
}

/// The paths of the jar must be spelled in the archive as they are in the jail.
pub fn at_its_place(command: &mut Command, folder: &OwnedFd) {
    let folder = folder.as_raw_fd();
    // SAFETY: `dup2` may be called between fork and exec; descriptor 5 of the child is nobody's.
    unsafe {
        command.pre_exec(move || match folder == RUNNER {
            true if libc::fcntl(folder, libc::F_SETFD, 0) < 0 => Err(io::Error::last_os_error()),
            false if libc::dup2(folder, RUNNER) < 0 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        });
    }
}

fn run(command: &mut Command, what: &str) -> Result<(), String> {
    let output = command
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{what}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let last = told.lines().last().unwrap_or_default();
    Err(format!("{what} ({}): {last}", output.status))
}
