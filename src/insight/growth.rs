//! How time and space grow with the input, estimated from the tree, with the lines that say so; an honest
//! "unknown" where the tree does not tell. No code is run and no value is known: a bound that holds for reasons
//! outside the code is not seen.

use super::{
    shape::{How, Shape, divides, is_fixed, is_function},
    tree::{Call, Tree},
};
use interviewd_domain::evidence::{
    facts::{Estimate, LoopGrowth, Named, Reason, Recursion},
    order::Order,
};
use std::collections::{BTreeMap, BTreeSet};

/// At most so many loops of a function are multiplied out.
const LOOPS_MAX: usize = 400;
/// At most so many of a function's calls are looked at.
const CALLS_MAX: usize = 4_000;

/// What one function (or the top level) costs.
#[derive(Clone)]
struct Cost {
    /// `None` = unknown.
    order: Option<Order>,
    reasons: Vec<Reason>,
    /// Entered once for each element or state however often it is called, because it marks what it has seen.
    once: bool,
}

impl Cost {
    fn constant() -> Cost {
        Cost {
            order: Some(Order::CONSTANT),
            reasons: Vec::new(),
            once: false,
        }
    }

    fn unknown(lines: (u32, u32), why: String) -> Cost {
        Cost {
            order: None,
            reasons: vec![Reason { lines, text: why }],
            once: false,
        }
    }
}

pub fn time(tree: &Tree, shape: &Shape) -> Estimate {
    let mut known: BTreeMap<usize, Cost> = BTreeMap::new();
    for function in callees_first(shape) {
        let cost = function_cost(tree, shape, function, &known);
        known.insert(function, cost);
    }
    let mut costs = vec![body_cost(tree, shape, None, &known)];
    let constructors = |name: &str| matches!(name, "__init__" | "constructor");
    let others = shape
        .functions
        .iter()
        .any(|function| !constructors(function.name));
    for (index, function) in shape.functions.iter().enumerate() {
        // A class is judged by its operations, when it has any besides being made.
        let making =
            constructors(function.name) || tree.kind(function.item) == "constructor_declaration";
        if !(making && others) {
            costs.extend(known.get(&index).cloned());
        }
    }
    if let Some(unknown) = costs.iter().find(|cost| cost.order.is_none()) {
        return Estimate {
            order: None,
            reasons: unknown.reasons.clone(),
        };
    }
    let dearest = costs
        .into_iter()
        .reduce(|a, b| if b.order > a.order { b } else { a })
        .unwrap_or_else(Cost::constant);
    let mut reasons = dearest.reasons;
    if reasons.is_empty() {
        reasons.push(Reason {
            lines: (1, tree.lines(0).1.max(1)),
            text: "no loop over the input and no recursion".to_owned(),
        });
    }
    Estimate {
        order: dearest.order,
        reasons,
    }
}

/// Every function after those it calls; among functions that call each other, any order.
fn callees_first(shape: &Shape) -> Vec<usize> {
    let (mut done, mut order) = (BTreeSet::new(), Vec::new());
    for start in 0..shape.functions.len() {
        let mut open = vec![(start, false)];
        while let Some((at, called)) = open.pop() {
            if called {
                order.push(at);
            } else if done.insert(at) {
                open.push((at, true));
                open.extend(
                    shape.functions[at]
                        .calls
                        .iter()
                        .filter(|next| !done.contains(next))
                        .map(|next| (*next, false)),
                );
            }
        }
    }
    order
}

fn function_cost(
    tree: &Tree,
    shape: &Shape,
    function: usize,
    known: &BTreeMap<usize, Cost>,
) -> Cost {
    let own = &shape.functions[function];
    match own.recursion {
        Recursion::None => body_cost(tree, shape, Some(function), known),
        Recursion::Mutual => Cost::unknown(
            tree.lines(own.item),
            format!("{} calls itself by way of another function", own.name),
        ),
        Recursion::Direct => recursion_cost(tree, shape, function, known),
    }
}

