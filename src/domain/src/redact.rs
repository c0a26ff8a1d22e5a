//! Takes personal data out of what people say before it is stored: e-mail addresses, phone numbers, social security
//! numbers and card numbers become [`REDACTED`].
//!
//! Interviews are about code, so numbers alone prove nothing: array indices, constants, dates, IP addresses, versions
//! and long integers must survive. Each kind asks for more than digits (grouping, a check sum, an issuer's prefix, a
//! word like "call"). To add a kind: a pattern, a judge beside it in [`KINDS`], and cases on both sides in the tests.

use regex::{Captures, Regex};
use std::{borrow::Cow, sync::LazyLock};

/// What stands in place of personal data.
pub const REDACTED: &str = "[REDACTED]";

/// `text` without personal data; borrowed when there was none.
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut clean = Cow::Borrowed(text);
    for (pattern, is_personal) in KINDS.iter() {
        if let Cow::Owned(changed) = replace(&clean, pattern, *is_personal) {
            clean = Cow::Owned(changed);
        }
    }
    clean
}

/// Looks at a find and at what stands before and behind it.
type Judge = fn(found: &str, before: &str, behind: &str) -> bool;

static KINDS: LazyLock<Vec<(Regex, Judge)>> = LazyLock::new(|| {
    let pattern =
        |text: &str| Regex::new(text).expect("the pattern is a literal that the tests compile");
    vec![
        (
            pattern(r"(?i)[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}"),
            is_email as Judge,
        ),
        (
            pattern(
                r"(?i)\b[a-z0-9._-]{1,64} (?:at|\(at\)|\[at\]) [a-z0-9-]{2,40}(?: dot | ?\(dot\) ?|\.)(?:com|org|net|edu|gov|io|dev|me|ch|de|uk|fr|eu)\b",
            ),
            |_, _, _| true,
        ),
        (pattern(r"\b\d{3}-\d{2}-\d{4}\b"), is_social_security_number),
        (
            pattern(r"\b\d{4}(?:[ -]\d{4}){2}[ -]\d{1,7}\b|\b3\d{3}[ -]\d{6}[ -]\d{5}\b"),
            is_grouped_card,
        ),
        (pattern(r"\b\d{13,19}\b"), is_bare_card),
        (
            pattern(r"\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}|\+\d{8,15}"),
            is_international_phone,
        ),
        (
            pattern(r"(?:\b1[ .-])?(?:\([2-9]\d{2}\) ?|\b[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}\b"),
            is_grouped_phone,
        ),
        (
            pattern(r"\b0\d{1,4}[ /-]\d{2,4}(?:[ -]\d{2,4}){1,3}\b|\b\d{7,12}\b"),
            is_announced_phone,
        ),
    ]
});

fn replace<'t>(text: &'t str, pattern: &Regex, is_personal: Judge) -> Cow<'t, str> {
    pattern
        .replace_all(text, |captures: &Captures<'_>| {
            let found = captures.get(0).expect("group 0 is the whole match");
            if is_personal(found.as_str(), &text[..found.start()], &text[found.end()..]) {
                REDACTED.to_owned()
            } else {
                found.as_str().to_owned()
            }
        })
        .into_changed(text)
}

/// `Cow::Owned` from `replace_all` may still equal the input, when every find was let through.
trait IntoChanged<'t> {
    fn into_changed(self, original: &'t str) -> Cow<'t, str>;
}

impl<'t> IntoChanged<'t> for Cow<'t, str> {
    fn into_changed(self, original: &'t str) -> Cow<'t, str> {
        if self == original {
            Cow::Borrowed(original)
        } else {
            self
        }
    }
}

/// Country codes count as endings, and these; `weights@inputs.shape` is a matrix product.
const ENDINGS: &[&str] = &[
    "com",
    "org",
    "net",
    "edu",
    "gov",
    "mil",
    "info",
    "biz",
    "dev",
    "app",
    "name",
    "online",
    "tech",
    "email",
    "xyz",
    "cloud",
    "team",
    "work",
    "live",
    "mail",
    "example",
    "site",
    "store",
    "shop",
    "blog",
    "page",
    "software",
    "solutions",
    "systems",
    "studio",
    "academy",
    "company",
    "agency",
    "digital",
    "global",
    "international",
    "network",
];

