//! The shelf: what is on it, finding and drawing problems, and a folder that changes under it.

use super::valid;
use interviewd::{
    edge::{Clock, Tasks},
    problems::{self, Filter, Found, LOOK_EVERY, Library, SHIPPED, Slice},
};
use interviewd_domain::{
    problem::{Difficulty, Problem},
    time::Timestamp,
};
use std::{collections::BTreeMap, fs, path::Path, sync::Arc, time::Duration};

fn slugs(problems: &[std::sync::Arc<interviewd_domain::problem::Problem>]) -> Vec<&str> {
    problems
        .iter()
        .map(|problem| problem.slug.as_str())
        .collect()
}

fn search(library: &Library, query: &str, filter: &Filter) -> Vec<Arc<Problem>> {
    library.find(query, filter, Slice::ALL).problems
}

fn of(difficulty: Difficulty) -> Filter {
    Filter {
        difficulty: Some(difficulty),
        category: None,
    }
}

/// Writes a file whose length differs from the last time, so that it counts as changed on any file system.
fn write(dir: &Path, slug: &str, text: &str) {
    fs::write(dir.join(format!("{slug}.toml")), text).unwrap();
}

#[test]
fn without_a_folder_the_shipped_problems_are_there() {
    let library = Library::load(None);
    assert_eq!(library.len(), SHIPPED.len());
    let list = library.list(&Filter::default());
    assert!(list.is_sorted_by_key(|problem| (problem.difficulty, problem.title.clone())));
    assert!(library.get("tide-table").is_some());
    assert!(library.get("../tide-table").is_none());
    assert!(library.categories().contains(&"linked-list".to_owned()));
    let lists = Filter {
        difficulty: None,
        category: Some("linked-list".into()),
    };
    assert!(slugs(&library.list(&lists)).contains(&"lantern-chain"));
    assert!(!slugs(&library.list(&lists)).contains(&"tide-table"));
    assert!(
        library
            .list(&of(Difficulty::Hard))
            .iter()
            .all(|problem| problem.difficulty == Difficulty::Hard)
    );
}

#[test]
fn search_forgives_typos_and_unfinished_words() {
    let library = Library::load(None);
    let first = |query: &str| {
        search(&library, query, &Filter::default())
            .first()
            .map(|problem| problem.slug.clone())
    };
    for (query, want) in [
        ("tide", "tide-table"),
        ("harbor tide", "tide-table"),
        ("lantren", "lantern-chain"),
        ("lant", "lantern-chain"),
        ("BAKERY", "bakery-window"),
        ("brackets in a recipe", "recipe-brackets"),
        ("pumps", "water-tank"),
        ("lockers", "left-luggage"),
        ("orchards", "orchard-rows"),
        // Misspelt and unfinished at once, as in the middle of typing.
        ("bakrey w", "bakery-window"),
        ("lantren ch", "lantern-chain"),
        ("orchrad", "orchard-rows"),
        ("recipe brakc", "recipe-brackets"),
    ] {
        assert_eq!(first(query).as_deref(), Some(want), "{query}");
    }
    for (query, category) in [
        ("linkd list", "linked-list"),
        ("dynamic programing", "dynamic-programming"),
    ] {
        let slug = first(query).expect("something is found");
        let problem = library.get(&slug).expect("it is there");
        assert!(
            problem.categories.iter().any(|own| own == category),
            "{query}: {slug}"
        );
    }
    assert_eq!(first("xylophone trombone"), None);
    assert_eq!(
        search(&library, " ", &Filter::default()),
        library.list(&Filter::default())
    );
    assert_eq!(first("\"*(+&&"), None);
    assert!(!slugs(&search(&library, "tide", &of(Difficulty::Hard))).contains(&"tide-table"));
}

/// A search must not help to guess what is hidden.
#[test]
fn search_does_not_see_hidden_parts() {
    let text = valid().replace("A single pass with one comparison", "Zanzibarquux");
    let text = text.replace("name = \"single flower\"", "name = \"wolpertinger\"");
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "sunflower-row", &text);
    let library = Library::load(Some(dir.path()));
    assert_eq!(
        slugs(&search(&library, "sunflowers", &Filter::default())),
        ["sunflower-row"]
    );
    assert_eq!(search(&library, "zanzibarquux", &Filter::default()), []);
    assert_eq!(search(&library, "wolpertinger", &Filter::default()), []);
}

