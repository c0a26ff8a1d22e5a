//! Small faults put into good code, one at a time, on its syntax tree: does any case notice?
//!
//! The faults are those of the mutation testing literature (DeMillo, Lipton & Sayward 1978; Offutt's sufficient set):
//! relational, arithmetic and logical operators replaced, constants moved by one, conditions turned round, statements left
//! out. To add one: a line in [`tokens`], or in [`mutants`] when it is about more than one token.

use super::tree::{self, Tree};
use interviewd_domain::problem::Language;
use std::{collections::HashSet, ops::Range};

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// 1-based.
    pub line: u32,
    /// The line before and after, without indentation.
    pub was: String,
    pub becomes: String,
    /// The whole source with the fault in it.
    pub code: String,
}

/// Every fault that these rules make in a source, in the order of its lines. Nothing for code that does not parse.
pub fn mutants(language: Language, source: &str) -> Vec<Mutant> {
    let Some(tree) = tree::parse(language, source) else {
        return Vec::new();
    };
    let broken = |item: &super::tree::Item| item.kind == "ERROR" || item.missing;
    if tree.cut_short || tree.items.iter().any(broken) {
        return Vec::new();
    }
    let mut seen = HashSet::from([source.to_owned()]);
    let mut found = Vec::new();
    for item in 0..tree.items.len() {
        for (bytes, with) in faults(&tree, language, item) {
            let mutant = put(source, bytes, &with);
            if seen.insert(mutant.code.clone()) {
                found.push(mutant);
            }
        }
    }
    found.sort_by_key(|mutant| mutant.line);
    found
}

fn put(source: &str, bytes: Range<usize>, with: &str) -> Mutant {
    let code = [&source[..bytes.start], with, &source[bytes.end..]].concat();
    let line = source[..bytes.start].matches('\n').count();
    let text = |code: &str| code.lines().nth(line).unwrap_or_default().trim().to_owned();
    Mutant {
        line: line as u32 + 1,
        was: text(source),
        becomes: text(&code),
        code,
    }
}

/// What can be put in the place of some bytes at this item.
fn faults(tree: &Tree<'_>, language: Language, item: usize) -> Vec<(Range<usize>, String)> {
    let bytes = tree.items[item].bytes.clone();
    let text = tree.text(item);
    let replaced = |with: &[&str]| -> Vec<(Range<usize>, String)> {
        with.iter()
            .map(|with| (bytes.clone(), (*with).to_owned()))
            .collect()
    };
    if !tree.items[item].named {
        return match is_operator(tree, item) {
            true => replaced(tokens(text)),
            false => Vec::new(),
        };
    }
    match tree.kind(item) {
        "integer" | "number" | "decimal_integer_literal" => moved_by_one(text)
            .into_iter()
            .map(|number| (bytes.clone(), number))
            .collect(),
        "true" => replaced(&[if language == Language::Python {
            "False"
        } else {
            "false"
        }]),
        "false" => replaced(&[if language == Language::Python {
            "True"
        } else {
            "true"
        }]),
        "not_operator" => without_first_token(tree, item),
        "unary_expression" if text.starts_with('!') => without_first_token(tree, item),
        "identifier" | "property_identifier" if is_called(tree, item) => match text {
            "min" => replaced(&["max"]),
            "max" => replaced(&["min"]),
            _ => Vec::new(),
        },
        kind if is_statement(kind) && !is_only_text(tree, item) => replaced(&[match language {
            Language::Python => "pass",
            Language::Javascript | Language::Java => ";",
        }]),
        _ => Vec::new(),
    }
}

/// What an operator can be mistaken for.
fn tokens(operator: &str) -> &'static [&'static str] {
    match operator {
        "<" => &["<=", ">="],
        "<=" => &["<", ">"],
        ">" => &[">=", "<="],
        ">=" => &[">", "<"],
        "==" => &["!="],
        "!=" => &["=="],
        "===" => &["!=="],
        "!==" => &["==="],
        "in" => &["not in"],
        "not in" => &["in"],
        "is" => &["is not"],
        "is not" => &["is"],
        "and" => &["or"],
        "or" => &["and"],
        "&&" => &["||"],
        "||" => &["&&"],
        "+" => &["-"],
        "-" => &["+"],
        "*" => &["+"],
        "/" | "//" | "%" => &["*"],
        "**" => &["*"],
        "&" => &["|"],
        "|" => &["&"],
        "^" => &["|"],
        "<<" => &[">>"],
        ">>" | ">>>" => &["<<"],
        "+=" => &["-="],
        "-=" => &["+="],
        "*=" => &["+="],
        "/=" | "//=" | "%=" => &["*="],
        "&=" => &["|="],
        "|=" => &["&="],
        "^=" => &["|="],
        "<<=" => &[">>="],
        ">>=" => &["<<="],
        "++" => &["--"],
        "--" => &["++"],
        _ => &[],
    }
}

/// `<` in `a < b`, but not in `List<String>`; `-` in `a - b`, but not in `-1`, whose number is moved instead.
fn is_operator(tree: &Tree<'_>, item: usize) -> bool {
    tree.parent(item).is_some_and(|parent| {
        matches!(
            tree.kind(parent),
            "comparison_operator"
                | "boolean_operator"
                | "binary_operator"
                | "binary_expression"
                | "augmented_assignment"
                | "augmented_assignment_expression"
                | "assignment_expression"
                | "update_expression"
        )
    })
}

