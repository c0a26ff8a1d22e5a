//! What gets in a reader's way: names that say little, leftovers, repeated lines, deep nesting.

use super::{
    shape::{How, Shape, is_function},
    tree::Tree,
};
use interviewd_domain::evidence::facts::{Lines, Named, Unused, UnusedKind};
use interviewd_domain::problem::Language;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Of each kind of leftover, so many are named.
const NAMED_MAX: usize = 20;
/// Fewer equal lines in a row are chance.
const DUPLICATE_LINES_MIN: usize = 4;

/// Deepest nesting of blocks inside one function, and where.
pub fn nesting(tree: &Tree) -> Option<(u32, u32)> {
    let mut depth: Vec<u32> = Vec::with_capacity(tree.items.len());
    let mut deepest: Option<(u32, u32)> = None;
    for item in 0..tree.items.len() {
        let above = tree.parent(item).map_or(0, |parent| depth[parent]);
        let kind = tree.kind(item);
        let block = matches!(
            kind,
            "if_statement"
                | "for_statement"
                | "for_in_statement"
                | "enhanced_for_statement"
                | "while_statement"
                | "do_statement"
                | "try_statement"
                | "with_statement"
                | "switch_statement"
                | "switch_expression"
                | "match_statement"
        );
        // `else if` reads on the level of its `if`.
        let goes_on = kind == "if_statement"
            && (tree.items[item].field == "alternative"
                || tree
                    .parent(item)
                    .is_some_and(|parent| tree.kind(parent) == "else_clause"));
        let named_function = is_function(kind) && tree.field(item, "name").is_some();
        let here = if named_function {
            0
        } else {
            above + u32::from(block && !goes_on)
        };
        depth.push(here);
        if block && here > 0 && deepest.is_none_or(|(most, _)| here > most) {
            deepest = Some((here, tree.line(item)));
        }
    }
    deepest
}

/// The usual single letters; everything that turns in a loop is one as well.
const USUAL: [&str; 13] = [
    "i", "j", "k", "n", "m", "x", "y", "r", "c", "_", "e", "w", "h",
];

pub fn short_names(tree: &Tree, shape: &Shape) -> Vec<Named> {
    let turned: BTreeSet<&str> = shape
        .writes
        .iter()
        .filter(|write| write.how == How::Turned)
        .map(|write| write.name)
        .collect();
    let mut seen = BTreeSet::new();
    let written = shape
        .writes
        .iter()
        .filter(|write| {
            matches!(write.how, How::Set | How::Unpacked) && !declares_function(tree, write.value)
        })
        .map(|write| (write.item, write.name));
    let functions = shape.functions.iter().filter_map(|function| {
        let name = tree.field(function.item, "name")?;
        Some((name, tree.text(name)))
    });
    written
        .chain(functions)
        .filter(|(_, name)| {
            name.chars().count() == 1 && !USUAL.contains(name) && !turned.contains(name)
        })
        .filter(|(_, name)| seen.insert(*name))
        .take(NAMED_MAX)
        .map(|(item, name)| named(tree, item, name))
        .collect()
}

fn declares_function(tree: &Tree, value: Option<usize>) -> bool {
    value.is_some_and(|value| is_function(tree.kind(value)))
}

fn named(tree: &Tree, item: usize, name: &str) -> Named {
    Named {
        name: name.to_owned(),
        line: tree.line(item),
    }
}

/// The first `snake_case` and the first `camelCase` name, when there are both.
pub fn mixed_names(tree: &Tree, shape: &Shape) -> Option<(Named, Named)> {
    let mut names: Vec<(usize, &str)> = shape
        .writes
        .iter()
        .map(|write| (write.item, write.name))
        .collect();
    for function in &shape.functions {
        names.push((function.item, function.name));
        names.extend(&function.params);
    }
    names.sort_unstable();
    let snake =
        |name: &str| name.trim_matches('_').contains('_') && name.chars().any(|c| c.is_lowercase());
    let camel = |name: &str| {
        !name.contains('_')
            && name.chars().next().is_some_and(char::is_lowercase)
            && name.chars().any(char::is_uppercase)
    };
    let first =
        |wanted: &dyn Fn(&str) -> bool| names.iter().find(|(_, name)| wanted(name)).copied();
    let (snake, camel) = (first(&snake)?, first(&camel)?);
    let pair = [snake, camel].map(|(item, name)| named(tree, item, name));
    let [snake, camel] = pair;
    Some(if snake.line <= camel.line {
        (snake, camel)
    } else {
        (camel, snake)
    })
}

