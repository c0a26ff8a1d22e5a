//! A syntax tree laid out flat, in the order of reading: whatever lies below item `i` is `i + 1 .. end(i)`. So
//! nothing that reads it recurses, and hostile nesting costs no stack.

use interviewd_domain::problem::Language;
use std::{
    ops::{ControlFlow, Range},
    sync::LazyLock,
};
use tree_sitter::{Language as Grammar, ParseOptions, Parser};

/// More than this many nodes, or deeper ones, are left out; the facts say so.
const ITEMS_MAX: usize = 120_000;
const DEPTH_MAX: usize = 250;
/// The parser asks back every so many steps; a text that is still not parsed after this many questions is refused.
const PARSE_STEPS_MAX: u32 = 40_000;

pub struct Tree<'s> {
    pub items: Vec<Item>,
    pub source: &'s str,
    pub cut_short: bool,
}

pub struct Item {
    pub kind: &'static str,
    pub field: &'static str,
    pub parent: usize,
    /// One past the last item below this one.
    pub end: usize,
    pub bytes: Range<usize>,
    /// 1-based, inclusive.
    pub lines: (u32, u32),
    pub column: u32,
    pub named: bool,
    pub missing: bool,
}

/// `None` when the parser gives up.
pub fn parse(language: Language, source: &str) -> Option<Tree<'_>> {
    static GRAMMARS: LazyLock<[Grammar; 3]> = LazyLock::new(|| {
        [
            tree_sitter_python::LANGUAGE,
            tree_sitter_javascript::LANGUAGE,
            tree_sitter_java::LANGUAGE,
        ]
        .map(Grammar::from)
    });
    let grammar: &'static Grammar = match language {
        Language::Python => &GRAMMARS[0],
        Language::Javascript => &GRAMMARS[1],
        Language::Java => &GRAMMARS[2],
    };
    let mut parser = Parser::new();
    parser.set_language(grammar).ok()?;
    let mut steps = 0;
    let mut count = |_: &tree_sitter::ParseState| {
        steps += 1;
        if steps > PARSE_STEPS_MAX {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let options = ParseOptions::new().progress_callback(&mut count);
    let bytes = source.as_bytes();
    let tree = parser.parse_with_options(
        &mut |at, _| bytes.get(at..).unwrap_or_default(),
        None,
        Some(options),
    )?;
    Some(flatten(&tree, grammar, source))
}

fn flatten<'s>(tree: &tree_sitter::Tree, grammar: &'static Grammar, source: &'s str) -> Tree<'s> {
    let mut flat = Tree {
        items: Vec::new(),
        source,
        cut_short: false,
    };
    let mut cursor = tree.walk();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let node = cursor.node();
        let index = flat.items.len();
        flat.items.push(Item {
            kind: if node.is_error() {
                "ERROR"
            } else {
                grammar.node_kind_for_id(node.kind_id()).unwrap_or_default()
            },
            field: cursor
                .field_id()
                .and_then(|id| grammar.field_name_for_id(id.get()))
                .unwrap_or_default(),
            parent: open.last().copied().unwrap_or(0),
            end: index + 1,
            bytes: node.byte_range(),
            lines: (
                node.start_position().row as u32 + 1,
                // A node that ends at the start of a line does not reach into that line.
                (node.end_position().row as u32 + u32::from(node.end_position().column > 0))
                    .max(node.start_position().row as u32 + 1),
            ),
            column: node.start_position().column as u32 + 1,
            named: node.is_named(),
            missing: node.is_missing(),
        });
        let full = flat.items.len() >= ITEMS_MAX;
        if !full && open.len() < DEPTH_MAX && cursor.goto_first_child() {
            open.push(index);
            continue;
        }
        flat.cut_short |= full || (open.len() >= DEPTH_MAX && node.child_count() > 0);
        if full {
            break;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                break;
            }
            if let Some(closed) = open.pop() {
                flat.items[closed].end = flat.items.len();
            }
        }
        if open.is_empty() {
            break;
        }
    }
    let end = flat.items.len();
    for index in open {
        flat.items[index].end = end;
    }
    flat
}

impl<'s> Tree<'s> {
    pub fn kind(&self, item: usize) -> &'static str {
        self.items[item].kind
    }

    pub fn text(&self, item: usize) -> &'s str {
        self.source
            .get(self.items[item].bytes.clone())
            .unwrap_or_default()
    }

    pub fn line(&self, item: usize) -> u32 {
        self.items[item].lines.0
    }

    pub fn lines(&self, item: usize) -> (u32, u32) {
        self.items[item].lines
    }

    /// Everything below.
    pub fn inside(&self, item: usize) -> Range<usize> {
        item + 1..self.items[item].end
    }

    pub fn children(&self, item: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.items[item].end;
        let mut next = item + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.items[child].end;
                child
            })
        })
    }

    pub fn named_children(&self, item: usize) -> impl Iterator<Item = usize> + '_ {
        self.children(item)
            .filter(|child| self.items[*child].named && self.kind(*child) != "comment")
    }

    pub fn field(&self, item: usize, field: &str) -> Option<usize> {
        self.children(item)
            .find(|child| self.items[*child].field == field)
    }

    pub fn parent(&self, item: usize) -> Option<usize> {
        (item > 0).then(|| self.items[item].parent)
    }

    /// Parent, its parent, and so on.
    pub fn above(&self, item: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = item;
        std::iter::from_fn(move || {
            at = self.parent(at)?;
            Some(at)
        })
    }

    pub fn is_inside(&self, item: usize, of: usize) -> bool {
        item > of && item < self.items[of].end
    }

    /// Identifiers below (or at) an item, by their text.
    pub fn mentions(&self, item: usize, name: &str) -> bool {
        (item..self.items[item].end)
            .any(|at| self.kind(at) == "identifier" && self.text(at) == name)
    }
}

/// A call, or the making of an object, in any of the three languages.
pub struct Call<'s> {
    pub item: usize,
    pub receiver: Option<usize>,
    pub name: &'s str,
    pub args: Vec<usize>,
    /// `new Thing(…)`.
    pub makes: bool,
}

pub fn call<'s>(tree: &Tree<'s>, item: usize) -> Option<Call<'s>> {
    let (receiver, name, makes) = match tree.kind(item) {
        "call" | "call_expression" => {
            let function = tree.field(item, "function")?;
            match tree.kind(function) {
                "identifier" => (None, tree.text(function), false),
                "attribute" => (
                    tree.field(function, "object"),
                    tree.text(tree.field(function, "attribute")?),
                    false,
                ),
                "member_expression" => (
                    tree.field(function, "object"),
                    tree.text(tree.field(function, "property")?),
                    false,
                ),
                _ => return None,
            }
        }
        "method_invocation" => (
            tree.field(item, "object"),
            tree.text(tree.field(item, "name")?),
            false,
        ),
        "new_expression" => (None, tree.text(tree.field(item, "constructor")?), true),
        "object_creation_expression" => {
            let name = tree.text(tree.field(item, "type")?);
            (None, name.split('<').next().unwrap_or(name).trim(), true)
        }
        _ => return None,
    };
    let arguments = tree.field(item, "arguments");
    let args = match arguments {
        Some(arguments) if tree.kind(arguments) == "generator_expression" => vec![arguments],
        Some(arguments) => tree.named_children(arguments).collect(),
        None => Vec::new(),
    };
    Some(Call {
        item,
        receiver,
        name,
        args,
        makes,
    })
}
