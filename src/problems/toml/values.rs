//! Arguments and expected values: checked against the type that the signature names, and built from short
//! recipes where writing them out would be silly.
//!
//! Recipes (a table where a value is expected, for every type but `json`):
//! `{ range = [start, stop] }` or `[start, stop, step]` · `{ repeat = value, times = n }` (a list of n values, or
//! a string n times) · `{ concat = [a, b, …] }` · `{ random = [min, max], count = n, seed = s }` (integers, the
//! same on every machine).

use interviewd_domain::problem::{Parameter, Type};
use serde_json::{Map, Value};
use std::fmt;

/// All values of one file together hold at most this many elements, recipes carried out; characters of
/// repeated strings count as well.
pub const ELEMENTS_MAX: usize = 400_000;

/// Integers beyond this lose their last digits in JavaScript.
const SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// How many elements the file may still make.
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Budget(ELEMENTS_MAX)
    }
}

impl Budget {
    fn spend(&mut self, count: usize) -> Result<(), String> {
        match self.0.checked_sub(count) {
            Some(rest) => {
                self.0 = rest;
                Ok(())
            }
            None => Err(format!(
                "the cases of this file hold more than {ELEMENTS_MAX} values"
            )),
        }
    }
}

/// Where a value stands, such as `args.prices[3]`. Spelled out for a mistake alone: a case may hold many thousand values.
#[derive(Clone, Copy)]
pub enum Path<'a> {
    Named(&'a str),
    Item(&'a Path<'a>, usize),
    Argument(&'a Path<'a>, &'a str),
    Part(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Named(name) => f.write_str(name),
            Path::Item(of, at) => write!(f, "{of}[{at}]"),
            Path::Argument(of, name) => write!(f, "{of}.{name}"),
            Path::Part(of, at) => write!(f, "{of}.concat[{at}]"),
        }
    }
}

/// The value with its recipes carried out, or a sentence about where it does not fit (`args[0][2] is …`).
pub fn fit(
    value: Value,
    kind: &Type,
    path: Path<'_>,
    budget: &mut Budget,
) -> Result<Value, String> {
    budget.spend(1)?;
    let value = match value {
        Value::Object(map) if !matches!(kind, Type::Json) => cook(map, kind, path, budget)?,
        other => other,
    };
    let refuse = |value: &Value| {
        Err(format!(
            "{path} is {}, but the signature says `{kind}`",
            described(value)
        ))
    };
    match (kind, value) {
        (Type::Json, value) => Ok(value),
        (Type::Void, Value::Null) => Ok(Value::Null),
        (Type::Int, Value::Number(n)) if n.is_i64() || n.is_u64() => match n.as_i64() {
            Some(i) if i.abs() <= SAFE_INTEGER => Ok(Value::from(i)),
            _ => Err(format!(
                "{path} is beyond ±2^53, where JavaScript loses digits"
            )),
        },
        (Type::Float, Value::Number(n)) => Ok(Value::Number(n)),
        (Type::Bool, value @ Value::Bool(_)) | (Type::String, value @ Value::String(_)) => {
            Ok(value)
        }
        (Type::Array(item) | Type::LinkedList(item), Value::Array(items)) => items
            .into_iter()
            .enumerate()
            .map(|(i, inner)| fit(inner, item, Path::Item(&path, i), budget))
            .collect::<Result<_, _>>()
            .map(Value::Array),
        (Type::Tree(item), Value::Array(items)) => {
            let mut nodes = Vec::with_capacity(items.len());
            for (i, inner) in items.into_iter().enumerate() {
                nodes.push(match inner {
                    Value::Null => Value::Null,
                    inner => fit(inner, item, Path::Item(&path, i), budget)?,
                });
            }
            tree_shape(&nodes, path)?;
            Ok(Value::Array(nodes))
        }
        (_, value) => refuse(&value),
    }
}

/// One argument list against the parameters; tables name their arguments.
pub fn fit_arguments(
    value: Value,
    params: &[Parameter],
    path: Path<'_>,
    budget: &mut Budget,
) -> Result<Vec<Value>, String> {
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut named) => {
            let mut items = Vec::new();
            for param in params {
                items.push(named.remove(&param.name).ok_or_else(|| {
                    format!("{path} has no `{}`, which the signature wants", param.name)
                })?);
            }
            if let Some(extra) = named.keys().next() {
                return Err(format!(
                    "{path} has `{extra}`, which the signature does not know"
                ));
            }
            items
        }
        other => {
            return Err(format!(
                "{path} is {}, not a list of arguments",
                described(&other)
            ));
        }
    };
    if items.len() != params.len() {
        let (have, want) = (items.len(), params.len());
        return Err(format!(
            "{path} holds {have} arguments, but the signature takes {want}"
        ));
    }
    let pairs = items.into_iter().zip(params);
    pairs
        .map(|(item, param)| {
            fit(
                item,
                &param.kind,
                Path::Argument(&path, &param.name),
                budget,
            )
        })
        .collect()
}

/// Level by level, `null` = no child here: nothing may hang below a missing node.
fn tree_shape(nodes: &[Value], path: Path<'_>) -> Result<(), String> {
    let mut places = 1usize;
    for (i, node) in nodes.iter().enumerate() {
        if places == 0 {
            return Err(format!(
                "{path}[{i}] hangs below no node; trees are written level by level"
            ));
        }
        places -= 1;
        if !node.is_null() {
            places += 2;
        }
    }
    if nodes.first().is_some_and(Value::is_null) {
        return Err(format!("{path} begins with null; an empty tree is []"));
    }
    Ok(())
}

