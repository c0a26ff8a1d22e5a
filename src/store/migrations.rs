//! The way from an older layout of the file to today's: numbered steps, each in one transaction with the number that it
//! leads to. A server that dies in between finds the file as the last finished step left it and goes on from there. Not
//! for a record whose shape alone has changed: that is read by its `upcast`.
//!
//! To add one: a line at the end of [`SHIPPED`] with the next number, a function that reads the old tables (declared
//! beside it, with the record types of that time) and writes the new ones, and a test that builds the older store.
//! A step must not mind rows that are already as it wants them: a restored copy may bring it twice.

use super::{Store, StoreError, WriteTx, tables::SCHEMA_VERSION};

/// One step.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The layout that it leads to, from the one before.
    pub to: u64,
    /// What it does, for the log: "an index of names".
    pub name: &'static str,
    /// Works in memory until it is done; an error or a panic leaves nothing behind.
    pub step: fn(&mut WriteTx) -> Result<(), StoreError>,
}

/// The layout that the first stores had.
pub const FIRST: u64 = 1;

/// Every step since then. None yet: stores of the first layout are today's.
pub const SHIPPED: &[Migration] = &[];

/// The layout that `steps` lead to.
///
/// # Panics
/// When they are not numbered one after the other.
pub const fn newest(steps: &[Migration]) -> u64 {
    let mut newest = FIRST;
    let mut index = 0;
    while index < steps.len() {
        newest += 1;
        assert!(
            steps[index].to == newest,
            "migrations are numbered one after the other"
        );
        index += 1;
    }
    newest
}

// A gap in the list that is shipped does not compile.
const _: u64 = newest(SHIPPED);

/// Takes the steps that the store has not had. A new store needs none; one from a newer binary is refused untouched.
pub(super) fn bring_forward(
    store: &Store,
    path: &str,
    steps: &'static [Migration],
) -> Result<(), StoreError> {
    let known = newest(steps);
    let Some(found) = store.read(|tx| tx.get(SCHEMA_VERSION, &()))? else {
        return store.write_now(move |tx| tx.put(SCHEMA_VERSION, &(), &known));
    };
    if found > known {
        return Err(StoreError::NewerSchema {
            path: path.to_owned(),
            found,
            known,
        });
    }
    for migration in steps.iter().filter(|migration| migration.to > found) {
        let Migration { to, name, step } = *migration;
        tracing::info!("Bringing the store to layout {to} of {known}: {name}");
        store
            .write_now(move |tx| {
                step(tx)?;
                tx.put(SCHEMA_VERSION, &(), &to)
            })
            .map_err(|error| StoreError::Migration {
                path: path.to_owned(),
                to,
                name,
                reason: error.to_string(),
            })?;
    }
    Ok(())
}