/// Every beginning of a word finds what the whole word finds first.
#[test]
fn every_letter_typed_finds_something() {
    let library = Library::load(None);
    for word in ["lantern", "bakery", "orchard", "luggage"] {
        for end in 3..=word.len() {
            let found = search(&library, &word[..end], &Filter::default());
            let whole = search(&library, word, &Filter::default());
            assert!(found.contains(&whole[0]), "{}", &word[..end]);
        }
    }
}

#[test]
fn tags_are_found_like_the_title() {
    let dir = tempfile::tempdir().unwrap();
    let text = valid().replacen(
        "difficulty =",
        "tags = [\"Quellwasser GmbH\", \"week 3\"]\ndifficulty =",
        1,
    );
    write(dir.path(), "sunflower-row", &text);
    let library = Library::load(Some(dir.path()));
    for query in ["quellwasser", "Quelwasser", "quellw"] {
        let found = search(&library, query, &Filter::default());
        assert_eq!(slugs(&found), ["sunflower-row"], "{query}");
    }
}

/// The counts say what another choice would leave, and each is what that choice then finds.
#[test]
fn counts_reflect_the_other_filters() {
    let library = Library::load(None);
    let count = |query: &str, difficulty, category: Option<&str>| {
        let category = category.map(str::to_owned);
        let filter = Filter {
            difficulty,
            category,
        };
        search(&library, query, &filter).len()
    };
    for query in ["", "row", "a list of", "zzzzzz"] {
        for category in [None, Some("arrays"), Some("strings"), Some("astrology")] {
            for difficulty in [None, Some(Difficulty::Easy), Some(Difficulty::Hard)] {
                let filter = Filter {
                    difficulty,
                    category: category.map(str::to_owned),
                };
                let Found {
                    total,
                    any_difficulty,
                    difficulties,
                    any_category,
                    categories,
                    ..
                } = library.find(query, &filter, Slice { skip: 0, take: 1 });
                let said = format!("{query} {difficulty:?} {category:?}");
                assert_eq!(total, count(query, difficulty, category), "{said}");
                assert_eq!(any_difficulty, count(query, None, category), "{said}");
                assert_eq!(any_category, count(query, difficulty, None), "{said}");
                for (other, of_other) in difficulties {
                    assert_eq!(of_other, count(query, Some(other), category), "{said}");
                }
                assert_eq!(categories.len(), library.categories().len());
                for (other, of_other) in categories {
                    assert_eq!(of_other, count(query, difficulty, Some(&other)), "{said}");
                }
            }
        }
    }
}

#[test]
fn pages_of_a_search_are_parts_of_the_whole() {
    let library = Library::load(None);
    for query in ["", "the", "list"] {
        let whole = search(&library, query, &Filter::default());
        let mut parts = Vec::new();
        for skip in (0..whole.len() + 3).step_by(3) {
            let slice = Slice { skip, take: 3 };
            parts.extend(library.find(query, &Filter::default(), slice).problems);
        }
        assert!(whole.len() > 3, "{query}");
        assert_eq!(slugs(&parts), slugs(&whole), "{query}");
    }
}

/// With nothing lately done, every problem is as likely as another; what is done lately never comes while there is
/// something else.
#[test]
fn a_draw_is_fair_among_what_is_fresh() {
    let library = Library::load(None);
    let all = library.list(&Filter::default());
    for recent in [
        vec![],
        slugs(&all[..3]),
        slugs(&all[all.len() - 3..]),
        slugs(&all[5..12]),
    ] {
        let mut drawn: BTreeMap<String, u32> = BTreeMap::new();
        let fresh = all.len() - recent.len();
        for dice in 0..fresh as u64 * 3 {
            let problem = library.random(&Filter::default(), &recent, dice).unwrap();
            *drawn.entry(problem.slug.clone()).or_default() += 1;
        }
        assert!(
            recent.iter().all(|slug| !drawn.contains_key(*slug)),
            "{recent:?}"
        );
        assert_eq!(drawn.len(), fresh);
        assert!(drawn.values().all(|times| *times == 3), "{drawn:?}");
    }
    // The same problem twice, and one that is gone, change nothing.
    let recent = ["tide-table", "gone", "tide-table"];
    let twice = library.random(&Filter::default(), &recent, 4).unwrap();
    assert_eq!(
        twice,
        library.random(&Filter::default(), &recent[..1], 4).unwrap()
    );
}

