//! The operator's folder of problems: which files changed, which are good, what is wrong with the others.
//!
//! It is looked at again and again instead of asking the kernel to tell: a look costs a `stat` for each file, works
//! on network mounts and on the mounts of containers, where notifications do not arrive, and follows the product's
//! clock, so that tests need not wait. A file counts once two looks in a row saw it the same: what is still being
//! written, copied or replaced is left in peace. Not here: what follows from a change (`Library`).

use super::{
    FILES_MAX,
    toml::{self, FILE_BYTES_MAX, Mistake, Severity},
};
use interviewd_domain::problem::Problem;
use parking_lot::Mutex;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::Arc,
};

/// What is wrong with the folder, for whoever runs the server; never shown to candidates, never logged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// Why the folder itself cannot be read, when it could be before. What was read stays on the shelf.
    pub folder: Option<String>,
    /// Errors of files that cannot be used now; where there was a good version before, it stays on the shelf.
    pub files: Vec<Mistake>,
}

/// Which changes a look takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    AtOnce,
    /// Those that the look before saw the same way.
    Settled,
}

pub(super) struct Folder {
    dir: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What the last look saw.
    seen: BTreeMap<PathBuf, Stamp>,
    /// What was read.
    taken: BTreeMap<PathBuf, Stamp>,
    /// The last good version of each file.
    good: BTreeMap<PathBuf, Arc<Problem>>,
    broken: BTreeMap<PathBuf, Vec<Mistake>>,
    unreadable: Option<String>,
}

/// Differs whenever a file was written, however quickly: the kernel sets the time of change, nobody else can.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed_ns: (i64, i64),
    bytes: u64,
    inode: u64,
}

impl Folder {
    pub fn new(dir: &Path) -> Folder {
        Folder {
            dir: dir.to_owned(),
            state: Mutex::default(),
        }
    }

    /// Whether anything was taken.
    pub fn look(&self, take: Take) -> bool {
        let mut state = self.state.lock();
        let now = match files_in(&self.dir) {
            Ok(files) => files,
            // The default folder need not be there.
            Err(fault) if fault.kind() == io::ErrorKind::NotFound && state.taken.is_empty() => {
                BTreeMap::new()
            }
            Err(fault) => {
                // A folder that is away for a moment (a mount, a deployment) must not empty the shelf.
                if state.unreadable.is_none() {
                    tracing::warn!(dir = %self.dir.display(), %fault, "The folder of problems cannot be read; keeping what is there");
                }
                state.unreadable = Some(fault.to_string());
                return false;
            }
        };
        state.unreadable = None;
        let before = std::mem::replace(&mut state.seen, now.clone());
        let known: BTreeSet<PathBuf> = now.keys().chain(state.taken.keys()).cloned().collect();
        let mut changed = false;
        for path in known {
            let stamp = now.get(&path).copied();
            if state.taken.get(&path).copied() == stamp
                || (take == Take::Settled && before.get(&path).copied() != stamp)
            {
                continue;
            }
            changed = true;
            state.take(path, stamp);
        }
        changed
    }

    /// The last good version of every file.
    pub fn problems(&self) -> Vec<Arc<Problem>> {
        self.state.lock().good.values().cloned().collect()
    }

    pub fn faults(&self) -> Faults {
        let state = self.state.lock();
        Faults {
            folder: state.unreadable.clone(),
            files: state.broken.values().flatten().cloned().collect(),
        }
    }
}

impl State {
    fn take(&mut self, path: PathBuf, stamp: Option<Stamp>) {
        let Some(stamp) = stamp else {
            self.taken.remove(&path);
            self.good.remove(&path);
            self.broken.remove(&path);
            return;
        };
        self.taken.insert(path.clone(), stamp);
        match read(&path, stamp.bytes) {
            Ok(problem) => {
                self.broken.remove(&path);
                self.good.insert(path, Arc::new(problem));
            }
            Err(mistakes) => {
                // Places alone: what stands in a problem file is nobody's business in a log.
                let first = mistakes.first().map_or(0, |mistake| mistake.line);
                tracing::warn!(
                    file = %path.display(), line = first, mistakes = mistakes.len(), kept = self.good.contains_key(&path),
                    "A problem file is broken; `interviewd problems check` says what to change"
                );
                self.broken.insert(path, mistakes);
            }
        }
    }
}

fn files_in(dir: &Path) -> io::Result<BTreeMap<PathBuf, Stamp>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        // A file that vanished between the two calls is simply not there.
        if let Ok(facts) = fs::metadata(&path)
            && facts.is_file()
        {
            let stamp = Stamp {
                changed_ns: (facts.ctime(), facts.ctime_nsec()),
                bytes: facts.len(),
                inode: facts.ino(),
            };
            files.insert(path, stamp);
        }
        if files.len() >= FILES_MAX {
            break;
        }
    }
    Ok(files)
}

/// One file of the folder, or its errors.
fn read(path: &Path, bytes: u64) -> Result<Problem, Vec<Mistake>> {
    let file = path.to_string_lossy();
    let mistake = |message: String, fix: &str| {
        vec![Mistake {
            file: file.to_string(),
            line: 1,
            column: 1,
            severity: Severity::Error,
            message,
            fix: fix.to_owned(),
        }]
    };
    if bytes > FILE_BYTES_MAX as u64 {
        let message = format!("the file is longer than {FILE_BYTES_MAX} bytes");
        return Err(mistake(message, "Write large inputs as recipes"));
    }
    let text = fs::read_to_string(path).map_err(|fault| {
        mistake(
            format!("the file cannot be read ({fault})"),
            "Make it readable UTF-8 text",
        )
    })?;
    let parsed = toml::parse(&file, &text);
    parsed.problem.ok_or_else(|| {
        let errors = parsed.mistakes.into_iter();
        errors
            .filter(|mistake| mistake.severity == Severity::Error)
            .collect()
    })
}