fn is_called(tree: &Tree<'_>, item: usize) -> bool {
    let called = |at: usize| {
        tree.parent(at).is_some_and(|parent| {
            matches!(
                tree.kind(parent),
                "call" | "call_expression" | "method_invocation"
            ) && matches!(tree.items[at].field, "function" | "name")
        })
    };
    called(item)
        || tree.parent(item).is_some_and(|parent| {
            matches!(tree.kind(parent), "member_expression" | "attribute") && called(parent)
        })
}

fn is_statement(kind: &str) -> bool {
    matches!(
        kind,
        "expression_statement"
            | "break_statement"
            | "continue_statement"
            | "return_statement"
            | "throw_statement"
            | "raise_statement"
    )
}

/// A docstring is a statement that says something and does nothing.
fn is_only_text(tree: &Tree<'_>, item: usize) -> bool {
    let mut inside = tree.named_children(item);
    inside
        .next()
        .is_some_and(|child| tree.kind(child) == "string")
        && inside.next().is_none()
}

fn without_first_token(tree: &Tree<'_>, item: usize) -> Vec<(Range<usize>, String)> {
    let mut children = tree.children(item);
    let (Some(first), Some(second)) = (children.next(), children.next()) else {
        return Vec::new();
    };
    let bytes = tree.items[first].bytes.start..tree.items[second].bytes.start;
    vec![(bytes, String::new())]
}

/// The neighbours of a whole number. Others (`1e9`, `0xff`, `1.5`) are left alone.
fn moved_by_one(number: &str) -> Vec<String> {
    let plain: String = number.chars().filter(|c| *c != '_').collect();
    match plain.parse::<u64>() {
        Ok(0) => vec!["1".into()],
        Ok(n) => vec![(n - 1).to_string(), n.saturating_add(1).to_string()],
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn shown(language: Language, source: &str, expected: &Expect) {
        let lines: Vec<String> = mutants(language, source)
            .into_iter()
            .map(|m| format!("{}: {}  →  {}", m.line, m.was, m.becomes))
            .collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn python() {
        let source = "def f(a, k):\n    \"\"\"Says.\"\"\"\n    best = -1\n    for x in a:\n        if x < k and not x:\n            best = max(best, x)\n            continue\n    return best\n";
        shown(
            Language::Python,
            source,
            &expect![[r#"
            3: best = -1  →  pass
            3: best = -1  →  best = -0
            3: best = -1  →  best = -2
            5: if x < k and not x:  →  if x <= k and not x:
            5: if x < k and not x:  →  if x >= k and not x:
            5: if x < k and not x:  →  if x < k or not x:
            5: if x < k and not x:  →  if x < k and x:
            6: best = max(best, x)  →  pass
            6: best = max(best, x)  →  best = min(best, x)
            7: continue  →  pass
            8: return best  →  pass"#]],
        );
    }

    #[test]
    fn javascript() {
        let source = "function f(a) {\n  let n = 0;\n  for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);\n  return n === 0 || n > 1;\n}\n";
        shown(
            Language::Javascript,
            source,
            &expect![[r#"
            2: let n = 0;  →  let n = 1;
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 1; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i <= a.length; i++) if (!a[i]) n += Math.min(2, 1);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i >= a.length; i++) if (!a[i]) n += Math.min(2, 1);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i < a.length; i--) if (!a[i]) n += Math.min(2, 1);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i < a.length; i++) if (a[i]) n += Math.min(2, 1);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i < a.length; i++) if (!a[i]) ;
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i < a.length; i++) if (!a[i]) n -= Math.min(2, 1);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.max(2, 1);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(1, 1);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(3, 1);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 0);
            3: for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 1);  →  for (let i = 0; i < a.length; i++) if (!a[i]) n += Math.min(2, 2);
            4: return n === 0 || n > 1;  →  ;
            4: return n === 0 || n > 1;  →  return n !== 0 || n > 1;
            4: return n === 0 || n > 1;  →  return n === 1 || n > 1;
            4: return n === 0 || n > 1;  →  return n === 0 && n > 1;
            4: return n === 0 || n > 1;  →  return n === 0 || n >= 1;
            4: return n === 0 || n > 1;  →  return n === 0 || n <= 1;
            4: return n === 0 || n > 1;  →  return n === 0 || n > 0;
            4: return n === 0 || n > 1;  →  return n === 0 || n > 2;"#]],
        );
    }

    #[test]
    fn java() {
        let source = "class Solution {\n    int f(List<Integer> a) {\n        int n = 0;\n        while (n >= 0) { n--; }\n        return n;\n    }\n}\n";
        shown(
            Language::Java,
            source,
            &expect![[r#"
            3: int n = 0;  →  int n = 1;
            4: while (n >= 0) { n--; }  →  while (n > 0) { n--; }
            4: while (n >= 0) { n--; }  →  while (n < 0) { n--; }
            4: while (n >= 0) { n--; }  →  while (n >= 1) { n--; }
            4: while (n >= 0) { n--; }  →  while (n >= 0) { ; }
            4: while (n >= 0) { n--; }  →  while (n >= 0) { n++; }
            5: return n;  →  ;"#]],
        );
    }

    #[test]
    fn what_does_not_parse_has_none() {
        assert_eq!(mutants(Language::Python, "def f(:\n  1 < 2"), vec![]);
    }
}
