//! The integration tests: one module an area, one binary for all.

mod evaluation;
mod insight;
