//! The public contract over HTTP, through the real router.
//!
//! `accounts`: signing up and in, cookies, other sites, throttling. `sessions`: interviews over the API. `secrets`:
//! what must never leave. `headers`: what every answer carries. `forms`: pages that post. `openapi`: the description.
//! `server` is the fixture.

mod accounts;
mod forms;
mod headers;
mod openapi;
pub mod secrets;
pub mod server;
mod sessions;
