//! What a candidate finds in the editor: the empty shell of the signature, with types, in each language. It
//! compiles and, because nothing is in it yet, fails the tests politely.
//!
//! `ListNode` has `val` and `next`, `TreeNode` has `val`, `left` and `right`, in every language; the sandbox
//! brings them along, the starter shows them in a comment.

use interviewd_domain::problem::{Language, Parameter, Signature, Type};

/// Starter code for a signature.
pub fn derive(signature: &Signature, language: Language) -> String {
    match language {
        Language::Python => python(signature),
        Language::Javascript => javascript(signature),
        Language::Java => java(signature),
    }
}

fn python(signature: &Signature) -> String {
    let typed = |params: &[Parameter]| -> String {
        let each = params
            .iter()
            .map(|p| format!("{}: {}", p.name, python_type(&p.kind)));
        each.collect::<Vec<_>>().join(", ")
    };
    let nodes = node_comment(signature, "#", PYTHON_LIST, PYTHON_TREE);
    match signature {
        Signature::Function { name, params, returns, .. } => format!(
            "{nodes}def {name}({}) -> {}:\n    pass\n",
            typed(params),
            python_type(returns)
        ),
        Signature::Class { name, constructor, methods } => {
            let mut text = format!("{nodes}class {name}:\n");
            let with_self = |params: &[Parameter]| match typed(params) {
                list if list.is_empty() => "self".to_owned(),
                list => format!("self, {list}"),
            };
            text += &format!("    def __init__({}):\n        pass\n", with_self(constructor));
            for method in methods {
                text += &format!(
                    "\n    def {}({}) -> {}:\n        pass\n",
                    method.name,
                    with_self(&method.params),
                    python_type(&method.returns)
                );
            }
            text
        }
        Signature::Program => {
            "import sys\n\n\ndef main() -> None:\n    lines = sys.stdin.read().splitlines()\n\n\nmain()\n".to_owned()
        }
    }
}

fn javascript(signature: &Signature) -> String {
    let doc = |indent: &str, params: &[Parameter], returns: Option<&Type>| {
        let mut lines: Vec<String> = params
            .iter()
            .map(|p| {
                format!(
                    "@param {{{}}} {}",
                    javascript_type(&p.kind),
                    javascript_name(&p.name)
                )
            })
            .collect();
        lines.extend(returns.map(|kind| format!("@returns {{{}}}", javascript_type(kind))));
        let body: String = lines
            .iter()
            .map(|line| format!("{indent} * {line}\n"))
            .collect();
        match lines.is_empty() {
            true => String::new(),
            false => format!("{indent}/**\n{body}{indent} */\n"),
        }
    };
    let names = |params: &[Parameter]| -> String {
        let each = params.iter().map(|p| javascript_name(&p.name));
        each.collect::<Vec<_>>().join(", ")
    };
    let nodes = node_comment(signature, "//", JAVASCRIPT_LIST, JAVASCRIPT_TREE);
    match signature {
        Signature::Function {
            name,
            params,
            returns,
            ..
        } => format!(
            "{nodes}{}function {}({}) {{\n}}\n",
            doc("", params, Some(returns)),
            Language::Javascript.spell(name),
            names(params)
        ),
        Signature::Class {
            name,
            constructor,
            methods,
        } => {
            let mut text = format!("{nodes}class {name} {{\n");
            text += &doc("  ", constructor, None);
            text += &format!("  constructor({}) {{\n  }}\n", names(constructor));
            for method in methods {
                text += "\n";
                text += &doc("  ", &method.params, Some(&method.returns));
                let name = Language::Javascript.spell(&method.name);
                text += &format!("  {name}({}) {{\n  }}\n", names(&method.params));
            }
            text + "}\n"
        }
        Signature::Program => {
            "const lines = require('fs').readFileSync(0, 'utf8').split('\\n');\n".to_owned()
        }
    }
}

fn java(signature: &Signature) -> String {
    let typed = |params: &[Parameter]| -> String {
        let each = params
            .iter()
            .map(|p| format!("{} {}", java_type(&p.kind), javascript_name(&p.name)));
        each.collect::<Vec<_>>().join(", ")
    };
    let method = |name: &str, params: &[Parameter], returns: &Type| {
        let body = match java_zero(returns) {
            "" => String::new(),
            zero => format!("        return {zero};\n"),
        };
        let name = Language::Java.spell(name);
        format!(
            "    public {} {name}({}) {{\n{body}    }}\n",
            java_type(returns),
            typed(params)
        )
    };
    let nodes = node_comment(signature, "//", JAVA_LIST, JAVA_TREE);
    match signature {
        Signature::Function { name, params, returns, .. } => format!(
            "import java.util.*;\n\n{nodes}class Solution {{\n{}}}\n",
            method(name, params, returns)
        ),
        Signature::Class { name, constructor, methods } => {
            let mut text = format!("import java.util.*;\n\n{nodes}class {name} {{\n");
            text += &format!("    public {name}({}) {{\n    }}\n", typed(constructor));
            for one in methods {
                text += "\n";
                text += &method(&one.name, &one.params, &one.returns);
            }
            text + "}\n"
        }
        Signature::Program => concat!(
            "import java.io.*;\nimport java.util.*;\n\npublic class Main {\n",
            "    public static void main(String[] args) throws IOException {\n",
            "        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));\n    }\n}\n"
        )
        .to_owned(),
    }
}

