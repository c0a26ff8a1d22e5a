//! A disk in memory that counts its operations, dies at a chosen one, and forgets what was not synced when the power
//! goes.

use redb::StorageBackend;
use std::{
    io,
    sync::{Arc, Condvar, Mutex},
};

#[derive(Debug, Clone, Default)]
pub struct Disk(Arc<(Mutex<State>, Condvar)>);

#[derive(Debug, Default)]
struct State {
    /// What a reader sees.
    bytes: Vec<u8>,
    /// What would be there after a power loss.
    synced: Vec<u8>,
    operations_left: Option<u64>,
    dead: bool,
    syncs: u64,
    held: bool,
    /// How often the power went.
    boot: u64,
}

/// One process's hold on the disk; it ends when the power goes.
#[derive(Debug)]
pub struct Backend {
    disk: Disk,
    boot: u64,
}

impl Disk {
    pub fn new() -> Disk {
        Disk::default()
    }

    pub fn backend(&self) -> Backend {
        Backend {
            disk: self.clone(),
            boot: self.0.0.lock().unwrap().boot,
        }
    }

    /// Every operation after the n-th changing one fails.
    pub fn dies_after(&self, operations: u64) {
        self.0.0.lock().unwrap().operations_left = Some(operations);
    }

    pub fn is_dead(&self) -> bool {
        self.0.0.lock().unwrap().dead
    }

    pub fn syncs(&self) -> u64 {
        self.0.0.lock().unwrap().syncs
    }

    /// Syncs wait until [`Self::release_syncs`].
    pub fn hold_syncs(&self) {
        self.0.0.lock().unwrap().held = true;
    }

    pub fn release_syncs(&self) {
        self.0.0.lock().unwrap().held = false;
        self.0.1.notify_all();
    }

    /// What was not synced is gone; the disk works again.
    pub fn power_off(&self) {
        let mut state = self.0.0.lock().unwrap();
        state.bytes = state.synced.clone();
        state.operations_left = None;
        state.dead = false;
        state.boot += 1;
    }
}

impl Backend {
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> io::Result<T> {
        let mut state = self.disk.0.0.lock().unwrap();
        if let Some(left) = &mut state.operations_left {
            if *left == 0 {
                state.dead = true;
            } else {
                *left -= 1;
            }
        }
        if state.dead || state.boot != self.boot {
            Err(gone())
        } else {
            Ok(change(&mut state))
        }
    }
}

fn gone() -> io::Error {
    io::Error::other("the disk is gone")
}

impl StorageBackend for Backend {
    fn len(&self) -> io::Result<u64> {
        Ok(self.disk.0.0.lock().unwrap().bytes.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let state = self.disk.0.0.lock().unwrap();
        if state.dead || state.boot != self.boot {
            return Err(gone());
        }
        let offset = offset as usize;
        out.copy_from_slice(&state.bytes[offset..offset + out.len()]);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.change(|state| state.bytes.resize(len as usize, 0))
    }

    fn sync_data(&self) -> io::Result<()> {
        let (state, released) = &*self.disk.0;
        drop(
            released
                .wait_while(state.lock().unwrap(), |state| state.held)
                .unwrap(),
        );
        self.change(|state| {
            state.syncs += 1;
            state.synced = state.bytes.clone();
        })
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.change(|state| {
            let offset = offset as usize;
            state.bytes[offset..offset + data.len()].copy_from_slice(data);
        })
    }
}
