//! One problem file: TOML in, a [`Problem`] or a list of mistakes out. Pure: no disk, no clock. The format is
//! taught in `docs/problems.md`; its worked example is parsed by a test.
//!
//! Every mistake of a file is reported at once, with line, column and what to write instead; an error means
//! that there is no problem, a warning that a person practising would notice.
//!
//! A new key: 1. a field in `domain::problem`, 2. its line in [`parse`] (or the section's own function),
//! 3. what can be wrong with it in `rules`, 4. a paragraph in `docs/problems.md`.

mod rules;
mod signature;
mod source;
mod values;

pub use source::{Mistake, Severity};
pub use values::ELEMENTS_MAX;

use super::starter;
use ::toml::de::{DeTable, DeValue};
use interviewd_domain::problem::{
    Case, CaseInput, Clarification, Comparison, Complexity, Difficulty, EquivalentMutant, FollowUp,
    Hint, Language, NaiveSolution, Parameter, Problem, Signature, Type, WrongSolution,
};
use serde_json::Value;
use source::{Found, Source, Table, did_you_mean, listed, shortened};
use std::collections::BTreeMap;
use values::{Budget, Path};

/// A problem file is at most this long.
pub const FILE_BYTES_MAX: usize = 1 << 20;

/// What came out of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// There unless a mistake is an error.
    pub problem: Option<Problem>,
    /// In the order of the file.
    pub mistakes: Vec<Mistake>,
}

const DIFFICULTIES: [(&str, Difficulty); 3] = [
    ("easy", Difficulty::Easy),
    ("medium", Difficulty::Medium),
    ("hard", Difficulty::Hard),
];

/// Reads one file. `file` is how mistakes call it; the slug is its name without folder and `.toml`.
pub fn parse(file: &str, text: &str) -> Parsed {
    let source = Source::new(file, text);
    let problem = (text.len() <= FILE_BYTES_MAX)
        .then(|| read(&source, file, text))
        .flatten();
    if text.len() > FILE_BYTES_MAX {
        let message = format!("the file is longer than {FILE_BYTES_MAX} bytes");
        source.error(
            0,
            message,
            "Write large inputs as recipes like `{ range = [0, 10000] }`",
        );
    }
    let problem = problem.filter(|_| !source.has_errors());
    Parsed {
        problem,
        mistakes: source.into_mistakes(),
    }
}

