//! The jail around a JVM, put up by this binary started again as `sandbox-worker java-jail …`, which then becomes the JVM.
//!
//! Always: Landlock (nothing can be read but the JDK, the system's libraries and our runner, nothing written), seccomp (threads
//! but no processes, no sockets), resource limits, no capabilities, no environment; for a server that runs as root also a
//! user of its own for each JVM. Where bubblewrap works, around all of that: namespaces of its own for users, processes,
//! network and mounts. What cannot be put up is an error, and then no Java runs; bubblewrap alone may be missing.
//!
//! Descriptors: 3 the orders, 4 the replies, 5 the folder of the runner; 1 and 2 are the candidate's streams.

use crate::sandbox::confine::{self, Layer, check};
use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset,
    RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};
use std::{
    collections::BTreeMap,
    fs, io,
    os::{
        fd::{AsFd, BorrowedFd, IntoRawFd},
        unix::process::CommandExt,
    },
    path::{Path, PathBuf},
    process::Command,
};

/// The roles of this binary, as its first argument after the subcommand.
pub const OUTER: &str = "java-jail";
const INNER: &str = "java-inner";
pub const ATTEMPT: &str = "java-attempt";

pub const ORDERS: i32 = 3;
pub const REPLIES: i32 = 4;
pub const RUNNER: i32 = 5;

/// A JVM does not boot with less, whatever the operator says.
const DATA_MB_MIN: u64 = 512;

/// Threads of one JVM. Where it shares the server's user, those that this user has already come on top.
const THREADS_MAX: u64 = 64;

const FILES_MAX: u64 = 256;

/// What is mounted into bubblewrap's jail at these places.
const RUNNER_PLACE: &str = "/runner";
const BINARY_PLACE: &str = "/interviewd";

/// What the launcher is told; words on its command line.
#[derive(Debug, Clone)]
pub struct Jail {
    pub jdk: PathBuf,
    pub data_mb: u64,
    /// The user to become, for a server that is root.
    pub user: Option<u32>,
    /// The binary of bubblewrap.
    pub bubblewrap: Option<PathBuf>,
}

impl Jail {
    /// The words after the subcommand, before those for the program inside.
    pub fn words(&self) -> Vec<String> {
        self.role(OUTER)
    }

    fn role(&self, role: &str) -> Vec<String> {
        vec![
            role.to_owned(),
            self.jdk.display().to_string(),
            self.data_mb.to_string(),
            self.user.map_or("-".to_owned(), |user| user.to_string()),
            self.bubblewrap
                .as_ref()
                .map_or("-".to_owned(), |path| path.display().to_string()),
        ]
    }

    fn read(words: &[&str]) -> io::Result<Jail> {
        let [jdk, data_mb, user, bubblewrap] = words else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        Ok(Jail {
            jdk: jdk.into(),
            data_mb: data_mb.parse().map_err(io::Error::other)?,
            user: user.parse().ok(),
            bubblewrap: (*bubblewrap != "-").then(|| bubblewrap.into()),
        })
    }
}

/// `role JDK DATA_MB USER BUBBLEWRAP PROGRAM ARGUMENTS…`: puts up the walls and becomes the program. With `-` for a program it ends
/// well instead, which tells that the jail can be had.
pub fn become_jailed(role: &str, words: &[&str]) -> io::Result<i32> {
    let (jail, program) = words
        .split_at_checked(4)
        .ok_or(io::ErrorKind::InvalidInput)?;
    let jail = Jail::read(jail)?;
    if role == OUTER {
        give_up_privileges(&jail)?;
        if let Some(bubblewrap) = &jail.bubblewrap {
            return Err(wrap(bubblewrap, &jail, program)?.exec());
        }
    } else {
        // The folder that came along leads out of the new mounts; this one does not.
        // SAFETY: descriptors of this process, which has one thread.
        unsafe {
            let folder = fs::File::open(RUNNER_PLACE)?.into_raw_fd();
            check(libc::dup2(folder, RUNNER).into())?;
            if folder != RUNNER {
                libc::close(folder);
            }
            if let Some(user) = jail.user {
                become_user(user)?;
            }
            check(libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL, 0, 0, 0).into())?;
        }
    }
    wall_in(&jail, &[])?;
    match program {
        ["-"] => Ok(0),
        [program, arguments @ ..] => Err(Command::new(program).args(arguments).env_clear().exec()),
        [] => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// What code that broke out of Java's own checks would try, for the tests. Tells whether it got through.
pub fn attempt(what: &str, off: &[Layer]) -> io::Result<bool> {
    let jail = Jail {
        jdk: "/usr/lib".into(),
        data_mb: DATA_MB_MIN,
        user: None,
        bubblewrap: None,
    };
    // SAFETY: plain numbers; whatever is made ends with the process.
    unsafe {
        check(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0).into())?;
        check(libc::dup2(fs::File::open("/")?.into_raw_fd(), RUNNER).into())?;
    }
    let own = std::process::id();
    if !off.contains(&Layer::Landlock) {
        // Only for this attempt: the folder of the runner must not be the whole machine.
        let folder = fs::File::open("/usr/lib")?.into_raw_fd();
        // SAFETY: as above.
        check(unsafe { libc::dup2(folder, RUNNER) }.into())?;
    }
    wall_in(&jail, off)?;
    // SAFETY: plain numbers again, and a child that does nothing but end.
    Ok(unsafe {
        match what {
            "file" => fs::read("/etc/passwd").is_ok(),
            "write" => fs::write(format!("/tmp/java-attempt-{own}"), "").is_ok(),
            "network" => libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0) >= 0,
            "unix" => libc::socket(libc::AF_UNIX, libc::SOCK_STREAM, 0) >= 0,
            "signal" => libc::kill(libc::getppid(), 0) == 0,
            "memory" => {
                let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
                let rights = libc::PROT_READ | libc::PROT_WRITE;
                libc::mmap(std::ptr::null_mut(), 8 << 30, rights, flags, -1, 0) != libc::MAP_FAILED
            }
            "process" => {
                let child = libc::fork();
                if child == 0 {
                    libc::_exit(0);
                }
                child > 0
            }
            _ => return Err(io::Error::other("no such attempt")),
        }
    })
}