/// The cost of what stands in a function, calls of itself left out. `None` = the top level.
fn body_cost(
    tree: &Tree,
    shape: &Shape,
    function: Option<usize>,
    known: &BTreeMap<usize, Cost>,
) -> Cost {
    let mine = |item: usize| shape.function_of(tree, item) == function;
    let loops: Vec<(usize, LoopGrowth)> = shape
        .loops
        .iter()
        .filter(|found| mine(found.item))
        .take(LOOPS_MAX)
        .map(|found| (found.item, found.growth))
        .collect();
    let around = |item: usize| -> Vec<(usize, LoopGrowth)> {
        loops
            .iter()
            .copied()
            .filter(|(turning, _)| *turning != item && turns_with(tree, shape, *turning, item))
            .collect()
    };
    let mut best = Cost::constant();
    let mut take = |order: Order, reasons: Vec<Reason>| {
        if best.order < Some(order) {
            best = Cost {
                order: Some(order),
                reasons,
                once: false,
            };
        }
    };
    for (item, growth) in &loops {
        let mut nest = around(*item);
        nest.push((*item, *growth));
        take(product(&nest), nest_reasons(tree, &nest));
    }
    let mut unknown = None;
    for call in shape
        .calls
        .iter()
        .filter(|call| mine(call.item))
        .take(CALLS_MAX)
    {
        let nest = around(call.item);
        let turns = product(&nest);
        if let Some(callee) = shape.callee(tree, call) {
            if Some(callee) == function {
                continue;
            }
            let Some(cost) = known.get(&callee) else {
                continue;
            };
            let Some(order) = cost.order else {
                unknown = Some(Cost {
                    order: None,
                    ..cost.clone()
                });
                continue;
            };
            let mut reasons = cost.reasons.clone();
            let order = if cost.once {
                order.max(turns)
            } else {
                order.times(turns)
            };
            if turns > Order::CONSTANT && !cost.once {
                reasons.extend(nest_reasons(tree, &nest));
            }
            take(order, reasons);
        } else if let Some((order, text)) = builtin(tree, shape, call) {
            let mut reasons = vec![Reason {
                lines: (tree.line(call.item), tree.line(call.item)),
                text,
            }];
            if turns > Order::CONSTANT {
                reasons.extend(nest_reasons(tree, &nest));
            }
            take(order.times(turns), reasons);
        }
    }
    for (line, item, what) in walks(tree, shape)
        .into_iter()
        .filter(|(_, item, _)| mine(*item))
    {
        let nest = around(item);
        let turns = product(&nest);
        if turns > Order::CONSTANT {
            let mut reasons = vec![Reason {
                lines: (line, line),
                text: format!("{what} walks the collection"),
            }];
            reasons.extend(nest_reasons(tree, &nest));
            take(turns.times(Order::LINEAR), reasons);
        }
    }
    unknown.unwrap_or(best)
}

/// Whether an item runs once for each turn of the loop (and not once before it).
fn turns_with(tree: &Tree, shape: &Shape, turning: usize, item: usize) -> bool {
    let before =
        |part: Option<usize>| part.is_some_and(|part| item == part || tree.is_inside(item, part));
    match tree.kind(turning) {
        "for_in_clause" => {
            let whole = tree.items[turning].parent;
            // Of two clauses, the first is evaluated once.
            tree.is_inside(item, whole) && !before(tree.field(turning, "right")) && {
                let clause = tree
                    .above(item)
                    .find(|above| tree.kind(*above) == "for_in_clause");
                let own = if tree.kind(item) == "for_in_clause" {
                    Some(item)
                } else {
                    clause
                };
                own.is_none_or(|own| tree.items[own].parent != whole || own >= turning)
            }
        }
        "for_statement" | "for_in_statement" | "enhanced_for_statement" => {
            let over = if tree.field(turning, "condition").is_some() {
                tree.field(turning, "initializer")
                    .or(tree.field(turning, "init"))
            } else {
                tree.field(turning, "right")
                    .or(tree.field(turning, "value"))
            };
            tree.is_inside(item, turning) && !before(over)
        }
        "while_statement" | "do_statement" => tree.is_inside(item, turning),
        _ => {
            let receiver = shape.call_at(turning).and_then(|call| call.receiver);
            tree.is_inside(item, turning) && !before(receiver)
        }
    }
}

fn product(nest: &[(usize, LoopGrowth)]) -> Order {
    nest.iter().fold(Order::CONSTANT, |order, (_, growth)| {
        order.times(match growth {
            LoopGrowth::Linear => Order::LINEAR,
            LoopGrowth::Halving => Order::LOGARITHMIC,
            LoopGrowth::Constant | LoopGrowth::Amortised => Order::CONSTANT,
        })
    })
}

