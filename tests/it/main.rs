//! The one integration binary. A new area: a module here and a folder beside.

mod interviewer;
//! The one integration test binary; one module per area.

mod sandbox;
