//! Orders of growth, as far as an estimate can tell them apart: `O(1)` … `O(n log n)` … `O(n!)`.
//!
//! Variables are not told apart (`O(n · m)` grows like `O(n²)`, `O(n + m)` like `O(n)`), because neither a syntax
//! tree nor a spoken sentence says which is which.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How something grows with its input. Ordered from the cheapest to the dearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// `halves` counts half powers (√n = 1, n = 2, n² = 4), `logs` the factors of log n.
    Polynomial {
        halves: u8,
        logs: u8,
    },
    Exponential,
    Factorial,
}

/// More than this many half powers are not told apart.
const HALVES_MAX: u8 = 12;
const LOGS_MAX: u8 = 3;
const TEXT_CHARS_MAX: usize = 60;

impl Order {
    pub const CONSTANT: Order = Order::power(0);
    pub const LINEAR: Order = Order::power(1);
    pub const QUADRATIC: Order = Order::power(2);
    pub const LOGARITHMIC: Order = Order::Polynomial { halves: 0, logs: 1 };
    pub const LINEARITHMIC: Order = Order::Polynomial { halves: 2, logs: 1 };

    pub const fn power(power: u8) -> Order {
        Order::Polynomial {
            halves: if power > HALVES_MAX / 2 {
                HALVES_MAX
            } else {
                power * 2
            },
            logs: 0,
        }
    }

    /// One inside the other: `O(n)` times `O(log n)` is `O(n log n)`.
    pub fn times(self, other: Order) -> Order {
        match (self, other) {
            (
                Order::Polynomial { halves: a, logs: x },
                Order::Polynomial { halves: b, logs: y },
            ) => Order::Polynomial {
                halves: (a + b).min(HALVES_MAX),
                logs: (x + y).min(LOGS_MAX),
            },
            _ => self.max(other),
        }
    }

    /// How far above `reference` this lies.
    pub fn above(self, reference: Order) -> Gap {
        match (self, reference) {
            _ if self <= reference => Gap::None,
            (Order::Polynomial { halves: a, .. }, Order::Polynomial { halves: b, .. })
                if a == b =>
            {
                Gap::Logarithm
            }
            (Order::Polynomial { halves: a, .. }, Order::Polynomial { halves: b, .. })
                if a <= b + 2 =>
            {
                Gap::Power
            }
            _ => Gap::Worlds,
        }
    }

    /// Reads `O(n log n)`, `O(n²)`, `O(n^2)`, `O(V + E)`, `O(n * m)`, `O(2^n)`, `O(sqrt n)`, `O(1) per call`, in
    /// any case and without the `O(…)` as well. `None` when there is nothing to read.
    pub fn parse(text: &str) -> Option<Order> {
        let lower = text.to_lowercase();
        let inside = match lower.find("o(").or_else(|| lower.find("θ(")) {
            Some(at) => balanced(&lower[at + lower[at..].find('(')? + 1..]),
            None => lower.as_str(),
        };
        // Nobody writes a longer one, and sums in brackets are read by recursion.
        let end = inside
            .char_indices()
            .nth(TEXT_CHARS_MAX)
            .map_or(inside.len(), |(at, _)| at);
        let inside = &inside[..end];
        let mut sum: Option<Order> = None;
        for term in split_top(inside, '+') {
            let order = parse_term(term)?;
            sum = Some(sum.map_or(order, |s| s.max(order)));
        }
        sum
    }
}

/// How much worse one order is than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Not worse at all.
    None,
    Logarithm,
    /// Up to one power of n.
    Power,
    /// More than a power: another world.
    Worlds,
}

