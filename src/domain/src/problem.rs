//! What is practised: a problem with its signature, cases and everything an interviewer needs to know about it.
//!
//! A [`Problem`] holds secrets (hidden cases, solutions, hints, notes). Nothing in here that holds a secret
//! implements a serialization meant for a browser: pages and the API build their answers from
//! [`Problem::public`], which cannot hold them. The store keeps the whole problem, by content hash.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// A programming language that an interview can be held in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Python,
    Javascript,
    Java,
}

impl Language {
    pub const ALL: [Language; 3] = [Language::Python, Language::Javascript, Language::Java];

    /// The word of the API and of problem files.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::Python => "python",
            Language::Javascript => "javascript",
            Language::Java => "java",
        }
    }

    /// The name that a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Language::Python => "Python",
            Language::Javascript => "JavaScript",
            Language::Java => "Java",
        }
    }

    /// How this language spells `two_sum`: as it is in Python, `twoSum` elsewhere.
    pub fn spell(self, snake_case: &str) -> String {
        match self {
            Language::Python => snake_case.to_owned(),
            Language::Javascript | Language::Java => {
                let mut words = snake_case.split('_');
                let mut name = words.next().unwrap_or_default().to_owned();
                for word in words {
                    let mut letters = word.chars();
                    name.extend(letters.next().map(|c| c.to_ascii_uppercase()));
                    name.push_str(letters.as_str());
                }
                name
            }
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|l| l.as_str() == text).ok_or(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Difficulty {
    Easy,
    Medium,
    Hard,
}

impl Difficulty {
    pub const ALL: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

    pub fn as_str(self) -> &'static str {
        match self {
            Difficulty::Easy => "easy",
            Difficulty::Medium => "medium",
            Difficulty::Hard => "hard",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Difficulty::Easy => "Easy",
            Difficulty::Medium => "Medium",
            Difficulty::Hard => "Hard",
        }
    }
}

impl FromStr for Difficulty {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|d| d.as_str() == text).ok_or(())
    }
}

/// The type of a parameter or a result, as problem files write it: `int`, `int[][]`, `linked_list<int>`,
/// `tree<int>`, `void`, `json` (anything).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    Int,
    Float,
    Bool,
    String,
    Void,
    Json,
    Array(Box<Type>),
    LinkedList(Box<Type>),
    Tree(Box<Type>),
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Int => f.write_str("int"),
            Type::Float => f.write_str("float"),
            Type::Bool => f.write_str("bool"),
            Type::String => f.write_str("string"),
            Type::Void => f.write_str("void"),
            Type::Json => f.write_str("json"),
            Type::Array(item) => write!(f, "{item}[]"),
            Type::LinkedList(item) => write!(f, "linked_list<{item}>"),
            Type::Tree(item) => write!(f, "tree<{item}>"),
        }
    }
}

/// How deep `int[][]…` may nest.
const TYPE_DEPTH_MAX: usize = 4;

impl FromStr for Type {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        parse_type(text.trim(), TYPE_DEPTH_MAX).ok_or_else(|| {
            format!("`{text}` is not a type; use int, float, bool, string, void, json, T[], T[][], linked_list<T> or tree<T>")
        })
    }
}

fn parse_type(text: &str, depth: usize) -> Option<Type> {
    let depth = depth.checked_sub(1)?;
    let inside = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix('>');
    Some(match text {
        "int" => Type::Int,
        "float" => Type::Float,
        "bool" => Type::Bool,
        "string" => Type::String,
        "void" => Type::Void,
        "json" => Type::Json,
        _ if text.ends_with("[]") => {
            Type::Array(Box::new(parse_type(&text[..text.len() - 2], depth)?))
        }
        _ if text.starts_with("linked_list<") => {
            Type::LinkedList(Box::new(parse_type(inside("linked_list<")?, depth)?))
        }
        _ if text.starts_with("tree<") => {
            Type::Tree(Box::new(parse_type(inside("tree<")?, depth)?))
        }
        _ => return None,
    })
}

impl Serialize for Type {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Type {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Type,
}

/// One method of a class-style problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// `snake_case`; each language spells it its own way ([`Language::spell`]).
    pub name: String,
    pub params: Vec<Parameter>,
    pub returns: Type,
}

/// What the candidate's code must offer. Names are `snake_case` (classes `PascalCase`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Signature {
    /// One function. `result_argument` = the judged value is that argument after the call (in-place problems).
    Function {
        name: String,
        params: Vec<Parameter>,
        returns: Type,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        result_argument: Option<usize>,
    },
    /// A class that a list of operations is played against.
    Class {
        name: String,
        constructor: Vec<Parameter>,
        methods: Vec<Method>,
    },
    /// A program that reads stdin and writes stdout.
    Program,
}

/// What goes into one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CaseInput {
    /// Arguments of the function, in order.
    Arguments { args: Vec<Value> },
    /// `operations[0]` is the class name, then method names as in the signature; one list of arguments each.
    Operations {
        operations: Vec<String>,
        arguments: Vec<Vec<Value>>,
    },
    /// What the program reads.
    Stdin { stdin: String },
}

/// One test case. The expected value never enters a candidate's sandbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Stable, unique in its problem, and fit to be shown after the interview even when the case is hidden:
    /// it names the edge ("empty list"), never the data.
    pub name: String,
    #[serde(flatten)]
    pub input: CaseInput,
    /// Function result, list of results (class), or stdout as a string (program). With a checker: one valid answer.
    pub expected: Value,
    /// Markdown, for examples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