#[test]
fn a_draw_among_found_ones_avoids_what_was_done_lately() {
    let library = Library::load(None);
    let found = search(&library, "list", &Filter::default());
    let recent = slugs(&found[1..]);
    for dice in 0..20 {
        let drawn = library.random_among("list", &Filter::default(), &recent, dice);
        assert_eq!(drawn.unwrap().slug, found[0].slug);
    }
    assert_eq!(
        library.random_among("zzzzzz", &Filter::default(), &[], 1),
        None
    );
}

#[test]
fn a_draw_prefers_what_was_not_done_lately() {
    let shipped = Library::load(None);
    let pair = ["kiln-firings", "banner-letters"].map(|slug| (*shipped.get(slug).unwrap()).clone());
    let library = Library::of(pair.to_vec());
    let hard = of(Difficulty::Hard);
    let all = library.list(&hard);
    let all = slugs(&all);
    assert_eq!(all.len(), 2);
    for dice in 0..20 {
        assert_eq!(library.random(&hard, &[all[0]], dice).unwrap().slug, all[1]);
        // Both were done: the one that was done longer ago stands last.
        assert_eq!(
            library.random(&hard, &[all[1], all[0]], dice).unwrap().slug,
            all[0]
        );
    }
    let drawn: std::collections::BTreeSet<String> = (0..200)
        .map(|dice| {
            shipped
                .random(&Filter::default(), &[], dice)
                .unwrap()
                .slug
                .clone()
        })
        .collect();
    assert_eq!(drawn.len(), shipped.len());
    let nothing = Filter {
        difficulty: None,
        category: Some("astrology".into()),
    };
    assert!(library.random(&nothing, &[], 7).is_none());
}

#[test]
fn a_file_in_the_folder_adds_or_replaces() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "sunflower-row", &valid());
    write(dir.path(), "tide-table", &valid());
    fs::write(dir.path().join("notes.txt"), "not a problem").unwrap();
    let library = Library::load(Some(dir.path()));
    assert_eq!(library.len(), SHIPPED.len() + 1);
    assert_eq!(library.get("tide-table").unwrap().title, "Sunflower row");

    fs::remove_file(dir.path().join("tide-table.toml")).unwrap();
    fs::remove_file(dir.path().join("sunflower-row.toml")).unwrap();
    assert!(library.reload().changed);
    assert_eq!(library.len(), SHIPPED.len());
    assert_ne!(library.get("tide-table").unwrap().title, "Sunflower row");
}

#[test]
fn a_file_that_breaks_keeps_its_last_good_version() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "sunflower-row", &valid());
    let library = Library::load(Some(dir.path()));
    assert!(!library.reload().changed);

    write(
        dir.path(),
        "sunflower-row",
        &valid().replace("expected = 2", "expected = \"two\""),
    );
    let reload = library.reload();
    assert!(reload.changed);
    assert_eq!(reload.broken.len(), 1);
    assert!(reload.broken[0].file.ends_with("sunflower-row.toml"));
    assert_eq!(library.get("sunflower-row").unwrap().title, "Sunflower row");
    // Still broken, still reported, still there.
    assert_eq!(library.reload().broken.len(), 1);

    write(
        dir.path(),
        "sunflower-row",
        &valid().replace("Sunflower row", "A row of sunflowers"),
    );
    assert_eq!(library.reload().broken, []);
    assert_eq!(
        library.get("sunflower-row").unwrap().title,
        "A row of sunflowers"
    );
    assert_eq!(
        slugs(&search(&library, "row of sunflowers", &Filter::default()))[0],
        "sunflower-row"
    );

    drop(dir);
    let reload = library.reload();
    assert!(
        !reload.changed,
        "a folder that is away for a moment empties nothing"
    );
    assert!(library.get("sunflower-row").is_some());
}

#[test]
fn what_is_still_being_written_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let library = Library::load(Some(dir.path()));
    let written = valid();
    let (half, _) = written.split_at(written.len() / 2);
    write(dir.path(), "sunflower-row", half);
    assert!(!library.look().changed, "the first look only remembers");
    write(dir.path(), "sunflower-row", &written);
    assert!(!library.look().changed, "it was written again since");
    assert!(library.look().changed);
    assert_eq!(
        library.faults(),
        problems::Faults::default(),
        "the half was never read"
    );
    assert!(library.get("sunflower-row").is_some());

    // An editor that removes and writes anew: the gap is not taken for a removal.
    fs::remove_file(dir.path().join("sunflower-row.toml")).unwrap();
    assert!(!library.look().changed);
    write(
        dir.path(),
        "sunflower-row",
        &written.replace("Sunflower row", "Sunflower tow"),
    );
    assert!(!library.look().changed);
    assert_eq!(library.get("sunflower-row").unwrap().title, "Sunflower row");
    assert!(library.look().changed);
    assert_eq!(library.get("sunflower-row").unwrap().title, "Sunflower tow");

    // One file that never rests does not hold up the others.
    write(dir.path(), "tide-table", &written);
    write(dir.path(), "restless", "#");
    assert!(!library.look().changed);
    write(dir.path(), "restless", "##");
    assert!(library.look().changed);
    assert_eq!(library.get("tide-table").unwrap().title, "Sunflower row");
    assert_eq!(library.faults(), problems::Faults::default());
}

