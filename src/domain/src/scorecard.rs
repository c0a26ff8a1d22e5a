//! What an interview adds up to: five dimensions with published anchors, findings from a closed list, and for every
//! claim the places in the record that it points at.

pub mod anchors;
pub mod findings;
pub mod report;
pub mod rules;
pub mod verify;

use crate::ids::{RunId, SnapshotId, UtteranceId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    ProblemSolving,
    CodeQuality,
    Communication,
    Efficiency,
    Testing,
}

impl Dimension {
    pub const ALL: [Dimension; 5] = [
        Dimension::ProblemSolving,
        Dimension::CodeQuality,
        Dimension::Communication,
        Dimension::Efficiency,
        Dimension::Testing,
    ];

    /// The name that a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Dimension::ProblemSolving => "Problem solving",
            Dimension::CodeQuality => "Code quality",
            Dimension::Communication => "Communication",
            Dimension::Efficiency => "Efficiency",
            Dimension::Testing => "Testing",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recommendation {
    StrongYes,
    Yes,
    Maybe,
    No,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Rules,
    Model,
}

impl Recommendation {
    pub fn label(self) -> &'static str {
        match self {
            Recommendation::StrongYes => "Strong yes",
            Recommendation::Yes => "Yes",
            Recommendation::Maybe => "Maybe",
            Recommendation::No => "No",
        }
    }
}

/// One dimension of the scorecard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// 1–4; `None` = not assessed. The shown score is 3 · band − 2.
    pub band: Option<u8>,
    /// Mean over passes of 3 · band − 2, one decimal.
    pub score: Option<f64>,
    /// Highest minus lowest over passes.
    pub spread: f64,
    pub reason: String,
}

/// A strength or an improvement; `citations` are keys of [`Scorecard::citations`] and never empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable name from the closed list.
    pub finding: String,
    pub text: String,
    pub citations: Vec<String>,
}

/// A place in the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Citation {
    Utterance {
        utterance: UtteranceId,
        at_ms: u64,
        quote: String,
    },
    /// `lines` are 1-based and inclusive.
    Snapshot {
        snapshot: SnapshotId,
        at_ms: u64,
        lines: (u32, u32),
        quote: String,
    },
    Run {
        run: RunId,
        at_ms: u64,
        quote: String,
    },
}

/// The evaluation's outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scorecard {
    /// `false` = not enough evidence; then there are no scores and no recommendation.
    pub sufficient: bool,
    pub method: Method,
    pub overall: Option<f64>,
    pub overall_spread: f64,
    pub recommendation: Option<Recommendation>,
    /// One sentence, e.g. "A solid solution, tested late."
    pub headline: String,
    pub scores: BTreeMap<Dimension, Score>,
    pub strengths: Vec<Finding>,
    pub improvements: Vec<Finding>,
    pub citations: BTreeMap<String, Citation>,
    pub report_markdown: String,
    /// What judged: `rules` version, analyser version, problem hash.
    pub versions: BTreeMap<String, String>,
}
