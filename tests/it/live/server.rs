//! The binary as a child process with a data directory of its own. It leads a process group, so that nothing of it
//! outlives a test, and it is killed the way a power cut kills: without a word.

use super::{PATIENCE, eventually};
use interviewd::edge::Clock;
use std::{
    fs::{self, DirBuilder, File},
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::{fs::DirBuilderExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// The first server on a machine compiles the guests; that may take a while when every core is busy.
const COMPILING: Duration = Duration::from_secs(240);

/// A data directory that outlives the servers on it. Compiled guests come from the cache that all tests share.
pub struct Home {
    dir: TempDir,
}

impl Home {
    pub fn new() -> Home {
        let dir = tempfile::Builder::new()
            .prefix("live-")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .expect("a directory");
        let home = Home { dir };
        private_dir(&home.cache());
        private_dir(&shared_cache());
        share(&shared_cache(), &home.cache());
        home
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn cache(&self) -> PathBuf {
        self.data().join("cache")
    }

    fn log(&self) -> PathBuf {
        self.dir.path().join("log")
    }
}

/// A running server.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    log: PathBuf,
}

impl Server {
    /// Starts the binary and waits until a whole interview is possible in both languages.
    pub async fn start(home: &Home) -> Server {
        let address = free_address();
        let log = File::options()
            .create(true)
            .append(true)
            .open(home.log())
            .expect("a log");
        let child = Command::new(env!("CARGO_BIN_EXE_interviewd"))
            .arg("serve")
            .current_dir(home.dir.path())
            .env("INTERVIEWD__SERVER__BIND", address.to_string())
            .env("INTERVIEWD__SERVER__INTERNAL_BIND", "")
            .env("INTERVIEWD__DATA__DIR", home.data())
            .env("INTERVIEWD__ACCOUNTS__INITIAL_CREDITS", "1000")
            .env("INTERVIEWD__LIMITS__REQUESTS_PER_MINUTE", "10000")
            .env("INTERVIEWD__LIMITS__EXPENSIVE_PER_MINUTE", "10000")
            .env("INTERVIEWD__LIMITS__RUNS_PER_MINUTE_PER_SESSION", "10000")
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .process_group(0)
            .spawn()
            .expect("the binary starts");
        let mut server = Server {
            child,
            address,
            log: home.log(),
        };
        let http = reqwest::Client::new();
        server.is_up(&http, "/health", PATIENCE, |_| true).await;
        let is_ready = |body: &serde_json::Value| {
            ["python", "javascript"]
                .iter()
                .all(|language| body["languages"][language] == "ready")
        };
        server.is_up(&http, "/ready", COMPILING, is_ready).await;
        share(&home.cache(), &shared_cache());
        server
    }

    async fn is_up(
        &mut self,
        http: &reqwest::Client,
        path: &str,
        patience: Duration,
        enough: impl Fn(&serde_json::Value) -> bool,
    ) {
        let url = format!("http://{}{path}", self.address);
        eventually(&format!("{path} of the server"), patience, async || {
            if let Some(status) = self.child.try_wait().expect("our own child") {
                panic!("the server ended with {status}:\n{}", self.told());
            }
            let response = http.get(&url).send().await.ok()?;
            let ok = response.status().is_success();
            (ok && enough(&response.json().await.ok()?)).then_some(())
        })
        .await;
    }

    /// SIGKILL for the server alone; its workers must notice by themselves, and do so at once.
    pub async fn kill(mut self) {
        self.child.kill().expect("our own child");
        self.child.wait().expect("our own child");
        let group = self.child.id();
        eventually(
            "the workers of a killed server to end",
            PATIENCE,
            async || members(group).is_empty().then_some(()),
        )
        .await;
    }

    /// SIGTERM, as an operator would; panics when the server does not stop by itself or with a fault.
    pub async fn stop(mut self) {
        // SAFETY: our own child, which has not been waited for.
        assert_eq!(
            unsafe { libc::kill(self.child.id() as i32, libc::SIGTERM) },
            0
        );
        let status = eventually("the server to stop", PATIENCE, async || {
            self.child.try_wait().expect("our own child")
        })
        .await;
        assert!(
            status.success(),
            "the server stopped with {status}:\n{}",
            self.told()
        );
    }

    /// What it has written so far.
    pub fn told(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whatever happened to the test: neither server nor worker is left behind.
        // SAFETY: the group was made by our own child, and we have not reaped its leader under another name.
        unsafe { libc::kill(-(self.child.id() as i32), libc::SIGKILL) };
        let _ = self.child.wait();
        if std::thread::panicking() {
            let told = self.told();
            let tail: Vec<&str> = told.lines().rev().take(40).collect();
            eprintln!("— the last lines of the server —");
            tail.into_iter().rev().for_each(|line| eprintln!("{line}"));
        }
    }
}

/// Living processes of a group.
fn members(group: u32) -> Vec<u32> {
    let numbered = fs::read_dir("/proc")
        .expect("the process list")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    numbered
        .filter(|process: &u32| {
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            // pid (name) state parent group …; the name may hold anything.
            let after = stat.rsplit_once(") ").map_or("", |(_, after)| after);
            let mut fields = after.split(' ');
            let (state, _, its_group) = (fields.next(), fields.next(), fields.next());
            its_group == Some(&group.to_string()) && state != Some("Z")
        })
        .collect()
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a bound port")
}

fn shared_cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("guests")
}

fn private_dir(path: &Path) {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .expect("a directory");
}

/// Links what is compiled from one cache into the other, the hash before the code that it vouches for.
fn share(from: &Path, to: &Path) {
    for kind in ["sha256", "cwasm"] {
        for entry in fs::read_dir(from).expect("a cache").filter_map(Result::ok) {
            let name = entry.file_name();
            if Path::new(&name)
                .extension()
                .is_some_and(|extension| extension == kind)
            {
                // Somebody else may have put it there, or removed an old one from here.
                match fs::hard_link(entry.path(), to.join(&name)) {
                    Err(error)
                        if !matches!(
                            error.kind(),
                            io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound
                        ) =>
                    {
                        panic!("{}: {error}", entry.path().display())
                    }
                    _ => {}
                }
            }
        }
    }
}

/// A stopwatch of the real time.
pub fn stopwatch() -> interviewd::edge::Stopwatch {
    Clock::real().stopwatch()
}
