//! The file under the reader's eyes: where a byte is (line, column), which keys a table has, and the list of
//! mistakes that grows while it is read. Knows TOML, knows nothing of problems.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};
use serde_json::{Map, Number, Value};
use std::{cell::RefCell, collections::BTreeSet, fmt, ops::Range};

/// More mistakes than this are not listed: the first ones usually cause the rest.
pub const MISTAKES_MAX: usize = 50;

/// How close (Jaro-Winkler, 0 to 1) a word must be to be offered as "did you mean".
const SIMILAR: f64 = 0.75;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file works, but a person practising would notice.
    Warning,
}

/// Something wrong in a problem file. Lines and columns (in characters) count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub fix: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let Mistake {
            file, line, column, ..
        } = self;
        write!(
            f,
            "{file}:{line}:{column}: {word}: {}. {}.",
            self.message, self.fix
        )
    }
}

/// The text and what was found wrong in it so far.
pub struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    mistakes: RefCell<Vec<Mistake>>,
}

impl<'a> Source<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Source {
            file,
            text,
            mistakes: RefCell::default(),
        }
    }

    pub fn error(&self, at: usize, message: impl Into<String>, fix: impl Into<String>) {
        self.add(Severity::Error, at, message.into(), fix.into());
    }

    pub fn warning(&self, at: usize, message: impl Into<String>, fix: impl Into<String>) {
        self.add(Severity::Warning, at, message.into(), fix.into());
    }

    pub fn has_errors(&self) -> bool {
        let mistakes = self.mistakes.borrow();
        mistakes.iter().any(|m| m.severity == Severity::Error)
    }

    /// Everything found, in the order of the file.
    pub fn into_mistakes(self) -> Vec<Mistake> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort_by_key(|m| (m.line, m.column, m.severity));
        mistakes.dedup();
        mistakes
    }

    /// Where `needle` stands inside a value, for mistakes in the middle of a long string.
    pub fn find_in(&self, span: &Range<usize>, needle: &str) -> usize {
        let inside = self.text.get(span.clone()).unwrap_or_default();
        span.start + inside.find(needle).unwrap_or(0)
    }

    fn add(&self, severity: Severity, at: usize, message: String, fix: String) {
        let mut mistakes = self.mistakes.borrow_mut();
        // Warnings never crowd out an error.
        if mistakes.len() >= MISTAKES_MAX
            && (severity == Severity::Warning || mistakes.len() >= 2 * MISTAKES_MAX)
        {
            return;
        }
        let (line, column) = position(self.text, at);
        mistakes.push(Mistake {
            file: self.file.to_owned(),
            line,
            column,
            severity,
            message,
            fix,
        });
    }
}

/// A value with the place where it stands.
#[derive(Clone)]
pub struct Found<T> {
    pub value: T,
    pub span: Range<usize>,
}

impl<T> Found<T> {
    pub fn at(&self) -> usize {
        self.span.start
    }
}

