//! Transactions: reading a snapshot, and writing through a memory overlay that is merged or dropped as a whole.

use super::{
    Key, Record, StoreError, Table,
    codec::{decode, decode_key, encode, key_bytes},
};
use redb::{ReadTransaction, ReadableTable, TableDefinition, TableError, WriteTransaction};
use std::{
    collections::{BTreeMap, HashMap},
    ops::{Bound, RangeBounds},
};

/// A row, or why it cannot be read.
pub type Row<K, R> = Result<(K, R), StoreError>;

type Opened = redb::ReadOnlyTable<&'static [u8], &'static [u8]>;
type Bytes = Vec<u8>;
type Bounds = (Bound<Bytes>, Bound<Bytes>);
/// The changes of one table: a value, or nothing for what was deleted.
type Changes = BTreeMap<Bytes, Option<Bytes>>;

fn definition(table: &'static str) -> TableDefinition<'static, &'static [u8], &'static [u8]> {
    TableDefinition::new(table)
}

fn bounds<K: Key>(range: impl RangeBounds<K>) -> Bounds {
    (
        range.start_bound().map(key_bytes),
        range.end_bound().map(key_bytes),
    )
}

/// One consistent snapshot.
pub struct ReadTx {
    transaction: ReadTransaction,
}

impl ReadTx {
    pub(super) fn new(transaction: ReadTransaction) -> ReadTx {
        ReadTx { transaction }
    }

    pub fn get<K: Key, R: Record>(
        &self,
        table: Table<K, R>,
        key: &K,
    ) -> Result<Option<R>, StoreError> {
        let Some(opened) = self.open(table.name())? else {
            return Ok(None);
        };
        let found = opened.get(key_bytes(key).as_slice()).map_err(read_error)?;
        found
            .map(|value| decode(table.name(), value.value()))
            .transpose()
    }

    /// Rows in the order of their keys.
    pub fn range<K: Key, R: Record>(
        &self,
        table: Table<K, R>,
        range: impl RangeBounds<K>,
    ) -> Result<impl DoubleEndedIterator<Item = Row<K, R>> + 'static, StoreError> {
        let rows = match self.open(table.name())? {
            Some(opened) => Some(
                opened
                    .range::<&[u8]>(as_slices(&bounds(range)))
                    .map_err(read_error)?,
            ),
            None => None,
        };
        Ok(rows.into_iter().flatten().map(move |row| {
            let (key, value) = row.map_err(read_error)?;
            Ok((
                decode_key(table.name(), key.value())?,
                decode(table.name(), value.value())?,
            ))
        }))
    }

    fn open(&self, name: &'static str) -> Result<Option<Opened>, StoreError> {
        match self.transaction.open_table(definition(name)) {
            Ok(table) => Ok(Some(table)),
            Err(TableError::TableDoesNotExist(_)) => Ok(None),
            Err(error) => Err(read_error(error)),
        }
    }
}

/// One closure's view of the write transaction, its own changes included.
pub struct WriteTx<'base> {
    base: &'base WriteTransaction,
    changes: HashMap<&'static str, Changes>,
}

