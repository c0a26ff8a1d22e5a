//! What any interviewer can answer, whatever the problem is: time, language, tools, rules of the game.
//!
//! To add a topic: add a variant to [`Topic`], its phrasings to [`BANK`], and an answer to [`answers`] (at least two
//! wordings, since nothing is ever said twice).

use crate::problem::{Case, CaseInput, Language, Parameter, Problem, Signature, Type};
use crate::run::{Limits, RunKind};
use regex::Regex;
use std::sync::LazyLock;

/// Something that has an answer without a clarification in the problem file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    TimeLeft,
    TimeLimit,
    LanguageVersion,
    Libraries,
    RunCode,
    Pseudocode,
    BruteForce,
    ReturnValue,
    Constraints,
    Examples,
    ComplexityTarget,
    ConfirmApproach,
    HelperFunctions,
    PrintDebugging,
    Lookup,
    Notes,
    HiddenCases,
    EdgeCases,
    Scoring,
    WhoAreYou,
    ThinkAloud,
    SubmitFlow,
    WhatNext,
}

impl Topic {
    /// The name that corpora use.
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::TimeLeft => "time_left",
            Topic::TimeLimit => "time_limit",
            Topic::LanguageVersion => "language_version",
            Topic::Libraries => "libraries",
            Topic::RunCode => "run_code",
            Topic::Pseudocode => "pseudocode",
            Topic::BruteForce => "brute_force",
            Topic::ReturnValue => "return_value",
            Topic::Constraints => "constraints",
            Topic::Examples => "examples",
            Topic::ComplexityTarget => "complexity_target",
            Topic::ConfirmApproach => "confirm_approach",
            Topic::HelperFunctions => "helper_functions",
            Topic::PrintDebugging => "print_debugging",
            Topic::Lookup => "lookup",
            Topic::Notes => "notes",
            Topic::HiddenCases => "hidden_cases",
            Topic::EdgeCases => "edge_cases",
            Topic::Scoring => "scoring",
            Topic::WhoAreYou => "who_are_you",
            Topic::ThinkAloud => "think_aloud",
            Topic::SubmitFlow => "submit_flow",
            Topic::WhatNext => "what_next",
        }
    }

    /// Whether a question in plain words can be about this at all: each topic has words it is never asked without, and
    /// some that show that something else is meant.
    pub fn may_be_meant(self, plain: &str) -> bool {
        CUES.iter()
            .find(|(topic, ..)| *topic == self)
            .is_none_or(|(_, needed, refused)| {
                needed.is_match(plain)
                    && !refused
                        .as_ref()
                        .is_some_and(|refused| refused.is_match(plain))
            })
    }
}

