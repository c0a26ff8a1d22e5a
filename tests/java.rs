//! Java in the sandbox, in the JVMs of this machine, where there is a JDK. A binary of its own, because those run one
//! after the other: JVMs are started at a low priority, and starve beside a hundred tests.

#![allow(
    clippy::disallowed_methods,
    reason = "tests ask the machine itself for time, tasks and the environment"
)]
#![allow(dead_code, reason = "what the tests of all languages share")]

#[path = "it/sandbox/java.rs"]
mod java;
#[path = "it/sandbox/programs.rs"]
mod programs;

use programs::*;
