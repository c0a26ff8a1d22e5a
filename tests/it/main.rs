//! The integration tests: one module an area, one binary for all.

mod config;
mod contrast;
mod evaluation;
mod insight;
mod interviewer;
mod queue;
mod sandbox;
mod store;
mod tidy;