impl<'base> WriteTx<'base> {
    pub(super) fn new(base: &'base WriteTransaction) -> WriteTx<'base> {
        WriteTx {
            base,
            changes: HashMap::new(),
        }
    }

    pub fn get<K: Key, R: Record>(
        &self,
        table: Table<K, R>,
        key: &K,
    ) -> Result<Option<R>, StoreError> {
        let key = key_bytes(key);
        if let Some(changed) = self
            .changes
            .get(table.name())
            .and_then(|changes| changes.get(&key))
        {
            return changed
                .as_ref()
                .map(|bytes| decode(table.name(), bytes))
                .transpose();
        }
        let opened = self
            .base
            .open_table(definition(table.name()))
            .map_err(write_error)?;
        let found = opened.get(key.as_slice()).map_err(read_error)?;
        found
            .map(|value| decode(table.name(), value.value()))
            .transpose()
    }

    pub fn put<K: Key, R: Record>(
        &mut self,
        table: Table<K, R>,
        key: &K,
        record: &R,
    ) -> Result<(), StoreError> {
        let value = encode(record)?;
        self.changes
            .entry(table.name())
            .or_default()
            .insert(key_bytes(key), Some(value));
        Ok(())
    }

    pub fn delete<K: Key, R: Record>(
        &mut self,
        table: Table<K, R>,
        key: &K,
    ) -> Result<(), StoreError> {
        self.changes
            .entry(table.name())
            .or_default()
            .insert(key_bytes(key), None);
        Ok(())
    }

    /// Rows in the order of their keys, changes of this closure included.
    pub fn range<K: Key, R: Record>(
        &self,
        table: Table<K, R>,
        range: impl RangeBounds<K>,
    ) -> Result<std::vec::IntoIter<Row<K, R>>, StoreError> {
        let rows = self
            .rows(table.name(), &bounds(range), usize::MAX)?
            .into_iter();
        let read = rows.map(|(key, value)| {
            Ok((
                decode_key(table.name(), &key)?,
                decode(table.name(), &value)?,
            ))
        });
        Ok(read.collect::<Vec<_>>().into_iter())
    }

    /// The first row of a range, without reading the others.
    pub fn first<K: Key, R: Record>(
        &self,
        table: Table<K, R>,
        range: impl RangeBounds<K>,
    ) -> Result<Option<(K, R)>, StoreError> {
        let row = self
            .rows(table.name(), &bounds(range), 1)?
            .into_iter()
            .next();
        row.map(|(key, value)| {
            Ok((
                decode_key(table.name(), &key)?,
                decode(table.name(), &value)?,
            ))
        })
        .transpose()
    }

    pub fn delete_range<K: Key, R: Record>(
        &mut self,
        table: Table<K, R>,
        range: impl RangeBounds<K>,
    ) -> Result<(), StoreError> {
        let rows = self.rows(table.name(), &bounds(range), usize::MAX)?;
        let changes = self.changes.entry(table.name()).or_default();
        changes.extend(rows.into_iter().map(|(key, _)| (key, None)));
        Ok(())
    }

    /// Puts what the closure changed into the transaction.
    pub(super) fn merge(self) -> Result<(), StoreError> {
        for (name, changes) in self.changes {
            let mut table = self
                .base
                .open_table(definition(name))
                .map_err(write_error)?;
            for (key, value) in changes {
                match value {
                    Some(value) => drop(
                        table
                            .insert(key.as_slice(), value.as_slice())
                            .map_err(write_error)?,
                    ),
                    None => drop(table.remove(key.as_slice()).map_err(write_error)?),
                }
            }
        }
        Ok(())
    }

    /// Up to `most` rows: the stored ones and this closure's, merged in order.
    fn rows(
        &self,
        name: &'static str,
        bounds: &Bounds,
        most: usize,
    ) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        if is_empty(bounds) {
            return Ok(vec![]);
        }
        let opened = self
            .base
            .open_table(definition(name))
            .map_err(write_error)?;
        let mut stored = opened
            .range::<&[u8]>(as_slices(bounds))
            .map_err(read_error)?
            .peekable();
        let empty = Changes::new();
        let mut changed = self
            .changes
            .get(name)
            .unwrap_or(&empty)
            .range::<Bytes, _>(bounds.clone())
            .peekable();
        let mut rows = Vec::new();
        while rows.len() < most {
            let stored_key = match stored.peek() {
                Some(Ok((key, _))) => Some(key.value().to_vec()),
                Some(Err(error)) => return Err(StoreError::Read(error.to_string())),
                None => None,
            };
            let changed_key = changed.peek().map(|(key, _)| (*key).clone());
            let take_changed = match (&stored_key, &changed_key) {
                (None, None) => break,
                (Some(_), None) => false,
                (None, Some(_)) => true,
                (Some(stored_key), Some(changed_key)) => {
                    if stored_key == changed_key {
                        stored.next();
                    }
                    changed_key <= stored_key
                }
            };
            if take_changed {
                if let Some((key, Some(value))) = changed.next() {
                    rows.push((key.clone(), value.clone()));
                }
            } else if let Some(row) = stored.next() {
                let (key, value) = row.map_err(read_error)?;
                rows.push((key.value().to_vec(), value.value().to_vec()));
            }
        }
        Ok(rows)
    }
}

fn as_slices(bounds: &Bounds) -> (Bound<&[u8]>, Bound<&[u8]>) {
    (
        bounds.0.as_ref().map(Vec::as_slice),
        bounds.1.as_ref().map(Vec::as_slice),
    )
}

/// A range whose start lies behind its end holds nothing (and would make the maps panic).
fn is_empty((start, end): &Bounds) -> bool {
    match (start, end) {
        (Bound::Included(start), Bound::Included(end)) => start > end,
        (Bound::Included(start), Bound::Excluded(end))
        | (Bound::Excluded(start), Bound::Included(end))
        | (Bound::Excluded(start), Bound::Excluded(end)) => start >= end,
        _ => false,
    }
}

fn read_error(error: impl std::fmt::Display) -> StoreError {
    StoreError::Read(error.to_string())
}

fn write_error(error: impl std::fmt::Display) -> StoreError {
    StoreError::Write(error.to_string())
}
