//! The sandbox with its real guests in real worker processes. Most tests share one set of workers, and all share one
//! cache of compiled guests, which survives between runs of the tests (the first one fills it, which takes a while).
//!
//! `behaviour`: what code may do and what it is told. `judging`: whole runs on a problem. `walls`: each layer stops
//! what the others would let through. `supervision`: workers die, hang and come back.
//! `programs`: what they share. `java` is a binary of its own, `tests/java.rs`.

mod behaviour;
mod judging;
pub mod programs;
mod supervision;
mod walls;

use programs::*;
pub(crate) use programs::{config, java_places, sandbox};
