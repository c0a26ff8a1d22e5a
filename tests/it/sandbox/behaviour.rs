//! One case at a time: what code may do, and what its author is told when it goes wrong.

use super::*;
use Language::{Javascript, Python};
use expect_test::{Expect, expect};
use interviewd_domain::run::RunStatus;

async fn check(program: Program, expect: Expect) {
    expect.assert_eq(&told(&run(program).await));
}

/// Everything that a candidate could notice, on a few lines.
fn told(seen: &Observation) -> String {
    let mut text = format!("{:?}", seen.status);
    if let Some(value) = &seen.value {
        text += &format!(" {value}");
    }
    if let Some(line) = seen.line {
        text += &format!(
            " at {line}:{}",
            seen.column
                .map_or("?".to_owned(), |column| column.to_string())
        );
    }
    if seen.exit_code != 0 {
        text += &format!(" exit {}", seen.exit_code);
    }
    for (name, stream) in [
        ("out", Some(&seen.stdout)),
        ("err", Some(&seen.stderr)),
        ("message", seen.message.as_ref()),
    ] {
        if let Some(stream) = stream.filter(|stream| !stream.is_empty()) {
            text += &format!("\n{name}: {}", stream.trim_end());
        }
    }
    text
}

#[tokio::test]
async fn a_function_returns_and_prints() {
    check(
        solve(
            Python,
            "def solve(a, b):\n    print('adding', a)\n    return a + b",
            vec![json!(1), json!(2)],
        ),
        expect![[r#"
            Ok 3
            out: adding 1"#]],
    )
    .await;
    check(
        solve(
            Javascript,
            "function solve(a, b) { console.log('adding', [a]); return a + b; }",
            vec![json!(1), json!(2)],
        ),
        expect![[r#"
            Ok 3
            out: adding [ 1 ]"#]],
    )
    .await;
    check(
        solve(
            Javascript,
            "const solve = async a => { await new Promise(r => setTimeout(r, 5)); return a * 2; };",
            vec![json!(2)],
        ),
        expect!["Ok 4"],
    )
    .await;
    check(
        solve(
            Python,
            "def solve(n):\n    return [2 ** n, float('inf'), {'a': (1, None)}]",
            vec![json!(70)],
        ),
        expect![[r#"Ok [{"$int":"1180591620717411303424"},{"$float":"inf"},{"a":[1,null]}]"#]],
    )
    .await;
    check(
        solve(
            Javascript,
            "const solve = n => [2n ** BigInt(n), NaN, new Map([['a', null]])];",
            vec![json!(70)],
        ),
        expect![[r#"Ok [{"$int":"1180591620717411303424"},{"$float":"nan"},{"a":null}]"#]],
    )
    .await;
}

#[tokio::test]
async fn a_program_reads_and_prints() {
    check(
        script(
            Python,
            "a, b = map(int, input().split())\nprint(a + b)",
            "3 4\n",
        ),
        expect![[r#"
            Ok
            out: 7"#]],
    )
    .await;
    check(script(Javascript, "const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ').map(Number);\nconsole.log(a + b);\nconsole.error('done');", "3 4\n"), expect![[r#"
        Ok
        out: 7
        err: done"#]]).await;
    check(
        script(Python, "import sys\nprint('before')\nsys.exit(3)", ""),
        expect![[r#"
            RuntimeError exit 3
            out: before
            message: The program ended with exit code 3."#]],
    )
    .await;
    check(
        script(Javascript, "console.log('before'); process.exit(3);", ""),
        expect![[r#"
            RuntimeError exit 3
            out: before
            message: The program ended with exit code 3."#]],
    )
    .await;
    check(script(Python, "import os\nos._exit(0)", ""), expect!["Ok"]).await;
}

#[tokio::test]
async fn lists_trees_and_classes_have_their_own_shapes() {
    let reverse_py = "def reverse_list(head):\n    before = None\n    while head:\n        head.next, before, head = before, head, head.next\n    return before";
    let reverse_js = "function reverseList(head) { let before = null; while (head) [head.next, before, head] = [before, head, head.next]; return before; }";
    let list = ("linked_list<int>", json!([1, 2, 3]));
    check(
        typed(
            Python,
            reverse_py,
            "reverse_list",
            &[list.0],
            list.0,
            vec![list.1.clone()],
        ),
        expect!["Ok [3,2,1]"],
    )
    .await;
    check(
        typed(
            Javascript,
            reverse_js,
            "reverse_list",
            &[list.0],
            list.0,
            vec![list.1],
        ),
        expect!["Ok [3,2,1]"],
    )
    .await;

    let flip_py = "def flip(root):\n    if root:\n        root.left, root.right = flip(root.right), flip(root.left)\n    return root";
    let flip_js = "function flip(root) { if (root) [root.left, root.right] = [flip(root.right), flip(root.left)]; return root; }";
    let tree = ("tree<int>", json!([1, 2, 3, null, 4]));
    check(
        typed(
            Python,
            flip_py,
            "flip",
            &[tree.0],
            tree.0,
            vec![tree.1.clone()],
        ),
        expect!["Ok [1,3,2,null,null,4]"],
    )
    .await;
    check(
        typed(Javascript, flip_js, "flip", &[tree.0], tree.0, vec![tree.1]),
        expect!["Ok [1,3,2,null,null,4]"],
    )
    .await;

    let counter = |language, source: &str| {
        Program {
        signature: serde_json::from_value(json!({"kind": "class", "name": "Counter", "constructor": [{"name": "start", "type": "int"}],
            "methods": [{"name": "add_up", "params": [{"name": "by", "type": "int"}], "returns": "int"}]}))
        .unwrap(),
        input: serde_json::from_value(json!({"operations": ["Counter", "add_up", "add_up"], "arguments": [[5], [1], [2]]})).unwrap(),
        ..script(language, source, "")
    }
    };
    check(counter(Python, "class Counter:\n    def __init__(self, start):\n        self.n = start\n    def add_up(self, by):\n        self.n += by\n        return self.n"), expect!["Ok [null,6,8]"]).await;
    check(counter(Javascript, "class Counter { constructor(start) { this.n = start; } addUp(by) { return this.n += by; } }"), expect!["Ok [null,6,8]"]).await;
}

#[tokio::test]
async fn a_mistake_in_the_source_is_shown_where_it_is() {
    check(
        solve(
            Python,
            "def solve(a):\n    x = (1,\n    return x",
            vec![json!(1)],
        ),
        expect![[r#"
            CompileError at 2:9 exit 1
            message:   File "solution.py", line 2
                x = (1,
                    ^
            SyntaxError: '(' was never closed"#]],
    )
    .await;
    check(
        solve(
            Javascript,
            "function solve(a) {\n  return a +;\n}",
            vec![json!(1)],
        ),
        expect![[r#"
            CompileError at 2:13 exit 1
            message: solution.js:2
              return a +;
                        ^

            SyntaxError: unexpected token in expression: ';'
                at solution.js:2:13"#]],
    )
    .await;
}

#[tokio::test]
async fn a_crash_names_the_candidates_own_lines_and_no_others() {
    check(
        solve(
            Python,
            "def inner(d):\n    return d['missing']\n\ndef solve(a):\n    return inner({})",
            vec![json!(1)],
        ),
        expect![[r#"
            RuntimeError at 2:? exit 1
            message: Traceback (most recent call last):
              File "solution.py", line 5, in solve
                return inner({})
              File "solution.py", line 2, in inner
                return d['missing']
                       ~^^^^^^^^^^^
            KeyError: 'missing'"#]],
    )
    .await;
    check(
        solve(
            Javascript,
            "function inner(o) {\n  return o.a.b;\n}\nfunction solve(a) {\n  return inner({});\n}",
            vec![json!(1)],
        ),
        expect![[r#"
            RuntimeError at 2:? exit 1
            message: solution.js:2
              return o.a.b;
                     ^

            TypeError: cannot read property 'b' of undefined
                at inner (solution.js:2:10)
                at solve (solution.js:5:10)"#]],
    )
    .await;
    check(
        solve(Python, "def other(a):\n    pass", vec![json!(1)]),
        expect![[r#"
            RuntimeError exit 1
            message: solution.py defines no function `solve`. Keep the name that the starter code gives it, and define it at the top level."#]],
    )
    .await;
    check(
        solve(
            Javascript,
            "async function solve() {\n  await null;\n  throw new RangeError('too far');\n}",
            vec![],
        ),
        expect![[r#"
            RuntimeError at 3:? exit 1
            message: solution.js:3
              throw new RangeError('too far');
                        ^

            RangeError: too far
                at solve (solution.js:3:13)"#]],
    )
    .await;
}

#[tokio::test]
async fn recursion_is_deep_and_has_an_end() {
    check(
        solve(
            Python,
            "def solve(n):\n    return 0 if n == 0 else 1 + solve(n - 1)",
            vec![json!(20_000)],
        ),
        expect!["Ok 20000"],
    )
    .await;
    check(
        solve(
            Javascript,
            "const solve = n => n === 0 ? 0 : 1 + solve(n - 1);",
            vec![json!(9_000)],
        ),
        expect!["Ok 9000"],
    )
    .await;
    let endless = run(solve(Python, "def solve():\n    return solve()", vec![])).await;
    assert_eq!(endless.status, RunStatus::RuntimeError);
    assert!(endless.message.unwrap().contains("RecursionError"));
    let endless = run(solve(
        Javascript,
        "function solve() { return 1 + solve(); }",
        vec![],
    ))
    .await;
    assert_eq!(endless.status, RunStatus::RuntimeError);
    assert!(
        endless
            .message
            .unwrap()
            .contains("Maximum call stack size exceeded")
    );
}

#[tokio::test]
async fn endless_and_sleeping_code_is_stopped_at_its_limit_without_costing_a_worker() {
    let limits = Limits {
        case_ms: 300,
        ..LIMITS
    };
    for (language, source) in [
        (Python, "print('kept')\nwhile True:\n    pass"),
        (Python, "print('kept')\nimport time\ntime.sleep(60)"),
        (Python, "print('kept')\n7 ** (10 ** 8)"),
        (Javascript, "console.log('kept'); for (;;);"),
        (
            Javascript,
            "console.log('kept'); setInterval(() => {}, 1000);",
        ),
        (
            Javascript,
            r"console.log('kept'); /^(a+)+$/.test('a'.repeat(40) + 'b');",
        ),
    ] {
        let deaths = sandbox().await.worker_deaths();
        let seen = run_within(script(language, source, ""), limits).await;
        assert_eq!(
            (seen.status, seen.stdout.trim_end()),
            (RunStatus::Timeout, "kept"),
            "{source}"
        );
        assert!(
            (300.0..1_500.0).contains(&seen.duration_ms),
            "{source}: {} ms",
            seen.duration_ms
        );
        assert_eq!(sandbox().await.worker_deaths(), deaths, "{source}");
    }
}

#[tokio::test]
async fn memory_has_a_limit_that_counts_for_small_objects_too() {
    let small = Limits {
        memory_bytes: 96 << 20,
        ..LIMITS
    };
    for (language, source) in [
        (Python, "x = bytearray(120 << 20)\nprint(len(x))"),
        (
            Python,
            "x = [str(i) * 4 for i in range(1_200_000)]\nprint(len(x))",
        ),
        (
            Javascript,
            "const x = new ArrayBuffer(120 << 20); console.log(x.byteLength);",
        ),
        (
            Javascript,
            "const x = []; for (let i = 0; i < 1_200_000; i++) x.push({ i, s: [i] }); console.log(x.length);",
        ),
    ] {
        let seen = run_within(script(language, source, ""), small).await;
        assert_eq!(
            (seen.status, seen.stdout.as_str()),
            (RunStatus::MemoryLimit, ""),
            "{source}: {seen:?}"
        );
        // The same code is fine with more: it was this limit that stopped it.
        let seen = run(script(language, source, "")).await;
        assert_eq!(seen.status, RunStatus::Ok, "{source}: {seen:?}");
    }
}

#[tokio::test]
async fn large_memories_may_be_used_again_and_again() {
    for _ in 0..3 {
        let seen = run(script(
            Python,
            "x = bytearray(440 << 20)\nprint(len(x))",
            "",
        ))
        .await;
        assert_eq!(seen.status, RunStatus::Ok, "{seen:?}");
        let source = "const x = []; for (let i = 0; i < 200; i++) x.push(new Uint8Array(1 << 20)); console.log(x.length);";
        let seen = run(script(Javascript, source, "")).await;
        assert_eq!(seen.status, RunStatus::Ok, "{seen:?}");
    }
    for (language, source) in [
        (
            Python,
            "x = []\nwhile True:\n    x.append(bytearray(1 << 20))",
        ),
        (
            Javascript,
            "const x = []; for (;;) x.push(new Uint8Array(1 << 20));",
        ),
    ] {
        let seen = run(script(language, source, "")).await;
        assert_eq!(seen.status, RunStatus::MemoryLimit, "{seen:?}");
    }
}

#[tokio::test]
async fn output_is_kept_up_to_its_limit() {
    for (language, source) in [
        (Python, "for i in range(10 ** 9):\n    print('line', i)"),
        (
            Python,
            "import sys\nwhile True:\n    print('x' * 1000, file=sys.stderr)",
        ),
        (Javascript, "for (let i = 0; ; i++) console.log('line', i);"),
        (Javascript, "process.stdout.write('x'.repeat(70_000));"),
    ] {
        let seen = run(script(language, source, "")).await;
        assert_eq!(seen.status, RunStatus::OutputLimit, "{source}");
        assert_eq!(
            seen.stdout.len().max(seen.stderr.len()),
            64 << 10,
            "{source}"
        );
    }
    let seen = run(script(Python, "print('x' * 65_000)", "")).await;
    assert_eq!((seen.status, seen.stdout.len()), (RunStatus::Ok, 65_001));
}

#[tokio::test]
async fn nothing_is_left_behind_for_the_next_run() {
    for (language, leave, find) in [
        (
            Python,
            "import builtins\nbuiltins.len = lambda x: 99\nopen('/left', 'w')",
            "def solve():\n    return len('abc')",
        ),
        (
            Javascript,
            "Array.prototype.left = 1; JSON.stringify = () => 'broken'; Object.prototype.toJSON = () => 5;",
            "const solve = () => [[].left ?? null, JSON.stringify('ok')];",
        ),
    ] {
        run(script(language, leave, "")).await;
        let seen = run(solve(language, find, vec![])).await;
        let untouched = if language == Python {
            json!(3)
        } else {
            json!([null, "\"ok\""])
        };
        assert_eq!(seen.value, Some(untouched));
    }
}

#[tokio::test]
async fn there_are_no_files_processes_or_network() {
    for source in [
        "open('/etc/passwd')",
        "import os\nassert os.listdir('/')",
        "import subprocess\nsubprocess.run(['ls'])",
        "import socket\nsocket.create_connection(('127.0.0.1', 80), 1)",
        "import os\nassert os.environ['PATH']",
    ] {
        let seen = run(script(Python, source, "")).await;
        assert_eq!(seen.status, RunStatus::RuntimeError, "{source}: {seen:?}");
    }
    for source in [
        "require('fs').readFileSync('/etc/passwd')",
        "require('child_process')",
        "require('net')",
        "if (!process.env.PATH) throw 1",
    ] {
        let seen = run(script(Javascript, source, "")).await;
        assert_eq!(seen.status, RunStatus::RuntimeError, "{source}: {seen:?}");
    }
}

#[tokio::test]
async fn a_repeated_run_repeats_and_another_seed_differs() {
    for (language, source) in [
        (
            Python,
            "import random\ndef solve():\n    return random.random()",
        ),
        (Javascript, "const solve = () => Math.random();"),
    ] {
        let seeded = |seed| Program {
            seed,
            ..solve(language, source, vec![])
        };
        let (first, again, other) = (
            run(seeded(7)).await,
            run(seeded(7)).await,
            run(seeded(8)).await,
        );
        assert_eq!(first.value, again.value, "{language}");
        assert_ne!(first.value, other.value, "{language}");
    }
}

#[tokio::test]
async fn code_that_breaks_the_harness_only_fails() {
    for (language, source) in [
        (
            Python,
            "import builtins\nfor name in list(vars(builtins)):\n    if name not in ('len', 'list', 'vars'):\n        setattr(builtins, name, None)\ndef solve():\n    return 1",
        ),
        (
            Python,
            "import sys\nsys.modules.clear()\ndel sys.stdout\ndef solve():\n    return object()",
        ),
        (
            Python,
            "import gc\ndef solve():\n    class Odd(dict):\n        def items(self):\n            raise SystemExit(0)\n    return Odd(a=1)",
        ),
        (
            Javascript,
            "globalThis.Object = undefined; Array.prototype[Symbol.iterator] = () => { throw 1; }; const solve = () => { throw new Proxy({}, { get() { throw 2; } }); };",
        ),
        (
            Javascript,
            "const solve = () => ({ get a() { for (;;); } });",
        ),
    ] {
        let seen = run_within(
            solve(language, source, vec![]),
            Limits {
                case_ms: 500,
                ..LIMITS
            },
        )
        .await;
        // Whatever it is called, it is an outcome of the code's own, in time, and the next run works.
        assert_ne!(seen.status, RunStatus::CompileError, "{source}");
        assert!(seen.duration_ms < 1_500.0, "{source}");
        if seen.status == RunStatus::Ok {
            assert!(seen.value.is_some(), "{source}");
        } else {
            assert_eq!(seen.value, None, "{source}");
            let message = seen.message.unwrap_or_default();
            assert!(
                !message.is_empty() && !message.contains("iv_"),
                "{source}: {message}"
            );
        }
    }
    check(
        solve(Python, "def solve():\n    return 1", vec![]),
        expect!["Ok 1"],
    )
    .await;
    check(
        solve(Javascript, "const solve = () => 1;", vec![]),
        expect!["Ok 1"],
    )
    .await;
}
