//! The shape of a program: its functions, who calls whom, its loops and how often they turn.

use super::tree::{Call, Tree, call};
use interviewd_domain::evidence::facts::{LoopGrowth, Recursion};
use std::collections::{BTreeMap, BTreeSet};

/// More functions than this are not told apart.
const FUNCTIONS_MAX: usize = 300;

pub struct Shape<'s> {
    pub functions: Vec<FunctionShape<'s>>,
    /// In the order of reading.
    pub calls: Vec<Call<'s>>,
    pub loops: Vec<LoopShape>,
    /// Names that stand for a literal value of fixed size.
    pub fixed: BTreeSet<&'s str>,
    pub writes: Vec<Write<'s>>,
}

pub struct FunctionShape<'s> {
    pub item: usize,
    pub name: &'s str,
    /// Item and name of each parameter.
    pub params: Vec<(usize, &'s str)>,
    pub recursion: Recursion,
    /// Indices of functions that it calls.
    pub calls: BTreeSet<usize>,
    pub is_method: bool,
}

pub struct LoopShape {
    pub item: usize,
    pub growth: LoopGrowth,
    /// 1 = outermost in its function.
    pub depth: u32,
}

/// A name that gets a value.
pub struct Write<'s> {
    pub name: &'s str,
    /// The item of the name.
    pub item: usize,
    pub value: Option<usize>,
    pub how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// `x = …`
    Set,
    /// `a, b = …`
    Unpacked,
    /// `x += …`, `x++`
    Changed,
    /// The variable of a loop or comprehension.
    Turned,
}

pub fn is_function(kind: &str) -> bool {
    matches!(
        kind,
        "function_definition"
            | "function_declaration"
            | "generator_function_declaration"
            | "method_definition"
            | "function_expression"
            | "arrow_function"
            | "method_declaration"
            | "constructor_declaration"
    )
}

pub fn is_loop(kind: &str) -> bool {
    matches!(
        kind,
        "for_statement"
            | "for_in_statement"
            | "enhanced_for_statement"
            | "while_statement"
            | "do_statement"
            | "for_in_clause"
    )
}

pub fn read<'s>(tree: &Tree<'s>) -> Shape<'s> {
    let calls: Vec<Call> = (0..tree.items.len())
        .filter_map(|item| call(tree, item))
        .collect();
    let writes = writes(tree);
    let fixed = fixed(tree, &writes);
    let mut shape = Shape {
        functions: functions(tree),
        calls,
        loops: Vec::new(),
        fixed,
        writes,
    };
    shape.tie_calls(tree);
    shape.loops = loops(tree, &shape);
    shape
}

fn functions<'s>(tree: &Tree<'s>) -> Vec<FunctionShape<'s>> {
    let mut functions = Vec::new();
    for item in 0..tree.items.len() {
        if !is_function(tree.kind(item)) || functions.len() >= FUNCTIONS_MAX {
            continue;
        }
        let own = tree.field(item, "name");
        let given = tree
            .parent(item)
            .and_then(|parent| match tree.kind(parent) {
                "variable_declarator" => tree.field(parent, "name"),
                "assignment_expression" => tree.field(parent, "left"),
                _ => None,
            });
        // A function without a name is a part of the one around it.
        let Some(name) = own.or(given) else { continue };
        let params = tree.field(item, "parameters").map_or_else(
            || {
                tree.field(item, "parameter")
                    .map(|one| vec![(one, tree.text(one))])
                    .unwrap_or_default()
            },
            |list| {
                tree.named_children(list)
                    .filter_map(|param| param_name(tree, param))
                    .collect()
            },
        );
        let in_class = tree
            .above(item)
            .take(3)
            .any(|above| matches!(tree.kind(above), "class_body" | "class_definition"));
        functions.push(FunctionShape {
            item,
            name: tree.text(name),
            params,
            recursion: Recursion::None,
            calls: BTreeSet::new(),
            is_method: in_class,
        });
    }
    functions
}

