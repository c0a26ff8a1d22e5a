//! What each band of each dimension means. Published: the summary page, the report and `docs/evaluation.md` show
//! these sentences, and they are the same for every level of candidate.

use super::Dimension;

/// Bands 1 to 4 of one dimension, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchors {
    pub dimension: Dimension,
    pub bands: [&'static str; 4],
}

/// All five, in the order of [`Dimension::ALL`].
pub const ANCHORS: [Anchors; 5] = [
    Anchors {
        dimension: Dimension::ProblemSolving,
        bands: [
            "No working solution: fewer than about a third of the cases pass, or nothing was run.",
            "A partial solution: some cases pass, and important ones fail.",
            "A working solution: all or nearly all cases pass, perhaps with some help or without a plan.",
            "Every case passes, hidden ones included, with a plan before the code and next to no hints.",
        ],
    },
    Anchors {
        dimension: Dimension::CodeQuality,
        bands: [
            "The code does not parse, or many things get in the way of reading it.",
            "Readable with effort: several leftovers, unclear names, long or deeply nested parts; or it does not do the job.",
            "Readable, with one or two things to tidy up.",
            "Clear names, small parts, nothing left over.",
        ],
    },
    Anchors {
        dimension: Dimension::Communication,
        bands: [
            "Hardly a word about the problem or the code.",
            "Some explanation, but the plan or long stretches of work stay unexplained.",
            "The thinking can be followed: a plan before the code, or a running commentary with answers to questions.",
            "A plan before the code, a commentary during it, questions asked and follow-ups answered.",
        ],
    },
    Anchors {
        dimension: Dimension::Efficiency,
        bands: [
            "Far slower than the problem allows (more than one power of n above the reference).",
            "Slower by about one power of n, or the solution is too incomplete to tell.",
            "Fast enough, with a logarithm or some memory to save; or it passes in time and its order could not be read.",
            "Grows no faster than the reference in time, nor in space as far as the code shows it.",
        ],
    },
    Anchors {
        dimension: Dimension::Testing,
        bands: [
            "Nothing, or next to nothing, was tested.",
            "The code was run, but edge cases were hardly thought of, or the last change went untested.",
            "The code was run after its last change, and edge cases were named or tried.",
            "Edge cases named early, own inputs or runs before submitting, and everything holds in the end.",
        ],
    },
];

/// The sentence for a band from 1 to 4.
pub fn anchor(dimension: Dimension, band: u8) -> &'static str {
    let anchors = ANCHORS
        .iter()
        .find(|anchors| anchors.dimension == dimension)
        .expect("every dimension has its anchors");
    anchors.bands[usize::from(band.clamp(1, 4)) - 1]
}
