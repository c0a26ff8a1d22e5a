//! How much each of the [`signs`](super::signs) counts.
//!
//! Fitted, not thought out: conditional logistic regression, in which the answers and "none of them" are the
//! alternatives, over the questions in `tests/it/interviewer`. The test `interviewer::fitting` fits anew with half of
//! the problems left out, to see how well that carries over. After a change of the signs, the lexicon or the corpora,
//! copy what it prints for all of them to here.

use super::{ANSWER_SIGNS, NO_ANSWER_SIGNS};

#[derive(Debug, Clone)]
pub struct Weights {
    /// For an answer, in the order of `signs::of_answer`.
    pub answer: [f32; ANSWER_SIGNS],
    /// For none of them, in the order of `signs::of_none`.
    pub no_answer: [f32; NO_ANSWER_SIGNS],
}

impl Weights {
    pub const FITTED: Weights = Weights {
        answer: [
            1.72,  // nearest
            1.65,  // nearest squared
            2.26,  // second nearest
            0.62,  // average nearness
            2.11,  // how much of the nearest phrasing was said
            3.33,  // how much of the question it speaks of
            1.79,  // weightiest word it does not speak of
            0.22,  // shared runs of letters
            2.76,  // shared pairs of words
            0.45,  // ideas met
            1.75,  // ideas of the nearest phrasing that are missing
            0.96,  // a phrasing of the same form
            1.30,  // an extent is asked for, and it gives none
            2.13,  // a result is asked for, and it gives none
            1.22,  // a general topic
            2.02,  // a general topic, and the problem's own things are named
            2.47,  // a short name in the question that belongs elsewhere
            -0.35, // a short name that was not said
        ],
        no_answer: [
            4.93, // always
            2.45, // words of the statement that no answer speaks of
            0.51, // no idea named
            0.48, // length
            1.74, // who, where, when, why
            2.52, // an extent is asked for
        ],
    };
}
