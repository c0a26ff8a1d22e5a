pub mod starter;
pub mod toml;
