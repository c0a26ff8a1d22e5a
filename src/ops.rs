//! What keeps a server healthy: its log (more to come beside it: metrics, backup, doctor).

pub mod log;
