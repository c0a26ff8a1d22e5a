//! The shelf of problems: shipped ones inside the binary, and a folder of the operator's own beside it. A file
//! in the folder replaces the shipped problem of the same name, any other file adds one; removing the file
//! brings the shipped one back. An edit never disturbs a running interview, whose problem is pinned by hash.
//!
//! Not here: who may see what (the API answers from `Problem::public`), and running code (`check` is handed a
//! way to do that).
//!
//! A further shipped problem: 1. `interviewd problems new SLUG --dir problems`, 2. write it,
//! `interviewd problems check problems/SLUG.toml`, 3. its name in [`SHIPPED`]; a test compares with the folder.

pub mod check;
mod index;
pub mod scaffold;
pub mod starter;
pub mod toml;

use self::toml::{FILE_BYTES_MAX, Mistake, Severity};
use index::Index;
use interviewd_domain::problem::{Difficulty, Problem};
use parking_lot::{Mutex, RwLock};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

/// Files in the folder beyond this many are left alone.
pub const FILES_MAX: usize = 2_000;

macro_rules! shipped {
    ($($slug:literal),* $(,)?) => {
        /// The problems inside the binary: file name and text.
        pub const SHIPPED: &[(&str, &str)] = &[
            $((concat!($slug, ".toml"), include_str!(concat!("../problems/", $slug, ".toml")))),*
        ];
    };
}

shipped![
    "bakery-window",
    "banner-letters",
    "bead-string",
    "bee-hives",
    "bell-phrases",
    "bird-walk",
    "boat-yard",
    "canal-lock",
    "candle-round",
    "cave-tour",
    "chalk-chant",
    "choir-buses",
    "class-photo",
    "clock-parts",
    "coat-rack",
    "curtain-strips",
    "donkey-panniers",
    "dye-bowls",
    "fence-order",
    "ferry-vote",
    "free-hook",
    "gust-log",
    "harbour-wall",
    "hay-days",
    "heron-notes",
    "honesty-box",
    "house-mural",
    "hut-trails",
    "ink-slots",
    "jam-cellar",
    "kiln-firings",
    "knitting-row",
    "lantern-chain",
    "left-luggage",
    "log-pile",
    "market-stalls",
    "marsh-bridges",
    "melon-trio",
    "menu-board",
    "milk-rounds",
    "orchard-rows",
    "organ-pipes",
    "paper-mobile",
    "parade-floats",
    "parcel-postage",
    "phone-tree",
    "planting-plan",
    "pond-sprinklers",
    "rail-gap",
    "recipe-brackets",
    "ribbon-patterns",
    "river-mouths",
    "rubber-boots",
    "seed-swap",
    "sheep-gates",
    "shelf-gap",
    "shop-sign",
    "sign-repaint",
    "signup-sheet",
    "song-shelf",
    "spacer-beads",
    "stage-setup",
    "stitched-tree",
    "stone-circle",
    "stone-stairs",
    "terrace-walk",
    "tide-table",
    "tile-fit",
    "tool-shed",
    "turning-mosaic",
    "wagon-siding",
    "water-tank",
    "wet-stairs",
    "window-figures",
    "window-lamps",
];

/// Which problems are wanted; an absent field wants all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub difficulty: Option<Difficulty>,
    pub category: Option<String>,
}

impl Filter {
    fn admits(&self, problem: &Problem) -> bool {
        let category = self.category.as_ref();
        self.difficulty
            .is_none_or(|wanted| problem.difficulty == wanted)
            && category.is_none_or(|wanted| problem.categories.contains(wanted))
    }
}

/// All problems, ready to be asked for. Shared behind an `Arc`; [`Library::reload`] swaps everything at once.
pub struct Library {
    dir: Option<PathBuf>,
    shelf: RwLock<Arc<Shelf>>,
    disk: Mutex<Disk>,
}

/// What everybody reads until the next reload.
struct Shelf {
    /// In the order of lists: easy ones first, then by title.
    problems: Vec<Arc<Problem>>,
    by_slug: BTreeMap<String, Arc<Problem>>,
    index: Index,
}

/// What is known of the folder.
#[derive(Default)]
struct Disk {
    seen: BTreeMap<PathBuf, Stamp>,
    /// The last good version of each file.
    good: BTreeMap<PathBuf, Arc<Problem>>,
    broken: Vec<Mistake>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed: Option<SystemTime>,
    bytes: u64,
}

/// What a reload found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reload {
    /// Whether any file was new, changed or gone.
    pub changed: bool,
    /// Errors of files that cannot be used now; where there was a good version before, it stays on the shelf.
    pub broken: Vec<Mistake>,
}

impl Library {
    /// The shipped problems, and those of `dir` if there is one. Never fails: broken files are left out, logged
    /// by place, and reported by [`Library::reload`].
    pub fn load(dir: Option<&Path>) -> Library {
        let library = Library {
            dir: dir.map(Path::to_owned),
            shelf: RwLock::new(Arc::new(Shelf::of(shipped()))),
            disk: Mutex::default(),
        };
        library.reload();
        library
    }

    /// Exactly these problems, for tests and demonstrations.
    pub fn of(problems: Vec<Problem>) -> Library {
        Library {
            dir: None,
            shelf: RwLock::new(Arc::new(Shelf::of(problems.into_iter().map(Arc::new)))),
            disk: Mutex::default(),
        }
    }