fn param_name<'s>(tree: &Tree<'s>, param: usize) -> Option<(usize, &'s str)> {
    let name = match tree.kind(param) {
        "identifier" => param,
        "formal_parameter" | "default_parameter" | "typed_default_parameter" => {
            tree.field(param, "name")?
        }
        "assignment_pattern" => tree.field(param, "left")?,
        "typed_parameter" => tree
            .children(param)
            .find(|child| tree.kind(*child) == "identifier")?,
        _ => return None,
    };
    (tree.kind(name) == "identifier").then(|| (name, tree.text(name)))
}

impl<'s> Shape<'s> {
    /// The innermost named function around an item.
    pub fn function_of(&self, tree: &Tree<'s>, item: usize) -> Option<usize> {
        self.functions
            .iter()
            .rposition(|function| tree.is_inside(item, function.item))
    }

    /// The function that a call means, when it is one of this program's own.
    pub fn callee(&self, tree: &Tree<'s>, call: &Call<'s>) -> Option<usize> {
        let own = match call.receiver {
            None => !call.makes,
            Some(receiver) => matches!(tree.text(receiver), "self" | "this" | "cls" | "Solution"),
        };
        if !own {
            return None;
        }
        self.functions
            .iter()
            .rposition(|function| function.name == call.name)
    }

    fn tie_calls(&mut self, tree: &Tree<'s>) {
        let ties: Vec<(usize, usize)> = self
            .calls
            .iter()
            .filter_map(|call| Some((self.function_of(tree, call.item)?, self.callee(tree, call)?)))
            .collect();
        for (from, to) in ties {
            self.functions[from].calls.insert(to);
        }
        for start in 0..self.functions.len() {
            if self.functions[start].calls.contains(&start) {
                self.functions[start].recursion = Recursion::Direct;
                continue;
            }
            let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
            while let Some(at) = open.pop() {
                for next in &self.functions[at].calls {
                    if seen.insert(*next) {
                        open.push(*next);
                    }
                }
            }
            if seen.contains(&start) {
                self.functions[start].recursion = Recursion::Mutual;
            }
        }
    }

    /// The call made at an item.
    pub fn call_at(&self, item: usize) -> Option<&Call<'s>> {
        let at = self
            .calls
            .binary_search_by_key(&item, |call| call.item)
            .ok()?;
        Some(&self.calls[at])
    }

    /// What a name was first made as.
    pub fn first_value(&self, name: &str) -> Option<usize> {
        self.writes
            .iter()
            .find(|write| write.name == name && write.value.is_some())?
            .value
    }
}

fn writes<'s>(tree: &Tree<'s>) -> Vec<Write<'s>> {
    let mut writes = Vec::new();
    for item in 0..tree.items.len() {
        let (left, value, how) = match tree.kind(item) {
            "assignment" => (
                tree.field(item, "left"),
                tree.field(item, "right"),
                How::Set,
            ),
            "assignment_expression" => {
                let plain = tree.children(item).any(|child| tree.kind(child) == "=");
                let how = if plain { How::Set } else { How::Changed };
                (tree.field(item, "left"), tree.field(item, "right"), how)
            }
            "named_expression" | "variable_declarator" => (
                tree.field(item, "name"),
                tree.field(item, "value"),
                How::Set,
            ),
            "augmented_assignment" | "augmented_assignment_expression" => (
                tree.field(item, "left"),
                tree.field(item, "right"),
                How::Changed,
            ),
            "update_expression" => (tree.named_children(item).next(), None, How::Changed),
            "for_statement" | "for_in_statement" | "for_in_clause" => {
                (tree.field(item, "left"), None, How::Turned)
            }
            "enhanced_for_statement" => (tree.field(item, "name"), None, How::Turned),
            _ => continue,
        };
        let Some(left) = left else { continue };
        match tree.kind(left) {
            "identifier" => writes.push(Write {
                name: tree.text(left),
                item: left,
                value,
                how,
            }),
            "pattern_list" | "tuple_pattern" | "list_pattern" | "array_pattern"
            | "object_pattern" => {
                let how = if how == How::Set { How::Unpacked } else { how };
                for part in tree.inside(left) {
                    if matches!(
                        tree.kind(part),
                        "identifier" | "shorthand_property_identifier_pattern"
                    ) {
                        writes.push(Write {
                            name: tree.text(part),
                            item: part,
                            value: None,
                            how,
                        });
                    }
                }
            }
            _ => {}
        }
    }
    writes
}

