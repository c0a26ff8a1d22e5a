//! Where finished guests are kept between builds: `<cache>/<name>-<key>/`, the key being a hash of everything that goes
//! into the guest. Each folder holds the artefact and a note of its hashes; a folder appears by one rename, complete or
//! not at all. Not here: how a guest is made.
//!
//! `INTERVIEWD_GUESTS_DIR` names a folder with prebuilt guests instead (`<name>.wasm.zst` and `<name>.txt`, as found in
//! the cache's folders); then nothing is built.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::Recipe;
use crate::sha256::{self, hex};
use crate::tools::{Command, Trouble};

/// A guest that is ready to embed.
pub struct Artefact {
    /// Of the uncompressed module or component.
    pub wasm_sha256: String,
    pub wasm_bytes: u64,
    pub wasm_zst: Vec<u8>,
}

/// The guest of `recipe`: prebuilt, from the cache, or built now.
pub fn artefact(recipe: &Recipe, package: &Path) -> Result<Artefact, Trouble> {
    if let Some(prebuilt) = std::env::var_os("INTERVIEWD_GUESTS_DIR") {
        let prebuilt = PathBuf::from(prebuilt);
        return read(recipe, &prebuilt).ok_or_else(|| {
            Trouble::new(format!(
                "INTERVIEWD_GUESTS_DIR has no valid {0}.wasm.zst with its {0}.txt in {1}.",
                recipe.name,
                prebuilt.display()
            ))
        });
    }
    let root = root()?;
    let kept = root.join(format!("{}-{}", recipe.name, key(recipe, package)?));
    if let Some(artefact) = read(recipe, &kept) {
        return Ok(artefact);
    }
    fs::create_dir_all(&root).map_err(|error| Trouble::file("create", &root, error))?;
    // Two builds at once: the second waits for the first and then finds its result. The lock goes with the process.
    let lock = root.join(format!("{}.lock", recipe.name));
    let lock = File::create(&lock)
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|error| Trouble::file("lock", &lock, error))?;
    if let Some(artefact) = read(recipe, &kept) {
        return Ok(artefact);
    }
    let work = root.join(format!("{}.building", recipe.name));
    let outcome = build(recipe, package, &work, &kept);
    let _ = fs::remove_dir_all(&work);
    outcome?;
    drop(lock);
    read(recipe, &kept).ok_or_else(|| {
        Trouble::new(format!(
            "The freshly built {} guest in {} does not match its own hashes.",
            recipe.name,
            kept.display()
        ))
    })
}

fn build(recipe: &Recipe, package: &Path, work: &Path, kept: &Path) -> Result<(), Trouble> {
    let _ = fs::remove_dir_all(work);
    let finished = work.join("finished");
    fs::create_dir_all(&finished).map_err(|error| Trouble::file("create", &finished, error))?;
    let wasm = (recipe.build)(&package.join(recipe.sources), work)?;
    compress(recipe, work, &wasm, &finished)?;
    let _ = fs::remove_dir_all(kept);
    fs::rename(&finished, kept).map_err(|error| Trouble::file("create", kept, error))
}

/// Compresses with the `zstandard` package that every guest's tool requirements bring into `work/tools`: neither cargo
/// nor this script then needs a compressor of its own.
fn compress(recipe: &Recipe, work: &Path, wasm: &Path, finished: &Path) -> Result<(), Trouble> {
    const COMPRESS: &str = "
import hashlib, sys, zstandard
source, target, note = sys.argv[1:]
wasm = open(source, 'rb').read()
packed = zstandard.ZstdCompressor(level=19, write_content_size=True).compress(wasm)
open(target, 'wb').write(packed)
open(note, 'w').write(f'{hashlib.sha256(wasm).hexdigest()} {len(wasm)} {hashlib.sha256(packed).hexdigest()}\\n')
";
    Command::python()
        .env("PYTHONPATH", work.join("tools"))
        .args(["-c", COMPRESS])
        .args([
            wasm,
            &finished.join(format!("{}.wasm.zst", recipe.name)),
            &finished.join(format!("{}.txt", recipe.name)),
        ])
        .run("compress the guest")
}

/// `None` when there is nothing or when it is damaged: then it is built again.
fn read(recipe: &Recipe, folder: &Path) -> Option<Artefact> {
    let note = fs::read_to_string(folder.join(format!("{}.txt", recipe.name))).ok()?;
    let mut words = note.split_whitespace();
    let (wasm_sha256, wasm_bytes, packed_sha256) =
        (words.next()?, words.next()?.parse().ok()?, words.next()?);
    let wasm_zst = fs::read(folder.join(format!("{}.wasm.zst", recipe.name))).ok()?;
    (hex(&sha256::digest(&wasm_zst)) == packed_sha256).then(|| Artefact {
        wasm_sha256: wasm_sha256.to_owned(),
        wasm_bytes,
        wasm_zst,
    })
}

fn root() -> Result<PathBuf, Trouble> {
    let folder = |variable: &str| {
        std::env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    folder("INTERVIEWD_GUESTS_CACHE")
        .or_else(|| folder("XDG_CACHE_HOME").map(|cache| cache.join("interviewd/guests")))
        .or_else(|| folder("HOME").map(|home| home.join(".cache/interviewd/guests")))
        .ok_or_else(|| Trouble::new("Set INTERVIEWD_GUESTS_CACHE to a folder where built guests may be kept (HOME is not set).".to_owned()))
}

/// 20 hex digits over the names and contents of every input file.
fn key(recipe: &Recipe, package: &Path) -> Result<String, Trouble> {
    let mut files = Vec::new();
    collect(&package.join("build"), &mut files)?;
    collect(&package.join(recipe.sources), &mut files)?;
    files.sort();
    let mut inputs = Vec::new();
    for file in files {
        let contents = fs::read(&file).map_err(|error| Trouble::file("read", &file, error))?;
        let name = file
            .strip_prefix(package)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        inputs.extend_from_slice(format!("{name}\0{}\0", contents.len()).as_bytes());
        inputs.extend_from_slice(&contents);
    }
    Ok(hex(&sha256::digest(&inputs))[..20].to_owned())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    // What editors and interpreters leave behind is no input.
    const IGNORED: [&str; 2] = ["__pycache__", "node_modules"];
    for entry in fs::read_dir(folder).map_err(|error| Trouble::file("read", folder, error))? {
        let path = entry
            .map_err(|error| Trouble::file("read", folder, error))?
            .path();
        let name = path.file_name().unwrap_or(OsStr::new("")).to_string_lossy();
        if path.is_dir() && !IGNORED.contains(&name.as_ref()) {
            collect(&path, files)?;
        } else if path.is_file() && !name.starts_with('.') {
            files.push(path);
        }
    }
    Ok(())
}
