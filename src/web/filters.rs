//! What templates may call: `{{ "check"|icon }}`, `{{ "site.css"|asset }}`, `{{ at_ms|clock }}`.
//!
//! Formatting alone, no decisions. To add one: a function here with `#[askama::filter_fn]`, and a line in the tests.

use askama::{Result, Values, filters::Safe};

/// The address of a built asset, with its content hash.
#[askama::filter_fn]
pub fn asset(name: &str, _: &dyn Values) -> Result<String> {
    Ok(interviewd_assets::url(name).to_string())
}

/// An icon as inline SVG, hidden from screen readers: a word always stands beside it or in `aria-label`.
#[askama::filter_fn]
pub fn icon(name: &str, _: &dyn Values) -> Result<Safe<String>> {
    Ok(Safe(interviewd_assets::icon(name).to_string()))
}

/// Milliseconds into an interview as `m:ss`, or `h:mm:ss` past an hour.
#[askama::filter_fn]
pub fn clock(ms: impl Whole, _: &dyn Values) -> Result<String> {
    Ok(crate::views::clock(ms.whole()))
}

/// A duration in words: `under a minute`, `44 min`, `1 h 5 min`.
#[askama::filter_fn]
pub fn minutes(ms: impl Whole, _: &dyn Values) -> Result<String> {
    Ok(crate::views::minutes(ms.whole()))
}

/// A score with the one decimal that the contract gives it; 10 stays 10.
#[askama::filter_fn]
pub fn score(value: impl Real, _: &dyn Values) -> Result<String> {
    Ok(crate::views::score(value.real()))
}

/// `1 run`, `2 runs`: the count and the word, the word given in the singular.
#[askama::filter_fn]
pub fn count(number: impl Whole, _: &dyn Values, word: &str) -> Result<String> {
    Ok(crate::views::count(number.whole(), word))
}

/// A whole number, however deep in references the template holds it.
pub trait Whole {
    fn whole(&self) -> u64;
}

/// A number with decimals, likewise.
pub trait Real {
    fn real(&self) -> f64;
}

impl Whole for u32 {
    fn whole(&self) -> u64 {
        u64::from(*self)
    }
}

impl Whole for u64 {
    fn whole(&self) -> u64 {
        *self
    }
}

impl<T: Whole> Whole for &T {
    fn whole(&self) -> u64 {
        (*self).whole()
    }
}

impl Real for f64 {
    fn real(&self) -> f64 {
        *self
    }
}

impl<T: Real> Real for &T {
    fn real(&self) -> f64 {
        (*self).real()
    }
}