/// The first line after a `return`, `break`, `continue` or `throw` in the same block.
pub fn unreachable(tree: &Tree) -> Vec<u32> {
    let mut lines = Vec::new();
    for item in 0..tree.items.len() {
        if !matches!(
            tree.kind(item),
            "block" | "statement_block" | "constructor_body"
        ) {
            continue;
        }
        let mut over = false;
        for statement in tree.named_children(item) {
            let kind = tree.kind(statement);
            if over
                && !matches!(
                    kind,
                    "line_comment" | "block_comment" | "function_declaration" | "ERROR"
                )
            {
                lines.push(tree.line(statement));
                break;
            }
            over |= matches!(
                kind,
                "return_statement"
                    | "break_statement"
                    | "continue_statement"
                    | "raise_statement"
                    | "throw_statement"
            );
        }
    }
    lines.truncate(NAMED_MAX);
    lines
}

pub fn unused(tree: &Tree, shape: &Shape) -> Vec<Unused> {
    // How often each name is mentioned in each outermost function; closures share their outer function's names.
    let outermost: Vec<usize> = {
        let mut outermost: Vec<usize> = Vec::new();
        for function in &shape.functions {
            if outermost
                .last()
                .is_none_or(|last| !tree.is_inside(function.item, *last))
            {
                outermost.push(function.item);
            }
        }
        outermost
    };
    let scope_of = |item: usize| -> Option<usize> {
        let at = outermost
            .partition_point(|scope| *scope <= item)
            .checked_sub(1)?;
        (item < tree.items[outermost[at]].end).then_some(outermost[at])
    };
    let mut mentions: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for item in 0..tree.items.len() {
        if matches!(
            tree.kind(item),
            "identifier"
                | "shorthand_property_identifier"
                | "shorthand_property_identifier_pattern"
                | "type_identifier"
        ) && let Some(scope) = scope_of(item)
        {
            *mentions.entry((scope, tree.text(item))).or_default() += 1;
        }
    }
    let mut found: Vec<Unused> = Vec::new();
    let mut seen: BTreeSet<(usize, &str)> = BTreeSet::new();
    for write in &shape.writes {
        let Some(scope) = scope_of(write.item) else {
            continue;
        };
        if write.how != How::Set || write.name.starts_with('_') || !seen.insert((scope, write.name))
        {
            continue;
        }
        // A global, or one of an object around it, may be read elsewhere.
        let declared_outside = tree.inside(scope).any(|item| {
            matches!(tree.kind(item), "global_statement" | "nonlocal_statement")
                && tree.mentions(item, write.name)
        });
        let own = shape
            .writes
            .iter()
            .filter(|other| {
                other.name == write.name
                    && other.how == How::Set
                    && scope_of(other.item) == Some(scope)
            })
            .count();
        let is_param = shape.functions.iter().any(|function| {
            tree.is_inside(write.item, function.item)
                && function.params.iter().any(|(_, name)| *name == write.name)
        });
        // In JavaScript and Java a plain assignment may go to a field or an outer name.
        let declared = tree.parent(write.item).is_some_and(|parent| {
            matches!(
                tree.kind(parent),
                "variable_declarator" | "assignment" | "named_expression"
            )
        });
        if declared
            && !declared_outside
            && !is_param
            && mentions.get(&(scope, write.name)) == Some(&own)
        {
            let kind = if declares_function(tree, write.value) {
                UnusedKind::Function
            } else {
                UnusedKind::Variable
            };
            found.push(Unused {
                kind,
                name: write.name.to_owned(),
                line: tree.line(write.item),
            });
        }
    }
    for function in &shape.functions {
        let Some(body) = tree.field(function.item, "body") else {
            continue;
        };
        let empty = tree
            .named_children(body)
            .all(|statement| tree.kind(statement) == "pass_statement");
        let refuses = tree
            .named_children(body)
            .next()
            .is_some_and(|first| matches!(tree.kind(first), "raise_statement" | "throw_statement"));
        for (item, name) in &function.params {
            let special = matches!(*name, "self" | "cls" | "args") || name.starts_with('_');
            if !special
                && !empty
                && !refuses
                && !tree.mentions(body, name)
                && !mentions_shorthand(tree, body, name)
            {
                found.push(Unused {
                    kind: UnusedKind::Parameter,
                    name: (*name).to_owned(),
                    line: tree.line(*item),
                });
            }
        }
        let nested = shape
            .functions
            .iter()
            .any(|outer| tree.is_inside(function.item, outer.item));
        let declared = matches!(
            tree.kind(function.item),
            "function_definition" | "function_declaration"
        );
        if nested
            && declared
            && !function.is_method
            && let Some(scope) = scope_of(function.item)
            && mentions.get(&(scope, function.name)) == Some(&1)
        {
            found.push(Unused {
                kind: UnusedKind::Function,
                name: function.name.to_owned(),
                line: tree.line(function.item),
            });
        }
    }
    found.sort_by_key(|unused| unused.line);
    found.truncate(NAMED_MAX);
    found
}

fn mentions_shorthand(tree: &Tree, body: usize, name: &str) -> bool {
    tree.inside(body)
        .any(|item| tree.kind(item) == "shorthand_property_identifier" && tree.text(item) == name)
}

