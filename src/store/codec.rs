//! Keys as bytes that sort as the keys do; values as a version byte and MessagePack with field names.

use super::{StoreError, Table};
use interviewd_domain::{
    ids::{
        AccountId, ApiTokenId, ConnectionId, InterviewId, JobId, LoginId, RunId, SnapshotId,
        SocketTokenId, UtteranceId,
    },
    problem::ProblemHash,
};
use serde::{Serialize, de::DeserializeOwned};
use std::cmp::Ordering;

/// Something that orders rows.
pub trait Key: Sized + Clone + Send + 'static {
    fn encode(&self, into: &mut Vec<u8>);
    /// Takes its bytes off the front.
    fn decode(from: &mut &[u8]) -> Option<Self>;
}

impl Key for () {
    fn encode(&self, _: &mut Vec<u8>) {}
    fn decode(_: &mut &[u8]) -> Option<()> {
        Some(())
    }
}

impl Key for u64 {
    fn encode(&self, into: &mut Vec<u8>) {
        into.extend(self.to_be_bytes());
    }
    fn decode(from: &mut &[u8]) -> Option<u64> {
        take::<8>(from).map(u64::from_be_bytes)
    }
}

impl Key for [u8; 32] {
    fn encode(&self, into: &mut Vec<u8>) {
        into.extend(self);
    }
    fn decode(from: &mut &[u8]) -> Option<[u8; 32]> {
        take(from)
    }
}

/// Zero bytes inside are escaped, so that a shorter text sorts first and a tuple can go on behind it.
impl Key for String {
    fn encode(&self, into: &mut Vec<u8>) {
        for byte in self.bytes() {
            into.push(byte);
            if byte == 0 {
                into.push(0xff);
            }
        }
        into.extend([0, 0]);
    }
    fn decode(from: &mut &[u8]) -> Option<String> {
        let mut bytes = Vec::new();
        loop {
            let [byte] = take::<1>(from)?;
            if byte != 0 {
                bytes.push(byte);
                continue;
            }
            match take::<1>(from)? {
                [0] => return String::from_utf8(bytes).ok(),
                [0xff] => bytes.push(0),
                _ => return None,
            }
        }
    }
}

impl Key for ProblemHash {
    fn encode(&self, into: &mut Vec<u8>) {
        self.0.encode(into);
    }
    fn decode(from: &mut &[u8]) -> Option<ProblemHash> {
        String::decode(from).map(ProblemHash)
    }
}

macro_rules! id_keys {
    ($($id:ty),*) => {$(
        impl Key for $id {
            fn encode(&self, into: &mut Vec<u8>) { into.extend(self.to_bytes()); }
            fn decode(from: &mut &[u8]) -> Option<Self> { take::<16>(from).map(Self::from_bytes) }
        }
    )*};
}
id_keys!(
    AccountId,
    InterviewId,
    LoginId,
    ApiTokenId,
    RunId,
    SnapshotId,
    UtteranceId,
    JobId,
    ConnectionId,
    SocketTokenId
);

impl<A: Key, B: Key> Key for (A, B) {
    fn encode(&self, into: &mut Vec<u8>) {
        self.0.encode(into);
        self.1.encode(into);
    }
    fn decode(from: &mut &[u8]) -> Option<(A, B)> {
        Some((A::decode(from)?, B::decode(from)?))
    }
}

impl<A: Key, B: Key, C: Key> Key for (A, B, C) {
    fn encode(&self, into: &mut Vec<u8>) {
        self.0.encode(into);
        self.1.encode(into);
        self.2.encode(into);
    }
    fn decode(from: &mut &[u8]) -> Option<(A, B, C)> {
        Some((A::decode(from)?, B::decode(from)?, C::decode(from)?))
    }
}

fn take<const N: usize>(from: &mut &[u8]) -> Option<[u8; N]> {
    let (front, rest) = from.split_at_checked(N)?;
    *from = rest;
    front.try_into().ok()
}

/// Something that is kept. Declared one by one in `records.rs`.
pub trait Record: Serialize + DeserializeOwned + Send + 'static {
    /// The shape's number, the first byte of every stored value. A new optional field needs no new number; anything
    /// else does, and an arm in [`Self::upcast`] for the one before.
    const VERSION: u8;

    /// Today's record from an older shape's bytes.
    fn upcast(older: Older<'_>) -> Result<Self, StoreError> {
        Err(older.unknown())
    }
}

/// A stored value whose version is below the one that its record has today.
#[derive(Debug, Clone, Copy)]
pub struct Older<'a> {
    table: &'static str,
    version: u8,
    body: &'a [u8],
}

impl Older<'_> {
    pub fn version(&self) -> u8 {
        self.version
    }

    /// Reads it as the shape that it had then.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        rmp_serde::from_slice(self.body).map_err(|error| damaged(self.table, error.to_string()))
    }

    /// The answer to a version that was never written.
    pub fn unknown(&self) -> StoreError {
        damaged(self.table, format!("its version is {}", self.version))
    }
}

/// A record as it lies on disk: what the golden files freeze.
pub fn to_bytes<K: Key, R: Record>(_table: Table<K, R>, record: &R) -> Result<Vec<u8>, StoreError> {
    encode(record)
}

/// A record from its bytes on disk, older shapes included.
pub fn from_bytes<K: Key, R: Record>(table: Table<K, R>, bytes: &[u8]) -> Result<R, StoreError> {
    decode(table.name(), bytes)
}

pub(super) fn key_bytes(key: &impl Key) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(40);
    key.encode(&mut bytes);
    bytes
}

pub(super) fn decode_key<K: Key>(table: &'static str, mut bytes: &[u8]) -> Result<K, StoreError> {
    K::decode(&mut bytes)
        .filter(|_| bytes.is_empty())
        .ok_or(StoreError::Damaged {
            table,
            reason: "its key".to_owned(),
        })
}

pub(super) fn encode<R: Record>(record: &R) -> Result<Vec<u8>, StoreError> {
    let mut bytes = vec![R::VERSION];
    rmp_serde::encode::write_named(&mut bytes, record)
        .map_err(|error| StoreError::Write(error.to_string()))?;
    Ok(bytes)
}

pub(super) fn decode<R: Record>(table: &'static str, bytes: &[u8]) -> Result<R, StoreError> {
    let (&version, body) = bytes
        .split_first()
        .ok_or_else(|| damaged(table, "it is empty".to_owned()))?;
    let stored = Older {
        table,
        version,
        body,
    };
    match version.cmp(&R::VERSION) {
        Ordering::Equal => stored.read(),
        Ordering::Less => R::upcast(stored),
        Ordering::Greater => Err(stored.unknown()),
    }
}

fn damaged(table: &'static str, reason: String) -> StoreError {
    StoreError::Damaged { table, reason }
}