/// The slug that a file of this name must have.
pub fn slug_of(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn read(source: &Source<'_>, file: &str, text: &str) -> Option<Problem> {
    let (document, faults) = DeTable::parse_recoverable(text);
    for fault in &faults {
        let at = fault.span().map_or(0, |span| span.start);
        let message = format!("this is not TOML: {}", shortened(fault.message()));
        source.error(at, message, "Look for a missing quote, bracket or `=`");
    }
    if !faults.is_empty() {
        return None;
    }
    let slug = slug_of(file);
    let table = Table::new(source, document.get_ref(), "the file", 0..0);

    let title = table.need_text("title", "Add `title = \"…\"`");
    let difficulty = table.need_word("difficulty", &DIFFICULTIES);
    let categories = table.texts("categories");
    let tags = table.texts("tags");
    let spoken = table.need_text(
        "spoken",
        "Say it in two to four sentences, as an interviewer would",
    );
    let statement = table.need_text("statement", "Write it in Markdown between triple quotes");
    let constraints = table.texts("constraints");
    let notes = table.text("notes");
    let generator = table.raw_text("generator");

    let signature = match table.table("signature") {
        Some(inner) => signature::read(source, inner),
        None => {
            if table.value("signature").is_none() {
                table.missing(
                    "[signature]",
                    "Say what the candidate's code offers, e.g. `function = \"…\"`",
                );
            }
            None
        }
    };
    let comparison = comparison(source, &table);
    let mut cases = Cases {
        source,
        signature: signature.as_ref(),
        budget: Budget::default(),
        spots: Vec::new(),
    };
    let examples = cases.read(&table, "examples");
    let hidden = cases.read(&table, "hidden");
    let spots = cases.spots;

    let solutions = by_language(source, &table, "solutions");
    let given_starter = by_language(source, &table, "starter");
    let wrong = wrong_solutions(&table);
    let naive = naive_solutions(&table);
    let equivalent = equivalent_mutants(&table);
    let clarifications = clarifications(source, &table);
    let hints = hints(&table);
    let followups = followups(source, &table);
    let complexity = complexity(&table);

    let places = rules::Places {
        slug,
        signature: signature.as_ref(),
        title: title.at(),
        spoken: spoken.at(),
        statement: statement.at(),
        categories: categories.iter().map(Found::at).collect(),
        cases: spots,
        solutions: solutions.iter().map(|(l, code)| (*l, code.at())).collect(),
        wrong: wrong.iter().map(Found::at).collect(),
        naive: naive.iter().map(Found::at).collect(),
        equivalent: equivalent.iter().map(Found::at).collect(),
        clarifications: clarifications.iter().map(Found::at).collect(),
        hints: hints.iter().map(Found::at).collect(),
        followups: followups.iter().map(Found::at).collect(),
        generator: generator.as_ref().map_or(0, Found::at),
    };
    table.close();

    let solutions = unplaced_map(solutions);
    let mut starter: BTreeMap<Language, String> = BTreeMap::new();
    for language in solutions.keys().copied() {
        if let Some(signature) = &signature {
            starter.insert(language, starter::derive(signature, language));
        }
    }
    starter.extend(unplaced_map(given_starter));

    // With a part missing there is still something to look at: the rules see placeholders where nothing was
    // given, and the error that is already noted keeps the whole from getting out.
    let problem = Problem {
        slug: slug.to_owned(),
        title: title.value,
        difficulty: difficulty.unwrap_or(Difficulty::Easy),
        categories: unplaced(categories),
        tags: unplaced(tags),
        statement: statement.value,
        constraints: unplaced(constraints),
        signature: signature.clone().unwrap_or(Signature::Program),
        comparison,
        examples,
        hidden,
        starter,
        solutions,
        wrong: unplaced(wrong),
        naive: unplaced(naive),
        equivalent: unplaced(equivalent),
        spoken: spoken
            .value
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        clarifications: unplaced(clarifications),
        hints: unplaced(hints),
        followups: unplaced(followups),
        complexity,
        notes: notes.map(|found| found.value).unwrap_or_default(),
        generator: generator.map(|found| found.value),
    };
    rules::check(source, &problem, &places);
    (signature.is_some() && difficulty.is_some()).then_some(problem)
}

fn unplaced<T>(found: Vec<Found<T>>) -> Vec<T> {
    found.into_iter().map(|item| item.value).collect()
}

fn unplaced_map<K: Ord, T>(found: BTreeMap<K, Found<T>>) -> BTreeMap<K, T> {
    found.into_iter().map(|(k, item)| (k, item.value)).collect()
}

/// `comparison = "any_order"`, or a table with `mode` and what belongs to it.
fn comparison(source: &Source<'_>, table: &Table<'_>) -> Comparison {
    const MODES: [(&str, u8); 5] = [
        ("exact", 0),
        ("float", 1),
        ("any_order", 2),
        ("any_order_deep", 3),
        ("checker", 4),
    ];
    let Some(value) = table.value("comparison") else {
        return Comparison::Exact;
    };
    let (mode, inner) = match value.get_ref() {
        DeValue::Table(_) => {
            let Some(inner) = table.table("comparison") else {
                return Comparison::Exact;
            };
            (inner.need_word("mode", &MODES), Some(inner))
        }
        _ => (table.need_word("comparison", &MODES), None),
    };
    let at = value.span().start;
    let tolerance = |key| {
        let found = inner.as_ref().and_then(|inner| inner.number(key));
        if let Some(found) = &found
            && !(0.0..1.0).contains(&found.value)
        {
            let fix = "Write a small number like 1e-6";
            source.error(found.at(), format!("`{key}` is not between 0 and 1"), fix);
        }
        found.map(|found| found.value)
    };
    let comparison = match mode {
        Some(1) => Comparison::Float {
            absolute: tolerance("absolute").unwrap_or(1e-6),
            relative: tolerance("relative").unwrap_or(1e-6),
        },
        Some(2) => Comparison::AnyOrder { deep: false },
        Some(3) => Comparison::AnyOrder { deep: true },
        Some(4) => {
            let python = inner.as_ref().and_then(|inner| inner.raw_text("python"));
            if !python
                .as_ref()
                .is_some_and(|code| code.value.contains("def check("))
            {
                let fix = "Add `python = '''…'''` with a function `check(args, actual, expected)` to [comparison]";
                source.error(at, "the mode `checker` needs a checker", fix);
            }
            Comparison::Checker {
                python: python.map(|code| code.value).unwrap_or_default(),
            }
        }
        _ => Comparison::Exact,
    };
    if let Some(inner) = inner {
        inner.close();
    }
    comparison
}

/// Reads `[[examples]]` and `[[hidden]]`.
struct Cases<'a> {
    source: &'a Source<'a>,
    signature: Option<&'a Signature>,
    budget: Budget,
    /// Where each case stands, in order.
    spots: Vec<usize>,
}

