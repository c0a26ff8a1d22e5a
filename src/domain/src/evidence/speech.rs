//! What a candidate's sentence contains, as far as word lists and stems can hear it: a plan, a question, a claim
//! about complexity, an edge case, a trade-off. Each sentence is heard on its own, so that leaving one out can
//! never make another one say more (see `scorecard::rules`).
//!
//! Not an understanding of language: it hears words, and says so in the report. To teach it a word, add it to the
//! list it belongs to; the lists hold stems where they are compared with stems.

use super::order::Order;
use regex::Regex;
use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    sync::{LazyLock, OnceLock},
};

/// Words of a text: lower case, letters and digits only.
pub fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The stems of a text's words, those without meaning of their own left out.
pub fn stems(text: &str) -> BTreeSet<String> {
    words(text)
        .iter()
        .filter(|word| !STOP_WORDS.contains(&word.as_str()))
        .map(|word| stem(word))
        .collect()
}

fn stem(word: &str) -> String {
    static STEMMER: OnceLock<Stemmer> = OnceLock::new();
    STEMMER
        .get_or_init(|| Stemmer::create(Algorithm::English))
        .stem(word)
        .into_owned()
}

const STOP_WORDS: [&str; 62] = [
    "a", "an", "the", "is", "are", "be", "was", "to", "of", "in", "on", "it", "its", "and", "or",
    "if", "for", "with", "that", "this", "i", "we", "you", "he", "they", "my", "me", "our", "your",
    "do", "does", "did", "can", "could", "would", "should", "will", "shall", "may", "might",
    "have", "has", "had", "what", "which", "how", "there", "then", "so", "as", "at", "by", "from",
    "not", "no", "yes", "ok", "okay", "um", "uh", "just", "also",
];

/// Whether the sentence asks something.
pub fn asks(text: &str) -> bool {
    const OPENERS: [&str; 17] = [
        "can", "could", "should", "is", "are", "does", "do", "what", "which", "how", "may", "will",
        "would", "am", "when", "where", "must",
    ];
    text.contains('?')
        || words(text)
            .first()
            .is_some_and(|word| OPENERS.contains(&word.as_str()))
}

/// Stems of words that speak of a way to solve a problem.
pub fn plan_words(text: &str) -> BTreeSet<String> {
    static PLAN: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| PLAN_WORDS.iter().map(|word| stem(word)).collect());
    stems(text).intersection(&PLAN).cloned().collect()
}

const PLAN_WORDS: [&str; 75] = [
    "approach",
    "idea",
    "plan",
    "strategy",
    "algorithm",
    "solution",
    "solve",
    "iterate",
    "loop",
    "traverse",
    "scan",
    "walk",
    "pass",
    "recursion",
    "recursive",
    "recurse",
    "hash",
    "map",
    "dictionary",
    "dict",
    "table",
    "set",
    "array",
    "list",
    "stack",
    "queue",
    "deque",
    "heap",
    "priority",
    "tree",
    "graph",
    "pointer",
    "pointers",
    "window",
    "sliding",
    "sort",
    "sorted",
    "binary",
    "search",
    "halve",
    "divide",
    "conquer",
    "dynamic",
    "programming",
    "memo",
    "memoize",
    "cache",
    "greedy",
    "backtrack",
    "backtracking",
    "bfs",
    "dfs",
    "breadth",
    "depth",
    "prefix",
    "suffix",
    "sum",
    "count",
    "counter",
    "frequency",
    "track",
    "store",
    "remember",
    "lookup",
    "check",
    "compare",
    "complement",
    "index",
    "swap",
    "merge",
    "visited",
    "neighbour",
    "push",
    "pop",
    "brute",
];

/// Whether two ways are weighed against each other.
pub fn weighs(text: &str) -> bool {
    static WEIGHS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\b(trade[- ]?offs?|alternatively|instead of|rather than|on the other hand|at the cost of|in exchange for|another (way|option|approach)|brute[- ]force (would|is|takes)|costs? (more|extra) (memory|space|time)|saves? (memory|space|time))\b",
        )
        .expect("the pattern is a constant")
    });
    WEIGHS.is_match(text)
}

/// What a claim about complexity is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    Time,
    Space,
}

impl Resource {
    pub fn label(self) -> &'static str {
        match self {
            Resource::Time => "time",
            Resource::Space => "space",
        }
    }
}

