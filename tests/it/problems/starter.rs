//! Starter code that is derived from the signature, in all three languages.

use expect_test::{Expect, expect};
use interviewd::problems::starter::derive;
use interviewd_domain::problem::{Language, Method, Parameter, Signature, Type};

fn parameter(name: &str, kind: &str) -> Parameter {
    Parameter { name: name.into(), kind: kind.parse().unwrap() }
}

fn check(signature: &Signature, want: Expect) {
    let each = Language::ALL.map(|language| format!("--- {language}\n{}", derive(signature, language)));
    want.assert_eq(&each.concat());
}

#[test]
fn a_function() {
    let signature = Signature::Function {
        name: "best_rows".into(),
        params: vec![parameter("seat_rows", "int[][]"), parameter("names", "string[]"), parameter("limit", "float")],
        returns: Type::Bool,
        result_argument: None,
    };
    check(&signature, expect![[r#""#]]);
}

#[test]
fn a_function_on_lists_and_trees() {
    let signature = Signature::Function {
        name: "flatten".into(),
        params: vec![parameter("root", "tree<int>")],
        returns: "linked_list<int>".parse().unwrap(),
        result_argument: None,
    };
    check(&signature, expect![[r#""#]]);
}

#[test]
fn a_function_that_changes_its_argument() {
    let signature = Signature::Function {
        name: "rotate".into(),
        params: vec![parameter("cells", "int[]"), parameter("steps", "int")],
        returns: Type::Void,
        result_argument: Some(0),
    };
    check(&signature, expect![[r#""#]]);
}

#[test]
fn a_class() {
    let method = |name: &str, params, returns: &str| Method { name: name.into(), params, returns: returns.parse().unwrap() };
    let signature = Signature::Class {
        name: "TicketDesk".into(),
        constructor: vec![],
        methods: vec![method("take_ticket", vec![parameter("name", "string")], "int"), method("close", vec![], "void")],
    };
    check(&signature, expect![[r#""#]]);
}

#[test]
fn a_program() {
    check(&Signature::Program, expect![[r#""#]]);
}