fn cook(
    mut recipe: Map<String, Value>,
    kind: &Type,
    path: Path<'_>,
    budget: &mut Budget,
) -> Result<Value, String> {
    let numbers = |value: Option<Value>| -> Option<Vec<i64>> {
        value?.as_array()?.iter().map(Value::as_i64).collect()
    };
    let whole = |value: Option<Value>| value?.as_u64();
    let wrong = || {
        format!(
            "{path} is a table that is no recipe (range, repeat + times, concat, random + count + seed)"
        )
    };
    if recipe.contains_key("range") && recipe.len() == 1 {
        let (start, stop, step) = match numbers(recipe.remove("range")).as_deref() {
            Some([start, stop]) => (*start, *stop, 1),
            Some([start, stop, step]) if *step != 0 => (*start, *stop, *step),
            _ => {
                return Err(format!(
                    "{path}: `range` wants [start, stop] or [start, stop, step]"
                ));
            }
        };
        let distance = if step > 0 {
            i128::from(stop) - i128::from(start)
        } else {
            i128::from(start) - i128::from(stop)
        };
        let step_size = i128::from(step).abs();
        let count =
            usize::try_from((distance.max(0) + step_size - 1) / step_size).map_err(|_| wrong())?;
        budget.spend(count)?;
        let values = (0..count as i128).map(|i| i128::from(start) + i * i128::from(step));
        return Ok(values.map(|v| Value::from(v as i64)).collect());
    }
    if recipe.contains_key("repeat") && recipe.len() == 2 {
        let times = whole(recipe.remove("times"))
            .ok_or_else(|| format!("{path}: `repeat` wants `times`, a whole number"))?;
        let times = usize::try_from(times).unwrap_or(usize::MAX);
        let value = recipe.remove("repeat").unwrap_or_default();
        if let (Type::String, Value::String(text)) = (kind, &value) {
            budget.spend(text.len().saturating_mul(times))?;
            return Ok(Value::from(text.repeat(times)));
        }
        budget.spend(times.saturating_mul(size(&value)))?;
        return Ok(Value::Array(vec![value; times]));
    }
    if recipe.contains_key("concat") && recipe.len() == 1 {
        let Some(Value::Array(parts)) = recipe.remove("concat") else {
            return Err(format!(
                "{path}: `concat` wants a list of lists or of strings"
            ));
        };
        if *kind == Type::String {
            let mut whole = String::new();
            for (i, part) in parts.into_iter().enumerate() {
                let part = fit(part, kind, Path::Part(&path, i), budget)?;
                whole.push_str(part.as_str().unwrap_or_default());
            }
            return Ok(Value::from(whole));
        }
        let mut whole = Vec::new();
        for (i, part) in parts.into_iter().enumerate() {
            match fit(part, kind, Path::Part(&path, i), budget)? {
                Value::Array(items) => whole.extend(items),
                _ => {
                    return Err(format!(
                        "{path}: `concat` wants a list of lists or of strings"
                    ));
                }
            }
        }
        return Ok(Value::Array(whole));
    }
    if recipe.contains_key("random") && recipe.len() == 3 {
        let bounds = numbers(recipe.remove("random"));
        let count = whole(recipe.remove("count"));
        let seed = whole(recipe.remove("seed"));
        let (Some([min, max]), Some(count), Some(seed)) = (bounds.as_deref(), count, seed) else {
            return Err(format!(
                "{path}: `random` wants [min, max], `count` and `seed`"
            ));
        };
        let width = max
            .checked_sub(*min)
            .and_then(|w| w.checked_add(1))
            .filter(|w| *w > 0);
        let Some(width) = width else {
            return Err(format!("{path}: `random` wants a smaller number first"));
        };
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        budget.spend(count)?;
        let mut state = seed;
        let values = (0..count).map(|_| min + (split_mix(&mut state) % width as u64) as i64);
        return Ok(values.map(Value::from).collect());
    }
    Err(wrong())
}

/// SplitMix64: tiny, fixed for ever, good enough for test data.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::String(text) => 1 + text.len(),
        // A recipe in a recipe is carried out once for each copy; its own bound is spent then.
        _ => 1,
    }
}

fn described(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(n) if n.is_f64() => "a number with a decimal point",
        Value::Number(_) => "a whole number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    }
}

/// One line of `steps`: `serve(3, [1, 2]) -> true`. Gives the name, the arguments and what comes back.
pub fn step(line: &str) -> Result<(String, Value, Value), String> {
    let wrong = || "it does not read like `method(arguments) -> result`".to_owned();
    let (name, rest) = line.split_once('(').ok_or_else(wrong)?;
    let end = closing(rest).ok_or_else(wrong)?;
    let (inside, after) = (&rest[..end], rest[end + 1..].trim());
    let arguments = serde_json::from_str(&format!("[{inside}]"))
        .map_err(|_| "the arguments are not JSON".to_owned())?;
    let result = match after.strip_prefix("->") {
        None if after.is_empty() => Value::Null,
        None => return Err(wrong()),
        Some(json) => serde_json::from_str(json.trim())
            .map_err(|_| "what comes after `->` is not JSON".to_owned())?,
    };
    Ok((name.trim().to_owned(), arguments, result))
}

/// The byte of the parenthesis that closes the one already open; strings are skipped.
fn closing(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b')' if !quoted => return Some(i),
            _ => {}
        }
    }
    None
}