impl Cases<'_> {
    fn read(&mut self, table: &Table<'_>, key: &'static str) -> Vec<Case> {
        let mut cases = Vec::new();
        for (i, inner) in table.tables(key).into_iter().enumerate() {
            let name = match (inner.text("name"), key) {
                (Some(name), _) => name.value,
                (None, "examples") => format!("example {}", i + 1),
                (None, _) => {
                    let fix = "Name the edge and not the data, e.g. `name = \"empty list\"`";
                    inner.missing("name", fix);
                    String::new()
                }
            };
            let explanation = inner.text("explanation").map(|found| found.value);
            let body = match self.signature {
                Some(Signature::Function {
                    params,
                    returns,
                    result_argument,
                    ..
                }) => {
                    let judged = result_argument.map_or(returns, |i| &params[i].kind);
                    self.function_case(&inner, params, judged)
                }
                Some(signature @ Signature::Class { .. }) => self.class_case(&inner, signature),
                Some(Signature::Program) => self.program_case(&inner),
                // The missing signature is noted already; without it nothing can be said about a case.
                None => continue,
            };
            let at = inner.at();
            inner.close();
            if let Some((input, expected)) = body {
                self.spots.push(at);
                cases.push(Case {
                    name,
                    input,
                    expected,
                    explanation,
                });
            }
        }
        cases
    }

    fn function_case(
        &mut self,
        table: &Table<'_>,
        params: &[Parameter],
        judged: &Type,
    ) -> Option<(CaseInput, Value)> {
        let args = self.value(table, "args", "args_json");
        let expected = self.value(table, "expected", "expected_json");
        let args = args.and_then(|found| {
            let fitted =
                values::fit_arguments(found.value, params, Path::Named("args"), &mut self.budget);
            self.noted(found.span.start, fitted)
        });
        let expected = expected.and_then(|found| {
            let fitted = values::fit(
                found.value,
                judged,
                Path::Named("expected"),
                &mut self.budget,
            );
            self.noted(found.span.start, fitted)
        });
        Some((CaseInput::Arguments { args: args? }, expected?))
    }

    fn class_case(
        &mut self,
        table: &Table<'_>,
        signature: &Signature,
    ) -> Option<(CaseInput, Value)> {
        let Signature::Class {
            name,
            constructor,
            methods,
        } = signature
        else {
            return None;
        };
        let fix = format!("Write one call a line: `{name}(…)` first, then `method(…) -> result`");
        let steps = table.need_text("steps", &fix);
        let (mut operations, mut arguments, mut results) = (Vec::new(), Vec::new(), Vec::new());
        let mut whole = true;
        for line in steps
            .value
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
        {
            // Found again for a mistake alone: there may be thousands of lines.
            let source = self.source;
            let at = || source.find_in(&steps.span, line);
            let (word, given, result) = match values::step(line) {
                Ok(step) => step,
                Err(message) => {
                    self.source
                        .error(at(), format!("`{}`: {message}", shortened(line)), &fix);
                    whole = false;
                    continue;
                }
            };
            let (params, returns) = if operations.is_empty() {
                if word != *name {
                    let message = format!("the first step is `{}`", shortened(&word));
                    self.source.error(
                        at(),
                        message,
                        format!("Begin with the constructor, `{name}(…)`"),
                    );
                    return None;
                }
                (constructor, &Type::Void)
            } else if let Some(method) = methods.iter().find(|method| method.name == word) {
                (&method.params, &method.returns)
            } else {
                let known = methods.iter().map(|method| method.name.as_str());
                let fix = did_you_mean(&word, known.clone())
                    .unwrap_or_else(|| format!("The methods are {}", listed(known)));
                self.source.error(
                    at(),
                    format!("there is no method `{}`", shortened(&word)),
                    fix,
                );
                whole = false;
                continue;
            };
            let given = values::fit_arguments(given, params, Path::Named(&word), &mut self.budget);
            let path = format!("what {word} returns");
            let result = values::fit(result, returns, Path::Named(&path), &mut self.budget);
            match (self.noted_at(&at, given), self.noted_at(&at, result)) {
                (Some(given), Some(result)) => {
                    operations.push(word);
                    arguments.push(given);
                    results.push(result);
                }
                _ => whole = false,
            }
        }
        if whole && operations.len() < 2 && !steps.value.is_empty() {
            self.source
                .error(steps.at(), "these steps call no method", &fix);
            whole = false;
        }
        whole.then_some((
            CaseInput::Operations {
                operations,
                arguments,
            },
            Value::Array(results),
        ))
    }

    fn program_case(&mut self, table: &Table<'_>) -> Option<(CaseInput, Value)> {
        let mut stream = |key: &'static str| {
            let Some(value) = table.value(key) else {
                table.missing(
                    key,
                    "Write what goes in as `stdin` and what comes out as `stdout`",
                );
                return None;
            };
            let json = self.json(value)?;
            let fitted = values::fit(json, &Type::String, Path::Named(key), &mut self.budget);
            self.noted(value.span().start, fitted)
        };
        let (stdin, stdout) = (stream("stdin"), stream("stdout"));
        let stdin = stdin?.as_str().unwrap_or_default().to_owned();
        Some((CaseInput::Stdin { stdin }, stdout?))
    }

    /// `key` as TOML, or `json_key` as a string of JSON (for `null`, which TOML lacks).
    fn value(
        &self,
        table: &Table<'_>,
        key: &'static str,
        json_key: &'static str,
    ) -> Option<Found<Value>> {
        let plain = table.value(key);
        let text = table.raw_text(json_key);
        match (plain, text) {
            (Some(value), None) => Some(Found {
                value: self.json(value)?,
                span: value.span(),
            }),
            (None, Some(text)) => match serde_json::from_str(&text.value) {
                Ok(value) => Some(Found {
                    value,
                    span: text.span,
                }),
                Err(fault) => {
                    let message = format!("`{json_key}` is not JSON ({fault})");
                    self.source
                        .error(text.at(), message, "Write it like `'[[3, 9, null], 7]'`");
                    None
                }
            },
            (Some(value), Some(_)) => {
                let message = format!("both `{key}` and `{json_key}` are given");
                self.source
                    .error(value.span().start, message, "Keep one of them");
                None
            }
            (None, None) => {
                if table.value(json_key).is_none() {
                    let fix = format!("Write it as TOML, or as JSON in `{json_key}`");
                    table.missing(key, &fix);
                }
                None
            }
        }
    }

    fn json(&self, value: &::toml::Spanned<DeValue<'_>>) -> Option<Value> {
        match source::to_json(value) {
            Ok(json) => Some(json),
            Err((at, what)) => {
                let fix = "Use numbers, strings, truth values and lists of them";
                self.source
                    .error(at, format!("a case cannot hold {what}"), fix);
                None
            }
        }
    }

    fn noted<T>(&self, at: usize, result: Result<T, String>) -> Option<T> {
        self.noted_at(&|| at, result)
    }

    fn noted_at<T>(&self, at: &dyn Fn() -> usize, result: Result<T, String>) -> Option<T> {
        result
            .map_err(|message| {
                let fix = "Change the value or the [signature], so that they agree";
                self.source.error(at(), message, fix);
            })
            .ok()
    }
}

