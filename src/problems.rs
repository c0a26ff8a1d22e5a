//! The shelf of problems: shipped ones inside the binary, and a folder of the operator's own beside it. A file
//! in the folder replaces the shipped problem of the same name, any other file adds one; removing the file
//! brings the shipped one back. An edit never disturbs a running interview, whose problem is pinned by hash.
//!
//! The folder is looked at every few seconds ([`watch`]); every change swaps the whole shelf at once.
//!
//! Not here: who may see what (the API answers from `Problem::public`), and running code (`check` is handed a
//! way to do that).
//!
//! A further shipped problem: 1. `interviewd problems new SLUG --dir problems`, 2. write it,
//! `interviewd problems check problems/SLUG.toml`, 3. its name in [`SHIPPED`]; a test compares with the folder.

pub mod check;
mod folder;
mod index;
pub mod scaffold;
mod shelf;
pub mod starter;
pub mod toml;

pub use folder::Faults;

use self::toml::Mistake;
use crate::edge::{self, Clock, Stop};
use folder::{Folder, Take};
use interviewd_domain::problem::{Difficulty, Problem};
use parking_lot::{Mutex, RwLock};
use shelf::Shelf;
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, LazyLock},
    time::Duration,
};

/// Files in the folder beyond this many are left alone.
pub const FILES_MAX: usize = 10_000;
/// How often the folder is looked at; what changed counts from the second look on.
pub const LOOK_EVERY: Duration = Duration::from_secs(2);

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

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    pub skip: usize,
    pub take: usize,
}

impl Slice {
    pub const ALL: Slice = Slice {
        skip: 0,
        take: usize::MAX,
    };
}

/// What was found, and how many there would be with another difficulty or category.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The part that was asked for: best first, and without words easy ones first, then by title.
    pub problems: Vec<Arc<Problem>>,
    /// How many fit in all.
    pub total: usize,
    /// With the same words and category, but any difficulty.
    pub any_difficulty: usize,
    pub difficulties: [(Difficulty, usize); 3],
    /// With the same words and difficulty, but any category.
    pub any_category: usize,
    /// Every category of the library in alphabetical order, those without a fitting problem too.
    pub categories: Vec<(String, usize)>,
}

/// All problems, ready to be asked for. Shared behind an `Arc`; [`Library::reload`] swaps everything at once.
pub struct Library {
    shelf: RwLock<Arc<Shelf>>,
    folder: Option<Folder>,
    /// Held while a shelf is made, so that two reloads cannot overtake one another.
    making: Mutex<()>,
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
    /// by place, and reported by [`Library::faults`].
    pub fn load(dir: Option<&Path>) -> Library {
        let folder = dir.map(Folder::new);
        if let Some(folder) = &folder {
            folder.look(Take::AtOnce);
        }
        Library {
            shelf: RwLock::new(Arc::new(shipped_and(folder.as_ref()))),
            folder,
            making: Mutex::default(),
        }
    }

    /// Exactly these problems, for tests and demonstrations.
    pub fn of(problems: Vec<Problem>) -> Library {
        Library {
            shelf: RwLock::new(Arc::new(Shelf::of(problems.into_iter().map(Arc::new)))),
            folder: None,
            making: Mutex::default(),
        }
    }

    pub fn get(&self, slug: &str) -> Option<Arc<Problem>> {
        self.shelf().get(slug)
    }

    /// Full text over what a candidate may see, with the tags; forgives typos and unfinished words. Without words
    /// everything fits.
    pub fn find(&self, query: &str, filter: &Filter, slice: Slice) -> Found {
        self.shelf().find(query, filter, slice)
    }

    /// Easy ones first, then by title.
    pub fn list(&self, filter: &Filter) -> Vec<Arc<Problem>> {
        self.find("", filter, Slice::ALL).problems
    }

    /// One problem by chance. `recent` are slugs, the latest first: what is not among them comes first; when all
    /// are, the one that was done longest ago. Takes as long in a large library as in a small one.
    pub fn random(&self, filter: &Filter, recent: &[&str], dice: u64) -> Option<Arc<Problem>> {
        self.shelf().random(filter, recent, dice)
    }

    /// [`Self::random`] among what a search finds.
    pub fn random_among(
        &self,
        query: &str,
        filter: &Filter,
        recent: &[&str],
        dice: u64,
    ) -> Option<Arc<Problem>> {
        self.shelf().random_among(query, filter, recent, dice)
    }

    pub fn len(&self) -> usize {
        self.shelf().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every category that some problem has, in alphabetical order.
    pub fn categories(&self) -> Vec<String> {
        self.shelf().categories().cloned().collect()
    }

    /// What is wrong with the folder now, for administrators.
    pub fn faults(&self) -> Faults {
        self.folder.as_ref().map(Folder::faults).unwrap_or_default()
    }

    /// Takes every change of the folder at once and, if there was one, swaps the shelf in one step. A file that
    /// broke keeps its last good version. Reads the disk: call it from a thread that may wait.
    pub fn reload(&self) -> Reload {
        self.take(Take::AtOnce)
    }

    /// [`Self::reload`] for whoever comes again and again: leaves alone what changed since the last look.
    pub fn look(&self) -> Reload {
        self.take(Take::Settled)
    }

    fn take(&self, take: Take) -> Reload {
        let Some(folder) = &self.folder else {
            return Reload::default();
        };
        let making = self.making.lock();
        let changed = folder.look(take);
        if changed {
            let shelf = Arc::new(shipped_and(Some(folder)));
            *self.shelf.write() = shelf;
        }
        drop(making);
        Reload {
            changed,
            broken: folder.faults().files,
        }
    }

    fn shelf(&self) -> Arc<Shelf> {
        self.shelf.read().clone()
    }
}

/// Keeps a library at what its folder says, until the server stops.
pub async fn watch(library: Arc<Library>, clock: Clock, mut stop: Stop) {
    loop {
        tokio::select! {
            () = clock.sleep(LOOK_EVERY) => {}
            () = stop.stopped() => break,
        }
        let library = library.clone();
        edge::off_thread(move || {
            if library.look().changed {
                tracing::info!(problems = library.len(), "The library of problems changed");
            }
        })
        .await;
    }
}

fn shipped_and(folder: Option<&Folder>) -> Shelf {
    // They never change, and to read them takes longer than all the rest. A test holds that every file parses, so none
    // is skipped in practice.
    static PARSED: LazyLock<Vec<Arc<Problem>>> = LazyLock::new(|| {
        let parsed = SHIPPED.iter().map(|(file, text)| toml::parse(file, text));
        let problems = parsed.filter_map(|parsed| parsed.problem);
        problems.map(Arc::new).collect()
    });
    let own = folder.map(Folder::problems).unwrap_or_default();
    let by_slug: BTreeMap<String, Arc<Problem>> = PARSED
        .iter()
        .cloned()
        .chain(own)
        .map(|problem| (problem.slug.clone(), problem))
        .collect();
    Shelf::of(by_slug.into_values())
}