/// What comes before any wall.
fn give_up_privileges(jail: &Jail) -> io::Result<()> {
    confine::lower_priority()?;
    // SAFETY: system calls on plain numbers; the process has one thread.
    unsafe {
        check(libc::syscall(
            libc::SYS_close_range,
            RUNNER as u32 + 1,
            u32::MAX,
            0u32,
        ))?;
        check(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0).into())?;
        match jail.user {
            Some(user) => {
                // Pipes are opened once more, by their paths in /proc.
                for pipe in [1, 2, ORDERS, REPLIES] {
                    libc::fchown(pipe, user, user);
                }
                // Bubblewrap needs root's rights for the mounts of a root's server; the change of user then comes inside.
                if jail.bubblewrap.is_none() {
                    become_user(user)?;
                }
            }
            None => {
                // The kernel counts all of a user's threads, the server's as well.
                let already = threads_of(libc::getuid());
                confine::limit(libc::RLIMIT_NPROC, already + THREADS_MAX)?;
            }
        }
        // After the change of user, which forgets it.
        check(libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL, 0, 0, 0).into())?;
    }
    Ok(())
}

/// One that nobody else is, so that the kernel counts the threads of this JVM alone.
fn become_user(user: u32) -> io::Result<()> {
    confine::limit(libc::RLIMIT_NPROC, THREADS_MAX)?;
    // SAFETY: plain numbers.
    unsafe {
        check(libc::setgroups(0, std::ptr::null()).into())?;
        check(libc::setresgid(user, user, user).into())?;
        check(libc::setresuid(user, user, user).into())
    }
}

/// How many threads a user has on this machine.
fn threads_of(user: u32) -> u64 {
    let Ok(processes) = fs::read_dir("/proc") else {
        return 0;
    };
    let statuses = processes
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.path().join("status")).ok());
    let number = |status: &str, key: &str| -> Option<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        line.split_whitespace().next()?.parse().ok()
    };
    statuses
        .filter(|status| number(status, "Uid:") == Some(user.into()))
        .filter_map(|status| number(&status, "Threads:"))
        .sum()
}