static CUES: LazyLock<Vec<(Topic, Regex, Option<Regex>)>> = LazyLock::new(|| {
    let pattern = |text: &str| Regex::new(text).expect("a literal pattern");
    let cue = |topic, needed: &str, refused: &str| {
        (
            topic,
            pattern(needed),
            (!refused.is_empty()).then(|| pattern(refused)),
        )
    };
    vec![
        cue(
            Topic::TimeLeft,
            r"\btime (do|have|left|remain\w*|is left|until)|\bminutes? (do|left|remain\w*)|\b(remaining|out of) time\b|\bclock\b|\bhow long (do|is th|are|have|will|does th)|\btime is (left|up)\b|\b(doing|good|okay|ok) (on|with|for) time\b|\bwhen does\b.*\bend\b",
            r"\b(complexity|o\(|constant|linear|input|list|array|string|word)\b",
        ),
        cue(
            Topic::TimeLimit,
            r"\b(time ?limits?|time ?outs?|times out|timed out|seconds?|memory limit|how much memory|how long .*run)\b",
            "",
        ),
        cue(
            Topic::LanguageVersion,
            r"\bversion\b|\b(python|java|javascript|typescript|node|rust|go|kotlin|ruby)\b|\b(write|switch|code|program\w*|work|choose|prefer|another|different|other|use)\b.*\blanguages?\b|\blanguages?\b.*\b(write|switch|code|program\w*|choose|prefer|use)\b",
            "",
        ),
        cue(
            Topic::Libraries,
            r"\b(librar\w+|stdlib|import\w*|modules?|packages?|built|builtins?|collections|counter|itertools|numpy|pandas|lodash|heapq|deque|bisect|regex|regular|functools|dependenc\w+|standard|hash ?map|dictionary|sort|methods?|data structures?)\b",
            r"\b(input|already)\b",
        ),
        cue(
            Topic::RunCode,
            r"\b(run|execute|try|test|compile|running)\b.*\b(code|it|tests?|this|program|solution|often|out)\b|\b(code|program|tests?)\b.*\b(run|executed?|compiled?)\b",
            r"\b(linear|constant|o\(|time|parallel|hidden)\b",
        ),
        cue(Topic::Pseudocode, r"\bpseudo", ""),
        cue(
            Topic::BruteForce,
            r"\b(brute|naive|simple|simpler|simplest|slow|slower|straightforward|inefficient|suboptimal|unoptimi[sz]ed|not optimal|basic)\b",
            "",
        ),
        cue(
            Topic::ReturnValue,
            r"\b(return\w*|output|gives? back|result|parameters?|arguments?|types?|input format|formats?|take in|print it|signature)\b",
            r"\b(if|when|case|for an?|not|no|none|never|order|which one|first|empty|several|multiple|more than|unknown|missing|start|count|indices|zero|same|both|all|sorted|copy|in place|lower|upper|float|overlap\w*|negative)\b",
        ),
        cue(
            Topic::Constraints,
            r"\b(constraints?|limits?|bounds?|bounded|range|ranges|max\w*|min\w*|how (large|big|long|many|small|huge|much)|at most|upper|largest|biggest|longest|size of the|huge|scale)\b",
            r"\b(how much time|time limit|minutes?|if|when|memory|answers?|solutions?|return\w*|tests?|hints?|questions?|output|directions?)\b",
        ),
        cue(
            Topic::Examples,
            r"\b(examples?|samples?|walk me through|illustrate)\b",
            "",
        ),
        cue(
            Topic::ComplexityTarget,
            r"\b(complexity|efficien\w+|fast|faster|performan\w+|optimal|optimi[sz]e\w*|linear|quadratic|constant|logarithmic|o\(.*|speed|big-o|time or|run ?time)",
            r"\b(both operations|python|calls?)\b",
        ),
        cue(
            Topic::ConfirmApproach,
            r"\b(approach|idea|plan|track|solution|code|correct|right|good|work|sense|agree|direction|reasonable|should i|should we|better|best)\b",
            r"\b(assume|input|always|exist\w*|guarantee\w*|exactly|unique)\b",
        ),
        cue(
            Topic::HelperFunctions,
            r"\b(helpers?|functions?|signature|rename|name|class|classes|methods?)\b",
            r"\b(return\w*|if|gives? back|called|case|same)\b",
        ),
        cue(
            Topic::PrintDebugging,
            r"\b(print\w*|console|logging|debug\w*)\b",
            "",
        ),
        cue(
            Topic::Lookup,
            r"\b(google|look\w* (\w+ )?up|search|internet|web|docs?|documentation|chatgpt|copilot|stack|online|reference)\b",
            r"\b(jar|key|value|spice|item)\b",
        ),
        cue(
            Topic::Notes,
            r"\b(notes?|paper|pen|whiteboard|comments?|draw|sketch|scratch\w*)\b",
            r"\b(ransom|bank)\b",
        ),
        cue(
            Topic::HiddenCases,
            r"\b(hidden|secret|private|test ?cases?|(how many|which|what) tests)\b",
            r"\b(edge|corner|special)\b",
        ),
        cue(
            Topic::EdgeCases,
            r"\b(edge|corner|special|tricky|boundary) ?(cases?|inputs?|conditions?)\b",
            "",
        ),
        cue(
            Topic::Scoring,
            r"\b(scor\w+|grad\w+|evaluat\w+|judg\w+|how am i doing|pass|passed|assess\w*|rated?|rating|look for in|feedback|criteria)\b",
            r"\b(scores|graded list|on time)\b",
        ),
        cue(
            Topic::WhoAreYou,
            r"\b(you|your)\b",
            r"\b(mean|want|expect|give|show|tell|explain|think|like|need|help|say|call|looking|care|prefer|clarify|define|repeat|have|test|can|could|would)\b",
        ),
        cue(
            Topic::ThinkAloud,
            r"\b(aloud|out loud|loud|quiet\w*|silen\w*|talk\w*|speak\w*|explain\w*|narrat\w+|comment\w*)\b",
            r"\b(example|problem|question)\b",
        ),
        cue(
            Topic::SubmitFlow,
            r"\b(submi\w+|finish|end (the|this|my|it) ?(interview|session|early)?|early|run and)\b",
            r"\b(list|array|string|grid|path|word)\b",
        ),
        cue(
            Topic::WhatNext,
            r"\b((what|do|comes?) (is |should i do |now |do i do )?next|next step|(start|begin)\b.*\b(cod\w+|writ\w+|implement\w*|now)|do now|implement\w*|go ahead)\b",
            r"\b(next to|node|element|pointer|number|cell)\b",
        ),
    ]
});

