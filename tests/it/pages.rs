//! What holds for every page: it renders, it keeps to the content policy, its links within itself lead somewhere, every
//! control has a name, and nothing a stranger wrote becomes markup.

mod samples;

use interviewd::views::{FieldErrors, ProblemCard};
use std::collections::BTreeSet;

#[test]
fn pages_keep_to_the_content_policy() {
    for (name, html) in samples::all() {
        for forbidden in [
            " style=",
            "<style",
            " hx-on",
            " onclick=",
            " onsubmit=",
            "javascript:",
            "hx-vals=\"js:",
            "http://fonts",
        ] {
            assert!(!html.contains(forbidden), "{name} has {forbidden:?}");
        }
        for script in html.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').expect("a script tag ends");
            assert!(
                tag.contains(" src=\"/assets/"),
                "{name} has an inline script"
            );
            assert!(
                rest.starts_with("</script>"),
                "{name} has a script with a body"
            );
        }
        for trigger in attributes(&html, "hx-trigger") {
            // Without eval, htmx drops the filter and fires on everything.
            assert!(
                !trigger.contains('['),
                "{name} filters a trigger: {trigger}"
            );
        }
    }
}

#[test]
fn ids_are_unique_and_links_within_a_page_lead_somewhere() {
    for (name, html) in samples::all() {
        let ids = attributes(&html, "id");
        let known: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(known.len(), ids.len(), "{name} has an id twice");
        let demonstration = name == "design";
        for link in attributes(&html, "href")
            .into_iter()
            .filter_map(|href| href.strip_prefix('#'))
        {
            assert!(
                demonstration || known.contains(link),
                "{name} links to #{link}, which is not there"
            );
        }
        for attribute in [
            "for",
            "aria-controls",
            "aria-labelledby",
            "aria-describedby",
            "data-reveal",
            "data-open",
            "data-confirm",
        ] {
            for target in attributes(&html, attribute)
                .into_iter()
                .flat_map(str::split_whitespace)
            {
                assert!(
                    known.contains(target),
                    "{name}: {attribute}={target} leads nowhere"
                );
            }
        }
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    for (name, html) in samples::all() {
        for form in html.split("<form").skip(1) {
            let form = &form[..form.find("</form>").expect("a form ends")];
            if form.contains("method=\"post\"") {
                assert!(
                    form.contains("name=\"csrf\" value=\"tok\""),
                    "{name} posts without a token: {form}"
                );
            }
        }
    }
}

#[test]
fn every_page_has_one_heading_and_a_way_past_the_header() {
    for (name, html) in samples::all() {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert!(
            html.contains("href=\"#main\"") && html.contains("<main id=\"main\""),
            "{name}"
        );
        assert!(
            html.contains("href=\"/terms\"") && html.contains("href=\"/privacy\""),
            "{name}"
        );
    }
}

#[test]
fn what_people_wrote_never_becomes_markup() {
    let hostile = "\"><script>alert(1)</script>";
    let mut page = samples::start(None, 2, hostile);
    page.errors = FieldErrors {
        summary: Some(hostile.into()),
        fields: vec![("language".into(), hostile.into())],
    };
    page.problems = vec![ProblemCard {
        slug: hostile.into(),
        title: hostile.into(),
        difficulty: hostile.into(),
        categories: vec![hostile.into()],
        teaser: hostile.into(),
        times_done: 0,
        best_score: None,
    }];
    let html = askama::Template::render(&page).expect("the template renders");
    assert!(!html.contains("<script>alert"), "{html}");
    assert!(
        html.contains("&#60;script&#62;alert(1)"),
        "the words themselves are shown"
    );
}

#[test]
fn a_refused_form_keeps_what_was_typed_and_says_what_is_wrong() {
    let (_, html) = samples::all()
        .into_iter()
        .find(|(name, _)| name == "signup-errors")
        .expect("the sample is there");
    assert!(html.contains("value=\"mara@\""));
    assert!(
        html.contains("aria-invalid=\"true\" aria-describedby=\"password-error password-hint\"")
    );
    assert!(html.contains("<a href=\"#email\">That does not look like an e-mail address.</a>"));
}

/// The values of an attribute, in order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    html.split(opening.as_str())
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(value, _)| value)
        .collect()
}
