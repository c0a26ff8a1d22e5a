//! The one integration binary. A new area: a module here and a folder beside.

mod interviewer;
