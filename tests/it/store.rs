//! The store through its two doors: a model that it must agree with, and a disk that fails at every possible moment.

mod disk;
mod migrations;

use disk::Disk;
use interviewd::{
    edge::Entropy,
    store::{Record, Store, StoreError, Table, WriteTx},
};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Bound};

const NUMBERS: Table<String, u64> = Table::new("test_numbers/1");
const PAIRS: Table<(u64, String), Numbers> = Table::new("test_pairs/1");

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Numbers(Vec<u64>);

impl Record for Numbers {
    const VERSION: u8 = 1;
}

#[derive(Debug)]
enum Trouble {
    Store(StoreError),
    Refused,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        Trouble::Store(error)
    }
}

#[derive(Debug, Clone)]
enum Step {
    Put(u8, u64),
    Delete(u8),
    DeleteRange(u8, u8),
    Look(u8, u8),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Ending {
    Keep,
    Refuse,
    Panic,
}

fn key(letter: u8) -> String {
    // Keys that are prefixes of each other and hold zero bytes: where an encoding that does not keep order breaks.
    ["", "a", "a\0", "a\0b", "aa", "b", "é", "z"][usize::from(letter) % 8].to_owned()
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0u8..8, 0u64..100).prop_map(|(k, v)| Step::Put(k, v)),
        2 => (0u8..8).prop_map(Step::Delete),
        1 => (0u8..8, 0u8..8).prop_map(|(a, b)| Step::DeleteRange(a, b)),
        2 => (0u8..8, 0u8..8).prop_map(|(a, b)| Step::Look(a, b)),
    ];
    proptest::collection::vec(step, 0..12)
}

fn model_range(model: &BTreeMap<String, u64>, from: &str, to: &str) -> Vec<(String, u64)> {
    model
        .iter()
        .filter(|(k, _)| k.as_str() >= from && k.as_str() <= to)
        .map(|(k, v)| (k.clone(), *v))
        .collect()
}

