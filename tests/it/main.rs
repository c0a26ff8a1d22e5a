//! The integration tests: one module an area, one binary for all.

mod config;
mod contrast;
mod evaluation;
mod insight;
mod interviewer;
mod pages;
mod queue;
mod sandbox;
mod tidy;