    pub fn get(&self, slug: &str) -> Option<Arc<Problem>> {
        self.shelf().by_slug.get(slug).cloned()
    }

    /// Easy ones first, then by title.
    pub fn list(&self, filter: &Filter) -> Vec<Arc<Problem>> {
        let shelf = self.shelf();
        let admitted = shelf
            .problems
            .iter()
            .filter(|problem| filter.admits(problem));
        admitted.cloned().collect()
    }

    /// Full text over what a candidate may see, best first; forgives typos and unfinished words.
    pub fn search(&self, query: &str, filter: &Filter) -> Vec<Arc<Problem>> {
        let shelf = self.shelf();
        let hits = shelf.index.search(query).into_iter();
        hits.filter_map(|hit| shelf.problems.get(hit))
            .filter(|problem| filter.admits(problem))
            .cloned()
            .collect()
    }

    /// One problem by chance. `recent` are slugs, the latest first: what is not among them comes first; when all
    /// are, the one that was done longest ago.
    pub fn random(&self, filter: &Filter, recent: &[&str], dice: u64) -> Option<Arc<Problem>> {
        let admitted = self.list(filter);
        let fresh: Vec<_> = admitted
            .iter()
            .filter(|problem| !recent.contains(&problem.slug.as_str()))
            .collect();
        if !fresh.is_empty() {
            return Some(fresh[(dice % fresh.len() as u64) as usize].clone());
        }
        let last_done =
            |problem: &Arc<Problem>| recent.iter().position(|slug| *slug == problem.slug);
        admitted.into_iter().max_by_key(last_done)
    }

    pub fn len(&self) -> usize {
        self.shelf().problems.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every category that some problem has, in alphabetical order.
    pub fn categories(&self) -> Vec<String> {
        let shelf = self.shelf();
        let all = shelf
            .problems
            .iter()
            .flat_map(|problem| problem.categories.iter().cloned());
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Looks at the folder again and, if a file changed, swaps the shelf in one step. A file that broke keeps its
    /// last good version. Reads the disk: call it from a thread that may wait; how often is the caller's choice.
    pub fn reload(&self) -> Reload {
        let Some(dir) = &self.dir else {
            return Reload::default();
        };
        let mut disk = self.disk.lock();
        let seen = match files_in(dir) {
            Ok(files) => files,
            Err(fault) => {
                // A folder that is away for a moment (a mount, a deployment) must not empty the shelf.
                tracing::warn!(dir = %dir.display(), %fault, "The folder of problems cannot be read; keeping what is there");
                return Reload {
                    changed: false,
                    broken: disk.broken.clone(),
                };
            }
        };
        if seen == disk.seen {
            return Reload {
                changed: false,
                broken: disk.broken.clone(),
            };
        }
        let mut good = BTreeMap::new();
        let mut broken: Vec<Mistake> = Vec::new();
        for (path, stamp) in &seen {
            let before = disk.good.get(path).cloned();
            let same = disk.seen.get(path) == Some(stamp);
            let known_broken = disk.broken.iter().any(|m| Path::new(&m.file) == path);
            if let (true, false, Some(before)) = (same, known_broken, &before) {
                good.insert(path.clone(), before.clone());
                continue;
            }
            match read(path, stamp.bytes) {
                Ok(problem) => {
                    good.insert(path.clone(), Arc::new(problem));
                }
                Err(mistakes) => {
                    // Places alone: what stands in a problem file is nobody's business in a log.
                    let first = mistakes.first().map_or(0, |mistake| mistake.line);
                    tracing::warn!(
                        file = %path.display(), line = first, mistakes = mistakes.len(), kept = before.is_some(),
                        "A problem file is broken; `interviewd problems check` says what to change"
                    );
                    good.extend(before.map(|before| (path.clone(), before)));
                    broken.extend(mistakes);
                }
            }
        }
        let mut by_slug: BTreeMap<String, Arc<Problem>> = shipped()
            .map(|problem| (problem.slug.clone(), problem))
            .collect();
        by_slug.extend(
            good.values()
                .map(|problem| (problem.slug.clone(), problem.clone())),
        );
        let shelf = Shelf::of(by_slug.into_values());
        *self.shelf.write() = Arc::new(shelf);
        *disk = Disk {
            seen,
            good,
            broken: broken.clone(),
        };
        Reload {
            changed: true,
            broken,
        }
    }

    fn shelf(&self) -> Arc<Shelf> {
        self.shelf.read().clone()
    }
}

impl Shelf {
    fn of(problems: impl IntoIterator<Item = Arc<Problem>>) -> Shelf {
        let mut problems: Vec<_> = problems.into_iter().collect();
        problems.sort_by(|a, b| {
            (a.difficulty, &a.title, &a.slug).cmp(&(b.difficulty, &b.title, &b.slug))
        });
        let by_slug = problems
            .iter()
            .map(|problem| (problem.slug.clone(), problem.clone()));
        Shelf {
            by_slug: by_slug.collect(),
            index: Index::build(&problems),
            problems,
        }
    }
}

fn shipped() -> impl Iterator<Item = Arc<Problem>> {
    // A test holds that every shipped file parses, so none is skipped in practice.
    let parsed = SHIPPED.iter().map(|(file, text)| toml::parse(file, text));
    parsed.filter_map(|parsed| parsed.problem).map(Arc::new)
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
            files.insert(
                path,
                Stamp {
                    changed: facts.modified().ok(),
                    bytes: facts.len(),
                },
            );
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