fn nest_reasons(tree: &Tree, nest: &[(usize, LoopGrowth)]) -> Vec<Reason> {
    let of = |wanted: LoopGrowth| {
        nest.iter()
            .filter(move |(_, growth)| *growth == wanted)
            .map(|(item, _)| *item)
    };
    let mut reasons = Vec::new();
    let linear: Vec<usize> = of(LoopGrowth::Linear).collect();
    if let Some(outermost) = linear.first() {
        let text = match linear.len() {
            1 => "one loop over the input".to_owned(),
            2 => "two nested loops over the input".to_owned(),
            many => format!("{many} nested loops over the input"),
        };
        let last = linear
            .iter()
            .map(|item| tree.lines(*item).1)
            .max()
            .unwrap_or(1);
        reasons.push(Reason {
            lines: (tree.line(*outermost), last),
            text,
        });
    }
    for halving in of(LoopGrowth::Halving) {
        reasons.push(Reason {
            lines: tree.lines(halving),
            text: "a loop that divides its range each turn".to_owned(),
        });
    }
    for shared in of(LoopGrowth::Amortised) {
        reasons.push(Reason {
            lines: tree.lines(shared),
            text: "an inner loop that only moves on, so that its turns are shared out".to_owned(),
        });
    }
    reasons
}

/// What a call of the language's own costs, when that is more than a moment.
fn builtin(tree: &Tree, shape: &Shape, call: &Call) -> Option<(Order, String)> {
    if is_sort(tree, call) {
        return Some((Order::LINEARITHMIC, "a sort".to_owned()));
    }
    let fixed = call
        .receiver
        .or(call.args.first().copied())
        .is_some_and(|item| is_fixed(tree, shape, item));
    if fixed {
        return None;
    }
    if is_heap_step(tree, shape, call) {
        return Some((Order::LOGARITHMIC, "a step of a heap".to_owned()));
    }
    if call.name.starts_with("bisect") || call.name == "binarySearch" {
        return Some((Order::LOGARITHMIC, "a binary search".to_owned()));
    }
    let linear = match call.receiver {
        None if !call.makes => {
            let one = call.args.len() == 1;
            matches!(
                call.name,
                "sum"
                    | "list"
                    | "set"
                    | "tuple"
                    | "dict"
                    | "Counter"
                    | "any"
                    | "all"
                    | "heapify"
                    | "frozenset"
            ) && !call.args.is_empty()
                || (matches!(call.name, "min" | "max")
                    && one
                    && tree.kind(call.args[0]) != "spread_element")
        }
        None => matches!(call.name, "Set" | "Map") && !call.args.is_empty(),
        Some(receiver) => {
            matches!(
                call.name,
                "join"
                    | "split"
                    | "reverse"
                    | "concat"
                    | "slice"
                    | "substring"
                    | "copy"
                    | "heapify"
                    | "fill"
            ) || (matches!(tree.text(receiver), "Array" | "Arrays" | "Math")
                && matches!(call.name, "from" | "copyOfRange" | "copyOf" | "stream"))
                || (tree.text(receiver) == "Math"
                    && call
                        .args
                        .iter()
                        .any(|arg| tree.kind(*arg) == "spread_element"))
        }
    };
    linear.then(|| (Order::LINEAR, format!("{} walks its input once", call.name)))
}

pub fn is_sort(tree: &Tree, call: &Call) -> bool {
    match call.receiver {
        None => call.name == "sorted" && !call.makes,
        Some(receiver) => {
            matches!(call.name, "sort" | "toSorted" | "sorted" | "parallelSort")
                || (call.name == "sort" && matches!(tree.text(receiver), "Arrays" | "Collections"))
        }
    }
}

fn is_heap_step(tree: &Tree, shape: &Shape, call: &Call) -> bool {
    if matches!(
        call.name,
        "heappush" | "heappop" | "heappushpop" | "heapreplace"
    ) {
        return true;
    }
    let heap = |receiver: usize| {
        let name = tree.text(receiver).trim_start_matches("this.");
        shape
            .first_value(name)
            .and_then(|value| shape.call_at(value))
            .is_some_and(|made| {
                made.makes && (made.name.contains("PriorityQueue") || made.name.contains("Heap"))
            })
    };
    matches!(
        call.name,
        "add" | "offer" | "poll" | "push" | "pop" | "enqueue" | "dequeue"
    ) && call.receiver.is_some_and(heap)
}

