//! Starter code that is derived from the signature, in all three languages.

use expect_test::{Expect, expect};
use interviewd::problems::starter::derive;
use interviewd_domain::problem::{Language, Method, Parameter, Signature, Type};

fn parameter(name: &str, kind: &str) -> Parameter {
    Parameter {
        name: name.into(),
        kind: kind.parse().unwrap(),
    }
}

fn check(signature: &Signature, want: Expect) {
    let each =
        Language::ALL.map(|language| format!("--- {language}\n{}", derive(signature, language)));
    want.assert_eq(&each.concat());
}

#[test]
fn a_function() {
    let signature = Signature::Function {
        name: "best_rows".into(),
        params: vec![
            parameter("seat_rows", "int[][]"),
            parameter("names", "string[]"),
            parameter("limit", "float"),
        ],
        returns: Type::Bool,
        result_argument: None,
    };
    check(
        &signature,
        expect![[r#"
        --- python
        def best_rows(seat_rows: list[list[int]], names: list[str], limit: float) -> bool:
            pass
        --- javascript
        /**
         * @param {number[][]} seatRows
         * @param {string[]} names
         * @param {number} limit
         * @returns {boolean}
         */
        function bestRows(seatRows, names, limit) {
        }
        --- java
        import java.util.*;

        class Solution {
            public boolean bestRows(int[][] seatRows, String[] names, double limit) {
                return false;
            }
        }
    "#]],
    );
}

#[test]
fn a_function_on_lists_and_trees() {
    let signature = Signature::Function {
        name: "flatten".into(),
        params: vec![parameter("root", "tree<int>")],
        returns: "linked_list<int>".parse().unwrap(),
        result_argument: None,
    };
    check(
        &signature,
        expect![[r#"
        --- python
        # Already there:
        # class ListNode:
        #     def __init__(self, val=0, next=None):
        #         self.val = val
        #         self.next = next

        # Already there:
        # class TreeNode:
        #     def __init__(self, val=0, left=None, right=None):
        #         self.val = val
        #         self.left = left
        #         self.right = right

        def flatten(root: 'TreeNode | None') -> 'ListNode | None':
            pass
        --- javascript
        // Already there:
        // class ListNode {
        //   constructor(val = 0, next = null) { this.val = val; this.next = next; }
        // }

        // Already there:
        // class TreeNode {
        //   constructor(val = 0, left = null, right = null) { this.val = val; this.left = left; this.right = right; }
        // }

        /**
         * @param {?TreeNode} root
         * @returns {?ListNode}
         */
        function flatten(root) {
        }
        --- java
        import java.util.*;

        // Already there:
        // class ListNode {
        //     int val;
        //     ListNode next;
        //     ListNode(int val) { … }
        //     ListNode(int val, ListNode next) { … }
        // }

        // Already there:
        // class TreeNode {
        //     int val;
        //     TreeNode left;
        //     TreeNode right;
        //     TreeNode(int val) { … }
        //     TreeNode(int val, TreeNode left, TreeNode right) { … }
        // }

        class Solution {
            public ListNode flatten(TreeNode root) {
                return null;
            }
        }
    "#]],
    );
}

#[test]
fn a_function_that_changes_its_argument() {
    let signature = Signature::Function {
        name: "rotate".into(),
        params: vec![parameter("cells", "int[]"), parameter("steps", "int")],
        returns: Type::Void,
        result_argument: Some(0),
    };
    check(
        &signature,
        expect![[r#"
        --- python
        def rotate(cells: list[int], steps: int) -> None:
            pass
        --- javascript
        /**
         * @param {number[]} cells
         * @param {number} steps
         * @returns {void}
         */
        function rotate(cells, steps) {
        }
        --- java
        import java.util.*;

        class Solution {
            public void rotate(int[] cells, int steps) {
            }
        }
    "#]],
    );
}

#[test]
fn a_class() {
    let method = |name: &str, params, returns: &str| Method {
        name: name.into(),
        params,
        returns: returns.parse().unwrap(),
    };
    let signature = Signature::Class {
        name: "TicketDesk".into(),
        constructor: vec![],
        methods: vec![
            method("take_ticket", vec![parameter("name", "string")], "int"),
            method("close", vec![], "void"),
        ],
    };
    check(
        &signature,
        expect![[r#"
        --- python
        class TicketDesk:
            def __init__(self):
                pass

            def take_ticket(self, name: str) -> int:
                pass

            def close(self) -> None:
                pass
        --- javascript
        class TicketDesk {
          constructor() {
          }

          /**
           * @param {string} name
           * @returns {number}
           */
          takeTicket(name) {
          }

          /**
           * @returns {void}
           */
          close() {
          }
        }
        --- java
        import java.util.*;

        class TicketDesk {
            public TicketDesk() {
            }

            public int takeTicket(String name) {
                return 0;
            }

            public void close() {
            }
        }
    "#]],
    );
}

#[test]
fn a_program() {
    check(
        &Signature::Program,
        expect![[r#"
        --- python
        import sys


        def main() -> None:
            lines = sys.stdin.read().splitlines()


        main()
        --- javascript
        const lines = require('fs').readFileSync(0, 'utf8').split('\n');
        --- java
        import java.io.*;
        import java.util.*;

        public class Main {
            public static void main(String[] args) throws IOException {
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
            }
        }
    "#]],
    );
}
