//! What the server and a worker process say to each other: length-prefixed MessagePack frames over two pipes.
//!
//! One frame is a `u32` (little endian) with the length of what follows. The server trusts nothing that comes
//! back: frames are bounded, and everything in them is parsed as data. To say something new, add a field or a
//! variant here; both ends are always the same binary, so there are no old versions to care for.

use interviewd_domain::run::Limits;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::io::{self, Read, Write};

/// No frame is longer, in either direction.
pub const FRAME_BYTES_MAX: usize = 64 << 20;

/// A worker's first words.
#[derive(Debug, Serialize, Deserialize)]
pub enum Hello {
    /// Loaded, warmed up and locked in: send orders.
    Ready,
    /// The guest has no machine code in the cache yet; the worker ends.
    NotCompiled,
    /// Something is wrong with this machine or this build; the worker ends.
    Failed { reason: String },
}

/// Run one job in a fresh instance.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order {
    /// JSON in the guests' own contract; see `job.rs`.
    pub job: String,
    pub limits: Limits,
}

pub fn encode<T: Serialize>(message: &T) -> io::Result<Vec<u8>> {
    let mut frame = vec![0; 4];
    rmp_serde::encode::write_named(&mut frame, message).map_err(io::Error::other)?;
    let length = frame.len() - 4;
    if length > FRAME_BYTES_MAX {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    frame[..4].copy_from_slice(&(length as u32).to_le_bytes());
    Ok(frame)
}

pub fn decode<T: DeserializeOwned>(body: &[u8]) -> io::Result<T> {
    rmp_serde::from_slice(body).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// The length that a frame's first four bytes announce, if it is within bounds.
pub fn announced(header: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_le_bytes(header) as usize;
    match length <= FRAME_BYTES_MAX {
        true => Ok(length),
        false => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// Blocking, for the worker's side. `None` when the other end has closed the pipe between two frames.
pub fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut header = [0; 4];
    match from.read_exact(&mut header) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut body = vec![0; announced(header)?];
    from.read_exact(&mut body)?;
    decode(&body).map(Some)
}

/// Blocking, for the worker's side.
pub fn write<T: Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    to.write_all(&encode(message)?)?;
    to.flush()
}
