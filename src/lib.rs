//! `interviewd`: a self-hostable mock-interview server. This file is the table of contents, in reading order.

pub mod access;
pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod edge;
pub mod engine;
pub mod insight;
pub mod jobs;
pub mod ops;
pub mod problems;
pub mod queue;
pub mod realtime;
pub mod runs;
pub mod sandbox;
pub mod store;
pub mod views;
pub mod web;
