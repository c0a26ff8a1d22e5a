//! `interviewd`: a self-hostable mock-interview server. This file is the table of contents, in reading order.

pub mod access;
pub mod config;
pub mod edge;
pub mod engine;
pub mod insight;
pub mod ops;
pub mod problems;
pub mod jobs;
pub mod queue;
pub mod realtime;
pub mod runs;
pub mod sandbox;
pub mod store;
pub mod views;