/// A TOML table that remembers which keys were asked for; [`Table::close`] complains about the others.
pub struct Table<'a> {
    source: &'a Source<'a>,
    entries: &'a DeTable<'a>,
    /// How mistakes call this table, e.g. `[[examples]]`.
    name: String,
    pub span: Range<usize>,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    pub fn new(
        source: &'a Source<'a>,
        entries: &'a DeTable<'a>,
        name: impl Into<String>,
        span: Range<usize>,
    ) -> Self {
        Table {
            source,
            entries,
            name: name.into(),
            span,
            asked: RefCell::default(),
        }
    }

    pub fn at(&self) -> usize {
        self.span.start
    }

    pub fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.entries
            .iter()
            .find(|(found, _)| found.get_ref().as_ref() == key)
            .map(|(_, value)| value)
    }

    /// A string that may be missing; surrounding blank lines of a multi-line string are dropped.
    pub fn text(&self, key: &'static str) -> Option<Found<String>> {
        self.raw_text(key).map(|found| Found {
            value: found.value.trim_matches('\n').trim_end().to_owned(),
            span: found.span,
        })
    }

    /// A string to the letter.
    pub fn raw_text(&self, key: &'static str) -> Option<Found<String>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Found {
                value: text.to_string(),
                span: value.span(),
            }),
            other => {
                self.wrong_kind(value, key, "a string", other);
                None
            }
        }
    }

    /// A string that must be there and not be blank.
    pub fn need_text(&self, key: &'static str, fix: &str) -> Found<String> {
        match self.text(key) {
            Some(found) => {
                if found.value.trim().is_empty() {
                    self.source
                        .error(found.at(), format!("`{key}` is empty"), fix);
                }
                found
            }
            None => {
                if self.value(key).is_none() {
                    self.missing(key, fix);
                }
                Found {
                    value: String::new(),
                    span: self.span.clone(),
                }
            }
        }
    }

    /// A string that must be one of these words.
    pub fn need_word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let list = listed(words.iter().map(|(word, _)| *word));
        let fix = format!("Write one of {list}");
        let found = self.need_text(key, &fix);
        if found.value.is_empty() {
            return None;
        }
        let hit = words.iter().find(|(word, _)| *word == found.value);
        if hit.is_none() {
            let fix =
                did_you_mean(&found.value, words.iter().map(|(word, _)| *word)).unwrap_or(fix);
            self.source.error(
                found.at(),
                format!("`{}` is not a known {key}", shortened(&found.value)),
                fix,
            );
        }
        hit.map(|(_, value)| *value)
    }

    pub fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else {
            return false;
        };
        match value.get_ref() {
            DeValue::Boolean(flag) => *flag,
            other => {
                self.wrong_kind(value, key, "true or false", other);
                false
            }
        }
    }

    pub fn number(&self, key: &'static str) -> Option<Found<f64>> {
        let value = self.value(key)?;
        let number = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            _ => None,
        };
        match number {
            Some(number) => Some(Found {
                value: number,
                span: value.span(),
            }),
            None => {
                self.wrong_kind(value, key, "a number", value.get_ref());
                None
            }
        }
    }

    /// A list of strings; a missing key is an empty list.
    pub fn texts(&self, key: &'static str) -> Vec<Found<String>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_kind(value, key, "a list of strings", value.get_ref());
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(Found {
                    value: text.trim().to_owned(),
                    span: item.span(),
                }),
                other => self.wrong_kind(item, key, "a list of strings", other),
            }
        }
        texts
    }

    pub fn table(&self, key: &'static str) -> Option<Table<'a>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table::new(
                self.source,
                entries,
                format!("[{key}]"),
                value.span(),
            )),
            other => {
                self.wrong_kind(value, key, "a table", other);
                None
            }
        }
    }

    /// The tables under `[[key]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_kind(
                value,
                key,
                &format!("a list of [[{key}]] tables"),
                value.get_ref(),
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(entries) => tables.push(Table::new(
                    self.source,
                    entries,
                    format!("[[{key}]]"),
                    item.span(),
                )),
                other => self.wrong_kind(item, key, &format!("a list of [[{key}]] tables"), other),
            }
        }
        tables
    }

    pub fn missing(&self, key: &str, fix: &str) {
        self.source
            .error(self.at(), format!("{} has no `{key}`", self.name), fix);
    }

    /// Every key that nobody asked for is a mistake.
    pub fn close(self) {
        let asked = self.asked.into_inner();
        for (key, _) in self.entries.iter() {
            let word = key.get_ref().as_ref();
            if !asked.contains(word) {
                let fix = did_you_mean(word, asked.iter().copied()).unwrap_or_else(|| {
                    format!(
                        "Remove it; known keys are {}",
                        listed(asked.iter().copied())
                    )
                });
                self.source.error(
                    key.span().start,
                    format!("{} has no key `{}`", self.name, shortened(word)),
                    fix,
                );
            }
        }
    }

    fn wrong_kind(&self, value: &Spanned<DeValue<'_>>, key: &str, want: &str, got: &DeValue<'_>) {
        self.source.error(
            value.span().start,
            format!("`{key}` is of type {}", got.type_str()),
            format!("Write {want}"),
        );
    }
}

/// A TOML value as JSON. `Err` is where a value stands that JSON cannot hold, and what it is.
pub fn to_json(value: &Spanned<DeValue<'_>>) -> Result<Value, (usize, &'static str)> {
    let at = value.span().start;
    Ok(match value.get_ref() {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map(Value::from)
            .map_err(|_| (at, "a number of more than 64 bits"))?,
        DeValue::Float(float) => float
            .as_str()
            .parse()
            .ok()
            .and_then(Number::from_f64)
            .map(Value::Number)
            .ok_or((at, "an infinite or undefined number"))?,
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Datetime(_) => return Err((at, "a date")),
        DeValue::Array(items) => Value::Array(items.iter().map(to_json).collect::<Result<_, _>>()?),
        DeValue::Table(entries) => {
            let mut map = Map::new();
            for (key, item) in entries.iter() {
                map.insert(key.get_ref().to_string(), to_json(item)?);
            }
            Value::Object(map)
        }
    })
}

/// "Did you mean `x`", when something is close enough.
pub fn did_you_mean<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<String> {
    let word: String = word.chars().take(64).collect();
    known
        .map(|candidate| (strsim::jaro_winkler(&word, candidate), candidate))
        .filter(|(score, _)| *score >= SIMILAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| format!("Did you mean `{candidate}`?"))
        .map(|fix| fix.trim_end_matches('?').to_owned())
}

/// `a`, `b` or `c`
pub fn listed<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// Foreign text in a message: one line, not long.
pub fn shortened(text: &str) -> String {
    const CHARS_MAX: usize = 40;
    let clean = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = clean.take(CHARS_MAX).collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        short.push('…');
    }
    short
}

/// Line and column of a byte, from 1; the column counts characters.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..at.min(text.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |i| i + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    (line, column)
}