/// How the host compares what came back with what was expected.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Comparison {
    /// Equal as JSON (numbers by value; stdout with trailing white space trimmed line by line).
    #[default]
    Exact,
    /// Numbers within `absolute` or `relative` of the expected one, anywhere in the structure.
    Float { absolute: f64, relative: f64 },
    /// Outer arrays compared as multisets; with `deep`, inner arrays as well.
    AnyOrder {
        #[serde(default)]
        deep: bool,
    },
    /// A Python function `check(args, actual, expected) -> bool` in a fresh instance of its own.
    Checker { python: String },
}

/// A solution that must fail, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WrongSolution {
    pub name: String,
    pub language: Language,
    pub code: String,
    /// `wrong_answer`, `timeout`, `runtime_error`, `compile_error`, `memory_limit` or `output_limit`.
    pub verdict: String,
    /// Names of cases that must be among the failing ones (may be empty).
    #[serde(default)]
    pub fails: Vec<String>,
}

/// A solution that is right and slower than it need be: what a candidate may write first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NaiveSolution {
    pub name: String,
    pub language: Language,
    pub code: String,
    pub complexity: Complexity,
}

/// A change to a reference solution that changes nothing it does, so that no case can notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EquivalentMutant {
    pub language: Language,
    /// The line as it stands in the solution, without indentation.
    pub line: String,
    /// The same line as the mutation leaves it.
    pub becomes: String,
    pub reason: String,
}

/// Something a candidate may ask, and the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clarification {
    /// Stable in its problem, e.g. `duplicates`.
    pub id: String,
    /// Several ways to ask it; the first is the plainest.
    pub questions: Vec<String>,
    pub answer: String,
}

/// One rung of the hint ladder, weakest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hint {
    pub text: String,
}

/// A question for after the code works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUp {
    /// `complexity`, `testing`, `trade_off` or `extension`.
    pub topic: String,
    pub question: String,
    /// Words and ideas a good answer names; for the evaluator.
    #[serde(default)]
    pub listen_for: Vec<String>,
}

/// The complexity that the reference solution has, e.g. `O(n)`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Complexity {
    pub time: String,
    pub space: String,
}

/// A whole problem, secrets included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    pub slug: String,
    pub title: String,
    pub difficulty: Difficulty,
    pub categories: Vec<String>,
    /// Whatever a house sorts its problems by: companies, courses, weeks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Markdown.
    pub statement: String,
    /// One Markdown line each.
    pub constraints: Vec<String>,
    pub signature: Signature,
    #[serde(default)]
    pub comparison: Comparison,
    /// Visible cases.
    pub examples: Vec<Case>,
    pub hidden: Vec<Case>,
    pub starter: BTreeMap<Language, String>,
    pub solutions: BTreeMap<Language, String>,
    #[serde(default)]
    pub wrong: Vec<WrongSolution>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub naive: Vec<NaiveSolution>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equivalent: Vec<EquivalentMutant>,
    /// How the interviewer tells the problem in its own words, spoken: two to four sentences.
    pub spoken: String,
    #[serde(default)]
    pub clarifications: Vec<Clarification>,
    #[serde(default)]
    pub hints: Vec<Hint>,
    #[serde(default)]
    pub followups: Vec<FollowUp>,
    #[serde(default)]
    pub complexity: Complexity,
    /// For interviewer and evaluator only.
    #[serde(default)]
    pub notes: String,
    /// Python: `generate(size, seed) -> list of arguments`, for inputs that grow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generator: Option<String>,
}

/// SHA-256 over the canonical JSON of a problem, lower-case hex. A running interview is pinned to one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProblemHash(pub String);

/// What anybody may see of a problem. Hidden cases, solutions, hints and notes have no place in here.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicProblem<'a> {
    pub slug: &'a str,
    pub title: &'a str,
    pub difficulty: Difficulty,
    pub categories: &'a [String],
    pub statement: &'a str,
    pub constraints: &'a [String],
    pub examples: &'a [Case],
    pub starter: &'a BTreeMap<Language, String>,
    pub signature: &'a Signature,
}

impl Problem {
    pub fn hash(&self) -> ProblemHash {
        let canonical = serde_json::to_vec(self).expect("a problem has string keys only");
        let digest = Sha256::digest(&canonical);
        ProblemHash(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    pub fn public(&self) -> PublicProblem<'_> {
        PublicProblem {
            slug: &self.slug,
            title: &self.title,
            difficulty: self.difficulty,
            categories: &self.categories,
            statement: &self.statement,
            constraints: &self.constraints,
            examples: &self.examples,
            starter: &self.starter,
            signature: &self.signature,
        }
    }

    /// The languages that have starter code.
    pub fn languages(&self) -> Vec<Language> {
        self.starter.keys().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_read_as_they_are_written() {
        for text in [
            "int",
            "string[]",
            "int[][]",
            "linked_list<int>",
            "tree<string>",
            "tree<int>[]",
            "void",
            "json",
        ] {
            assert_eq!(text.parse::<Type>().unwrap().to_string(), text);
        }
        assert!("list<int>".parse::<Type>().is_err());
        assert!("int[][][][][]".parse::<Type>().is_err());
    }

    #[test]
    fn each_language_spells_a_name_its_own_way() {
        assert_eq!(Language::Python.spell("merge_two_lists"), "merge_two_lists");
        assert_eq!(
            Language::Javascript.spell("merge_two_lists"),
            "mergeTwoLists"
        );
    }
}
