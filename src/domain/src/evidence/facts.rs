//! What a syntax tree says about a piece of code, without running it and without an opinion. Made by `insight`
//! in the main crate; a plain value here, so that the evaluation stays pure. All lines are 1-based and inclusive.

use super::order::Order;
use crate::problem::Language;
use serde::{Deserialize, Serialize};

/// Changes whenever the same code may give other facts; kept with every scorecard.
pub const FACTS_VERSION: &str = "1";

/// First and last line.
pub type Lines = (u32, u32);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeFacts {
    pub language: Language,
    /// Lines that hold something other than white space and comments.
    pub code_lines: u32,
    pub comments: Vec<u32>,
    pub syntax_errors: Vec<SyntaxError>,
    pub functions: Vec<Function>,
    pub classes: Vec<Named>,
    pub loops: Vec<Loop>,
    /// Deepest nesting of blocks inside one function, and the line where it is reached.
    pub nesting: Option<(u32, u32)>,
    pub structures: Vec<StructureUse>,
    /// Lines with a call that sorts.
    pub sorts: Vec<u32>,
    /// Single-letter names other than loop indices and the usual ones.
    pub short_names: Vec<Named>,
    /// Two names whose styles do not go together, e.g. `maxSum` beside `min_sum`.
    pub mixed_names: Option<(Named, Named)>,
    /// First line of code that can never run.
    pub unreachable: Vec<u32>,
    pub unused: Vec<Unused>,
    pub magic_numbers: Vec<Named>,
    /// Two stretches of at least four lines that say the same.
    pub duplicates: Vec<(Lines, Lines)>,
    /// Prints inside functions, left over from debugging.
    pub debug_prints: Vec<u32>,
    /// Calls inside loops that walk the whole collection each time.
    pub slow_calls: Vec<Named>,
    pub time: Estimate,
    pub space: Estimate,
    /// The code was larger or deeper than the analysis goes; what is here is true, but more may be missing.
    pub cut_short: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyntaxError {
    pub line: u32,
    pub column: u32,
    /// A sentence.
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    pub name: String,
    pub lines: Lines,
    pub params: Vec<String>,
    pub recursion: Recursion,
    /// Results are kept and looked up (a cache decorator or a memo table).
    pub memoised: bool,
}

impl Function {
    pub fn length(&self) -> u32 {
        self.lines.1 - self.lines.0 + 1
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recursion {
    None,
    Direct,
    Mutual,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub name: String,
    pub line: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loop {
    pub lines: Lines,
    /// 1 = not inside another loop of its function.
    pub depth: u32,
    pub growth: LoopGrowth,
}

/// How often a loop turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoopGrowth {
    /// As often as the input is long.
    Linear,
    /// A fixed number of times.
    Constant,
    /// Its range halves (or doubles) each turn.
    Halving,
    /// Its turns are shared out over all turns of the loop around it (sliding window, stack, queue).
    Amortised,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Structure {
    List,
    Map,
    Set,
    Heap,
    Deque,
    Counter,
    Tree,
}

impl Structure {
    /// With its article, for a sentence.
    pub fn label(self) -> &'static str {
        match self {
            Structure::List => "a list",
            Structure::Map => "a hash map",
            Structure::Set => "a set",
            Structure::Heap => "a heap",
            Structure::Deque => "a double-ended queue",
            Structure::Counter => "a counter",
            Structure::Tree => "a sorted map",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StructureUse {
    pub structure: Structure,
    pub line: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    pub kind: UnusedKind,
    pub name: String,
    pub line: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnusedKind {
    Variable,
    Parameter,
    Function,
}

/// An estimate and why; `order` is `None` when the code does not say, and the reasons tell what stood in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    pub order: Option<Order>,
    pub reasons: Vec<Reason>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub lines: Lines,
    /// E.g. "two nested loops".
    pub text: String,
}

impl CodeFacts {
    /// Facts about nothing: no code, no claims.
    pub fn empty(language: Language) -> CodeFacts {
        CodeFacts {
            language,
            code_lines: 0,
            comments: Vec::new(),
            syntax_errors: Vec::new(),
            functions: Vec::new(),
            classes: Vec::new(),
            loops: Vec::new(),
            nesting: None,
            structures: Vec::new(),
            sorts: Vec::new(),
            short_names: Vec::new(),
            mixed_names: None,
            unreachable: Vec::new(),
            unused: Vec::new(),
            magic_numbers: Vec::new(),
            duplicates: Vec::new(),
            debug_prints: Vec::new(),
            slow_calls: Vec::new(),
            time: Estimate::unknown("there is no code"),
            space: Estimate::unknown("there is no code"),
            cut_short: false,
        }
    }
}

impl Estimate {
    /// No order, and the reason why.
    pub fn unknown(why: &str) -> Estimate {
        Estimate {
            order: None,
            reasons: vec![Reason {
                lines: (1, 1),
                text: why.to_owned(),
            }],
        }
    }
}
