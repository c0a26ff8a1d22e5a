//! An older store is brought to today's layout step by step, wherever it is interrupted, and is never spoilt.
//!
//! The layouts here are made up: names in one column, then in two, then with an index.

use super::disk::Disk;
use interviewd::store::{
    Migration, Older, Record, Store, StoreError, Table, WriteTx, from_bytes, tables, to_bytes,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Whole {
    name: String,
}

impl Record for Whole {
    const VERSION: u8 = 1;
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Split {
    first: String,
    last: String,
}

impl From<Whole> for Split {
    fn from(whole: Whole) -> Split {
        let (first, last) = whole.name.split_once(' ').unwrap_or((&whole.name, ""));
        Split {
            first: first.to_owned(),
            last: last.to_owned(),
        }
    }
}

impl Record for Split {
    const VERSION: u8 = 2;

    fn upcast(older: Older<'_>) -> Result<Split, StoreError> {
        match older.version() {
            1 => Ok(older.read::<Whole>()?.into()),
            _ => Err(older.unknown()),
        }
    }
}

const WHOLE: Table<u64, Whole> = Table::new("test_people/1");
const SPLIT: Table<u64, Split> = Table::new("test_people/2");
const BY_LAST: Table<(String, u64), u64> = Table::new("test_people_by_last/1");

const STEPS: &[Migration] = &[
    Migration {
        to: 2,
        name: "names in two columns",
        step: split,
    },
    Migration {
        to: 3,
        name: "an index of last names",
        step: index,
    },
];

fn split(tx: &mut WriteTx) -> Result<(), StoreError> {
    for row in tx.range(WHOLE, ..)? {
        let (number, whole) = row?;
        tx.put(SPLIT, &number, &whole.into())?;
    }
    tx.delete_range(WHOLE, ..)
}

fn index(tx: &mut WriteTx) -> Result<(), StoreError> {
    for row in tx.range(SPLIT, ..)? {
        let (number, split) = row?;
        tx.put(BY_LAST, &(split.last, number), &number)?;
    }
    Ok(())
}

fn people() -> BTreeMap<u64, Whole> {
    let names = ["Ada Lovelace", "Grace Hopper", "Edsger Dijkstra"];
    let whole = |name: &str| Whole {
        name: name.to_owned(),
    };
    (0..).zip(names.map(whole)).collect()
}

/// A disk with a store of the first layout.
fn older_disk() -> Disk {
    let disk = Disk::new();
    let store = Store::on_with(disk.backend(), &[]).expect("a new store");
    store
        .write_now(|tx| {
            people()
                .iter()
                .try_for_each(|(number, whole)| tx.put(WHOLE, number, whole))
        })
        .expect("written");
    drop(store);
    disk.power_off();
    disk
}

#[derive(Debug, PartialEq)]
struct Content {
    layout: u64,
    whole: BTreeMap<u64, Whole>,
    split: BTreeMap<u64, Split>,
    by_last: BTreeMap<(String, u64), u64>,
}

fn content(store: &Store) -> Content {
    store
        .read(|tx| {
            Ok(Content {
                layout: tx.get(tables::SCHEMA_VERSION, &())?.expect("numbered"),
                whole: tx.range(WHOLE, ..)?.collect::<Result<_, _>>()?,
                split: tx.range(SPLIT, ..)?.collect::<Result<_, _>>()?,
                by_last: tx.range(BY_LAST, ..)?.collect::<Result<_, _>>()?,
            })
        })
        .expect("readable")
}

/// What a store of that layout holds, no more and no less.
fn expected(layout: u64) -> Content {
    let split: BTreeMap<u64, Split> = people()
        .into_iter()
        .map(|(number, whole)| (number, whole.into()))
        .collect();
    let by_last = split
        .iter()
        .map(|(number, split)| ((split.last.clone(), *number), *number));
    Content {
        layout,
        whole: if layout == 1 {
            people()
        } else {
            BTreeMap::new()
        },
        by_last: if layout == 3 {
            by_last.collect()
        } else {
            BTreeMap::new()
        },
        split: if layout == 1 { BTreeMap::new() } else { split },
    }
}

/// What the log says while something is done.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn while_listening<T>(&self, act: impl FnOnce() -> T) -> T {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(move || log.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, act)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_older_store_is_brought_forward_and_the_older_binary_then_refuses_it() {
    let disk = older_disk();
    let log = Log::default();
    let store = log.while_listening(|| Store::on_with(disk.backend(), STEPS).expect("brought"));
    assert_eq!(content(&store), expected(3));
    let told = log.text();
    assert!(
        told.contains("layout 2 of 3: names in two columns")
            && told.contains("layout 3 of 3: an index of last names"),
        "{told}"
    );
    drop(store);
    disk.power_off();
    let refused = Store::on_with(disk.backend(), &[])
        .err()
        .expect("refused")
        .to_string();
    assert!(refused.contains("layout 3, this one knows 1"), "{refused}");
    disk.power_off();
    // Nothing is left to do, and the refusal has changed nothing.
    let store = log.while_listening(|| Store::on_with(disk.backend(), STEPS).expect("opened"));
    assert_eq!(content(&store), expected(3));
    assert_eq!(log.text(), told);
}

#[test]
fn a_new_store_is_of_todays_layout_and_no_step_runs_on_it() {
    const NEVER: &[Migration] = &[Migration {
        to: 2,
        name: "never",
        step: |_| unreachable!("a new store has nothing to bring forward"),
    }];
    let store = Store::on_with(Disk::new().backend(), NEVER).expect("a new store");
    assert_eq!(content(&store).layout, 2);
}

/// The disk dies at its n-th operation, for every n: each step has happened wholly, with its number, or not at all, and
/// the next start finishes the way.
#[test]
fn the_way_survives_a_disk_that_dies_anywhere() {
    let mut whole_run = 0;
    let mut seen = [false; 4];
    for death in 0.. {
        let disk = older_disk();
        disk.dies_after(death);
        let outcome = Store::on_with(disk.backend(), STEPS).map(drop);
        let survived = !disk.is_dead();
        disk.power_off();
        // Looked at with as many steps as it has had, so that looking changes nothing.
        let layout = (1..=3)
            .find(|layout| {
                disk.power_off();
                Store::on_with(disk.backend(), &STEPS[..layout - 1]).is_ok()
            })
            .expect("some binary opens it");
        disk.power_off();
        let store = Store::on_with(disk.backend(), &STEPS[..layout - 1]).expect("opened");
        assert_eq!(
            content(&store),
            expected(layout as u64),
            "death at {death}, {outcome:?}"
        );
        seen[layout] = true;
        drop(store);
        disk.power_off();
        let store = Store::on_with(disk.backend(), STEPS)
            .unwrap_or_else(|error| panic!("after dying at {death}: {error}"));
        assert_eq!(content(&store), expected(3), "death at {death}");
        if survived {
            outcome.expect("nothing died");
            whole_run = death;
            break;
        }
    }
    assert!(
        whole_run > 10 && seen[1] && seen[2] && seen[3],
        "the storm was no storm: {whole_run} operations, layouts {seen:?}"
    );
}

#[test]
fn a_step_that_fails_or_panics_leaves_the_store_as_the_one_before_did() {
    const FAILING: &[Migration] = &[
        STEPS[0],
        Migration {
            to: 3,
            name: "a step with a fault",
            step: |tx| {
                index(tx)?;
                tx.delete_range(SPLIT, ..)?;
                Err(StoreError::Read("out of luck".to_owned()))
            },
        },
    ];
    const PANICKING: &[Migration] = &[
        STEPS[0],
        Migration {
            to: 3,
            name: "a step with a fault",
            step: |tx| {
                index(tx)?;
                panic!("out of luck")
            },
        },
    ];
    let disk = older_disk();
    for faulty in [FAILING, PANICKING] {
        let error = Store::on_with(disk.backend(), faulty)
            .err()
            .expect("refused")
            .to_string();
        assert!(
            error.contains("layout 3 (a step with a fault)") && error.contains("out of luck"),
            "{error}"
        );
        disk.power_off();
        let store = Store::on_with(disk.backend(), &STEPS[..1]).expect("still of layout 2");
        assert_eq!(content(&store), expected(2));
        drop(store);
        disk.power_off();
    }
    let store = Store::on_with(disk.backend(), STEPS).expect("with the step mended");
    assert_eq!(content(&store), expected(3));
}

/// A copy restored over newer rows may bring a step twice.
#[test]
fn a_step_that_comes_again_changes_nothing() {
    for from in 1..3 {
        let disk = older_disk();
        let store = Store::on_with(disk.backend(), STEPS).expect("brought");
        store
            .write_now(move |tx| tx.put(tables::SCHEMA_VERSION, &(), &from))
            .expect("written");
        drop(store);
        disk.power_off();
        let store = Store::on_with(disk.backend(), STEPS).expect("brought again");
        assert_eq!(content(&store), expected(3), "again from {from}");
    }
}

#[test]
fn an_older_shape_is_upcast_on_read_and_a_newer_one_is_not_guessed_at() {
    const PERSON: Table<u64, Split> = Table::new("test_people/1");
    let store = Store::in_memory();
    store
        .write_now(|tx| {
            people()
                .iter()
                .try_for_each(|(number, whole)| tx.put(WHOLE, number, whole))
        })
        .expect("written");
    let read: BTreeMap<u64, Split> = store
        .read(|tx| tx.range(PERSON, ..)?.collect())
        .expect("upcast");
    assert_eq!(read, expected(3).split);
    // What is written from now on has the new shape.
    let ada = read[&0].clone();
    let bytes = to_bytes(PERSON, &ada).expect("written");
    assert_eq!(bytes[0], 2);
    assert_eq!(from_bytes(PERSON, &bytes).expect("read"), ada);
    for unknown in [0, 3] {
        let mut bytes = bytes.clone();
        bytes[0] = unknown;
        let error = from_bytes(PERSON, &bytes).expect_err("unknown").to_string();
        assert!(
            error.contains(&format!("its version is {unknown}")),
            "{error}"
        );
    }
}