fn wrap(bubblewrap: &Path, jail: &Jail, program: &[&str]) -> io::Result<Command> {
    let binary = fs::read_link("/proc/self/exe")?;
    let mut command = Command::new(bubblewrap);
    command.env_clear();
    // Root needs no user namespace to make the others, and needs its rights to become a user that is nobody.
    match jail.user {
        Some(_) => command.args(["--cap-drop", "ALL"]).args([
            "--cap-add",
            "CAP_SETUID",
            "--cap-add",
            "CAP_SETGID",
        ]),
        None => command.args(["--unshare-user", "--cap-drop", "ALL"]),
    };
    command.args([
        "--unshare-ipc",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--die-with-parent",
        "--new-session",
        "--as-pid-1",
        "--hostname",
        "box",
        "--ro-bind",
        "/usr",
        "/usr",
    ]);
    for place in ["/lib", "/lib64", "/lib32", "/bin"] {
        match fs::read_link(place) {
            Ok(target) => {
                command.arg("--symlink").arg(target).arg(place);
            }
            Err(_) => {
                command.args(["--ro-bind-try", place, place]);
            }
        }
    }
    for place in settings(jail)
        .chain([PathBuf::from("/etc/ld.so.cache")])
        .chain([jail.jdk.clone()])
    {
        // Folders that bubblewrap makes on its way are closed to others, and the JVM may be somebody else.
        let above: Vec<_> = place.ancestors().skip(1).collect();
        for folder in above.into_iter().rev().skip(1) {
            command.args(["--perms", "0755", "--dir"]).arg(folder);
        }
        command.arg("--ro-bind-try").arg(&place).arg(&place);
    }
    command
        .arg("--ro-bind")
        .args([format!("/proc/self/fd/{RUNNER}").as_str(), RUNNER_PLACE]);
    command.arg("--ro-bind").arg(binary).arg(BINARY_PLACE);
    // /dev is writable by default, and so is /dev/shm: host memory that no limit counts.
    command.args(["--proc", "/proc", "--dev", "/dev", "--size", "1048576"]);
    command.args(["--tmpfs", "/dev/shm", "--remount-ro", "/dev"]);
    command.args(["--chdir", "/", "--remount-ro", "/", "--"]);
    command.args([BINARY_PLACE, crate::sandbox::worker::SUBCOMMAND]);
    command.args(jail.role(INNER)).args(program);
    Ok(command)
}

/// Where distributions keep what a JDK's own folder only links to.
fn settings(jail: &Jail) -> impl Iterator<Item = PathBuf> {
    let links = ["conf", "conf/security/java.security", "lib/security"]
        .map(|link| jail.jdk.join(link).canonicalize().ok());
    let folders = links.into_iter().flatten().filter_map(|target| {
        let is_file = target.is_file();
        if is_file {
            target.parent().map(Path::to_owned)
        } else {
            Some(target)
        }
    });
    folders.chain(
        fs::read_dir("/etc")
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| {
                path.file_name().is_some_and(|name| {
                    name.to_str()
                        .is_some_and(|name| name.starts_with("java") || name == "crypto-policies")
                })
            }),
    )
}

/// Limits, Landlock, seccomp, in this order. `off` leaves walls out, for the attempts that prove the others.
fn wall_in(jail: &Jail, off: &[Layer]) -> io::Result<()> {
    confine::drop_capabilities()?;
    if !off.contains(&Layer::Rlimits) {
        confine::limit(libc::RLIMIT_DATA, jail.data_mb.max(DATA_MB_MIN) << 20)?;
        confine::limit(libc::RLIMIT_NOFILE, FILES_MAX)?;
        confine::limit(libc::RLIMIT_FSIZE, 0)?;
        confine::limit(libc::RLIMIT_CORE, 0)?;
    }
    if !off.contains(&Layer::Landlock) {
        let status = restrict_files(jail).map_err(io::Error::other)?;
        if status == RulesetStatus::NotEnforced {
            return Err(io::Error::other(
                "this kernel has no Landlock (Linux 5.13 or newer with `landlock` among its security modules is needed)",
            ));
        }
    }
    if !off.contains(&Layer::Seccomp) {
        for filter in [clone3_is_unknown(), allowed_system_calls()] {
            seccompiler::apply_filter(&filter.map_err(io::Error::other)?)
                .map_err(io::Error::other)?;
        }
    }
    Ok(())
}

fn restrict_files(jail: &Jail) -> Result<RulesetStatus, landlock::RulesetError> {
    let abi = ABI::V5;
    let read = AccessFs::from_read(abi);
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?;
    let places = [
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/etc/ld.so.cache",
        "/proc/self",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/sys/devices/system/cpu",
        "/dev/null",
        "/dev/urandom",
        "/dev/random",
    ];
    let places = places.into_iter().map(PathBuf::from);
    for place in places.chain([jail.jdk.clone()]).chain(settings(jail)) {
        let Ok(metadata) = fs::metadata(&place) else {
            continue;
        };
        let Ok(open) = PathFd::new(&place) else {
            continue;
        };
        let rights = if metadata.is_dir() {
            read
        } else {
            read & AccessFs::from_file(abi)
        };
        ruleset = ruleset.add_rule(PathBeneath::new(open, rights))?;
    }
    // SAFETY: open in every jailed process, and not closed here.
    let runner = unsafe { BorrowedFd::borrow_raw(RUNNER) };
    ruleset = ruleset.add_rule(PathBeneath::new(runner.as_fd(), read))?;
    Ok(ruleset.restrict_self()?.ruleset)
}

