//! What can be said about code without running it and without a model: facts from a syntax tree (tree-sitter),
//! for Python, JavaScript and Java.
//!
//! Not an opinion: `interviewd_domain::scorecard::rules` judges, from these facts among others. Safe on hostile
//! code: nothing in here recurses over the tree, and nodes, depth and parser steps are bounded.
//!
//! To add a fact: 1. a field in `CodeFacts` (domain, `evidence/facts.rs`), 2. its reading in `shape`, `growth` or
//! `tidiness`, 3. a row in the table of `tests/it/insight/corpus.rs`.

mod growth;
mod mutants;
mod shape;
mod tidiness;
mod tree;

use interviewd_domain::{
    evidence::facts::{CodeFacts, Estimate, Function, Loop, Named, Structure, StructureUse},
    problem::Language,
    run::SOURCE_BYTES_MAX,
};
use std::collections::BTreeSet;
use tree::Tree;

pub use mutants::{Mutant, mutants};

/// The facts about one piece of code. Never fails: code that does not parse has its syntax errors among its facts,
/// and code over the size limit has hardly any facts (`cut_short`).
pub fn analyse(language: Language, source: &str) -> CodeFacts {
    let mut facts = CodeFacts::empty(language);
    if source.len() > SOURCE_BYTES_MAX {
        facts.cut_short = true;
        facts.time = Estimate::unknown("the code is too long to analyse");
        facts.space = facts.time.clone();
        return facts;
    }
    let Some(tree) = tree::parse(language, source) else {
        facts.cut_short = true;
        facts.time = Estimate::unknown("the code is too tangled to analyse");
        facts.space = facts.time.clone();
        return facts;
    };
    let shape = shape::read(&tree);
    let comments = comment_lines(&tree);
    facts.code_lines = code_lines(source, &tree);
    facts.syntax_errors = tidiness::syntax_errors(&tree, language);
    facts.functions = (0..shape.functions.len())
        .map(|index| {
            let function = &shape.functions[index];
            Function {
                name: function.name.to_owned(),
                lines: tree.lines(function.item),
                params: function
                    .params
                    .iter()
                    .map(|(_, name)| (*name).to_owned())
                    .collect(),
                recursion: function.recursion,
                memoised: growth::is_memoised(&tree, &shape, index),
            }
        })
        .collect();
    facts.classes = classes(&tree);
    facts.loops = shape
        .loops
        .iter()
        .map(|found| Loop {
            lines: tree.lines(found.item),
            depth: found.depth,
            growth: found.growth,
        })
        .collect();
    facts.nesting = tidiness::nesting(&tree);
    facts.structures = structures(&tree, &shape);
    facts.sorts = shape
        .calls
        .iter()
        .filter(|call| growth::is_sort(&tree, call))
        .map(|call| tree.line(call.item))
        .collect();
    facts.short_names = tidiness::short_names(&tree, &shape);
    facts.mixed_names = tidiness::mixed_names(&tree, &shape);
    facts.unreachable = tidiness::unreachable(&tree);
    facts.unused = tidiness::unused(&tree, &shape);
    facts.magic_numbers = tidiness::magic_numbers(&tree, &shape);
    facts.duplicates = tidiness::duplicates(source, &comments);
    facts.debug_prints = tidiness::debug_prints(&tree, &shape);
    facts.slow_calls = growth::slow_calls(&tree, &shape);
    facts.comments = comments.into_iter().collect();
    facts.cut_short = tree.cut_short;
    let unknown = if facts.code_lines == 0 {
        Some("there is no code")
    } else if !facts.syntax_errors.is_empty() {
        Some("the code does not parse")
    } else if facts.cut_short {
        Some("the code is too large or too deep to analyse")
    } else {
        None
    };
    (facts.time, facts.space) = match unknown {
        Some(why) => (Estimate::unknown(why), Estimate::unknown(why)),
        None => (growth::time(&tree, &shape), growth::space(&tree, &shape)),
    };
    facts
}

fn is_comment(kind: &str) -> bool {
    matches!(kind, "comment" | "line_comment" | "block_comment")
}

fn comment_lines(tree: &Tree) -> BTreeSet<u32> {
    (0..tree.items.len())
        .filter(|item| is_comment(tree.kind(*item)))
        .flat_map(|item| tree.lines(item).0..=tree.lines(item).1)
        .collect()
}

/// Lines on which something other than a comment begins or goes on.
fn code_lines(source: &str, tree: &Tree) -> u32 {
    let mut lines: BTreeSet<u32> = BTreeSet::new();
    for item in 0..tree.items.len() {
        let leaf = tree.items[item].end == item + 1;
        if leaf && !is_comment(tree.kind(item)) && !tree.items[item].bytes.is_empty() {
            lines.extend(tree.lines(item).0..=tree.lines(item).1);
        }
    }
    let blank: BTreeSet<u32> = source
        .lines()
        .zip(1u32..)
        .filter(|(text, _)| text.trim().is_empty())
        .map(|(_, line)| line)
        .collect();
    lines.difference(&blank).count() as u32
}

fn classes(tree: &Tree) -> Vec<Named> {
    (0..tree.items.len())
        .filter(|item| {
            matches!(
                tree.kind(*item),
                "class_definition" | "class_declaration" | "record_declaration"
            )
        })
        .filter_map(|item| tree.field(item, "name"))
        .map(|name| Named {
            name: tree.text(name).to_owned(),
            line: tree.line(name),
        })
        .collect()
}

/// The first use of each structure.
fn structures(tree: &Tree, shape: &shape::Shape) -> Vec<StructureUse> {
    let mut seen = BTreeSet::new();
    (0..tree.items.len())
        .filter_map(|item| Some((structure_at(tree, shape, item)?, tree.line(item))))
        .filter(|(structure, _)| seen.insert(*structure))
        .map(|(structure, line)| StructureUse { structure, line })
        .collect()
}

fn structure_at(tree: &Tree, shape: &shape::Shape, item: usize) -> Option<Structure> {
    match tree.kind(item) {
        "list"
        | "list_comprehension"
        | "array"
        | "array_creation_expression"
        | "array_initializer" => {
            return Some(Structure::List);
        }
        "dictionary" | "dictionary_comprehension" | "object" => return Some(Structure::Map),
        "set" | "set_comprehension" => return Some(Structure::Set),
        _ => {}
    }
    let call = shape.call_at(item)?;
    match call.receiver.map(|receiver| tree.text(receiver)) {
        None | Some("collections") => {}
        Some("heapq") => return Some(Structure::Heap),
        // `counts.set(…)` makes no set.
        Some(_) => return None,
    }
    Some(match call.name {
        "dict" | "defaultdict" | "OrderedDict" | "Map" | "HashMap" | "LinkedHashMap"
        | "WeakMap" => Structure::Map,
        "set" | "frozenset" | "Set" | "HashSet" | "LinkedHashSet" => Structure::Set,
        "Counter" => Structure::Counter,
        "deque" | "ArrayDeque" | "LinkedList" => Structure::Deque,
        "heappush" | "heappop" | "heapify" | "PriorityQueue" | "MinHeap" | "MaxHeap" | "Heap"
        | "MinPriorityQueue" => Structure::Heap,
        "list" | "ArrayList" | "Array" => Structure::List,
        "TreeMap" | "TreeSet" => Structure::Tree,
        _ => return None,
    })
}
