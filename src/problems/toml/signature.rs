//! The `[signature]` table: one line of plain text for a function or a method, parsed into [`Signature`].

use super::source::{Found, Source, Table, shortened};
use interviewd_domain::problem::{Method, Parameter, Signature, Type};

/// More parameters or methods than this are a mistake.
const PARAMETERS_MAX: usize = 10;
const METHODS_MAX: usize = 20;

const FUNCTION_FIX: &str =
    "Write it like `function = \"nearest_pair(weights: int[], limit: int) -> int[]\"`";
const CLASS_FIX: &str = "Write it like `class = \"TicketDesk(size: int)\"`";
const METHOD_FIX: &str =
    "Write each like `\"serve(ticket: int) -> bool\"`; without `->` it returns nothing";

/// Words that cannot name a parameter in one of the three languages.
const RESERVED: &[&str] = &[
    "and",
    "as",
    "assert",
    "async",
    "await",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "def",
    "default",
    "del",
    "delete",
    "do",
    "double",
    "elif",
    "else",
    "enum",
    "except",
    "export",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "from",
    "function",
    "global",
    "goto",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "int",
    "interface",
    "is",
    "lambda",
    "let",
    "long",
    "native",
    "new",
    "none",
    "nonlocal",
    "not",
    "null",
    "or",
    "package",
    "pass",
    "private",
    "protected",
    "public",
    "raise",
    "return",
    "self",
    "short",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "throws",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

pub fn read(source: &Source<'_>, table: Table<'_>) -> Option<Signature> {
    let function = table.text("function");
    let class = table.text("class");
    let program = table.flag("program");
    let methods = table.texts("methods");
    let judge = table.text("judge");
    let signature = match (function, class, program) {
        (Some(line), None, false) => function_signature(source, &line, judge.as_ref()),
        (None, Some(line), false) => class_signature(source, &line, &methods, table.at()),
        (None, None, true) => Some(Signature::Program),
        _ => {
            source.error(
                table.at(),
                "[signature] must say exactly one of `function`, `class` or `program = true`",
                FUNCTION_FIX,
            );
            None
        }
    };
    if let (Some(judge), Some(Signature::Class { .. } | Signature::Program)) = (&judge, &signature)
    {
        source.error(
            judge.at(),
            "`judge` belongs to functions alone",
            "Remove it",
        );
    }
    if let (Some(first), Some(Signature::Function { .. } | Signature::Program)) =
        (methods.first(), &signature)
    {
        source.error(
            first.at(),
            "`methods` belong to classes alone",
            "Remove them",
        );
    }
    table.close();
    signature
}

fn function_signature(
    source: &Source<'_>,
    line: &Found<String>,
    judge: Option<&Found<String>>,
) -> Option<Signature> {
    let call = call(source, line, FUNCTION_FIX)?;
    if call.params.is_empty() {
        source.error(line.at(), "the function takes no arguments", FUNCTION_FIX);
        return None;
    }
    let mut result_argument = None;
    if let Some(judge) = judge {
        result_argument = call.params.iter().position(|p| p.name == judge.value);
        if result_argument.is_none() {
            source.error(
                judge.at(),
                format!(
                    "`judge` names `{}`, which is no parameter",
                    shortened(&judge.value)
                ),
                "Write the name of the parameter that the function changes in place",
            );
            return None;
        }
    }
    if call.returns == Type::Void && result_argument.is_none() {
        source.error(
            line.at(),
            "the function returns nothing, so nothing can be judged",
            "Add `-> int` (or another type), or `judge = \"name of the parameter it changes\"`",
        );
        return None;
    }
    Some(Signature::Function {
        name: call.name,
        params: call.params,
        returns: call.returns,
        result_argument,
    })
}

fn class_signature(
    source: &Source<'_>,
    line: &Found<String>,
    methods: &[Found<String>],
    at: usize,
) -> Option<Signature> {
    let constructor = call(source, line, CLASS_FIX)?;
    if !constructor
        .name
        .starts_with(|c: char| c.is_ascii_uppercase())
    {
        let fix = "Begin it with a capital letter, like `TicketDesk`";
        source.error(line.at(), "a class name is written in PascalCase", fix);
        return None;
    }
    if methods.is_empty() || methods.len() > METHODS_MAX {
        let message = format!("a class has between 1 and {METHODS_MAX} `methods`");
        source.error(at, message, METHOD_FIX);
        return None;
    }
    let mut read: Vec<Method> = Vec::new();
    for line in methods {
        let method = call(source, line, METHOD_FIX)?;
        if read.iter().any(|known| known.name == method.name) {
            let message = format!("the method `{}` is there twice", method.name);
            source.error(line.at(), message, "Give each method a name of its own");
            return None;
        }
        read.push(Method {
            name: method.name,
            params: method.params,
            returns: method.returns,
        });
    }
    Some(Signature::Class {
        name: constructor.name,
        constructor: constructor.params,
        methods: read,
    })
}

struct Call {
    name: String,
    params: Vec<Parameter>,
    returns: Type,
}

/// `name(a: int, b: int[]) -> bool`
fn call(source: &Source<'_>, line: &Found<String>, fix: &str) -> Option<Call> {
    let complain = |message: String| {
        source.error(line.at(), message, fix);
        None::<Call>
    };
    let text = line.value.trim();
    let (head, returns) = match text.rsplit_once("->") {
        Some((head, returns)) => (head.trim(), returns.trim()),
        None => (text, "void"),
    };
    let Some((name, inside)) = head.strip_suffix(')').and_then(|head| head.split_once('(')) else {
        return complain(format!("`{}` is not a signature", shortened(text)));
    };
    let name = name.trim();
    let pascal = name.starts_with(|c: char| c.is_ascii_uppercase());
    if !is_name(name, pascal) {
        return complain(format!(
            "`{}` cannot be a name in all three languages",
            shortened(name)
        ));
    }
    let returns = match returns.parse() {
        Ok(kind) => kind,
        Err(message) => return complain(message),
    };
    let mut params: Vec<Parameter> = Vec::new();
    for piece in inside.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let Some((name, kind)) = piece.split_once(':') else {
            return complain(format!("the parameter `{}` has no type", shortened(piece)));
        };
        let name = name.trim();
        if !is_name(name, false) {
            return complain(format!(
                "`{}` cannot name a parameter in all three languages",
                shortened(name)
            ));
        }
        if params.iter().any(|known| known.name == name) {
            return complain(format!("the parameter `{name}` is there twice"));
        }
        let kind = match kind.trim().parse::<Type>() {
            Ok(Type::Void) => return complain(format!("the parameter `{name}` cannot be void")),
            Ok(kind) => kind,
            Err(message) => return complain(message),
        };
        params.push(Parameter {
            name: name.to_owned(),
            kind,
        });
    }
    if params.len() > PARAMETERS_MAX {
        return complain(format!("more than {PARAMETERS_MAX} parameters"));
    }
    Some(Call {
        name: name.to_owned(),
        params,
        returns,
    })
}

fn is_name(word: &str, pascal: bool) -> bool {
    let letters = |c: char| {
        c.is_ascii_digit()
            || c.is_ascii_lowercase()
            || (if pascal {
                c.is_ascii_uppercase()
            } else {
                c == '_'
            })
    };
    (1..=40).contains(&word.len())
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(letters)
        && !word.ends_with('_')
        && !RESERVED.contains(&word)
}