/// Ways to ask about each topic.
pub const BANK: &[(Topic, &[&str])] = &[
    (
        Topic::TimeLeft,
        &[
            "how much time do I have",
            "how much time do I have left",
            "how much time is left",
            "how long do I have for this",
            "how many minutes are left",
            "how much time is remaining",
            "how long is the interview",
            "am I running out of time",
        ],
    ),
    (
        Topic::TimeLimit,
        &[
            "is there a time limit for the code",
            "how long may my program run before it times out",
            "what is the timeout for each test case",
            "how fast must the code run in seconds",
            "what is the memory limit",
        ],
    ),
    (
        Topic::LanguageVersion,
        &[
            "which version of python is this",
            "what language version do we use",
            "which java version",
            "can I use another language",
            "may I switch to javascript",
            "which programming languages can I use",
            "do I have to write it in python",
        ],
    ),
    (
        Topic::Libraries,
        &[
            "may I use the standard library",
            "can I import libraries",
            "am I allowed to use built in functions",
            "can I use collections or itertools",
            "are external packages like numpy available",
            "can I use the built in sort",
            "may I use a built in hash map or a dictionary",
            "is it okay to import modules",
        ],
    ),
    (
        Topic::RunCode,
        &[
            "can I run my code",
            "may I execute the code and try it out",
            "how do I run the tests",
            "can I run it as often as I want",
            "is there a way to compile and run this",
            "can I test my code here",
        ],
    ),
    (
        Topic::Pseudocode,
        &[
            "can I write pseudocode first",
            "is pseudocode enough",
            "does it have to be real working code or is pseudo code fine",
        ],
    ),
    (
        Topic::BruteForce,
        &[
            "is a brute force solution okay to start with",
            "can I begin with the naive approach",
            "should I start with a simple version and optimise later",
            "is a slow solution fine at first",
            "can I do brute force first",
        ],
    ),
    (
        Topic::ReturnValue,
        &[
            "what does the function return",
            "what should the function return",
            "what is the return type",
            "what is the expected output format",
            "what are the parameters of the function",
            "what is the input format",
            "what arguments does the function get",
            "what types are the inputs",
            "do I return the result or print it",
        ],
    ),
    (
        Topic::Constraints,
        &[
            "what are the constraints",
            "how large can the input be",
            "how big does the input get",
            "what is the maximum size of the input",
            "what is the range of the values",
            "what are the limits on the input",
            "how many elements can there be at most",
            "is the input huge",
        ],
    ),
    (
        Topic::Examples,
        &[
            "can you give me an example",
            "could you walk me through an example",
            "can we go through a sample input and output",
            "do you have another example",
            "can you explain the first example",
            "can I see a sample",
        ],
    ),
    (
        Topic::ComplexityTarget,
        &[
            "what time complexity do you expect",
            "how efficient should the solution be",
            "is there a target complexity",
            "does performance matter",
            "is o(n) good enough",
            "do you want the optimal solution",
            "should I optimise for time or for space",
            "is linear time required",
            "is quadratic fast enough",
            "how fast should it be",
        ],
    ),
    (
        Topic::ConfirmApproach,
        &[
            "is this the right approach",
            "does my approach make sense",
            "am I on the right track",
            "is my idea correct",
            "would that work",
            "does that sound good",
            "is that correct so far",
            "is my solution correct",
            "is my code right",
            "do you agree with my plan",
            "am I going in the right direction",
            "does that sound reasonable",
            "should I use a hash map",
            "would recursion be better",
        ],
    ),
    (
        Topic::HelperFunctions,
        &[
            "can I write helper functions",
            "may I add more functions",
            "can I change the function signature",
            "can I rename the function",
            "may I define my own class",
            "does the function name matter",
            "do I have to keep the signature",
        ],
    ),
    (
        Topic::PrintDebugging,
        &[
            "can I use print statements",
            "can I print for debugging",
            "where do I see console.log output",
            "is there a debugger",
            "where does the print output go",
        ],
    ),
    (
        Topic::Lookup,
        &[
            "may I google something",
            "can I look up the documentation",
            "am I allowed to search the internet",
            "can I use chatgpt or copilot",
            "can I check the docs",
        ],
    ),
    (
        Topic::Notes,
        &[
            "may I take notes",
            "can I use pen and paper",
            "can I write my thoughts as comments first",
            "is there a whiteboard",
            "can I draw it on paper",
        ],
    ),
    (
        Topic::HiddenCases,
        &[
            "what are the hidden test cases",
            "can you show me the hidden tests",
            "how many hidden cases are there",
            "what does the secret test check",
            "are there hidden tests",
        ],
    ),
    (
        Topic::EdgeCases,
        &[
            "which edge cases should I consider",
            "what corner cases are there",
            "are there any special cases I should think of",
            "do I need to handle edge cases",
            "did I miss any edge cases",
        ],
    ),
    (
        Topic::Scoring,
        &[
            "how am I doing",
            "how will I be evaluated",
            "what is my score",
            "did I pass",
            "how is this graded",
            "what do you look for in the evaluation",
        ],
    ),
    (
        Topic::WhoAreYou,
        &[
            "are you a robot",
            "are you a human or an ai",
            "who are you",
            "what is your name",
            "am I talking to a real person",
        ],
    ),
    (
        Topic::ThinkAloud,
        &[
            "should I think out loud",
            "do you want me to talk while I code",
            "may I think quietly for a while",
            "can I work in silence",
            "do I need to explain what I am doing",
        ],
    ),
    (
        Topic::SubmitFlow,
        &[
            "how do I submit",
            "can I submit more than once",
            "what happens when I submit",
            "how do I end the interview",
            "can I finish early",
            "what is the difference between run and submit",
        ],
    ),
    (
        Topic::WhatNext,
        &[
            "what should I do now",
            "what is next",
            "should I start coding",
            "can I start coding now",
            "shall I begin to write the code",
            "may I start implementing",
        ],
    ),
];

