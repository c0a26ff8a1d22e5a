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
            1.79,  // nearest
            1.75,  // nearest squared
            2.13,  // second nearest
            1.22,  // average nearness
            2.02,  // how much of the nearest phrasing was said
            2.47,  // how much of the question it speaks of
            -0.35, // weightiest word it does not speak of
            0.48,  // shared runs of letters
            2.72,  // shared pairs of words
            0.49,  // ideas met
            -0.37, // ideas of the nearest phrasing that are missing
            0.97,  // a phrasing of the same form
            1.28,  // an extent is asked for, and it gives none
            -0.97, // a result is asked for, and it gives none
            -1.21, // a general topic
            -1.79, // a general topic, and the problem's own things are named
            -2.66, // a short name in the question that belongs elsewhere
            -2.29, // a short name that was not said
        ],
        no_answer: [
            4.47,  // always
            2.57,  // words of the statement that no answer speaks of
            0.54,  // no idea named
            -2.94, // length
            1.80,  // who, where, when, why
            2.49,  // an extent is asked for
        ],
    };
}