/// What lies before the bracket that closes the one already opened.
fn balanced(text: &str) -> &str {
    let mut depth = 1u32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return &text[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    text
}

fn split_top(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0i32, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            c if c == separator && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn parse_term(term: &str) -> Option<Order> {
    if term.contains('!') || term.contains("factorial") {
        return Some(Order::Factorial);
    }
    let mut product: Option<Order> = None;
    for token in tokens(term) {
        let factor = match token {
            Token::Number => Order::CONSTANT,
            Token::Of(order) => order,
            Token::Group(inside) => Order::parse(&inside)?,
            Token::Word(word)
                if word.chars().count() <= 3 || VARIABLES.contains(&word.as_str()) =>
            {
                Order::LINEAR
            }
            Token::Word(_) => return None,
            Token::Power(_, None) => Order::Exponential,
            Token::Power(true, Some(_)) => Order::CONSTANT,
            Token::Power(false, Some(power)) => Order::power(power),
        };
        product = Some(product.map_or(factor, |p| p.times(factor)));
    }
    product
}

/// Longer names that problems use for sizes.
const VARIABLES: [&str; 12] = [
    "rows", "cols", "columns", "width", "height", "length", "edges", "vertices", "nodes", "amount",
    "words", "target",
];

enum Token {
    Number,
    /// A logarithm or a root, its argument left out.
    Of(Order),
    /// A sum in brackets.
    Group(String),
    Word(String),
    /// Whether the base is a number, and the exponent if that is a number.
    Power(bool, Option<u8>),
}

fn tokens(term: &str) -> Vec<Token> {
    let characters: Vec<char> = term.chars().collect();
    let (mut at, mut tokens) = (0, Vec::new());
    while at < characters.len() {
        let start = at;
        let c = characters[at];
        let digits = c.is_ascii_digit();
        if digits {
            while at < characters.len()
                && (characters[at].is_ascii_digit() || characters[at] == '.')
            {
                at += 1;
            }
        } else if c == '√' {
            at = after_argument(&characters, at + 1);
            tokens.push(Token::Of(Order::Polynomial { halves: 1, logs: 0 }));
            continue;
        } else if c == '(' {
            let end = after_argument(&characters, at);
            let group: String = characters[at + 1..end].iter().collect();
            if group.contains('+') {
                tokens.push(Token::Group(group.trim_end_matches(')').to_owned()));
                at = end;
            } else {
                at += 1;
            }
            continue;
        } else if c.is_alphabetic() {
            while at < characters.len() && (characters[at].is_alphabetic() || characters[at] == '_')
            {
                at += 1;
            }
        } else {
            at += 1;
            continue;
        }
        let base: String = characters[start..at].iter().collect();
        let of = match base.as_str() {
            "log" | "lg" | "ln" => Some(Order::LOGARITHMIC),
            "sqrt" => Some(Order::Polynomial { halves: 1, logs: 0 }),
            _ => None,
        };
        if let Some(order) = of {
            at = after_argument(&characters, at);
            tokens.push(Token::Of(order));
            continue;
        }
        let exponent = match characters.get(at) {
            Some('²') => {
                at += 1;
                Some(Some(2))
            }
            Some('³') => {
                at += 1;
                Some(Some(3))
            }
            Some('^') | Some('*')
                if characters[at] == '^' || characters.get(at + 1) == Some(&'*') =>
            {
                at += if characters[at] == '^' { 1 } else { 2 };
                let from = at;
                while at < characters.len()
                    && (characters[at].is_alphanumeric() || "()".contains(characters[at]))
                {
                    at += 1;
                }
                let exponent: String = characters[from..at].iter().collect();
                Some(exponent.trim_matches(|c| c == '(' || c == ')').parse().ok())
            }
            Some('ⁿ') => {
                at += 1;
                Some(None)
            }
            _ => None,
        };
        tokens.push(match exponent {
            Some(exponent) => Token::Power(digits, exponent),
            None if digits => Token::Number,
            None => Token::Word(base),
        });
    }
    tokens
}

/// Where the argument of a `log` or `√` ends: a bracket with what is in it, or one word.
fn after_argument(characters: &[char], mut at: usize) -> usize {
    while characters.get(at) == Some(&' ') {
        at += 1;
    }
    let mut depth = 0u32;
    while let Some(c) = characters.get(at) {
        match c {
            '(' => depth += 1,
            ')' if depth <= 1 => return at + usize::from(depth == 1),
            ')' => depth -= 1,
            c if depth == 0 && !c.is_alphanumeric() => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (halves, logs) = match *self {
            Order::Exponential => return f.write_str("O(2ⁿ)"),
            Order::Factorial => return f.write_str("O(n!)"),
            Order::Polynomial { halves, logs } => (halves, logs),
        };
        let mut factors = Vec::new();
        match halves / 2 {
            0 => {}
            1 => factors.push("n".to_owned()),
            2 => factors.push("n²".to_owned()),
            3 => factors.push("n³".to_owned()),
            more => factors.push(format!("n^{more}")),
        }
        if halves % 2 == 1 {
            factors.push("√n".to_owned());
        }
        match logs {
            0 => {}
            1 => factors.push("log n".to_owned()),
            more => factors.push(format!("log^{more} n")),
        }
        if factors.is_empty() {
            factors.push("1".to_owned());
        }
        write!(f, "O({})", factors.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_problem_files_write_is_read() {
        for (text, shown) in [
            ("O(1)", "O(1)"),
            ("O(1) per operation", "O(1)"),
            ("O(n)", "O(n)"),
            ("o(N log N)", "O(n log n)"),
            ("O(n*log(n))", "O(n log n)"),
            ("O(log n)", "O(log n)"),
            ("O(log(min(m, n)))", "O(log n)"),
            ("O(n²)", "O(n²)"),
            ("O(n^2)", "O(n²)"),
            ("O(n**3)", "O(n³)"),
            ("O(V + E)", "O(n)"),
            ("O(n + m)", "O(n)"),
            ("O(n · m)", "O(n²)"),
            ("O(rows * cols)", "O(n²)"),
            ("O(n log k)", "O(n log n)"),
            ("O((V + E) log V)", "O(n log n)"),
            ("O(n log n + m)", "O(n log n)"),
            ("O(2^n)", "O(2ⁿ)"),
            ("O(n * 2^n)", "O(2ⁿ)"),
            ("O(n!)", "O(n!)"),
            ("O(sqrt n)", "O(√n)"),
            ("O(26)", "O(1)"),
            ("O(n) amortised", "O(n)"),
        ] {
            let read = Order::parse(text).map(|order| order.to_string());
            assert_eq!(read.as_deref(), Some(shown), "{text}");
        }
        for text in ["", "fast", "O()", "depends on the input"] {
            assert_eq!(Order::parse(text), None, "{text}");
        }
    }

    #[test]
    fn gaps_tell_a_logarithm_from_a_power() {
        assert_eq!(Order::LINEAR.above(Order::LINEAR), Gap::None);
        assert_eq!(Order::CONSTANT.above(Order::LINEAR), Gap::None);
        assert_eq!(Order::LINEARITHMIC.above(Order::LINEAR), Gap::Logarithm);
        assert_eq!(Order::QUADRATIC.above(Order::LINEAR), Gap::Power);
        assert_eq!(Order::Exponential.above(Order::LINEAR), Gap::Worlds);
        assert_eq!(Order::power(3).above(Order::LINEAR), Gap::Worlds);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text: String) {
            let _ = Order::parse(&text);
        }

        #[test]
        fn what_is_shown_is_read_back(halves in 0u8..=6, logs in 0u8..=1) {
            let order = Order::Polynomial { halves: halves / 2 * 2, logs };
            prop_assert_eq!(Order::parse(&order.to_string()), Some(order));
        }
    }
}
