//! The built-in interviewer against sentences that people say: see [`corpus`].

mod corpus;