#[test]
fn a_write_of_the_same_length_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "sunflower-row", &valid());
    let library = Library::load(Some(dir.path()));
    for title in ["Sunflower tow", "Sunflower mow", "Sunflower low"] {
        // At a rename the length is the same, and so may be the time of the last write.
        let text = valid().replace("Sunflower row", title);
        fs::write(dir.path().join("next"), text).unwrap();
        fs::rename(
            dir.path().join("next"),
            dir.path().join("sunflower-row.toml"),
        )
        .unwrap();
        assert!(library.reload().changed);
        assert_eq!(library.get("sunflower-row").unwrap().title, title);
    }
}

#[test]
fn faults_are_kept_for_administrators_until_they_are_mended() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("problems");
    let library = Library::load(Some(&folder));
    assert_eq!(
        library.faults(),
        problems::Faults::default(),
        "no folder is no fault"
    );

    fs::create_dir(&folder).unwrap();
    write(&folder, "sunflower-row", &valid());
    assert!(
        library.reload().changed,
        "a folder that is made later counts"
    );
    write(&folder, "sunflower-row", "difficulty = \"easy");
    write(&folder, "another", "");
    library.reload();
    let faults = library.faults();
    let files: std::collections::BTreeSet<_> = faults
        .files
        .iter()
        .map(|fault| fault.file.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(files, ["another.toml", "sunflower-row.toml"].into());
    assert!(
        library.get("sunflower-row").is_some(),
        "the last good version stays"
    );

    fs::rename(&folder, dir.path().join("away")).unwrap();
    assert!(!library.reload().changed);
    assert!(library.faults().folder.is_some());
    assert!(library.get("sunflower-row").is_some());
    fs::rename(dir.path().join("away"), &folder).unwrap();
    fs::remove_file(folder.join("another.toml")).unwrap();
    write(&folder, "sunflower-row", &valid());
    library.reload();
    assert_eq!(library.faults(), problems::Faults::default());
}

/// The task that the server runs, on a clock that the test moves.
#[tokio::test]
async fn the_folder_is_followed_while_the_server_runs() {
    const PATIENCE: Duration = Duration::from_secs(60);
    let dir = tempfile::tempdir().unwrap();
    let library = Arc::new(Library::load(Some(dir.path())));
    let (clock, tasks) = (Clock::manual(Timestamp::default()), Tasks::new());
    let watch = problems::watch(library.clone(), clock.clone(), tasks.stop_signal());
    tasks.spawn("watch", watch);
    let becomes = async |what: &str, is: &dyn Fn() -> bool| {
        let waited = Clock::real().stopwatch();
        while waited.elapsed() < PATIENCE {
            if is() {
                return;
            }
            clock.advance(LOOK_EVERY);
            tokio::task::yield_now().await;
        }
        panic!("never: {what}");
    };
    let title = || library.get("sunflower-row").map(|it| it.title.clone());
    write(dir.path(), "sunflower-row", &valid());
    becomes("added", &|| title().is_some()).await;
    write(dir.path(), "sunflower-row", "broken");
    becomes("reported", &|| !library.faults().files.is_empty()).await;
    assert_eq!(title().as_deref(), Some("Sunflower row"));
    let mended = valid().replace("Sunflower row", "A row of sunflowers");
    write(dir.path(), "sunflower-row", &mended);
    becomes("mended", &|| {
        title().as_deref() == Some("A row of sunflowers")
    })
    .await;
    let found = search(&library, "row of sunflowers", &Filter::default());
    assert_eq!(slugs(&found)[0], "sunflower-row");
    fs::remove_file(dir.path().join("sunflower-row.toml")).unwrap();
    becomes("removed", &|| title().is_none()).await;
    assert!(tasks.shutdown(Duration::from_secs(10)).await.is_empty());
}
