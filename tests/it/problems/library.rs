//! The shelf: what is on it, finding and drawing problems, and a folder that changes under it.

use super::valid;
use interviewd::problems::{Filter, Library, SHIPPED};
use interviewd_domain::problem::Difficulty;
use std::{fs, path::Path};

fn slugs(problems: &[std::sync::Arc<interviewd_domain::problem::Problem>]) -> Vec<&str> {
    problems
        .iter()
        .map(|problem| problem.slug.as_str())
        .collect()
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
        library
            .search(query, &Filter::default())
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
    assert_eq!(first(""), None);
    assert_eq!(first("\"*(+&&"), None);
    assert!(!slugs(&library.search("tide", &of(Difficulty::Hard))).contains(&"tide-table"));
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
        slugs(&library.search("sunflowers", &Filter::default())),
        ["sunflower-row"]
    );
    assert_eq!(library.search("zanzibarquux", &Filter::default()), []);
    assert_eq!(library.search("wolpertinger", &Filter::default()), []);
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
        slugs(&library.search("row of sunflowers", &Filter::default()))[0],
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