fn is_email(found: &str, _: &str, behind: &str) -> bool {
    let ending = found.rsplit('.').next().unwrap_or_default();
    let mut next = behind.chars();
    let called = match next.next() {
        Some('.') => next.next().is_some_and(char::is_alphanumeric),
        Some(character) => "([=".contains(character),
        None => false,
    };
    let transposed = matches!(ending, "T" | "mT");
    !called
        && !transposed
        && ((ending.len() == 2
            && (ending.to_lowercase() == ending || ending.to_uppercase() == ending))
            || ENDINGS.contains(&ending.to_lowercase().as_str()))
}

fn is_social_security_number(found: &str, before: &str, behind: &str) -> bool {
    let (area, group, serial) = (&found[0..3], &found[4..6], &found[7..11]);
    stands_alone(before, behind)
        && !before.ends_with(['[', '(', ','])
        && area != "000"
        && area != "666"
        && !area.starts_with('9')
        && group != "00"
        && serial != "0000"
}

fn is_grouped_card(found: &str, before: &str, behind: &str) -> bool {
    stands_alone(before, behind) && is_card_number(found)
}

/// Sixteen digits in a row may be a constant: after an operator or inside brackets they are.
fn is_bare_card(found: &str, before: &str, behind: &str) -> bool {
    let code_before = before.trim_end().ends_with([
        '=', '(', '[', ',', '<', '>', '+', '*', '/', '%', '&', '|', '^', '{', '-', '~', '!', '.',
        '_', '#',
    ]);
    let code_behind = behind.starts_with(['.', '_', ')', ']', 'n', 'L', 'e', ';'])
        && !behind.starts_with(". ")
        && behind != ".";
    !code_before && !code_behind && is_card_number(found)
}

fn is_international_phone(found: &str, before: &str, behind: &str) -> bool {
    let digits = found.chars().filter(char::is_ascii_digit).count();
    let glued = before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || "+_)]=".contains(c));
    let assigned = before.trim_end().ends_with(['=', '[', '(', '+', '-', '*'])
        && found[1..].chars().all(|c| c.is_ascii_digit());
    let goes_on = behind
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || c == '_');
    (8..=15).contains(&digits) && !glued && !assigned && !goes_on
}

fn is_grouped_phone(_: &str, before: &str, behind: &str) -> bool {
    stands_alone(before, behind)
}

/// A bare run of digits is a phone number only when somebody says so.
fn is_announced_phone(_: &str, before: &str, behind: &str) -> bool {
    static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:phone|telephone|tel|mobile|cell|cellphone|whatsapp|call me|text me|reach me|ring me)\b[^\d\n=\[(]{0,24}$").expect("a literal pattern")
    });
    stands_alone(before, behind) && ANNOUNCED.is_match(before)
}

/// Not a piece of something longer: an UUID, a date, a dotted or signed number, a name.
fn stands_alone(before: &str, behind: &str) -> bool {
    let part_of_more = |c: char| c.is_alphanumeric() || "-_.+*/=".contains(c);
    let joined_before = before.chars().next_back().is_some_and(part_of_more);
    let mut next = behind.chars();
    let joined_behind = match next.next() {
        Some('.') => next.next().is_some_and(|c| c.is_alphanumeric()),
        Some(character) => part_of_more(character),
        None => false,
    };
    !joined_before && !joined_behind
}

