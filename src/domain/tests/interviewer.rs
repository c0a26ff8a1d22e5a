//! The built-in interviewer through one door: scripts in, what it says and does out. See `interviewer/scripts.rs`.

#[path = "interviewer/promises.rs"]
mod promises;
#[path = "interviewer/script.rs"]
mod script;
#[path = "interviewer/scripts.rs"]
mod scripts;
