//! Where everything is kept: ordered tables in one redb file (or in memory), behind [`Store::read`] and
//! [`Store::write`]. redb is named in this folder alone.
//!
//! There is one writer thread. It takes the closures that are waiting, runs each on an overlay over one write
//! transaction, merges the overlay when the closure succeeded and drops it when it refused or panicked, commits once
//! for all of them, and only then answers. Reads see snapshots and never wait. Closures do memory work only.
//!
//! To keep something new: a line in `tables.rs`, one in `records.rs` and a sample in `tests/it/stored_shapes.rs`.
//! Whatever a value looks like later, old bytes stay readable: a changed record is read by its upcast, and what an upcast
//! cannot do (move rows, fill an index) is a step in `migrations.rs`.

mod codec;
pub mod migrations;
mod overlay;
mod records;
pub mod tables;
mod writer;

use crate::edge::Entropy;
use redb::{Database, ReadableDatabase, backends::InMemoryBackend};
use std::{
    path::Path,
    sync::{Arc, mpsc},
};
use tokio::sync::oneshot;

pub use codec::{Key, Older, Record, from_bytes, to_bytes};
pub use migrations::Migration;
pub use overlay::{ReadTx, Row, WriteTx};
pub use tables::Table;
use writer::Writer;

/// Trouble with the file. Nothing was half-written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    #[error(
        "{path} is in use by another interviewd. Stop that one first, or choose another `data.dir`."
    )]
    InUse { path: String },
    #[error(
        "{path} was written by a newer interviewd (layout {found}, this one knows {known}). Use that version."
    )]
    NewerSchema {
        path: String,
        found: u64,
        known: u64,
    },
    #[error(
        "{path} could not be brought to layout {to} ({name}): {reason}. It is still as the step before left it."
    )]
    Migration {
        path: String,
        to: u64,
        name: &'static str,
        reason: String,
    },
    #[error("the record in {table} cannot be read: {reason}")]
    Damaged { table: &'static str, reason: String },
    #[error("the store could not be written: {0}")]
    Write(String),
    #[error("the store could not be read: {0}")]
    Read(String),
    #[error("the write was abandoned because of a fault in it: {0}")]
    Panicked(String),
    #[error("the store is closed")]
    Closed,
}

/// The open store; clones share it.
#[derive(Clone)]
pub struct Store {
    database: Arc<Database>,
    writer: Arc<Writer>,
}

impl Store {
    /// Opens or creates the file. Directories are made private.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        let shown = path.display().to_string();
        if let Some(parent) = path.parent() {
            private_dir(parent)
                .map_err(|error| StoreError::Write(format!("{}: {error}", parent.display())))?;
        }
        let trouble = |error: redb::DatabaseError| match error {
            redb::DatabaseError::DatabaseAlreadyOpen => StoreError::InUse {
                path: shown.clone(),
            },
            other => StoreError::Write(format!("{shown}: {other}")),
        };
        let io_trouble = |error: std::io::Error| StoreError::Write(format!("{shown}: {error}"));
        if !path.exists() {
            // Whoever is killed while a file is made leaves one that cannot be opened, so it gets its name when it is
            // whole.
            let unfinished = path.with_extension("new");
            if unfinished.exists() {
                std::fs::remove_file(&unfinished).map_err(io_trouble)?;
            }
            drop(Database::create(&unfinished).map_err(trouble)?);
            private_file(&unfinished).map_err(io_trouble)?;
            std::fs::rename(&unfinished, path).map_err(io_trouble)?;
            if let Some(parent) = path
                .parent()
                .filter(|parent| !parent.as_os_str().is_empty())
            {
                std::fs::File::open(parent)
                    .and_then(|directory| directory.sync_all())
                    .map_err(io_trouble)?;
            }
        }
        let database = Database::open(path).map_err(trouble)?;
        private_file(path).map_err(io_trouble)?;
        Store::over(database, &shown, migrations::SHIPPED)
    }

    /// A store that is gone when dropped: for tests and the demo.
    pub fn in_memory() -> Store {
        Store::on(InMemoryBackend::new()).expect("memory does not fail")
    }

    /// A store over any backend; tests bring one that fails.
    pub fn on(backend: impl redb::StorageBackend) -> Result<Store, StoreError> {
        Store::on_with(backend, migrations::SHIPPED)
    }

    /// [`Self::on`] with migrations of one's own, for tests of the way from an older layout.
    pub fn on_with(
        backend: impl redb::StorageBackend,
        migrations: &'static [Migration],
    ) -> Result<Store, StoreError> {
        let database = Database::builder()
            .create_with_backend(backend)
            .map_err(|error| StoreError::Write(error.to_string()))?;
        Store::over(database, "the store", migrations)
    }

    fn over(
        database: Database,
        path: &str,
        migrations: &'static [Migration],
    ) -> Result<Store, StoreError> {
        let database = Arc::new(database);
        let store = Store {
            writer: Arc::new(Writer::start(database.clone())),
            database,
        };
        migrations::bring_forward(&store, path, migrations)?;
        Ok(store)
    }

    /// Reads in one snapshot.
    pub fn read<T>(
        &self,
        body: impl FnOnce(&ReadTx) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self
            .database
            .begin_read()
            .map_err(|error| StoreError::Read(error.to_string()))?;
        body(&ReadTx::new(transaction))
    }

    /// Runs `body` in the writer thread; the answer comes after the commit is on disk. An error leaves nothing behind.
    pub async fn write<T, E>(
        &self,
        body: impl FnOnce(&mut WriteTx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, receiver) = oneshot::channel();
        self.writer.submit(body, move |outcome| {
            // Whoever asked may have gone away meanwhile.
            let _ = answer.send(outcome);
        });
        receiver.await.unwrap_or(Err(StoreError::Closed.into()))
    }

    /// [`Self::write`] for start-up, the command line and tests: blocks its thread until the commit is on disk.
    pub fn write_now<T, E>(
        &self,
        body: impl FnOnce(&mut WriteTx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, receiver) = mpsc::sync_channel(1);
        self.writer.submit(body, move |outcome| {
            let _ = answer.send(outcome);
        });
        receiver.recv().unwrap_or(Err(StoreError::Closed.into()))
    }

    /// A key of 32 random bytes that is made once and kept.
    pub fn signing_key(
        &self,
        name: &'static str,
        entropy: &Entropy,
    ) -> Result<Vec<u8>, StoreError> {
        let fresh = entropy.bytes::<32>().to_vec();
        self.write_now(move |tx| {
            if let Some(key) = tx.get(tables::SIGNING_KEYS, &name.to_owned())? {
                return Ok(key);
            }
            tx.put(tables::SIGNING_KEYS, &name.to_owned(), &fresh)?;
            Ok(fresh)
        })
    }
}

/// Makes a directory that only its owner may enter.
pub fn private_dir(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    if path.as_os_str().is_empty() || path.exists() {
        return Ok(());
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
}

fn private_file(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}