/// `clone3` hides its flags from filters. Told that there is none, glibc uses `clone`.
fn clone3_is_unknown() -> Result<BpfProgram, seccompiler::Error> {
    let rules = BTreeMap::from([(libc::SYS_clone3, vec![])]);
    let unknown = SeccompAction::Errno(libc::ENOSYS as u32);
    let architecture = std::env::consts::ARCH.try_into()?;
    Ok(SeccompFilter::new(rules, SeccompAction::Allow, unknown, architecture)?.try_into()?)
}

fn allowed_system_calls() -> Result<BpfProgram, seccompiler::Error> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    for call in EVERYWHERE.iter().chain(HERE) {
        rules.insert(*call, vec![]);
    }
    let when = |argument: u8, operator: SeccompCmpOp, value: u64| {
        let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Qword, operator, value)?;
        SeccompRule::new(vec![condition])
    };
    let any_of = |argument: u8, values: &[u64]| -> Result<Vec<SeccompRule>, seccompiler::Error> {
        let rules = values.iter().map(|value| {
            let condition =
                SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, *value)?;
            Ok(SeccompRule::new(vec![condition])?)
        });
        rules.collect()
    };
    // Threads, but no processes and no namespaces.
    let flags = (libc::CLONE_THREAD | NAMESPACES) as u64 & 0xffff_ffff;
    let is_thread = SeccompCmpOp::MaskedEq(flags);
    rules.insert(
        libc::SYS_clone,
        vec![when(0, is_thread, libc::CLONE_THREAD as u64)?],
    );
    // Signals to itself alone.
    let own = u64::from(std::process::id());
    rules.insert(libc::SYS_tgkill, any_of(0, &[own])?);
    rules.insert(libc::SYS_prlimit64, any_of(0, &[0])?);
    rules.insert(
        libc::SYS_prctl,
        any_of(
            0,
            &[
                libc::PR_SET_NAME as u64,
                libc::PR_GET_NAME as u64,
                libc::PR_SET_TIMERSLACK as u64,
                PR_SET_VMA,
            ],
        )?,
    );
    rules.insert(libc::SYS_ioctl, any_of(1, &[libc::FIONREAD, libc::TCGETS])?);
    // Java's file channels want a pair of their own.
    rules.insert(libc::SYS_socketpair, any_of(0, &[libc::AF_UNIX as u64])?);
    let refused = SeccompAction::Errno(libc::EPERM as u32);
    let architecture = std::env::consts::ARCH.try_into()?;
    Ok(SeccompFilter::new(rules, refused, SeccompAction::Allow, architecture)?.try_into()?)
}

const PR_SET_VMA: u64 = 0x5356_4d41;

const NAMESPACES: i32 = libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET;

/// What HotSpot and glibc call between their start and their end.
const EVERYWHERE: &[i64] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_munmap,
    libc::SYS_brk,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_pread64,
    libc::SYS_pwrite64,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_sched_yield,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_mincore,
    libc::SYS_dup,
    libc::SYS_dup3,
    libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_uname,
    libc::SYS_fcntl,
    libc::SYS_ftruncate,
    libc::SYS_getdents64,
    libc::SYS_getcwd,
    libc::SYS_readlinkat,
    libc::SYS_gettimeofday,
    libc::SYS_getrusage,
    libc::SYS_sysinfo,
    libc::SYS_times,
    libc::SYS_getuid,
    libc::SYS_getgid,
    libc::SYS_geteuid,
    libc::SYS_getegid,
    libc::SYS_getppid,
    libc::SYS_sigaltstack,
    libc::SYS_futex,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_getparam,
    libc::SYS_sched_getscheduler,
    libc::SYS_getpriority,
    libc::SYS_set_tid_address,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_openat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_getrandom,
    libc::SYS_membarrier,
    libc::SYS_pipe2,
    libc::SYS_ppoll,
    libc::SYS_statfs,
    libc::SYS_fstatfs,
    libc::SYS_execve,
    libc::SYS_eventfd2,
    libc::SYS_fadvise64,
    libc::SYS_get_mempolicy,
    libc::SYS_restart_syscall,
    libc::SYS_umask,
    // Allowed here, because of two filters that refuse, the newer one's answer counts: the other says that there is none.
    libc::SYS_clone3,
];

/// Older spellings of the same, which newer architectures never had.
#[cfg(target_arch = "x86_64")]
const HERE: &[i64] = &[
    libc::SYS_open,
    libc::SYS_stat,
    libc::SYS_lstat,
    libc::SYS_access,
    libc::SYS_readlink,
    libc::SYS_dup2,
    libc::SYS_pipe,
    libc::SYS_poll,
    libc::SYS_getrlimit,
    libc::SYS_getpgrp,
    libc::SYS_arch_prctl,
    libc::SYS_pause,
];
#[cfg(not(target_arch = "x86_64"))]
const HERE: &[i64] = &[];