/// Uses of a list that walk it, wherever they stand: line, item, what it is called.
fn walks<'s>(tree: &Tree<'s>, shape: &Shape<'s>) -> Vec<(u32, usize, String)> {
    let mut walks = Vec::new();
    for call in &shape.calls {
        let Some(receiver) = call.receiver else {
            continue;
        };
        if is_fixed(tree, shape, receiver) {
            continue;
        }
        let first_zero = call.args.first().is_some_and(|arg| tree.text(*arg) == "0");
        let searches = matches!(call.name, "index" | "includes" | "indexOf" | "lastIndexOf")
            || (call.name == "count" && !call.args.is_empty())
            || (call.name == "contains" && is_list(tree, shape, receiver));
        let shifts = (matches!(call.name, "pop" | "insert") && first_zero)
            || call.name == "unshift"
            || (call.name == "remove" && is_list(tree, shape, receiver) && !call.args.is_empty());
        if searches || shifts {
            walks.push((tree.line(call.item), call.item, call.name.to_owned()));
        }
    }
    for item in 0..tree.items.len() {
        if tree.kind(item) == "comparison_operator" {
            let parts: Vec<usize> = tree.children(item).collect();
            let tests = parts
                .iter()
                .any(|part| matches!(tree.kind(*part), "in" | "not in"));
            if let (true, Some(right)) = (tests, parts.last())
                && is_list(tree, shape, *right)
                && !is_fixed(tree, shape, *right)
            {
                walks.push((tree.line(item), item, "in".to_owned()));
            }
        }
        if tree.kind(item) == "slice" && tree.items[item].bytes.len() > 1 {
            walks.push((tree.line(item), item, "a slice".to_owned()));
        }
    }
    walks
}

/// Known to be a list: made as one, or a slice of something.
fn is_list(tree: &Tree, shape: &Shape, item: usize) -> bool {
    if tree.kind(item) == "subscript" {
        return tree.inside(item).any(|at| tree.kind(at) == "slice");
    }
    let made = if tree.kind(item) == "identifier" {
        shape.first_value(tree.text(item))
    } else {
        Some(item)
    };
    made.is_some_and(|made| {
        matches!(tree.kind(made), "list" | "list_comprehension" | "array")
            || shape.call_at(made).is_some_and(|call| {
                matches!(call.name, "list" | "sorted" | "ArrayList" | "LinkedList")
            })
    })
}

/// The same, where a loop turns around them.
pub fn slow_calls(tree: &Tree, shape: &Shape) -> Vec<Named> {
    walks(tree, shape)
        .into_iter()
        .filter(|(_, item, what)| {
            what != "a slice"
                && shape.loops.iter().take(LOOPS_MAX).any(|found| {
                    found.growth != LoopGrowth::Constant
                        && shape.function_of(tree, found.item) == shape.function_of(tree, *item)
                        && turns_with(tree, shape, found.item, *item)
                })
        })
        .map(|(line, _, name)| Named { name, line })
        .collect()
}

/// Results are kept and looked up: a decorator, or a table by a telling name.
pub fn is_memoised(tree: &Tree, shape: &Shape, function: usize) -> bool {
    let own = &shape.functions[function];
    let decorated = tree.parent(own.item).is_some_and(|parent| {
        tree.kind(parent) == "decorated_definition"
            && tree
                .children(parent)
                .any(|child| tree.kind(child) == "decorator" && tree.text(child).contains("cache"))
    });
    let table = |name: &str| {
        let lower = name.to_lowercase();
        ["memo", "cache", "dp", "known", "computed"]
            .iter()
            .any(|word| lower.contains(word))
    };
    decorated
        || tree.inside(own.item).any(|item| {
            let read = matches!(
                tree.kind(item),
                "subscript"
                    | "subscript_expression"
                    | "array_access"
                    | "call"
                    | "call_expression"
                    | "method_invocation"
                    | "comparison_operator"
            );
            read && tree.children(item).take(3).any(|child| {
                let name = tree.text(child);
                name.len() <= 40 && table(name)
            })
        })
}