/// Numbers that everybody understands where they stand.
const PLAIN_NUMBERS: [&str; 22] = [
    "0", "1", "2", "3", "4", "10", "26", "60", "100", "1000", "0.0", "0.5", "1.0", "2.0", "1e9",
    "0L", "1L", "16", "256", "24", "1024", "128",
];

pub fn magic_numbers(tree: &Tree, shape: &Shape) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for item in 0..tree.items.len() {
        let number = matches!(
            tree.kind(item),
            "integer"
                | "float"
                | "number"
                | "decimal_integer_literal"
                | "decimal_floating_point_literal"
                | "hex_integer_literal"
        );
        if !number
            || PLAIN_NUMBERS.contains(&tree.text(item))
            || shape.function_of(tree, item).is_none()
        {
            continue;
        }
        let excused = tree
            .above(item)
            .take_while(|above| !is_function(tree.kind(*above)))
            .any(|above| match tree.kind(above) {
                "list" | "tuple" | "array" | "array_initializer" | "dictionary" | "object"
                | "set" | "pair" => true,
                "default_parameter" | "typed_default_parameter" | "assignment_pattern" => true,
                "assignment" | "variable_declarator" => {
                    let value = tree.field(above, "right").or(tree.field(above, "value"));
                    // `limit = 37` has just given it a name.
                    value.is_some_and(|value| {
                        value == item
                            || tree.is_inside(item, value) && tree.items[value].end - value <= 4
                    })
                }
                _ => false,
            });
        if !excused {
            found.push(named(tree, item, tree.text(item)));
        }
    }
    found.truncate(NAMED_MAX);
    found
}

/// Prints inside functions.
pub fn debug_prints(tree: &Tree, shape: &Shape) -> Vec<u32> {
    shape
        .calls
        .iter()
        .filter(|call| match call.receiver {
            None => matches!(call.name, "print" | "pprint"),
            Some(receiver) => match tree.text(receiver) {
                "console" => true,
                "System.out" | "System.err" => call.name.starts_with("print"),
                _ => false,
            },
        })
        .filter(|call| shape.function_of(tree, call.item).is_some())
        .map(|call| tree.line(call.item))
        .take(NAMED_MAX)
        .collect()
}

/// Stretches of equal lines, the longest reading of each; braces alone do not count.
pub fn duplicates(source: &str, comments: &BTreeSet<u32>) -> Vec<(Lines, Lines)> {
    let lines: Vec<(u32, &str)> = source
        .lines()
        .zip(1u32..)
        .map(|(text, line)| (line, text.trim()))
        .filter(|(line, text)| text.chars().any(char::is_alphanumeric) && !comments.contains(line))
        .collect();
    let mut first_at: HashMap<Vec<&str>, usize> = HashMap::new();
    let (mut found, mut at) = (Vec::new(), 0);
    while at + DUPLICATE_LINES_MIN <= lines.len() {
        let window: Vec<&str> = lines[at..at + DUPLICATE_LINES_MIN]
            .iter()
            .map(|(_, text)| *text)
            .collect();
        match first_at
            .get(&window)
            .copied()
            .filter(|first| first + DUPLICATE_LINES_MIN <= at)
        {
            Some(first) => {
                let mut length = DUPLICATE_LINES_MIN;
                while first + length < at
                    && at + length < lines.len()
                    && lines[first + length].1 == lines[at + length].1
                {
                    length += 1;
                }
                found.push((
                    (lines[first].0, lines[first + length - 1].0),
                    (lines[at].0, lines[at + length - 1].0),
                ));
                at += length;
            }
            None => {
                first_at.entry(window).or_insert(at);
                at += 1;
            }
        }
    }
    found.truncate(NAMED_MAX);
    found
}

/// `line` and `column` with a sentence each, outermost errors only.
pub fn syntax_errors(
    tree: &Tree,
    language: Language,
) -> Vec<interviewd_domain::evidence::facts::SyntaxError> {
    let (mut found, mut past) = (Vec::new(), 0);
    for item in 0..tree.items.len() {
        let node = &tree.items[item];
        if item < past || !(node.missing || node.kind == "ERROR") {
            continue;
        }
        let message = if node.missing {
            format!("Something is missing here: {}.", spoken(node.kind))
        } else {
            let text = tree.text(item).lines().next().unwrap_or_default().trim();
            let near: String = text.chars().take(30).collect();
            if near.is_empty() {
                format!("This is not {}.", language.label())
            } else {
                format!("{} does not understand this: {near}", language.label())
            }
        };
        found.push(interviewd_domain::evidence::facts::SyntaxError {
            line: node.lines.0,
            column: node.column,
            message,
        });
        past = node.end;
    }
    found.truncate(NAMED_MAX);
    found
}

fn spoken(kind: &str) -> String {
    if kind.chars().any(char::is_alphabetic) {
        kind.replace('_', " ")
    } else {
        format!("“{kind}”")
    }
}
