//! What surrounds every page: title, who is signed in, theme, banners, one flash message.
//!
//! Not a handler and not a reader: the handlers fill a [`Frame`] and `templates/layout.html` shows it.
//! To show something on every page: add a field here, fill it where frames are made, draw it in the layout.

/// Where the source of this build is published; empty when the package names no repository.
pub const SOURCE_URL: &str = env!("CARGO_PKG_REPOSITORY");

/// htmx without eval, inline styles, inline scripts or a history cache: the page policy forbids the first three,
/// and the last would keep personal pages in the browser after a logout.
pub const HTMX_CONFIG: &str = r#"{"allowEval":false,"includeIndicatorStyles":false,"allowScriptTags":false,"selfRequestsOnly":true,"historyCacheSize":0}"#;

/// The surroundings of one page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The page's own name; the layout appends the product's.
    pub title: String,
    /// One sentence for search engines and link previews; empty = none.
    pub description: String,
    /// The request's path without the query, such as `/dashboard`; marks the current entry of the navigation.
    pub path: String,
    /// `scheme://host[:port]` without a final slash; link previews need absolute addresses. Empty = leave them out.
    pub origin: String,
    pub user: Option<FrameUser>,
    /// The token that every form sends back as `csrf`.
    pub csrf: String,
    /// `light` or `dark` from the cookie; nothing = as the system says.
    pub theme: Option<&'static str>,
    /// The server is reached over plain HTTP from another machine: voice and safe logins need HTTPS.
    pub insecure_banner: bool,
    /// Development mode: `/design` is linked.
    pub dev: bool,
    pub version: &'static str,
    /// Said once, at the top of the page after a redirect.
    pub flash: Option<Flash>,
}

/// The person who is signed in, as far as the header shows.
#[derive(Debug, Clone)]
pub struct FrameUser {
    /// What to call the person; may be empty.
    pub name: String,
    /// The first letter of the address, shown when there is no name.
    pub email_initial: String,
    pub credits: u32,
    pub is_admin: bool,
}

/// One message after a redirect.
#[derive(Debug, Clone)]
pub struct Flash {
    pub tone: Tone,
    pub text: String,
}

/// How a notice, badge or toast is meant; each has a word, an icon and a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Info,
    Good,
    Warn,
    Bad,
}

impl Frame {
    /// Whether `section` (such as `/problems`) is the page being shown or one below it.
    pub fn at(&self, section: &str) -> bool {
        self.path == section
            || self
                .path
                .strip_prefix(section)
                .is_some_and(|rest| rest.starts_with('/'))
    }

    /// The value of `aria-current` for a navigation entry that leads to `section`.
    pub fn current(&self, section: &str) -> &'static str {
        if self.path == section {
            "page"
        } else if self.at(section) {
            "true"
        } else {
            "false"
        }
    }

    /// Where the source is, if the build says so.
    pub fn source_url(&self) -> Option<&'static str> {
        (!SOURCE_URL.is_empty()).then_some(SOURCE_URL)
    }

    pub fn htmx_config(&self) -> &'static str {
        HTMX_CONFIG
    }
}

impl FrameUser {
    /// The one letter in the account button.
    pub fn initial(&self) -> String {
        let from = if self.name.trim().is_empty() {
            &self.email_initial
        } else {
            &self.name
        };
        from.trim()
            .chars()
            .next()
            .map_or_else(|| "?".into(), |letter| letter.to_uppercase().collect())
    }
}

impl Tone {
    /// The CSS modifier.
    pub fn class(&self) -> &'static str {
        match self {
            Tone::Info => "is-info",
            Tone::Good => "is-good",
            Tone::Warn => "is-warn",
            Tone::Bad => "is-bad",
        }
    }

    pub fn icon(&self) -> &'static str {
        match self {
            Tone::Info => "info",
            Tone::Good => "circle-check",
            Tone::Warn => "triangle-alert",
            Tone::Bad => "circle-alert",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn navigation_marks_the_page_and_its_section() {
        let frame = |path: &str| Frame {
            title: String::new(),
            description: String::new(),
            path: path.into(),
            origin: String::new(),
            user: None,
            csrf: String::new(),
            theme: None,
            insecure_banner: false,
            dev: false,
            version: "0",
            flash: None,
        };
        assert_eq!(frame("/problems").current("/problems"), "page");
        assert_eq!(frame("/problems/two-sum").current("/problems"), "true");
        assert_eq!(frame("/problems-old").current("/problems"), "false");
    }
}
