pub mod facts;
pub mod order;