fn recursion_cost(
    tree: &Tree,
    shape: &Shape,
    function: usize,
    known: &BTreeMap<usize, Cost>,
) -> Cost {
    let own = &shape.functions[function];
    let lines = tree.lines(own.item);
    let calls: Vec<&Call> = shape
        .calls
        .iter()
        .filter(|call| {
            tree.is_inside(call.item, own.item) && shape.callee(tree, call) == Some(function)
        })
        .take(CALLS_MAX)
        .collect();
    let work = body_cost(tree, shape, Some(function), known);
    let Some(work_order) = work.order else {
        return work;
    };
    let because = |order: Order, text: String, once: bool| Cost {
        order: Some(order),
        reasons: vec![Reason { lines, text }],
        once,
    };
    let changing = changing_params(tree, own.params.as_slice(), &calls);
    if is_memoised(tree, shape, function) {
        let dimensions = changing.clamp(1, 3);
        let text = match dimensions {
            1 => {
                "a recursion that keeps its results, one for each value of one argument".to_owned()
            }
            many => format!(
                "a recursion that keeps its results, one for each combination of {many} arguments"
            ),
        };
        return because(Order::power(dimensions as u8).times(work_order), text, true);
    }
    if calls.iter().all(|call| follows_links(tree, shape, call)) {
        return because(
            Order::LINEAR.max(work_order),
            "a recursion that visits each node once".to_owned(),
            true,
        );
    }
    if marks_visited(tree, shape, function) {
        let dimensions = if changing >= 2 && indexes_twice(tree, own.item) {
            2
        } else {
            1
        };
        let text = if dimensions == 2 {
            "a recursion that enters each cell once, because it marks where it has been"
        } else {
            "a recursion that enters each place once, because it marks where it has been"
        };
        return because(Order::power(dimensions), text.to_owned(), true);
    }
    let exclusive = exclusive(tree, &calls);
    let in_loop = calls.iter().any(|call| {
        shape.loops.iter().any(|found| {
            tree.is_inside(found.item, own.item)
                && found.growth != LoopGrowth::Constant
                && turns_with(tree, shape, found.item, call.item)
        })
    });
    let halving = calls.iter().any(|call| {
        call.args
            .iter()
            .any(|arg| divides(tree, *arg) || names_middle(tree, shape, own.item, *arg))
    });
    if halving && !in_loop {
        return match (calls.len() >= 2 && !exclusive, work_order) {
            (false, work) if work == Order::CONSTANT => because(
                Order::LOGARITHMIC,
                "a recursion into one half of its input".to_owned(),
                false,
            ),
            (false, work) => because(
                work,
                "a recursion into one half of its input".to_owned(),
                false,
            ),
            (true, work) if work == Order::LINEAR => because(
                Order::LINEARITHMIC,
                "a recursion into both halves of its input, with work on all of it at each level"
                    .to_owned(),
                false,
            ),
            (true, work) => because(
                work.max(Order::LINEAR),
                "a recursion into both halves of its input".to_owned(),
                false,
            ),
        };
    }
    if in_loop {
        return because(
            Order::Exponential,
            "a recursion that calls itself from a loop and keeps no results".to_owned(),
            false,
        );
    }
    if calls.len() >= 2 && !exclusive {
        return because(
            Order::Exponential,
            format!(
                "a recursion that calls itself {} times and keeps no results",
                calls.len()
            ),
            false,
        );
    }
    because(
        Order::LINEAR.times(work_order),
        "a recursion that goes one step at a time".to_owned(),
        false,
    )
}

/// How many parameters get something else than their own value in a call of the function by itself.
fn changing_params(tree: &Tree, params: &[(usize, &str)], calls: &[&Call]) -> usize {
    let names: Vec<&str> = params
        .iter()
        .map(|(_, name)| *name)
        .filter(|name| !matches!(*name, "self" | "cls"))
        .collect();
    (0..names.len())
        .filter(|position| {
            calls.iter().any(|call| {
                call.args
                    .get(*position)
                    .is_some_and(|arg| tree.text(*arg) != names[*position])
            })
        })
        .count()
}

/// The call goes to `node.left`, `node.next`, or a child from a loop over `node.children`.
fn follows_links(tree: &Tree, shape: &Shape, call: &Call) -> bool {
    let link = |item: usize| {
        matches!(
            tree.kind(item),
            "attribute" | "member_expression" | "field_access"
        ) && tree.text(item).rsplit('.').next().is_some_and(|last| {
            matches!(
                last,
                "left" | "right" | "next" | "child" | "prev" | "first" | "second"
            )
        })
    };
    call.args.iter().any(|arg| {
        link(*arg)
            || (tree.kind(*arg) == "identifier"
                && (shape.loops.iter().any(|found| {
                    tree.is_inside(call.item, found.item)
                        && shape.writes.iter().any(|write| {
                            write.how == How::Turned
                                && write.name == tree.text(*arg)
                                && tree.parent(write.item) == Some(found.item)
                        })
                        && tree
                            .field(found.item, "right")
                            .or(tree.field(found.item, "value"))
                            .is_some_and(|over| tree.text(over).contains("children"))
                }) || shape.first_value(tree.text(*arg)).is_some_and(link)))
    })
}

