//! The web: what a browser sees.
//!
//! `frame` is what every page shares (who is signed in, theme, banners); `filters` is what templates may call;
//! `pages` holds one file per page.

pub mod filters;
pub mod frame;
pub mod pages;
