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
            1.59,  // nearest
            1.93,  // nearest squared
            2.73,  // second nearest
            1.49,  // average nearness
            1.94,  // how much of the nearest phrasing was said
            2.52,  // how much of the question it speaks of
            -0.40, // weightiest word it does not speak of
            0.59,  // shared runs of letters
            2.55,  // shared pairs of words
            0.67,  // ideas met
            -0.59, // ideas of the nearest phrasing that are missing
            1.22,  // a phrasing of the same form
            1.60,  // an extent is asked for, and it gives none
            -1.98, // a result is asked for, and it gives none
            -0.66, // a general topic
            -2.16, // a general topic, and the problem's own things are named
            -3.15, // a short name in the question that belongs elsewhere
            -2.56, // a short name that was not said
        ],
        no_answer: [
            4.50,  // always
            -0.21, // unheard words
            3.04,  // words of the statement that no answer speaks of
            0.75,  // no idea named
            -2.35, // length
            1.93,  // who, where, when, why
            2.69,  // an extent is asked for
        ],
    };
}
