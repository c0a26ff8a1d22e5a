//! The integration tests: one module an area, one binary for all.

mod contrast;
mod evaluation;
mod insight;
mod interviewer;
mod problems;
mod pages;
mod sandbox;
mod store;
