//! The integration tests: one module an area, one binary for all.

<<<<<<< HEAD
mod contrast;
mod interviewer;
mod pages;
mod sandbox;
=======
mod insight;
>>>>>>> evaluation
