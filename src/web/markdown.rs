//! Markdown into HTML that is safe to show: rendered, then cut down to a short list of elements.
//!
//! Problem files and reports are not trusted: no scripts, styles, pictures, forms or links to other schemes survive.

use crate::views::cards;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use std::collections::{HashMap, HashSet};

/// A teaser is cut after this many characters.
const TEASER_CHARS: usize = 180;

/// What the views are given.
pub const RENDERED: cards::Markdown = cards::Markdown {
    text: to_html,
    line: inline,
};

/// Sanitized HTML of a whole text. Headings sink by one level: the page has its own first one.
pub fn to_html(markdown: &str) -> String {
    let events = Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    )
    .map(sink_heading);
    let mut rough = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut rough, events);
    clean(&rough)
}

/// Sanitized HTML of one line, without a paragraph around it.
pub fn inline(markdown: &str) -> String {
    let html = to_html(markdown);
    match html
        .trim()
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"))
    {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html,
    }
}

/// The first sentence as plain text, for lists and descriptions.
pub fn first_sentence(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::Paragraph) => break,
            _ => {}
        }
    }
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    let sentence = &text[..end];
    if sentence.chars().count() <= TEASER_CHARS {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(TEASER_CHARS - 1).collect();
    format!("{}…", cut.trim_end())
}

fn sink_heading(event: Event<'_>) -> Event<'_> {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4, H5, H6};
    let lower = |level| match level {
        H1 => H2,
        H2 => H3,
        H3 => H4,
        H4 => H5,
        H5 | H6 => H6,
    };
    match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: lower(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        other => other,
    }
}

fn clean(html: &str) -> String {
    const TAGS: [&str; 25] = [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "br",
        "hr",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
    ];
    ammonia::Builder::empty()
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("noopener nofollow"))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .clean(html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn hostile_markdown_becomes_text() {
        let text = "# Hi\n<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) `a<b`\n\n<style>*{}</style><p style='x' onclick='y'>z</p>";
        expect![[r#"
            <h2>Hi</h2>
             [x](javascript:alert(1)) `a*{}<p>z</p>"#]]
        .assert_eq(to_html(text).trim());
    }

    #[test]
    fn teasers_are_one_sentence_of_plain_text() {
        assert_eq!(
            first_sentence("Given `n` *boxes*,\nfind one. Then more."),
            "Given n boxes, find one."
        );
        assert_eq!(
            first_sentence(&"x".repeat(400)).chars().count(),
            TEASER_CHARS
        );
        assert_eq!(
            inline("`n` is **small**"),
            "<code>n</code> is <strong>small</strong>"
        );
    }
}
