//! `interviewd`: a self-hostable mock-interview server. This file is the table of contents, in reading order.

pub mod problems;