/// Claims about complexity in one utterance. Those about a naive way that is only mentioned are left out.
pub fn complexity_claims(text: &str) -> Vec<(Resource, Order)> {
    static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)[;.!?]+(?:\s|$)|,\s|\b(?:and|but|while|with|versus|vs)\b")
            .expect("the pattern is a constant")
    });
    static SYMBOL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:o|theta)\s?\((?:[^()]|\([^()]*\)){1,40}\)|Θ\([^()]{1,40}\)|\b(?:big[- ]?o|order|oh|o) of (?:n log n|log n|n squared|n cubed|n times m|n to the [a-z]+|two to the n|2 to the n|n factorial|one|1|n plus m|n|m)\b").expect("the pattern is a constant")
    });
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(linearithmic|quasilinear|sub-?linear|linear|quadratic|cubic|constant|logarithmic|exponential|factorial|n squared|n log n)\b").expect("the pattern is a constant")
    });
    static NAIVE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(brute[- ]?force|naive|naively|instead of|rather than|without|worse|otherwise)\b")
            .expect("the pattern is a constant")
    });
    let mut claims = Vec::new();
    for clause in CLAUSE.split(text) {
        if NAIVE.is_match(clause) {
            continue;
        }
        let lower = clause.to_lowercase();
        let resource_near = |start: usize, end: usize| {
            let (space, time) = (
                nearest(&lower, &["space", "memory", "storage"], start, end),
                nearest(&lower, &["time", "runtime", "fast", "speed"], start, end),
            );
            match (space, time) {
                (Some(space), Some(time)) if space < time => Some(Resource::Space),
                (Some(_), None) => Some(Resource::Space),
                (_, Some(_)) => Some(Resource::Time),
                (None, None) => None,
            }
        };
        for found in SYMBOL.find_iter(clause) {
            if let Some(order) = spoken_order(found.as_str()) {
                let resource = resource_near(found.start(), found.end()).unwrap_or(Resource::Time);
                claims.push((resource, order));
            }
        }
        if SYMBOL.is_match(clause) {
            continue;
        }
        for found in WORD.find_iter(clause) {
            // "A linear scan" and "the constant 26" are no claims; "linear time" and "it is quadratic" are.
            let resource = resource_near(found.start(), found.end()).or_else(|| {
                let mentions = lower.contains("complexity")
                    || lower.contains("overall")
                    || lower.contains("it's");
                (mentions || lower.contains("runs in")).then_some(Resource::Time)
            });
            if let (Some(resource), Some(order)) = (resource, spoken_order(found.as_str())) {
                claims.push((resource, order));
            }
        }
    }
    claims.dedup();
    claims
}

/// How far the nearest of `needles` stands from `start..end`.
fn nearest(text: &str, needles: &[&str], start: usize, end: usize) -> Option<usize> {
    needles
        .iter()
        .flat_map(|needle| text.match_indices(needle))
        .map(|(at, needle)| {
            if at >= end {
                at - end
            } else {
                start.saturating_sub(at + needle.len())
            }
        })
        .min()
}

fn spoken_order(text: &str) -> Option<Order> {
    let lower = text.to_lowercase();
    if lower.contains('(') {
        return Order::parse(&lower.replacen(" (", "(", 1).replacen("theta(", "o(", 1));
    }
    let plain = lower.rsplit(" of ").next().unwrap_or(&lower);
    Some(match plain {
        "constant" | "one" | "1" => Order::CONSTANT,
        "logarithmic" | "log n" => Order::LOGARITHMIC,
        "linear" | "n" | "m" | "n plus m" => Order::LINEAR,
        "linearithmic" | "quasilinear" | "n log n" => Order::LINEARITHMIC,
        "quadratic" | "n squared" | "n times m" => Order::QUADRATIC,
        "cubic" | "n cubed" => Order::power(3),
        "exponential" | "two to the n" | "2 to the n" => Order::Exponential,
        "factorial" | "n factorial" => Order::Factorial,
        _ => return None,
    })
}

/// The kinds of edge cases that a sentence names.
pub fn edge_cases(text: &str) -> BTreeSet<&'static str> {
    static CUE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(edge|corner|case|cases|if|when|what|handle|handles|test|tests|tested|check|input|inputs|consider|careful|happens?|can|could|try|assume|guard)\b|\?")
            .expect("the pattern is a constant")
    });
    static EDGES: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
        EDGE_PATTERNS
            .iter()
            .map(|(name, pattern)| {
                (
                    *name,
                    Regex::new(pattern).expect("the pattern is a constant"),
                )
            })
            .collect()
    });
    if !CUE.is_match(text) {
        return BTreeSet::new();
    }
    EDGES
        .iter()
        .filter(|(_, pattern)| pattern.is_match(text))
        .map(|(name, _)| *name)
        .collect()
}

