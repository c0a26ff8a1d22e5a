//! The pages: one file each, named as its template in `templates/pages/`.
//!
//! A page here is a struct that a template can be filled from; it knows nothing of requests or stores.
//! To add one: `pages/x.rs` with the struct, `templates/pages/x.html` that extends `layout.html`, a line below.

pub mod dashboard;
pub mod design;
pub mod docs;
pub mod error;
pub mod interview;
pub mod landing;
pub mod legal;
pub mod login;
pub mod problems;
pub mod settings;
pub mod signup;
pub mod start;
pub mod summary;