fn by_language(
    source: &Source<'_>,
    table: &Table<'_>,
    key: &'static str,
) -> BTreeMap<Language, Found<String>> {
    let mut found = BTreeMap::new();
    let Some(inner) = table.table(key) else {
        return found;
    };
    for language in Language::ALL {
        if let Some(code) = inner.raw_text(language.as_str()) {
            if code.value.trim().is_empty() {
                source.error(
                    code.at(),
                    format!("the {language} code is empty"),
                    "Write it, or remove the key",
                );
            }
            let value = format!("{}\n", code.value.trim_matches('\n').trim_end());
            found.insert(
                language,
                Found {
                    value,
                    span: code.span,
                },
            );
        }
    }
    inner.close();
    found
}

const LANGUAGES: [(&str, Language); 3] = [
    ("python", Language::Python),
    ("javascript", Language::Javascript),
    ("java", Language::Java),
];

const VERDICTS: [(&str, &str); 6] = [
    ("wrong_answer", "wrong_answer"),
    ("timeout", "timeout"),
    ("runtime_error", "runtime_error"),
    ("compile_error", "compile_error"),
    ("memory_limit", "memory_limit"),
    ("output_limit", "output_limit"),
];

fn wrong_solutions(table: &Table<'_>) -> Vec<Found<WrongSolution>> {
    let read = |inner: Table<'_>| {
        let name = inner.need_text("name", "Say in a few words what is wrong with it");
        let language = inner.need_word("language", &LANGUAGES);
        let verdict = inner.need_word("verdict", &VERDICTS);
        let code = inner.raw_text("code");
        if code.is_none() && inner.value("code").is_none() {
            inner.missing("code", "Add the code between triple quotes");
        }
        let fails = unplaced(inner.texts("fails"));
        let span = inner.span.clone();
        inner.close();
        let code = code.map(|code| code.value).unwrap_or_default();
        Some(Found {
            value: WrongSolution {
                name: name.value,
                language: language?,
                code: format!("{}\n", code.trim_matches('\n').trim_end()),
                verdict: verdict?.to_owned(),
                fails,
            },
            span,
        })
    };
    table.tables("wrong").into_iter().filter_map(read).collect()
}

