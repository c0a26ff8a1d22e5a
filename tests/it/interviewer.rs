//! The built-in interviewer against sentences that people say: see [`corpus`] and [`fitting`].

mod corpus;
mod fitting;
