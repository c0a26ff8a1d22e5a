//! The walls around a worker process. wasm is the first wall; these are for the day when it has a hole.
//!
//! `before_loading` gives up what is never needed; `before_serving` gives up what only loading needed (files, new
//! threads, new executable memory). After that the process can compute, read its orders and write its answers,
//! and that is all. Each wall is named by a [`Layer`], and `tests/it/sandbox` has for each an attempt that only
//! that wall stops.

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};
use std::{collections::BTreeMap, io, str::FromStr};

/// Private memory of a worker: the largest guest, its tables and stacks, and the host's own buffers. Address space
/// is not limited, because wasm memories reserve gigabytes that they never touch.
const DATA_BYTES_MAX: u64 = 1_280 << 20;

/// Pipes, the page map, timers: a worker holds a handful.
const FILES_MAX: u64 = 32;

/// Below the server, so that pages stay quick while code runs.
const NICENESS: i32 = 10;

/// The kernel's first choice when memory runs out.
const OOM_SCORE: &str = "600";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    Rlimits,
    Landlock,
    Seccomp,
}

impl FromStr for Layer {
    type Err = ();
    fn from_str(text: &str) -> Result<Layer, ()> {
        match text {
            "rlimits" => Ok(Layer::Rlimits),
            "landlock" => Ok(Layer::Landlock),
            "seccomp" => Ok(Layer::Seccomp),
            _ => Err(()),
        }
    }
}

/// First thing in a worker: no descriptors but the three standard ones, no new privileges, no life after the
/// server's, lower priority.
pub fn before_loading() -> io::Result<()> {
    // SAFETY: system calls on plain numbers; no descriptor of ours is open yet but the standard ones.
    unsafe {
        check(libc::syscall(libc::SYS_close_range, 3u32, u32::MAX, 0u32))?;
        check(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0).into())?;
        check(libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL, 0, 0, 0).into())?;
        libc::prctl(libc::PR_SET_NAME, c"interviewd-code".as_ptr(), 0, 0, 0);
    }
    lower_priority()
}

/// Below the server in everything.
pub fn lower_priority() -> io::Result<()> {
    // SAFETY: plain numbers.
    check(unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, NICENESS) }.into())?;
    // Refused in some containers; a worker without it is only killed a little later.
    let _ = std::fs::write("/proc/self/oom_score_adj", OOM_SCORE);
    Ok(())
}

/// Last thing before the first order. `off` leaves walls out, for the attempts that prove the others.
/// Tells whether Landlock is among them: kernels may lack it.
pub fn before_serving(off: &[Layer]) -> io::Result<bool> {
    let mut landlocked = false;
    drop_capabilities()?;
    if !off.contains(&Layer::Rlimits) {
        limit_resources()?;
    }
    if !off.contains(&Layer::Landlock) {
        landlocked = restrict_files_and_network()? != RulesetStatus::NotEnforced;
    }
    if !off.contains(&Layer::Seccomp) {
        let filter = allowed_system_calls().map_err(io::Error::other)?;
        seccompiler::apply_filter_all_threads(&filter).map_err(io::Error::other)?;
    }
    Ok(landlocked)
}

fn limit_resources() -> io::Result<()> {
    let limits = [
        (libc::RLIMIT_DATA, DATA_BYTES_MAX),
        (libc::RLIMIT_NOFILE, FILES_MAX),
        (libc::RLIMIT_FSIZE, 0),
        (libc::RLIMIT_CORE, 0),
        // Counts what is already there, so zero means "no further one". The kernel exempts root, seccomp does not.
        (libc::RLIMIT_NPROC, 0),
    ];
    limits
        .into_iter()
        .try_for_each(|(resource, max)| limit(resource, max))
}

pub fn limit(resource: libc::__rlimit_resource_t, max: u64) -> io::Result<()> {
    let limit = libc::rlimit {
        rlim_cur: max,
        rlim_max: max,
    };
    // SAFETY: the pointer is to a live local.
    check(unsafe { libc::setrlimit(resource, &limit) }.into())
}

/// All of them, also when the server runs as root.
pub fn drop_capabilities() -> io::Result<()> {
    #[repr(C)]
    struct Header {
        version: u32,
        pid: i32,
    }
    const VERSION_3: u32 = 0x2008_0522;
    let header = Header {
        version: VERSION_3,
        pid: 0,
    };
    let none = [[0u32; 3]; 2];
    // SAFETY: both pointers are to live locals of the sizes that version 3 demands.
    check(unsafe { libc::syscall(libc::SYS_capset, &header, &none) })
}

/// No rule at all, so nothing is allowed. On kernels without Landlock this is a wall less, not an error.
fn restrict_files_and_network() -> io::Result<RulesetStatus> {
    let restrict = || -> Result<RulesetStatus, landlock::RulesetError> {
        let status = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(ABI::V5))?
            .handle_access(AccessNet::from_all(ABI::V5))?
            .create()?
            .restrict_self()?;
        Ok(status.ruleset)
    };
    restrict().map_err(io::Error::other)
}

/// `_IOWR('f', 16, struct pm_scan_arg)`: how the pool finds the pages that an instance has touched.
const PAGEMAP_SCAN: u64 = 0xc060_6610;

fn allowed_system_calls() -> Result<BpfProgram, seccompiler::Error> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    for call in [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_munmap,
        libc::SYS_madvise,
        libc::SYS_mremap,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_clock_nanosleep,
        libc::SYS_nanosleep,
        libc::SYS_clock_gettime,
        libc::SYS_gettimeofday,
        libc::SYS_getrandom,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ] {
        rules.insert(call, vec![]);
    }
    // Memory may come and change its protection, but nothing becomes executable any more.
    let not_executable =
        || {
            let forbidden = SeccompCmpOp::MaskedEq(libc::PROT_EXEC as u64);
            Ok::<_, seccompiler::BackendError>(vec![SeccompRule::new(vec![
                SeccompCondition::new(2, SeccompCmpArgLen::Dword, forbidden, 0)?,
            ])?])
        };
    rules.insert(libc::SYS_mmap, not_executable()?);
    rules.insert(libc::SYS_mprotect, not_executable()?);
    let scan = SeccompCondition::new(1, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, PAGEMAP_SCAN)?;
    rules.insert(libc::SYS_ioctl, vec![SeccompRule::new(vec![scan])?]);

    // Everything else fails with "not permitted" rather than by death: a libc that tries something newer first
    // falls back, and an attacker gets no further either way.
    let refused = SeccompAction::Errno(libc::EPERM as u32);
    let architecture = std::env::consts::ARCH.try_into()?;
    Ok(SeccompFilter::new(rules, refused, SeccompAction::Allow, architecture)?.try_into()?)
}

pub fn check(result: i64) -> io::Result<()> {
    match result {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