/// What to say about a topic, best wording first. `remaining_minutes` is rounded down.
pub fn answers(
    topic: Topic,
    problem: &Problem,
    language: Language,
    remaining_minutes: u64,
) -> Vec<String> {
    let fixed = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    match topic {
        Topic::TimeLeft => {
            let left = match remaining_minutes {
                0 => "less than a minute".to_owned(),
                1 => "about one minute".to_owned(),
                minutes => format!("about {minutes} minutes"),
            };
            vec![
                format!("You have {left} left; the clock at the top has it exactly."),
                format!("There is {left} to go. I will warn you before it gets tight."),
                format!("Roughly: {left}. The clock at the top counts down."),
            ]
        }
        Topic::TimeLimit => {
            let seconds = Limits::standard(language, RunKind::Run).case_ms / 1_000;
            vec![
                format!(
                    "Each case may run for {seconds} seconds and use 512 megabytes. A sensible solution stays far below both."
                ),
                format!("The limits are {seconds} seconds a case and 512 megabytes of memory."),
            ]
        }
        Topic::LanguageVersion => {
            let version = match language {
                Language::Python => "Python 3, a current version",
                Language::Javascript => "modern JavaScript, with everything of the language itself",
                Language::Java => "Java 21",
            };
            let offered: Vec<&str> = problem.starter.keys().map(|l| l.label()).collect();
            vec![
                format!(
                    "You are writing {version}. The problem can be solved in {}; the menu above the editor switches.",
                    and(&offered)
                ),
                format!("We use {version} here."),
            ]
        }
        Topic::Libraries => fixed(&[
            "The whole standard library is yours, data structures and sorting included. Third-party packages are not installed.",
            "Built-in types and standard modules are fine; just be ready to say what they cost. External packages are not there.",
        ]),
        Topic::RunCode => fixed(&[
            "Yes, run it whenever you like: the Run button executes the visible cases and shows each result.",
            "Use Run as you go; it tries the examples. Submit adds the cases you cannot see.",
        ]),
        Topic::Pseudocode => fixed(&[
            "Sketch it in pseudocode if that helps you, as long as real code follows in the end.",
            "Pseudocode is a fine start. What counts at the end is code that runs.",
        ]),
        Topic::BruteForce => fixed(&[
            "Starting with a simple version is fine. Say what it costs, then we can see whether you want to improve it.",
            "A plain first version is a legitimate plan. Name its complexity when you describe it.",
        ]),
        Topic::ReturnValue => vec![
            format!(
                "Here is what the code has to offer: {}.",
                contract(&problem.signature, language)
            ),
            format!(
                "By the signature: {}. The starter code has it too.",
                contract(&problem.signature, language)
            ),
        ],
        Topic::Constraints => {
            if problem.constraints.is_empty() {
                return fixed(&[
                    "There are no constraints written down. Choose a sensible assumption and say it aloud.",
                    "Nothing is specified about sizes. State what you assume.",
                ]);
            }
            let constraints = plain(&problem.constraints.join("; "));
            vec![
                format!("The constraints are these: {constraints}."),
                format!("From the statement: {constraints}. They stand below the examples."),
            ]
        }
        Topic::Examples => match problem.examples.first() {
            None => fixed(&[
                "There is no example for this one. Make one up, and tell me what should come out.",
                "No examples here; invent a small one and work it through.",
            ]),
            Some(first) => {
                let mut lines = vec![format!("Take the first example. {}", example(first))];
                lines.extend(
                    problem
                        .examples
                        .iter()
                        .skip(1)
                        .map(|case| format!("Another one. {}", example(case))),
                );
                lines
            }
        },
        Topic::ComplexityTarget => fixed(&[
            "I have no number for you: choose something that fits the constraints, and tell me what your solution costs in time and space.",
            "Look at the constraints and decide what is good enough. I am interested in how you justify it.",
        ]),
        Topic::ConfirmApproach => fixed(&[
            "I would rather not judge it yet. Walk it through one example and see whether it holds.",
            "You decide that one. What would convince you that it is correct?",
            "I will not confirm or rule it out; try it on an awkward input and tell me what happens.",
        ]),
        Topic::HelperFunctions => fixed(&[
            "Add as many functions or classes of your own as you like, but keep the given name and parameters: the tests call those.",
            "Helpers are fine. Only the given signature has to stay, since the tests rely on it.",
        ]),
        Topic::PrintDebugging => fixed(&[
            "Yes, printing is fine; what you print shows in the console, case by case, and does not disturb the result.",
            "Print whatever you need, it ends up in the console below the editor.",
        ]),
        Topic::Lookup => fixed(&[
            "Please work without outside help here. If you forget a name in the standard library, tell me what you need and go on.",
            "No looking things up, please; a small slip in a library name will not matter.",
        ]),
        Topic::Notes => fixed(&[
            "Sure, use paper, or comments in the editor, whatever helps you think.",
            "Take notes any way you like.",
        ]),
        Topic::HiddenCases => fixed(&[
            "There are cases that only Submit runs, and I can not show them. They test the same rules that the statement gives.",
            "What the hidden cases hold stays with me. Think about which inputs you would try to break it with.",
        ]),
        Topic::EdgeCases => fixed(&[
            "Finding those is part of the exercise. Which inputs would worry you?",
            "I leave that list to you. Go through the constraints and look at their extremes.",
        ]),
        Topic::Scoring => fixed(&[
            "I can not tell you while we are at it. Afterwards you get an evaluation that points at what you said, wrote and ran.",
            "That comes at the end: problem solving, code quality, communication, efficiency and testing, each with its evidence.",
        ]),
        Topic::WhoAreYou => fixed(&[
            "I am the built-in interviewer, a program. I follow the problem file and your work, nothing else.",
            "A program that plays the interviewer. Your time here is real practice all the same.",
        ]),
        Topic::ThinkAloud => fixed(&[
            "Hearing your reasoning helps, but take quiet time when you need it; there is a button that asks me for silence.",
            "Say the main decisions aloud. Between them, silence is fine.",
        ]),
        Topic::SubmitFlow => fixed(&[
            "Run tries the visible cases, Submit tries all of them, and you may do both repeatedly. End closes the interview for good.",
            "Submit as often as you want; when you are through, press End and confirm.",
        ]),
        Topic::WhatNext => fixed(&[
            "Whenever you are ready. If you have told me your approach, write the code; if not, start with that.",
            "You lead. A sentence about your plan first, then code.",
        ]),
    }
}