/// Name and what is listened for. "An empty dict to start with" is a plan, so `empty` wants an input beside it.
const EDGE_PATTERNS: [(&str, &str); 14] = [
    (
        "empty input",
        r"(?i)\bempty\b(?: \w+)? (?:input|list|array|string|tree|grid|matrix|case|graph|word|text|sequence)\b|\b(?:is|are|be|was|'s|s) empty\b|\bempty (?:one|case)\b|\bzero (?:elements|items|length)\b|\bno (?:elements|items|numbers|words|input|nodes)\b|^\W*(?:what about |and |also )?empty\W*$|\bempty,|\bempty and\b|\bor empty\b",
    ),
    ("missing input", r"(?i)\b(?:null|none|undefined|nil)\b"),
    (
        "a single element",
        r"(?i)\b(?:single|one|only one|just one|exactly one) (?:element|item|number|character|node|word|value|entry|digit|letter|cell|row)\b|\blength (?:one|1)\b|\bsize (?:one|1)\b|\bsingle[- ]element\b",
    ),
    (
        "duplicates",
        r"(?i)\b(?:duplicates?|duplicated|repeated|repeats|repeating|same (?:value|number|element|item)s? twice|twice)\b",
    ),
    (
        "negative numbers",
        r"(?i)\bnegatives?\b|\bbelow zero\b|\bminus\b",
    ),
    ("zero", r"(?i)\bzeros?\b|\b0\b"),
    (
        "very large input",
        r"(?i)\b(?:overflow|very (?:large|long|big)|huge|large (?:input|number|value|n)s?|maximum (?:size|length)|max int|big input)\b",
    ),
    (
        "no answer",
        r"(?i)\bno (?:solution|answer|match|pair|result|path|such)\b|\bnot found\b|\bdoes(?:n't| not) exist\b|\bimpossible\b|\bunreachable\b",
    ),
    (
        "already sorted",
        r"(?i)\b(?:already|not|reverse|un)[- ]?sorted\b|\bdescending\b",
    ),
    (
        "all the same",
        r"(?i)\ball (?:the )?(?:same|equal|identical)\b|\bties?\b",
    ),
    (
        "odd and even length",
        r"(?i)\bodd\b|\beven (?:length|number)\b",
    ),
    (
        "cycles",
        r"(?i)\bcycles?\b|\bcyclic\b|\bself[- ]loop\b|\bdisconnected\b",
    ),
    (
        "boundaries",
        r"(?i)\bboundar(?:y|ies)\b|\boff[- ]by[- ]one\b|\bout of (?:bounds|range)\b|\b(?:first|last) (?:element|item|index|position)\b|\bat the (?:end|start|beginning)\b",
    ),
    (
        "letter case and white space",
        r"(?i)\b(?:upper|lower)[- ]?case\b|\bcase[- ](?:sensitive|insensitive)\b|\bwhite ?space\b|\bspaces\b|\bunicode\b|\bpunctuation\b",
    ),
];

/// Which of `listen_for` are heard in `said`: every stem of an entry has to be there.
pub fn heard<'a>(said: &BTreeSet<String>, listen_for: &'a [String]) -> Vec<&'a str> {
    listen_for
        .iter()
        .filter(|entry| {
            let wanted = stems(entry);
            !wanted.is_empty() && wanted.is_subset(said)
        })
        .map(String::as_str)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn claims(text: &str) -> String {
        complexity_claims(text)
            .into_iter()
            .map(|(resource, order)| format!("{} {order}", resource.label()))
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn claims_are_heard_in_words_and_symbols() {
        for (text, expected) in [
            ("This is O(n log n).", "time O(n log n)"),
            ("O(n) time, O(1) space", "time O(n); space O(1)"),
            ("linear time and constant space", "time O(n); space O(1)"),
            ("The time complexity is big O of n squared", "time O(n²)"),
            ("it takes O(n) extra memory", "space O(n)"),
            ("It runs in quadratic time.", "time O(n²)"),
            ("space is linear", "space O(n)"),
            ("the complexity is logarithmic", "time O(log n)"),
            (
                "time is o of n and memory is o of 1",
                "time O(n); space O(1)",
            ),
            ("O(n*m) time because of the grid", "time O(n²)"),
            ("O(2^n)", "time O(2ⁿ)"),
            (
                "The brute force would be O(n^2), but a map makes it O(n).",
                "time O(n)",
            ),
            ("I do a linear scan", ""),
            ("the constant is 26", ""),
            ("foo(bar) returns", ""),
            ("I'd go to (the) shop", ""),
        ] {
            assert_eq!(claims(text), expected, "{text}");
        }
    }

    #[test]
    fn edge_cases_are_heard_but_not_in_plans() {
        for (text, expected) in [
            ("What if the list is empty?", "empty input"),
            (
                "Can there be duplicates or negative numbers?",
                "duplicates, negative numbers",
            ),
            ("I start with an empty dict and fill it.", ""),
            ("Let me test a single element.", "a single element"),
            ("What happens when there is no pair?", "no answer"),
            ("I walk over the numbers.", ""),
            (
                "edge cases: empty, one element, all the same",
                "a single element, all the same, empty input",
            ),
        ] {
            let heard: Vec<_> = edge_cases(text).into_iter().collect();
            assert_eq!(heard.join(", "), expected, "{text}");
        }
    }

    #[test]
    fn listening_goes_by_stems() {
        let said = stems("We could be sorting first, and hashes cost memory.");
        let listen_for = [
            "sort".to_owned(),
            "hash memory".to_owned(),
            "heap".to_owned(),
        ];
        assert_eq!(heard(&said, &listen_for), ["sort", "hash memory"]);
    }

    #[test]
    fn a_question_is_a_question_without_its_mark() {
        assert!(asks("can the list be empty"));
        assert!(asks("so the input fits in memory?"));
        assert!(!asks("I use a hash map."));
    }

    proptest! {
        #[test]
        fn any_text_is_heard_without_a_panic(text: String) {
            let _ = (complexity_claims(&text), edge_cases(&text), plan_words(&text), asks(&text), weighs(&text));
        }
    }
}