fn is_card_number(found: &str) -> bool {
    let digits: Vec<u32> = found.chars().filter_map(|c| c.to_digit(10)).collect();
    let prefix = |length: usize| {
        digits
            .iter()
            .take(length)
            .fold(0, |number, digit| number * 10 + digit)
    };
    // Visa, Mastercard, American Express, Discover, Diners, JCB.
    let issued = match digits.len() {
        13 | 19 => prefix(1) == 4,
        14 => matches!(prefix(2), 36 | 38) || matches!(prefix(3), 300..=305),
        15 => matches!(prefix(2), 34 | 37),
        16 => {
            prefix(1) == 4
                || matches!(prefix(2), 51..=55 | 65)
                || matches!(prefix(4), 2221..=2720 | 6011 | 3528..=3589)
        }
        _ => false,
    };
    issued && luhn(&digits)
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn personal_data_is_taken_out() {
        for (said, stored) in [
            (
                "write to ada.lovelace+jobs@example.com please",
                "write to [REDACTED] please",
            ),
            ("it is ada@mail.example.co.uk.", "it is [REDACTED]."),
            ("ADA@EXAMPLE.ORG", "[REDACTED]"),
            ("ada at gmail dot com", "[REDACTED]"),
            ("email: <bob_99@uni-bern.ch>", "email: <[REDACTED]>"),
            ("call me at (415) 555-2671", "call me at [REDACTED]"),
            ("415-555-2671 is mine", "[REDACTED] is mine"),
            ("it's 415.555.2671, ok?", "it's [REDACTED], ok?"),
            ("my number is +1 415 555 2671.", "my number is [REDACTED]."),
            ("+41 79 123 45 67", "[REDACTED]"),
            ("+14155552671", "[REDACTED]"),
            ("1-415-555-2671", "[REDACTED]"),
            ("my phone is 4155552671", "my phone is [REDACTED]"),
            ("phone number: 079 123 45 67", "phone number: [REDACTED]"),
            ("my SSN is 123-45-6789", "my SSN is [REDACTED]"),
            ("card 4111 1111 1111 1111 exp", "card [REDACTED] exp"),
            ("card 4111-1111-1111-1111", "card [REDACTED]"),
            ("my card is 5555555555554444", "my card is [REDACTED]"),
            ("amex 3782 822463 10005", "amex [REDACTED]"),
            ("amex 378282246310005.", "amex [REDACTED]."),
            ("a@b.com and c@d.org", "[REDACTED] and [REDACTED]"),
        ] {
            assert_eq!(redact(said), stored, "{said}");
        }
    }

    #[test]
    fn code_survives() {
        for code in [
            "nums[0], nums[12345], grid[100][200]",
            "MOD = 1000000007",
            "return 998244353 if x else 2147483647",
            "Number.MAX_SAFE_INTEGER is 9007199254740991",
            "9223372036854775807 and 18446744073709551615",
            "seed = 6364136223846793005 * x + 1442695040888963407",
            "x = 4111111111111111",
            "ids = [4111111111111111, 5555555555554444]",
            "4111111111111111n",
            "hash(5555555555554444)",
            "on 2026-11-22 at 22:40:00",
            "2026-11-22T20:06:26.695Z",
            "20261122",
            "192.168.100.200 and 10.0.0.1",
            "version 1.95.0-beta.2",
            "weights@inputs.T",
            "x = a@b.shape",
            "w@x.reshape(3, 4)",
            "@app.route('/')",
            "@functools.cache",
            "user@localhost",
            "123e4567-e89b-12d3-a456-426614174000",
            "a[100-20-3000]",
            "000-12-3456 and 900-12-3456",
            "1234567890123456",
            "0xdeadbeef4111111111111111",
            "s = '0123456789'",
            "i+4155552671",
            "x = +12345678901",
            "1795377986695 ms",
            "[1, 2, 3, 4] -> 1 2 3 4",
            "3.141592653589793",
            "O(n^2) with n = 1000000 is 1000000000000",
            "for i in range(100000, 200000, 1000):",
            "arr[415] - arr[555] - 2671",
            "rows 1000 2000 3000 4000",
        ] {
            assert_eq!(redact(code), code);
            assert!(matches!(redact(code), Cow::Borrowed(_)), "{code}");
        }
    }

    proptest! {
        #[test]
        fn anything_may_be_said(text: String) {
            let once = redact(&text).into_owned();
            prop_assert_eq!(redact(&once).into_owned(), once);
        }

        #[test]
        fn every_address_is_found(user in "[a-z]{1,10}[0-9]{0,3}", host in "[a-z]{2,10}", before in "[a-z ]{0,20}") {
            let text = format!("{before} {user}@{host}.com");
            prop_assert!(!redact(&text).contains('@'));
        }

        #[test]
        fn numbers_in_lists_are_never_touched(numbers in proptest::collection::vec(any::<i64>(), 0..20)) {
            let text = format!("{numbers:?}");
            prop_assert_eq!(redact(&text).into_owned(), text);
        }
    }
}