/// Something is marked as seen inside: `visited.add(x)`, `grid[r][c] = '#'`.
fn marks_visited(tree: &Tree, shape: &Shape, function: usize) -> bool {
    let own = shape.functions[function].item;
    let telling = |text: &str| {
        let lower = text.to_lowercase();
        ["seen", "visit", "done", "color", "state", "marked"]
            .iter()
            .any(|word| lower.contains(word))
    };
    let adds = shape.calls.iter().any(|call| {
        tree.is_inside(call.item, own)
            && matches!(call.name, "add" | "append" | "push" | "set" | "put")
            && call
                .receiver
                .is_some_and(|receiver| telling(tree.text(receiver)))
    });
    // Backtracking takes the mark away again, and enters a place many times.
    let takes_back = shape.calls.iter().any(|call| {
        tree.is_inside(call.item, own)
            && matches!(call.name, "remove" | "delete" | "discard")
            && call
                .receiver
                .is_some_and(|receiver| telling(tree.text(receiver)))
    });
    let mut cells: BTreeMap<&str, u32> = BTreeMap::new();
    for item in tree.inside(own) {
        if matches!(tree.kind(item), "assignment" | "assignment_expression")
            && let Some(left) = tree.field(item, "left")
            && matches!(
                tree.kind(left),
                "subscript" | "subscript_expression" | "array_access"
            )
            && (telling(tree.text(left)) || tree.text(left).matches('[').count() >= 2)
        {
            *cells.entry(tree.text(left)).or_default() += 1;
        }
    }
    !takes_back && (adds || (!cells.is_empty() && cells.values().all(|times| *times == 1)))
}

fn indexes_twice(tree: &Tree, item: usize) -> bool {
    tree.inside(item).any(|at| {
        matches!(
            tree.kind(at),
            "subscript" | "subscript_expression" | "array_access"
        ) && tree
            .field(at, "value")
            .or(tree.field(at, "object"))
            .or(tree.field(at, "array"))
            .is_some_and(|inner| tree.kind(inner) == tree.kind(at))
    }) || tree
        .inside(item)
        .any(|at| tree.kind(at) == "tuple" && tree.named_children(at).count() == 2)
}

/// At most one of the calls happens: each stands in a `return` of its own.
fn exclusive(tree: &Tree, calls: &[&Call]) -> bool {
    let mut returns = BTreeSet::new();
    calls.len() <= 1
        || calls.iter().all(|call| {
            let choice = tree
                .above(call.item)
                .take_while(|above| !is_function(tree.kind(*above)))
                .find(|above| matches!(tree.kind(*above), "return_statement"));
            choice.is_some_and(|choice| returns.insert(choice))
        })
}

/// The argument is, or mentions, a name that was made by dividing.
fn names_middle(tree: &Tree, shape: &Shape, function: usize, arg: usize) -> bool {
    shape.writes.iter().any(|write| {
        tree.is_inside(write.item, function)
            && write.value.is_some_and(|value| divides(tree, value))
            && (tree.mentions(arg, write.name)
                || (tree.kind(arg) == "identifier" && {
                    let made = shape.first_value(tree.text(arg));
                    made.is_some_and(|made| tree.mentions(made, write.name))
                }))
    })
}