fn naive_solutions(table: &Table<'_>) -> Vec<Found<NaiveSolution>> {
    let read = |inner: Table<'_>| {
        let name = inner.need_text("name", "Say in a few words how it goes about it");
        let language = inner.need_word("language", &LANGUAGES);
        let code = inner.raw_text("code");
        if code.is_none() && inner.value("code").is_none() {
            inner.missing("code", "Add the code between triple quotes");
        }
        let complexity = complexity(&inner);
        let span = inner.span.clone();
        inner.close();
        let code = code.map(|code| code.value).unwrap_or_default();
        Some(Found {
            value: NaiveSolution {
                name: name.value,
                language: language?,
                code: format!("{}\n", code.trim_matches('\n').trim_end()),
                complexity,
            },
            span,
        })
    };
    table.tables("naive").into_iter().filter_map(read).collect()
}

fn equivalent_mutants(table: &Table<'_>) -> Vec<Found<EquivalentMutant>> {
    let read = |inner: Table<'_>| {
        let language = inner.need_word("language", &LANGUAGES);
        let line = inner.need_text("line", "Copy the line of the reference solution");
        let becomes = inner.need_text("becomes", "Copy the line as the mutation leaves it");
        let reason = inner.need_text("reason", "Say why no input can tell the two apart");
        let span = inner.span.clone();
        inner.close();
        Some(Found {
            value: EquivalentMutant {
                language: language?,
                line: line.value.trim().to_owned(),
                becomes: becomes.value.trim().to_owned(),
                reason: reason.value,
            },
            span,
        })
    };
    table
        .tables("equivalent")
        .into_iter()
        .filter_map(read)
        .collect()
}