const PYTHON_LIST: &str = "class ListNode:\n    def __init__(self, val=0, next=None):\n        self.val = val\n        self.next = next";
const PYTHON_TREE: &str = "class TreeNode:\n    def __init__(self, val=0, left=None, right=None):\n        self.val = val\n        self.left = left\n        self.right = right";
const JAVASCRIPT_LIST: &str = "class ListNode {\n  constructor(val = 0, next = null) { this.val = val; this.next = next; }\n}";
const JAVASCRIPT_TREE: &str = "class TreeNode {\n  constructor(val = 0, left = null, right = null) { this.val = val; this.left = left; this.right = right; }\n}";
const JAVA_LIST: &str = "class ListNode {\n    int val;\n    ListNode next;\n    ListNode(int val) { … }\n    ListNode(int val, ListNode next) { … }\n}";
const JAVA_TREE: &str = "class TreeNode {\n    int val;\n    TreeNode left;\n    TreeNode right;\n    TreeNode(int val) { … }\n    TreeNode(int val, TreeNode left, TreeNode right) { … }\n}";

/// The node classes that a signature speaks of, as a comment.
fn node_comment(signature: &Signature, mark: &str, list: &str, tree: &str) -> String {
    fn speaks_of(kind: &Type, wanted: fn(&Type) -> bool) -> bool {
        wanted(kind)
            || match kind {
                Type::Array(inner) | Type::LinkedList(inner) | Type::Tree(inner) => {
                    speaks_of(inner, wanted)
                }
                _ => false,
            }
    }
    let kinds: Vec<&Type> = match signature {
        Signature::Function {
            params, returns, ..
        } => params.iter().map(|p| &p.kind).chain([returns]).collect(),
        Signature::Class {
            constructor,
            methods,
            ..
        } => constructor
            .iter()
            .map(|p| &p.kind)
            .chain(
                methods
                    .iter()
                    .flat_map(|m| m.params.iter().map(|p| &p.kind).chain([&m.returns])),
            )
            .collect(),
        Signature::Program => Vec::new(),
    };
    let any = |wanted: fn(&Type) -> bool| kinds.iter().any(|kind| speaks_of(kind, wanted));
    let mut text = String::new();
    for (there, shape) in [
        (any(|kind| matches!(kind, Type::LinkedList(_))), list),
        (any(|kind| matches!(kind, Type::Tree(_))), tree),
    ] {
        if there {
            text += &format!("{mark} Already there:\n");
            for line in shape.lines() {
                text += &format!("{mark} {line}\n");
            }
            text += "\n";
        }
    }
    text
}

fn python_type(kind: &Type) -> String {
    match kind {
        Type::Int => "int".into(),
        Type::Float => "float".into(),
        Type::Bool => "bool".into(),
        Type::String => "str".into(),
        Type::Void => "None".into(),
        Type::Json => "object".into(),
        Type::Array(item) => format!("list[{}]", python_type(item)),
        // Quoted, so that the annotation needs no name at run time.
        Type::LinkedList(_) => "'ListNode | None'".into(),
        Type::Tree(_) => "'TreeNode | None'".into(),
    }
}

fn javascript_type(kind: &Type) -> String {
    match kind {
        Type::Int | Type::Float => "number".into(),
        Type::Bool => "boolean".into(),
        Type::String => "string".into(),
        Type::Void => "void".into(),
        Type::Json => "*".into(),
        Type::Array(item) => format!("{}[]", javascript_type(item)),
        Type::LinkedList(_) => "?ListNode".into(),
        Type::Tree(_) => "?TreeNode".into(),
    }
}

fn javascript_name(name: &str) -> String {
    Language::Javascript.spell(name)
}

fn java_type(kind: &Type) -> String {
    match kind {
        Type::Int => "int".into(),
        Type::Float => "double".into(),
        Type::Bool => "boolean".into(),
        Type::String => "String".into(),
        Type::Void => "void".into(),
        Type::Json => "Object".into(),
        Type::Array(item) => format!("{}[]", java_type(item)),
        Type::LinkedList(_) => "ListNode".into(),
        Type::Tree(_) => "TreeNode".into(),
    }
}

fn java_zero(kind: &Type) -> &'static str {
    match kind {
        Type::Void => "",
        Type::Int | Type::Float => "0",
        Type::Bool => "false",
        _ => "null",
    }
}