fn and(list: &[&str]) -> String {
    match list {
        [] => "any of the offered languages".to_owned(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The signature as a sentence.
fn contract(signature: &Signature, language: Language) -> String {
    let list = |params: &[Parameter]| {
        let named: Vec<String> = params
            .iter()
            .map(|p| format!("{} ({})", language.spell(&p.name), spoken_type(&p.kind)))
            .collect();
        if named.is_empty() {
            "nothing".to_owned()
        } else {
            named.join(", ")
        }
    };
    match signature {
        Signature::Function {
            name,
            params,
            returns,
            result_argument,
        } => {
            let result = match result_argument.and_then(|index| params.get(index)) {
                Some(param) => format!("changes {} in place", language.spell(&param.name)),
                None => format!("returns {}", spoken_type(returns)),
            };
            format!(
                "{} takes {} and {result}",
                language.spell(name),
                list(params)
            )
        }
        Signature::Class {
            name,
            constructor,
            methods,
        } => {
            let methods: Vec<String> = methods
                .iter()
                .map(|m| {
                    format!(
                        "{} takes {} and returns {}",
                        language.spell(&m.name),
                        list(&m.params),
                        spoken_type(&m.returns)
                    )
                })
                .collect();
            format!(
                "a class {name}, made from {}; {}",
                list(constructor),
                methods.join("; ")
            )
        }
        Signature::Program => {
            "a program that reads standard input and writes standard output".to_owned()
        }
    }
}

fn spoken_type(kind: &Type) -> String {
    match kind {
        Type::Int => "an integer".to_owned(),
        Type::Float => "a float".to_owned(),
        Type::Bool => "true or false".to_owned(),
        Type::String => "a string".to_owned(),
        Type::Void => "nothing".to_owned(),
        Type::Json => "a value".to_owned(),
        Type::Array(item) => format!("a list of {}", plural(item)),
        Type::LinkedList(item) => format!("a linked list of {}", plural(item)),
        Type::Tree(item) => format!("a binary tree of {}", plural(item)),
    }
}

fn plural(kind: &Type) -> String {
    match kind {
        Type::Int => "integers".to_owned(),
        Type::Float => "floats".to_owned(),
        Type::Bool => "booleans".to_owned(),
        Type::String => "strings".to_owned(),
        Type::Void | Type::Json => "values".to_owned(),
        Type::Array(item) => format!("lists of {}", plural(item)),
        Type::LinkedList(item) => format!("linked lists of {}", plural(item)),
        Type::Tree(item) => format!("trees of {}", plural(item)),
    }
}

/// A case longer than this is not read aloud.
const EXAMPLE_CHARS_MAX: usize = 160;

fn example(case: &Case) -> String {
    let input = match &case.input {
        CaseInput::Arguments { args } => args
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        CaseInput::Operations { operations, .. } => operations.join(", then "),
        CaseInput::Stdin { stdin } => stdin.trim().replace('\n', " / "),
    };
    let expected = case.expected.to_string();
    let why = case
        .explanation
        .as_deref()
        .map(|text| format!(" {}", plain(text)))
        .unwrap_or_default();
    if input.len() + expected.len() > EXAMPLE_CHARS_MAX {
        return format!(
            "It is the one called {}; it is too long to read out, but it stands in the statement.{why}",
            case.name
        );
    }
    format!("For {input} the result is {expected}.{why}")
}

/// Markdown made fit to be spoken.
pub fn plain(markdown: &str) -> String {
    markdown
        .replace(['`', '*', '$'], "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches('.')
        .to_owned()
}