fn clarifications(source: &Source<'_>, table: &Table<'_>) -> Vec<Found<Clarification>> {
    let read = |inner: Table<'_>| {
        let id = inner.need_text(
            "id",
            "Give it a short stable name, e.g. `id = \"duplicates\"`",
        );
        let questions = unplaced(inner.texts("questions"));
        let answer = inner.need_text("answer", "Write what the interviewer says");
        let span = inner.span.clone();
        if questions.len() < 2 {
            let message = "a clarification needs at least 2 `questions`";
            source.error(
                inner.at(),
                message,
                "Write several ways to ask it, the plainest first",
            );
        }
        inner.close();
        Found {
            value: Clarification {
                id: id.value,
                questions,
                answer: answer
                    .value
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
            },
            span,
        }
    };
    table
        .tables("clarifications")
        .into_iter()
        .map(read)
        .collect()
}

/// `hints = ["…", "…"]` or `[[hints]]` tables with `text`.
fn hints(table: &Table<'_>) -> Vec<Found<Hint>> {
    let strings = table
        .value("hints")
        .and_then(|value| value.get_ref().as_array())
        .is_some_and(|items| items.iter().all(|item| item.get_ref().is_str()));
    let texts = if strings {
        table.texts("hints")
    } else {
        let tables = table.tables("hints").into_iter();
        tables
            .map(|inner| {
                let text = inner.need_text("text", "Write what the interviewer says");
                inner.close();
                text
            })
            .collect()
    };
    let hint = |found: Found<String>| Found {
        value: Hint {
            text: found.value.split_whitespace().collect::<Vec<_>>().join(" "),
        },
        span: found.span,
    };
    texts.into_iter().map(hint).collect()
}

const TOPICS: [(&str, &str); 4] = [
    ("complexity", "complexity"),
    ("testing", "testing"),
    ("trade_off", "trade_off"),
    ("extension", "extension"),
];

fn followups(source: &Source<'_>, table: &Table<'_>) -> Vec<Found<FollowUp>> {
    let read = |inner: Table<'_>| {
        let topic = inner.need_word("topic", &TOPICS);
        let question = inner.need_text("question", "Write what the interviewer asks");
        let listen_for = unplaced(inner.texts("listen_for"));
        let span = inner.span.clone();
        if listen_for.is_empty() {
            let fix = "Add `listen_for = [\"…\"]` with words that a good answer names";
            source.warning(
                inner.at(),
                "nobody knows what a good answer to this is",
                fix,
            );
        }
        inner.close();
        Some(Found {
            value: FollowUp {
                topic: topic?.to_owned(),
                question: question
                    .value
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
                listen_for,
            },
            span,
        })
    };
    table
        .tables("followups")
        .into_iter()
        .filter_map(read)
        .collect()
}

fn complexity(table: &Table<'_>) -> Complexity {
    const FIX: &str = "Write it like `complexity = { time = \"O(n)\", space = \"O(1)\" }`";
    let Some(inner) = table.table("complexity") else {
        if table.value("complexity").is_none() {
            table.missing("complexity", FIX);
        }
        return Complexity::default();
    };
    let complexity = Complexity {
        time: inner.need_text("time", FIX).value,
        space: inner.need_text("space", FIX).value,
    };
    inner.close();
    complexity
}