fn play(
    tx: &mut WriteTx,
    steps: &[Step],
    model: &mut BTreeMap<String, u64>,
) -> Result<(), StoreError> {
    for step in steps {
        match step {
            Step::Put(k, v) => {
                tx.put(NUMBERS, &key(*k), v)?;
                model.insert(key(*k), *v);
            }
            Step::Delete(k) => {
                tx.delete(NUMBERS, &key(*k))?;
                model.remove(&key(*k));
            }
            Step::DeleteRange(a, b) => {
                tx.delete_range(NUMBERS, key(*a)..=key(*b))?;
                for (k, _) in model_range(model, &key(*a), &key(*b)) {
                    model.remove(&k);
                }
            }
            Step::Look(a, b) => {
                let found: Vec<(String, u64)> = tx
                    .range(NUMBERS, key(*a)..=key(*b))?
                    .collect::<Result<_, _>>()?;
                assert_eq!(found, model_range(model, &key(*a), &key(*b)));
                let backwards: Vec<String> = tx
                    .range(NUMBERS, ..)?
                    .rev()
                    .map(|row| row.map(|(k, _)| k))
                    .collect::<Result<_, _>>()?;
                assert!(backwards.is_sorted_by(|a, b| a > b));
                assert_eq!(tx.get(NUMBERS, &key(*a))?, model.get(&key(*a)).copied());
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever closures do and however they end, the store holds what the ones that succeeded left.
    #[test]
    fn the_store_agrees_with_a_map(script in proptest::collection::vec((steps(), 0u8..6), 1..12)) {
        let store = Store::in_memory();
        let mut model = BTreeMap::new();
        for (steps, ending) in script {
            let ending = match ending { 0 => Ending::Refuse, 1 => Ending::Panic, _ => Ending::Keep };
            let mut after = model.clone();
            let outcome = store.write_now(move |tx| {
                play(tx, &steps, &mut after)?;
                match ending {
                    Ending::Keep => Ok(after),
                    Ending::Refuse => Err(Trouble::Refused),
                    Ending::Panic => panic!("on purpose"),
                }
            });
            match (ending, outcome) {
                (Ending::Keep, Ok(after)) => model = after,
                (Ending::Refuse, Err(Trouble::Refused)) => {}
                (Ending::Panic, Err(Trouble::Store(StoreError::Panicked(_)))) => {}
                (ending, outcome) => prop_assert!(false, "{:?} came to {:?}", ending, outcome.map(|_| ())),
            }
            let stored: BTreeMap<String, u64> = store.read(|tx| tx.range(NUMBERS, ..)?.collect()).expect("readable");
            prop_assert_eq!(&stored, &model);
        }
    }

    /// Keys sort as their bytes do, whatever is in them.
    #[test]
    fn rows_come_in_the_order_of_their_keys(keys in proptest::collection::btree_set((0u64..3, ".{0,3}"), 0..12)) {
        let store = Store::in_memory();
        let rows: Vec<(u64, String)> = keys.iter().cloned().collect();
        let put = rows.clone();
        store.write_now(move |tx| put.iter().try_for_each(|key| tx.put(PAIRS, key, &Numbers(vec![key.0])))).expect("written");
        let read: Vec<(u64, String)> = store.read(|tx| tx.range(PAIRS, ..)?.map(|row| row.map(|(key, _)| key)).collect()).expect("read");
        prop_assert_eq!(&read, &rows);
        let one: Vec<(u64, String)> = store
            .read(|tx| tx.range(PAIRS, (Bound::Included((1, String::new())), Bound::Excluded((2, String::new()))))?.map(|row| row.map(|(key, _)| key)).collect())
            .expect("read");
        prop_assert_eq!(one, rows.into_iter().filter(|(owner, _)| *owner == 1).collect::<Vec<_>>());
    }
}

/// Each write moves one coin between two boxes and counts the move; a half-applied one would show.
fn transfer(store: &Store, number: u64) -> Result<(), StoreError> {
    store.write_now(move |tx| {
        let left = tx.get(NUMBERS, &"left".to_owned())?.unwrap_or(1_000);
        let right = tx.get(NUMBERS, &"right".to_owned())?.unwrap_or(0);
        tx.put(NUMBERS, &"left".to_owned(), &(left - 1))?;
        tx.put(NUMBERS, &"right".to_owned(), &(right + 1))?;
        tx.put(PAIRS, &(number, "done".to_owned()), &Numbers(vec![number]))
    })
}

/// The disk dies at its n-th operation, for every n: what was acknowledged is there after the restart, nothing is
/// half there, and at most the one write that was under way is there without having been acknowledged.
#[test]
fn nothing_acknowledged_is_lost_whenever_the_disk_dies() {
    let writes = 6;
    let mut whole_run = 0;
    for death in 1.. {
        let disk = Disk::new();
        drop(Store::on(disk.backend()).expect("a new store"));
        disk.power_off();
        disk.dies_after(death);
        let mut acknowledged = 0;
        if let Ok(store) = Store::on(disk.backend()) {
            for number in 0..writes {
                match transfer(&store, number) {
                    Ok(()) => acknowledged += 1,
                    Err(_) => break,
                }
            }
        }
        let survived = !disk.is_dead();
        disk.power_off();
        let store = Store::on(disk.backend())
            .unwrap_or_else(|error| panic!("after dying at {death}: {error}"));
        let done = store
            .read(|tx| Ok(tx.range(PAIRS, ..)?.count() as u64))
            .expect("readable");
        let right = store
            .read(|tx| tx.get(NUMBERS, &"right".to_owned()))
            .expect("readable")
            .unwrap_or(0);
        let left = store
            .read(|tx| tx.get(NUMBERS, &"left".to_owned()))
            .expect("readable")
            .unwrap_or(1_000);
        assert!(
            done == acknowledged || done == acknowledged + 1,
            "death at {death}: {acknowledged} acknowledged, {done} there"
        );
        assert_eq!(
            (right, left),
            (done, 1_000 - done),
            "death at {death}: a half-applied write"
        );
        transfer(&store, 99).expect("the store works again");
        if survived {
            whole_run = death;
            break;
        }
    }
    assert!(
        whole_run > 20,
        "the storm was no storm: only {whole_run} operations"
    );
}

/// While the disk is busy with one commit, everybody else lines up for the next.
#[tokio::test]
async fn many_writers_share_commits_and_all_get_their_answer() {
    let disk = Disk::new();
    let store = Store::on(disk.backend()).expect("opened");
    let before = disk.syncs();
    disk.hold_syncs();
    let write =
        |number: u64| store.write(move |tx| tx.put(NUMBERS, &format!("{number:03}"), &number));
    let mut writes = Vec::new();
    for number in 0..200u64 {
        // Polled once, so that it stands in line before the disk goes on.
        let mut waiting = Box::pin(write(number));
        assert!(futures_util::poll!(&mut waiting).is_pending());
        writes.push(waiting);
    }
    disk.release_syncs();
    for outcome in futures_util::future::join_all(writes).await {
        outcome.expect("written");
    }
    let stored = store
        .read(|tx| Ok(tx.range(NUMBERS, ..)?.count()))
        .expect("readable");
    assert_eq!(stored, 200);
    assert!(
        disk.syncs() - before <= 8,
        "writes did not share commits: {} syncs",
        disk.syncs() - before
    );
}

#[test]
fn a_file_in_use_and_a_newer_layout_are_refused_with_a_sentence() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("data").join("x.redb");
    let store = Store::open(&path).expect("opened");
    let error = Store::open(&path).err().expect("refused").to_string();
    assert!(error.contains("in use by another interviewd"), "{error}");
    store
        .write_now(|tx| tx.put(interviewd::store::tables::SCHEMA_VERSION, &(), &99))
        .expect("written");
    drop(store);
    let error = open_when_released(&path)
        .err()
        .expect("refused")
        .to_string();
    assert!(error.contains("written by a newer interviewd"), "{error}");
}

/// The writer thread lets go of the file a moment after its store was dropped.
fn open_when_released(path: &std::path::Path) -> Result<Store, StoreError> {
    loop {
        match Store::open(path) {
            Err(StoreError::InUse { .. }) => std::thread::yield_now(),
            other => return other,
        }
    }
}

#[test]
fn data_is_private_to_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("data").join("x.redb");
    let _store = Store::open(&path).expect("opened");
    let mode = |path: &std::path::Path| {
        std::fs::metadata(path).expect("there").permissions().mode() & 0o777
    };
    assert_eq!(
        (mode(&path), mode(path.parent().expect("a parent"))),
        (0o600, 0o700)
    );
}

#[test]
fn a_signing_key_is_made_once_and_kept() {
    let store = Store::in_memory();
    let first = store.signing_key("a", &Entropy::seeded(1)).expect("made");
    assert_eq!(
        store.signing_key("a", &Entropy::seeded(2)).expect("kept"),
        first
    );
    assert_ne!(
        store.signing_key("b", &Entropy::seeded(1)).expect("made"),
        Vec::<u8>::new()
    );
}

#[test]
fn a_damaged_record_is_told_and_not_taken() {
    const RAW: Table<String, Numbers> = Table::new("test_numbers/1");
    let store = Store::in_memory();
    store
        .write_now(|tx| tx.put(RAW, &"x".to_owned(), &Numbers(vec![1, 2])))
        .expect("written");
    let error = store
        .read(|tx| tx.get(NUMBERS, &"x".to_owned()))
        .expect_err("unreadable")
        .to_string();
    assert!(error.contains("test_numbers/1"), "{error}");
}

/// A refusal may rest on what a neighbour in the same group has just changed, and that may yet be lost.
#[tokio::test]
async fn a_refusal_is_told_only_once_what_it_rests_on_is_on_disk() {
    let disk = Disk::new();
    let store = Store::on(disk.backend()).expect("opened");
    disk.hold_syncs();
    let mut blocker = Box::pin(store.write(|tx| tx.put(NUMBERS, &"first".to_owned(), &1)));
    assert!(futures_util::poll!(&mut blocker).is_pending());
    let mut writes = Vec::new();
    for _ in 0..2 {
        let mut once = Box::pin(
            store.write(|tx| match tx.get(NUMBERS, &"taken".to_owned())? {
                Some(_) => Err(Trouble::Refused),
                None => Ok(tx.put(NUMBERS, &"taken".to_owned(), &1)?),
            }),
        );
        assert!(futures_util::poll!(&mut once).is_pending());
        writes.push(once);
    }
    disk.dies_after(0);
    disk.release_syncs();
    assert!(blocker.await.is_err());
    for outcome in futures_util::future::join_all(writes).await {
        assert!(matches!(outcome, Err(Trouble::Store(_))), "{outcome:?}");
    }
}

/// Whoever is killed while the file is made leaves half of one.
#[test]
fn a_file_that_was_never_finished_is_made_anew() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("x.redb");
    std::fs::write(path.with_extension("new"), vec![0; 5_000]).expect("written");
    let store = Store::open(&path).expect("opened");
    transfer(&store, 1).expect("written");
    drop(store);
    let store = Store::open(&path).expect("opened again at once: the drop has closed it");
    assert_eq!(
        store
            .read(|tx| Ok(tx.range(PAIRS, ..)?.count()))
            .expect("readable"),
        1
    );
    assert!(!path.with_extension("new").exists());
}
