//! `interviewd problems new SLUG`: a small problem that is valid as it stands, to be written over.

use super::toml;
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// The template; `SLUG` and `TITLE` are replaced.
const TEMPLATE: &str = include_str!("scaffold/template.toml");

/// Writes `dir/slug.toml`. Refuses a slug that is none and a file that is there already.
pub fn write(slug: &str, dir: &Path) -> io::Result<PathBuf> {
    let text = text(slug)?;
    fs::create_dir_all(dir)?;
    let path = dir.join(format!("{slug}.toml"));
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)?;
    file.write_all(text.as_bytes())?;
    Ok(path)
}

/// The text of a new problem file.
pub fn text(slug: &str) -> io::Result<String> {
    let mut title = slug.replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let text = TEMPLATE.replace("TITLE", &title);
    let file = format!("{slug}.toml");
    // A path has a name at its end that may be a slug; what was typed is none.
    if toml::slug_of(&file) != slug {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!(
                "`{slug}` is a path. Give a name like `tide-table`, and the folder with --dir."
            ),
        ));
    }
    let parsed = toml::parse(&file, &text);
    // The template itself is valid (tested), so the name is all that can be wrong.
    match parsed.mistakes.first() {
        Some(mistake) => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("{}. {}.", mistake.message, mistake.fix),
        )),
        None => Ok(text),
    }
}
