//! The integration tests: one module an area, one binary for all.

mod contrast;
mod interviewer;
mod pages;
mod sandbox;
