//! The stylesheets, scripts, fonts and icons of the pages, embedded in the binary.
//!
//! Not here: how they are bundled (`build.mjs`), and HTTP (the web layer picks an encoding and sets the headers).
//! To add a stylesheet or script that a page loads by name: one line in `ENTRIES` of `build.mjs`, then `url("name")`.
//! To add an icon: one line in `icons.txt`, then `icon("name")`. Both panic for a name that was never added, and a
//! test that renders the page finds that.

// Written by build.mjs, which spells the type of a row out once.
#[allow(clippy::type_complexity)]
mod tables {
    include!(concat!(env!("INTERVIEWD_ASSETS"), "/tables.rs"));
}

/// A file as it goes to the browser.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    pub bytes: &'static [u8],
    /// The same, compressed with brotli; absent for what would not get smaller.
    pub br: Option<&'static [u8]>,
    /// The whole `Content-Type` value.
    pub mime: &'static str,
    /// The name changes with the content: it may be kept forever.
    pub immutable: bool,
}

/// The asset behind `/assets/{path}`, for example `site-3F2A91BC.css`.
pub fn get(path: &str) -> Option<Asset> {
    let at = tables::FILES
        .binary_search_by_key(&path, |row| row.0)
        .ok()?;
    let (name, bytes, br) = tables::FILES[at];
    Some(Asset {
        bytes,
        br,
        mime: mime(name),
        immutable: true,
    })
}

/// The address of a logical name: `url("site.css")` is something like `/assets/site-3F2A91BC.css`.
///
/// # Panics
/// When nothing of that name was bundled.
pub fn url(name: &str) -> &'static str {
    lookup(tables::NAMES, name).unwrap_or_else(|| {
        panic!("no asset is called {name:?}: add it to ENTRIES in assets/build.mjs")
    })
}

/// The inline `<svg class="icon" aria-hidden="true">` of a lucide icon, drawn in the colour of the text around it.
///
/// # Panics
/// When `icons.txt` does not list that name.
pub fn icon(name: &str) -> &'static str {
    lookup(tables::ICONS, name)
        .unwrap_or_else(|| panic!("no icon is called {name:?}: add it to assets/icons.txt"))
}

/// Every served path below `/assets/`, in order.
pub fn paths() -> impl Iterator<Item = &'static str> {
    tables::FILES.iter().map(|row| row.0)
}

fn lookup(table: &'static [(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    table
        .binary_search_by_key(&name, |row| row.0)
        .ok()
        .map(|at| table[at].1)
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_logical_name_leads_to_a_file() {
        for (name, url) in tables::NAMES {
            let path = url
                .strip_prefix("/assets/")
                .expect("addresses begin with /assets/");
            let asset = get(path)
                .unwrap_or_else(|| panic!("{name} leads to {path}, which is not embedded"));
            assert!(
                !asset.bytes.is_empty() && asset.mime != "application/octet-stream",
                "{name}"
            );
        }
        assert!(get("site.css").is_none() && get("../Cargo.toml").is_none());
    }

    #[test]
    fn what_pages_ask_for_is_there() {
        for name in [
            "site.css",
            "site.js",
            "interview.css",
            "interview.js",
            "editor.js",
            "editor.css",
            "nonce.js",
            "editor.worker.js",
            "ts.worker.js",
            "inter.woff2",
            "lora.woff2",
            "jetbrains-mono.woff2",
            "licenses.txt",
        ] {
            assert!(url(name).starts_with("/assets/"));
        }
    }

    #[test]
    fn text_is_compressed_and_pictures_of_a_page_carry_no_style() {
        let editor = get(url("editor.js").strip_prefix("/assets/").unwrap()).unwrap();
        assert!(
            editor
                .br
                .is_some_and(|br| br.len() * 2 < editor.bytes.len())
        );
        for (name, svg) in tables::ICONS {
            assert!(
                svg.starts_with("<svg class=\"icon\"")
                    && svg.contains("aria-hidden=\"true\"")
                    && !svg.contains("style="),
                "{name}"
            );
        }
    }
}