fn fixed<'s>(tree: &Tree<'s>, writes: &[Write<'s>]) -> BTreeSet<&'s str> {
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for write in writes {
        *times.entry(write.name).or_default() += 1;
    }
    writes
        .iter()
        .filter(|write| {
            times[write.name] == 1
                && write
                    .value
                    .is_some_and(|value| is_fixed_literal(tree, value))
        })
        .map(|write| write.name)
        .collect()
}

/// A literal with something in it and no name in it.
pub fn is_fixed_literal(tree: &Tree, item: usize) -> bool {
    let literal = matches!(
        tree.kind(item),
        "integer"
            | "number"
            | "decimal_integer_literal"
            | "string"
            | "string_literal"
            | "list"
            | "tuple"
            | "array"
            | "array_initializer"
            | "dictionary"
            | "set"
            | "object"
            | "unary_operator"
            | "unary_expression"
    ) || (tree.kind(item) == "array_creation_expression"
        && tree.field(item, "value").is_some());
    let holds_something =
        tree.items[item].bytes.len() > 2 || tree.named_children(item).next().is_none();
    let empty = matches!(tree.text(item), "[]" | "{}" | "()" | "\"\"" | "''");
    literal
        && holds_something
        && !empty
        && !tree.inside(item).any(|at| tree.kind(at) == "identifier")
}

/// Calls that turn once for each element of their receiver.
pub const CALLBACK_LOOPS: [&str; 10] = [
    "forEach",
    "map",
    "filter",
    "reduce",
    "some",
    "every",
    "find",
    "findIndex",
    "flatMap",
    "reduceRight",
];

/// Calls that take something out of a collection.
const TAKES_OUT: [&str; 16] = [
    "delete",
    "discard",
    "pop",
    "popleft",
    "shift",
    "poll",
    "pollFirst",
    "pollLast",
    "heappop",
    "remove",
    "removeFirst",
    "removeLast",
    "dequeue",
    "extractMin",
    "popitem",
    "heappushpop",
];

fn loops(tree: &Tree, shape: &Shape) -> Vec<LoopShape> {
    let mut found: Vec<LoopShape> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for item in 0..tree.items.len() {
        let callback = shape.call_at(item).is_some_and(|call| {
            call.receiver.is_some()
                && CALLBACK_LOOPS.contains(&call.name)
                && call
                    .args
                    .first()
                    .is_some_and(|first| is_function(tree.kind(*first)))
        });
        if !is_loop(tree.kind(item)) && !callback {
            continue;
        }
        let reach = |index: usize, found: &[LoopShape]| -> bool {
            let outer = found[index].item;
            // A clause of a comprehension holds what the comprehension around it holds.
            let scope = if tree.kind(outer) == "for_in_clause" {
                tree.items[outer].parent
            } else {
                outer
            };
            tree.is_inside(item, scope)
        };
        while open.last().is_some_and(|outer| !reach(*outer, &found)) {
            open.pop();
        }
        let function = shape.function_of(tree, item);
        let outer: Vec<usize> = open
            .iter()
            .copied()
            .filter(|outer| shape.function_of(tree, found[*outer].item) == function)
            .collect();
        let growth = growth(
            tree,
            shape,
            item,
            outer.last().map(|outer| found[*outer].item),
        );
        found.push(LoopShape {
            item,
            growth,
            depth: outer.len() as u32 + 1,
        });
        open.push(found.len() - 1);
    }
    found
}

fn growth(tree: &Tree, shape: &Shape, item: usize, outer: Option<usize>) -> LoopGrowth {
    match tree.kind(item) {
        "while_statement" | "do_statement" => {
            let condition = tree.field(item, "condition").unwrap_or(item);
            if halves(tree, shape, item, condition) {
                LoopGrowth::Halving
            } else if outer.is_some_and(|outer| shared_out(tree, shape, item, condition, outer)) {
                LoopGrowth::Amortised
            } else {
                LoopGrowth::Linear
            }
        }
        // The counting loop of JavaScript and Java.
        "for_statement" if tree.field(item, "condition").is_some() => {
            let condition = tree.field(item, "condition").unwrap_or(item);
            let step = tree.field(item, "increment").or(tree.field(item, "update"));
            let bound_fixed = tree
                .field(condition, "right")
                .is_some_and(|right| is_fixed(tree, shape, right));
            let start = tree.field(item, "initializer").or(tree.field(item, "init"));
            let starts_at_name = start.is_some_and(|start| {
                (start..tree.items[start].end)
                    .filter(|at| tree.kind(*at) == "variable_declarator")
                    .filter_map(|at| tree.field(at, "value"))
                    .any(|value| !is_fixed(tree, shape, value))
            });
            if step.is_some_and(|step| divides(tree, step)) {
                LoopGrowth::Halving
            } else if bound_fixed && !starts_at_name {
                LoopGrowth::Constant
            } else if outer.is_some_and(|outer| takes_from_outer(tree, shape, item, outer)) {
                LoopGrowth::Amortised
            } else {
                LoopGrowth::Linear
            }
        }
        "for_statement" | "for_in_statement" | "enhanced_for_statement" | "for_in_clause" => {
            let over = tree.field(item, "right").or(tree.field(item, "value"));
            match over {
                Some(over) if is_fixed(tree, shape, over) => LoopGrowth::Constant,
                Some(over)
                    if outer.is_some_and(|outer| {
                        takes_from_outer(tree, shape, item, outer)
                            || neighbours(tree, shape, over, outer)
                    }) =>
                {
                    LoopGrowth::Amortised
                }
                _ => LoopGrowth::Linear,
            }
        }
        _ => {
            let fixed = shape
                .call_at(item)
                .and_then(|call| call.receiver)
                .is_some_and(|receiver| is_fixed(tree, shape, receiver));
            if fixed {
                LoopGrowth::Constant
            } else {
                LoopGrowth::Linear
            }
        }
    }
}

/// A literal, a name that stands for one, or a `range(…)` and the like of such.
pub fn is_fixed(tree: &Tree, shape: &Shape, item: usize) -> bool {
    if tree.kind(item) == "identifier" {
        let name = tree.text(item);
        let shouted = name.len() > 1
            && name
                .chars()
                .all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit());
        return shape.fixed.contains(name) || shouted;
    }
    if let Some(call) = shape.call_at(item) {
        return matches!(
            call.name,
            "range" | "enumerate" | "zip" | "reversed" | "len"
        ) && call.receiver.is_none()
            && !call.args.is_empty()
            && call.args.iter().all(|arg| is_fixed(tree, shape, *arg));
    }
    if matches!(
        tree.kind(item),
        "list" | "tuple" | "array" | "expression_list" | "set"
    ) {
        // The four neighbours of a cell are four, whatever the names in them.
        return tree.named_children(item).next().is_some()
            && !tree
                .inside(item)
                .any(|at| matches!(tree.kind(at), "spread_element" | "list_splat"));
    }
    is_fixed_literal(tree, item)
}

