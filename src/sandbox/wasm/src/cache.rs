//! Machine code of the guests, compiled once per machine and kept in a private directory.
//!
//! A file's name holds the guest's hash and everything about engine and processor that the code depends on, so an
//! update of either simply misses and compiles anew. Beside it lies the SHA-256 of its content, which is checked
//! at every load: machine code is mapped and run as it is. The directory must be ours alone (0700). What updates have
//! left behind goes when something new is compiled.

use interviewd_sandbox_guests::Guest;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    hash::{Hash, Hasher},
    io::{self, Read, Write},
    os::{
        fd::AsRawFd,
        unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    },
    path::{Path, PathBuf},
    time::SystemTime,
};
use wasmtime::Engine;

/// Compilations of one guest that stay: the newest, and the one before for whoever goes back to it.
const KEPT_MAX: usize = 2;

#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("not compiled yet")]
    NotCompiled,
    #[error("{0}")]
    Unusable(String),
}

/// Machine code whose content was checked. It stays the same file even if the directory changes.
pub struct Code {
    file: File,
}

impl Code {
    /// Names the open file itself, not whatever lies under its name by now.
    pub fn path(&self) -> PathBuf {
        format!("/proc/self/fd/{}", self.file.as_raw_fd()).into()
    }
}

/// Opens a guest's machine code and checks every byte of it.
pub fn open(guest: &Guest, engine: &Engine, cache_dir: &Path) -> Result<Code, LoadError> {
    let paths = Paths::new(guest, engine, cache_dir);
    let mut file = match OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW)
        .open(&paths.code)
    {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(LoadError::NotCompiled);
        }
        other => other?,
    };
    check_private(cache_dir)?;
    let expected = fs::read_to_string(&paths.hash).unwrap_or_default();
    if hash(&mut file)? != expected.trim() {
        // A half-written or damaged file: as good as none.
        return Err(LoadError::NotCompiled);
    }
    Ok(Code { file })
}

/// Compiles a guest into the cache, unless somebody else has just done so. Seconds of work on all cores.
pub fn compile(guest: &Guest, engine: &Engine, cache_dir: &Path) -> Result<(), LoadError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(cache_dir)?;
    check_private(cache_dir)?;
    let paths = Paths::new(guest, engine, cache_dir);
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&paths.lock)?;
    lock.lock()?;
    if open(guest, engine, cache_dir).is_ok() {
        return Ok(());
    }
    let wasm = zstd::decode_all(guest.wasm_zst)?;
    let code = match is_component(&wasm) {
        true => engine.precompile_component(&wasm)?,
        false => engine.precompile_module(&wasm)?,
    };
    let digest = hash(&mut code.as_slice())?;
    // The hash first: code without its hash is never run.
    replace(&paths.hash, digest.as_bytes())?;
    replace(&paths.code, &code)?;
    // Whatever cannot be removed does no harm but take room.
    let _ = prune(guest, cache_dir);
    Ok(())
}

/// Removes all but the newest compilations of a guest. Whoever runs one of them has it open and goes on; whoever
/// compiles one right now keeps it. Locks stay, since a lock without its name locks nobody out.
fn prune(guest: &Guest, cache_dir: &Path) -> io::Result<()> {
    let prefix = format!("{}-", guest.name);
    let mut compiled: Vec<(SystemTime, PathBuf)> = fs::read_dir(cache_dir)?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let is_code = path.extension().is_some_and(|kind| kind == "cwasm")
                && path.file_name()?.to_str()?.starts_with(&prefix);
            let modified = fs::symlink_metadata(&path).ok()?.modified().ok()?;
            is_code.then_some((modified, path))
        })
        .collect();
    compiled.sort_by(|a, b| b.cmp(a));
    for (_, code) in compiled.into_iter().skip(KEPT_MAX) {
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(code.with_extension("lock"))?;
        if lock.try_lock().is_ok() {
            fs::remove_file(&code)?;
            for beside in ["sha256", "draft"] {
                let _ = fs::remove_file(code.with_extension(beside));
            }
        }
    }
    Ok(())
}

struct Paths {
    code: PathBuf,
    hash: PathBuf,
    lock: PathBuf,
}

impl Paths {
    fn new(guest: &Guest, engine: &Engine, cache_dir: &Path) -> Paths {
        let mut key = Fingerprint(Sha256::new());
        guest.sha256.hash(&mut key);
        engine.precompile_compatibility_hash().hash(&mut key);
        let name = format!("{}-{}", guest.name, &hex(&key.0.finalize())[..24]);
        Paths {
            code: cache_dir.join(format!("{name}.cwasm")),
            hash: cache_dir.join(format!("{name}.sha256")),
            lock: cache_dir.join(format!("{name}.lock")),
        }
    }
}

/// Feeds what is hashable into SHA-256, so that the key does not depend on how this build of Rust hashes.
struct Fingerprint(Sha256);

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let digest = self.0.clone().finalize();
        u64::from_le_bytes(digest[..8].try_into().expect("a digest has 32 bytes"))
    }
}

fn check_private(dir: &Path) -> Result<(), LoadError> {
    let metadata = fs::symlink_metadata(dir)?;
    // SAFETY: always succeeds, touches no memory.
    let own = unsafe { libc::geteuid() };
    if !metadata.is_dir() || metadata.uid() != own || metadata.mode() & 0o077 != 0 {
        let dir = dir.display();
        return Err(LoadError::Unusable(format!(
            "{dir} must be a directory that belongs to the user who runs the server and that nobody else can enter; `chmod 700 {dir}`"
        )));
    }
    Ok(())
}

/// All or nothing, whenever the machine stops.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("draft");
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(draft, path)
}

fn hash(content: &mut impl Read) -> io::Result<String> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match content.read(&mut buffer)? {
            0 => return Ok(hex(&digest.finalize())),
            n => digest.update(&buffer[..n]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The layer field of the binary format: 0 = core module, 1 = component.
fn is_component(wasm: &[u8]) -> bool {
    wasm.get(6) == Some(&1)
}

impl From<io::Error> for LoadError {
    fn from(error: io::Error) -> Self {
        LoadError::Unusable(error.to_string())
    }
}

impl From<wasmtime::Error> for LoadError {
    fn from(error: wasmtime::Error) -> Self {
        LoadError::Unusable(format!("{error:#}"))
    }
}
