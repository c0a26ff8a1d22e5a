//! The contrast of the design tokens, by WCAG 2.2: 4.5 for words, 3 for edges, marks and the focus ring, in both themes.
//!
//! Reads `assets/css/tokens.css`. A new colour without a pair here fails; so does a pair that cannot be seen.

use std::collections::{BTreeMap, BTreeSet};

const TOKENS: &str = include_str!("../../assets/css/tokens.css");

const WORDS: f64 = 4.5;
const MARKS: f64 = 3.0;

/// Colours that only decorate: nothing is lost for those who cannot tell them from what lies behind.
const DECORATION: &[&str] = &["line", "line-2"];

/// Foreground, the surfaces it stands on.
const WORDS_ON: &[(&str, &[&str])] = &[
    (
        "ink",
        &[
            "paper",
            "raised",
            "sunk",
            "hover",
            "clay-wash",
            "forest-wash",
            "ochre-wash",
            "brick-wash",
            "slate-wash",
        ],
    ),
    (
        "ink-2",
        &[
            "paper",
            "raised",
            "sunk",
            "hover",
            "clay-wash",
            "forest-wash",
            "ochre-wash",
            "brick-wash",
            "slate-wash",
        ],
    ),
    ("ink-3", &["paper", "raised", "sunk", "hover"]),
    ("paper", &["ink", "ink-2", "brick"]),
    ("on-clay", &["clay", "clay-strong"]),
    ("on-forest", &["forest"]),
    ("clay", &["paper", "raised", "sunk"]),
    ("clay-strong", &["paper", "raised", "clay-wash"]),
    ("forest", &["paper", "raised", "sunk", "forest-wash"]),
    ("ochre", &["paper", "raised", "sunk", "ochre-wash"]),
    ("brick", &["paper", "raised", "sunk", "brick-wash"]),
    ("slate", &["paper", "raised", "sunk", "slate-wash"]),
    ("code-key", &["raised", "sunk", "clay-wash"]),
    ("code-str", &["raised", "sunk", "clay-wash"]),
    ("code-num", &["raised", "sunk", "clay-wash"]),
    ("code-fn", &["raised", "sunk", "clay-wash"]),
    ("code-type", &["raised", "sunk", "clay-wash"]),
    ("code-comment", &["raised", "sunk"]),
];

const MARKS_ON: &[(&str, &[&str])] = &[
    ("line-strong", &["paper", "raised", "sunk", "hover"]),
    (
        "focus",
        &[
            "paper",
            "raised",
            "sunk",
            "hover",
            "clay-wash",
            "brick-wash",
        ],
    ),
    ("forest", &["line", "sunk", "hover"]),
    ("ochre", &["line"]),
    ("brick", &["line", "sunk", "hover"]),
    ("clay", &["sunk", "hover", "clay-wash"]),
    ("ink-2", &["sunk", "hover"]),
];

#[test]
fn words_and_marks_can_be_seen_in_both_themes() {
    let tokens = tokens();
    let mut unseen = Vec::new();
    for (needed, pairs) in [(WORDS, WORDS_ON), (MARKS, MARKS_ON)] {
        for (front, backs) in pairs {
            for back in *backs {
                for (theme, at) in [("light", 0), ("dark", 1)] {
                    let ratio = contrast(tokens[*front][at], tokens[*back][at]);
                    if ratio < needed {
                        unseen.push(format!(
                            "{front} on {back}, {theme}: {ratio:.2} of {needed}"
                        ));
                    }
                }
            }
        }
    }
    assert!(
        unseen.is_empty(),
        "too little contrast:\n{}",
        unseen.join("\n")
    );
}

#[test]
fn every_colour_has_a_pair() {
    let listed: BTreeSet<&str> = WORDS_ON
        .iter()
        .chain(MARKS_ON)
        .flat_map(|(front, backs)| std::iter::once(*front).chain(backs.iter().copied()))
        .chain(DECORATION.iter().copied())
        .collect();
    let unlisted: Vec<_> = tokens()
        .into_keys()
        .filter(|name| !listed.contains(name.as_str()))
        .collect();
    assert!(
        unlisted.is_empty(),
        "say in this file what these stand on: {unlisted:?}"
    );
}

#[test]
fn black_on_white_is_twenty_one() {
    let (black, white) = (rgb("#000000").unwrap(), rgb("#ffffff").unwrap());
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((contrast(rgb("#777777").unwrap(), white) - 4.478).abs() < 1e-3);
}

type Rgb = [f64; 3];

/// Every `--name: light-dark(#rrggbb, #rrggbb);`, light first.
fn tokens() -> BTreeMap<String, [Rgb; 2]> {
    let tokens: BTreeMap<_, _> = TOKENS
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
            let (light, dark) = value
                .trim()
                .strip_prefix("light-dark(")?
                .strip_suffix(");")?
                .split_once(',')?;
            Some((name.to_string(), [rgb(light.trim())?, rgb(dark.trim())?]))
        })
        .collect();
    assert!(
        tokens.len() > 25,
        "tokens.css is no longer written the way this test reads it"
    );
    tokens
}

fn rgb(hex: &str) -> Option<Rgb> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| {
        u8::from_str_radix(&digits[at..at + 2], 16)
            .ok()
            .map(|value| f64::from(value) / 255.0)
    };
    Some([channel(0)?, channel(2)?, channel(4)?])
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: Rgb) -> f64 {
    let [red, green, blue] = color.map(|value| {
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