/// The condition's variables are halved, or moved to the middle, in the body.
fn halves(tree: &Tree, shape: &Shape, item: usize, condition: usize) -> bool {
    let inside = |write: &&Write| tree.is_inside(write.item, item);
    let middles: BTreeSet<&str> = shape
        .writes
        .iter()
        .filter(inside)
        .filter(|write| write.value.is_some_and(|value| divides(tree, value)))
        .map(|write| write.name)
        .collect();
    shape.writes.iter().filter(inside).any(|write| {
        let Some(statement) = tree.parent(write.item) else {
            return false;
        };
        let in_condition = tree.mentions(condition, write.name);
        let to_middle = write.value.is_some_and(|value| {
            middles
                .iter()
                .any(|middle| *middle != write.name && tree.mentions(value, middle))
        });
        in_condition && (to_middle || divides(tree, statement))
    })
}

/// `/ 2`, `// 2`, `>> 1`, `/= 10`, `*= 2`: dividing (or multiplying a loop's variable) by a number above one.
pub fn divides(tree: &Tree, item: usize) -> bool {
    (item..tree.items[item].end).any(|at| {
        let operator = matches!(
            tree.kind(at),
            "/" | "//" | ">>" | ">>>" | "/=" | "//=" | ">>=" | "*=" | "<<=" | ">>>="
        );
        operator
            && tree
                .parent(at)
                .and_then(|whole| tree.field(whole, "right"))
                .is_some_and(|right| {
                    let number = tree.text(right).parse::<f64>().unwrap_or(0.0);
                    let shift = tree.kind(at).contains(">>") || tree.kind(at).contains("<<");
                    number > 1.0 || (shift && number >= 1.0)
                })
    })
}

