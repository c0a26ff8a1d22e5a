//! The build script's own parts, and what it embedded. How guests behave is tested where they are run: in the server.

#![allow(dead_code, reason = "the script's modules are used in part")]

#[path = "../build/patch.rs"]
mod patch;
#[path = "../build/sha256.rs"]
mod sha256;
#[path = "../build/tools.rs"]
mod tools;

use std::path::{Path, PathBuf};

use interviewd_sandbox_guests::{ALL, JAVASCRIPT, Kind, PYTHON};

#[test]
fn sha256_agrees_with_the_published_vectors() {
    let digest = |bytes: &[u8]| sha256::hex(&sha256::digest(bytes));
    assert_eq!(
        digest(b""),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(
        digest(b"abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(
        digest(&vec![b'a'; 1_000_000]),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    );
}

#[test]
fn a_patch_is_applied_where_its_lines_stand() {
    assert_eq!(
        patched(
            "one\ntwo\nthree\n",
            "why\n@@ -9 +9 @@\n one\n-two\n+zwei\n three\n"
        ),
        Ok("one\nzwei\nthree\n".to_owned())
    );
}

#[test]
fn a_patch_that_does_not_fit_is_refused() {
    assert!(
        patched("one\n", "@@ -1 +1 @@\n-two\n+zwei\n")
            .unwrap_err()
            .contains("0 times")
    );
    assert!(
        patched("two\ntwo\n", "@@ -1 +1 @@\n-two\n+zwei\n")
            .unwrap_err()
            .contains("2 times")
    );
}

#[test]
fn a_missing_program_is_one_sentence_that_says_what_to_install() {
    let missing = tools::Command::fetched(Path::new("/nonexistent/program"))
        .run("try")
        .unwrap_err()
        .to_string();
    assert_eq!(missing.lines().count(), 1);
    assert!(missing.ends_with('.'));
}

#[test]
fn every_python_requirement_is_pinned_by_version_and_hash_and_names_no_address() {
    for file in [
        "python/requirements-tools.txt",
        "python/requirements-guest.txt",
        "js/requirements-tools.txt",
    ] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))
            .expect("the file is committed");
        assert!(!text.contains("://"), "{file} names an address");
        for requirement in text
            .replace("\\\n", " ")
            .lines()
            .filter(|line| !line.trim().is_empty())
        {
            assert!(
                requirement.contains("=="),
                "{file}: no version in {requirement}"
            );
            assert!(
                requirement.contains("--hash=sha256:"),
                "{file}: no hash in {requirement}"
            );
        }
    }
}

#[test]
fn both_guests_are_embedded_as_one_zstd_frame_of_the_promised_length() {
    for guest in ALL {
        let frame = guest.wasm_zst;
        assert_eq!(
            frame[..4],
            [0x28, 0xb5, 0x2f, 0xfd],
            "{}: not zstd",
            guest.name
        );
        // RFC 8878, 3.1.1.1: four bytes of content size, after a window byte unless the frame is a single segment.
        assert_eq!(
            frame[4] >> 6,
            2,
            "{}: an unexpected frame header",
            guest.name
        );
        let at = if frame[4] & 0b0010_0000 != 0 { 5 } else { 6 };
        let content = u32::from_le_bytes(frame[at..at + 4].try_into().expect("four bytes"));
        assert_eq!(content as usize, guest.wasm_bytes, "{}", guest.name);
        assert_eq!(guest.sha256.len(), 64);
    }
    assert_eq!(
        (PYTHON.kind, JAVASCRIPT.kind),
        (Kind::Component, Kind::CoreModule)
    );
}

fn patched(text: &str, diff: &str) -> Result<String, String> {
    let folder = scratch_folder();
    let (file, patch) = (folder.join("file"), folder.join("patch"));
    std::fs::write(&file, text).expect("a scratch file can be written");
    std::fs::write(&patch, diff).expect("a scratch file can be written");
    let outcome = patch::apply(&patch, &file).map_err(|trouble| trouble.to_string());
    let after = std::fs::read_to_string(&file).expect("the file is still there");
    std::fs::remove_dir_all(&folder).expect("the scratch folder can be removed");
    outcome.map(|()| after)
}

fn scratch_folder() -> PathBuf {
    let thread = std::thread::current();
    let folder = std::env::temp_dir().join(format!(
        "guests-{}-{}",
        std::process::id(),
        thread.name().unwrap_or("test").replace("::", "-")
    ));
    std::fs::create_dir_all(&folder).expect("a scratch folder can be made");
    folder
}