pub fn space(tree: &Tree, shape: &Shape) -> Estimate {
    let mut best = (
        Order::CONSTANT,
        Reason {
            lines: (1, tree.lines(0).1.max(1)),
            text: "nothing is kept that grows with the input".to_owned(),
        },
    );
    let mut take = |order: Order, lines: (u32, u32), text: String| {
        if order > best.0 {
            best = (order, Reason { lines, text });
        }
    };
    for (index, function) in shape.functions.iter().enumerate() {
        if function.recursion == Recursion::None {
            continue;
        }
        let calls: Vec<&Call> = shape
            .calls
            .iter()
            .filter(|call| {
                tree.is_inside(call.item, function.item) && shape.callee(tree, call) == Some(index)
            })
            .take(CALLS_MAX)
            .collect();
        let halving = calls.iter().any(|call| {
            call.args
                .iter()
                .any(|arg| divides(tree, *arg) || names_middle(tree, shape, function.item, *arg))
        });
        let memoised = is_memoised(tree, shape, index);
        let dimensions = changing_params(tree, &function.params, &calls).clamp(1, 3) as u8;
        let (order, text) = if memoised {
            (Order::power(dimensions), "the kept results of a recursion")
        } else if halving {
            (
                Order::LOGARITHMIC,
                "the depth of a recursion that divides its input",
            )
        } else {
            (Order::LINEAR, "the depth of a recursion")
        };
        take(order, tree.lines(function.item), text.to_owned());
    }
    for item in 0..tree.items.len() {
        let line = (tree.line(item), tree.line(item));
        if let Some((order, text)) = made_of_size(tree, shape, item) {
            take(order, line, text);
        }
    }
    // Collections that are made empty and filled where something turns; what is returned is the answer, not extra.
    for write in shape.writes.iter().filter(|write| write.how == How::Set) {
        let Some(value) = write.value.filter(|value| makes_empty(tree, shape, *value)) else {
            continue;
        };
        if is_returned(tree, shape, write.name, write.item) {
            continue;
        }
        let filled = fills(tree, shape, write.name);
        if let Some(at) = filled {
            take(
                Order::LINEAR,
                (tree.line(value), tree.line(value)),
                format!("{} grows with the input (line {at})", write.name),
            );
        }
    }
    Estimate {
        order: Some(best.0),
        reasons: vec![best.1],
    }
}

/// Something made with a size that depends on the input: `[0] * n`, `new int[n][m]`, a comprehension, a copy.
fn made_of_size(tree: &Tree, shape: &Shape, item: usize) -> Option<(Order, String)> {
    let answer = |item: usize| {
        tree.above(item)
            .take_while(|above| !is_function(tree.kind(*above)))
            .any(|above| matches!(tree.kind(above), "return_statement"))
            || tree.parent(item).is_some_and(|parent| {
                let name = tree.field(parent, "left").or(tree.field(parent, "name"));
                name.is_some_and(|name| {
                    tree.kind(name) == "identifier"
                        && is_returned(tree, shape, tree.text(name), name)
                })
            })
    };
    let inner = |item: usize| {
        tree.above(item)
            .take(4)
            .any(|above| matches!(tree.kind(above), "list_comprehension"))
    };
    match tree.kind(item) {
        "binary_operator" => {
            let (left, right) = (tree.field(item, "left")?, tree.field(item, "right")?);
            let repeats = tree.children(item).any(|child| tree.kind(child) == "*")
                && tree.kind(left) == "list"
                && !is_fixed(tree, shape, right);
            (repeats && !answer(item) && !inner(item))
                .then(|| (Order::LINEAR, "a list as long as the input".to_owned()))
        }
        "list_comprehension" | "set_comprehension" | "dictionary_comprehension" => {
            if answer(item) || inner(item) {
                return None;
            }
            let clauses: Vec<usize> = tree
                .children(item)
                .filter(|child| tree.kind(*child) == "for_in_clause")
                .collect();
            let over: Vec<usize> = clauses
                .iter()
                .filter_map(|clause| tree.field(*clause, "right"))
                .collect();
            let mut order = over
                .iter()
                .filter(|over| !is_fixed(tree, shape, **over))
                .count() as u8;
            let body = tree.field(item, "body")?;
            let nested = (body..tree.items[body].end).any(|at| {
                tree.kind(at) == "list_comprehension"
                    || (tree.kind(at) == "binary_operator"
                        && tree
                            .field(at, "left")
                            .is_some_and(|left| tree.kind(left) == "list")
                        && tree
                            .field(at, "right")
                            .is_some_and(|right| !is_fixed(tree, shape, right)))
            });
            order += u8::from(nested);
            let text = if order >= 2 {
                "a table over the input"
            } else {
                "a collection as long as the input"
            };
            (order > 0).then(|| (Order::power(order), text.to_owned()))
        }
        "array_creation_expression" => {
            let sizes = tree
                .children(item)
                .filter(|child| tree.kind(*child) == "dimensions_expr");
            let growing = sizes
                .filter(|size| {
                    tree.named_children(*size)
                        .next()
                        .is_some_and(|number| !is_fixed(tree, shape, number))
                })
                .count() as u8;
            (growing > 0 && !answer(item)).then(|| {
                (
                    Order::power(growing),
                    "an array of the input's size".to_owned(),
                )
            })
        }
        "call"
        | "call_expression"
        | "new_expression"
        | "method_invocation"
        | "object_creation_expression" => {
            let call = shape.call_at(item)?;
            if answer(item) || call.args.iter().any(|arg| is_fixed(tree, shape, *arg)) {
                return None;
            }
            let copies = match call.receiver {
                None => {
                    matches!(
                        call.name,
                        "sorted"
                            | "set"
                            | "list"
                            | "tuple"
                            | "Counter"
                            | "Set"
                            | "Map"
                            | "Array"
                            | "HashSet"
                            | "ArrayList"
                            | "frozenset"
                    ) && !call.args.is_empty()
                }
                Some(receiver) => {
                    let made = matches!(
                        tree.text(receiver),
                        "Array" | "Arrays" | "Object" | "collections"
                    );
                    (made
                        && matches!(
                            call.name,
                            "from" | "copyOf" | "Counter" | "keys" | "values" | "entries"
                        ))
                        || (matches!(
                            call.name,
                            "slice" | "split" | "toCharArray" | "toSorted" | "concat"
                        ) && !inner(item))
                        || (call.name == "map"
                            && call
                                .args
                                .first()
                                .is_some_and(|first| is_function(tree.kind(*first))))
                }
            };
            copies.then(|| {
                (
                    Order::LINEAR,
                    format!("{} makes a copy as long as the input", call.name),
                )
            })
        }
        _ => None,
    }
}