/// An inner `while` whose variable only ever moves on, and is not set back by the loop around it.
fn shared_out(tree: &Tree, shape: &Shape, item: usize, condition: usize, outer: usize) -> bool {
    let moving = moved(tree, shape, item);
    let in_condition: Vec<&str> = moving
        .iter()
        .copied()
        .filter(|name| tree.mentions(condition, name))
        .collect();
    let set_back = |name: &str| {
        shape.writes.iter().any(|write| {
            write.name == name
                && tree.is_inside(write.item, outer)
                && !tree.is_inside(write.item, item)
                && match write.how {
                    How::Set => write.value.is_none_or(|value| !tree.mentions(value, name)),
                    How::Unpacked | How::Turned => true,
                    How::Changed => false,
                }
        })
    };
    if !in_condition.is_empty() {
        return in_condition.iter().any(|name| !set_back(name));
    }
    // A window's left end moves on although the condition only speaks of what is in the window.
    moving
        .into_iter()
        .any(|name| !set_back(name) && is_index(tree, item, name))
}

/// Used to index something inside.
fn is_index(tree: &Tree, item: usize, name: &str) -> bool {
    tree.inside(item).any(|at| {
        matches!(
            tree.kind(at),
            "subscript" | "subscript_expression" | "array_access"
        ) && tree
            .field(at, "subscript")
            .or(tree.field(at, "index"))
            .is_some_and(|index| tree.text(index) == name)
    })
}

/// Names that move on inside: `x += 1`, `x = x.next`, `x.pop()`.
fn moved<'s>(tree: &Tree<'s>, shape: &Shape<'s>, item: usize) -> BTreeSet<&'s str> {
    let mut moved: BTreeSet<&str> = shape
        .writes
        .iter()
        .filter(|write| tree.is_inside(write.item, item))
        .filter(|write| match write.how {
            How::Changed => true,
            How::Set => write
                .value
                .is_some_and(|value| tree.mentions(value, write.name)),
            How::Unpacked | How::Turned => false,
        })
        .map(|write| write.name)
        .collect();
    moved.extend(taken_from(tree, shape, item));
    moved
}

/// Collections that something is taken out of inside.
fn taken_from<'s>(tree: &Tree<'s>, shape: &Shape<'s>, item: usize) -> BTreeSet<&'s str> {
    shape
        .calls
        .iter()
        .filter(|call| tree.is_inside(call.item, item) && TAKES_OUT.contains(&call.name))
        .filter_map(|call| {
            call.receiver
                .filter(|receiver| tree.text(*receiver) != "heapq")
                .or(call.args.first().copied())
        })
        .map(|from| tree.text(from))
        .collect()
}

/// The inner loop takes from the collection that the outer one empties: level by level through a queue.
fn takes_from_outer(tree: &Tree, shape: &Shape, item: usize, outer: usize) -> bool {
    let Some(condition) = tree
        .field(outer, "condition")
        .filter(|_| tree.kind(outer) == "while_statement")
    else {
        return false;
    };
    taken_from(tree, shape, item)
        .iter()
        .any(|name| tree.mentions(condition, name))
}

/// The outer loop empties a queue, a stack or a heap, and the inner one goes over what belongs to the element just
/// taken: over all turns, each edge is gone over once.
fn neighbours(tree: &Tree, shape: &Shape, over: usize, outer: usize) -> bool {
    let Some(condition) = tree
        .field(outer, "condition")
        .filter(|_| tree.kind(outer) == "while_statement")
    else {
        return false;
    };
    let empties = taken_from(tree, shape, outer)
        .iter()
        .any(|name| tree.mentions(condition, name));
    let counts = shape
        .call_at(over)
        .is_some_and(|call| matches!(call.name, "range"));
    empties && !counts && tree.kind(over) != "identifier"
}