fn makes_empty(tree: &Tree, shape: &Shape, value: usize) -> bool {
    matches!(tree.text(value), "[]" | "{}")
        || shape.call_at(value).is_some_and(|call| {
            let grows = [
                "set", "dict", "list", "deque", "defaultdict", "Counter", "Map", "Set", "HashMap", "HashSet", "ArrayList",
                "LinkedList", "ArrayDeque", "PriorityQueue", "LinkedHashMap", "TreeMap", "Stack", "OrderedDict", "LinkedHashSet",
                "TreeSet", "Array",
            ];
            grows.contains(&call.name)
        })
        // A stack or queue that begins with its first element.
        || (matches!(tree.kind(value), "list" | "array") && tree.named_children(value).count() == 1)
}

fn is_returned(tree: &Tree, shape: &Shape, name: &str, near: usize) -> bool {
    let scope = shape
        .function_of(tree, near)
        .map_or(0, |function| shape.functions[function].item);
    tree.inside(scope).any(|item| {
        tree.kind(item) == "return_statement"
            && tree
                .named_children(item)
                .next()
                .is_some_and(|value| tree.kind(value) == "identifier" && tree.text(value) == name)
    })
}

/// The line where something is put into a collection, in a loop or in a recursion or in a method of a class.
fn fills(tree: &Tree, shape: &Shape, name: &str) -> Option<u32> {
    let repeated =
        |item: usize| {
            shape.loops.iter().any(|found| {
                found.growth != LoopGrowth::Constant && tree.is_inside(item, found.item)
            }) || shape
                .function_of(tree, item)
                .is_some_and(|function| shape.functions[function].recursion != Recursion::None)
        };
    let called = shape.calls.iter().find(|call| {
        let puts = matches!(
            call.name,
            "append"
                | "add"
                | "push"
                | "put"
                | "set"
                | "appendleft"
                | "offer"
                | "unshift"
                | "insert"
                | "update"
                | "heappush"
                | "addLast"
                | "addFirst"
                | "merge"
                | "computeIfAbsent"
                | "putIfAbsent"
                | "setdefault"
                | "extend"
        );
        let into = call
            .receiver
            .filter(|receiver| tree.text(*receiver) != "heapq")
            .or(call.args.first().copied())
            .is_some_and(|into| tree.text(into) == name);
        puts && into && repeated(call.item)
    });
    if let Some(call) = called {
        return Some(tree.line(call.item));
    }
    (0..tree.items.len()).find_map(|item| {
        let write = matches!(
            tree.kind(item),
            "assignment"
                | "augmented_assignment"
                | "assignment_expression"
                | "augmented_assignment_expression"
        );
        let left = write.then(|| tree.field(item, "left")).flatten()?;
        let into = tree.field(left, "value").or(tree.field(left, "object"))?;
        let indexed = matches!(tree.kind(left), "subscript" | "subscript_expression");
        (indexed && tree.text(into) == name && repeated(item)).then(|| tree.line(item))
    })
}
