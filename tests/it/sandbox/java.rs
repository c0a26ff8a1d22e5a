//! Java in the machine's own JVM: the same promises as for the other languages, kept by other walls. Without a JDK of
//! version 17 or newer these tests say so and pass.

use super::*;
use Language::Java;
use expect_test::{Expect, expect};
use interviewd::{
    problems::{SHIPPED, toml},
    sandbox::{
        JavaPlaces, SandboxError,
        worker::{GOT_THROUGH, STOPPED, SUBCOMMAND},
    },
};
use interviewd_domain::{
    problem::Problem,
    run::{CaseStatus, RunKind, RunStatus},
};
use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

fn places() -> JavaPlaces {
    let path = interviewd::edge::environment().find(|(name, _)| name == "PATH");
    JavaPlaces {
        home: None,
        java_home: None,
        path: path.map_or_else(Vec::new, |(_, path)| std::env::split_paths(&path).collect()),
    }
}

fn java_config() -> SandboxConfig {
    SandboxConfig {
        java: places(),
        concurrency: 2,
        ..config()
    }
}

/// `None`, and a line about it, on a machine without a JDK.
async fn ready(sandbox: &Sandbox) -> bool {
    match sandbox.settled(Java).await {
        Availability::Ready => true,
        Availability::Unavailable(reason) if reason.starts_with("no JDK was found") => {
            println!("SKIPPED, Java is not tested: {reason}");
            false
        }
        other => panic!("a JDK that cannot be used: {other:?}"),
    }
}

async fn java() -> Option<&'static Sandbox> {
    static SHARED: OnceLock<Sandbox> = OnceLock::new();
    let sandbox = SHARED.get_or_init(|| Sandbox::start(java_config(), |_| ()));
    ready(sandbox).await.then_some(sandbox)
}

/// Time enough on a machine that is busy with other tests.
const JAVA_LIMITS: Limits = Limits {
    case_ms: 60_000,
    total_ms: 60_000,
    ..LIMITS
};

fn told(seen: &Observation) -> String {
    let mut text = format!("{:?}", seen.status);
    if let Some(value) = &seen.value {
        text += &format!(" {value}");
    }
    for (name, place) in [("line", seen.line), ("column", seen.column)] {
        if let Some(place) = place {
            text += &format!(" {name} {place}");
        }
    }
    for (name, stream) in [
        ("out", Some(&seen.stdout)),
        ("err", Some(&seen.stderr)),
        ("message", seen.message.as_ref()),
    ] {
        if let Some(stream) = stream.filter(|stream| !stream.is_empty()) {
            text += &format!("\n{name}: {stream}");
        }
    }
    text.trim_end().to_owned() + "\n"
}

async fn play(sandbox: &Sandbox, program: Program) -> Observation {
    sandbox.execute(program, JAVA_LIMITS).await.expect("a run")
}

async fn check(program: Program, expect: Expect) {
    if let Some(sandbox) = java().await {
        expect.assert_eq(&told(&play(sandbox, program).await));
    }
}

/// The body of `Object solve()`.
fn body(code: &str) -> Program {
    let imports = "import java.io.*; import java.net.*; import java.nio.file.*; import java.util.*; import java.util.stream.*;";
    let source = format!(
        "{imports}\nclass Solution {{\n    Object solve() throws Throwable {{\n{code}\n    }}\n}}\n"
    );
    solve(Java, &source, vec![])
}

#[tokio::test]
async fn values_of_every_type_come_and_go() {
    let identity = |java: &str, kind: &str, value: Value| {
        let source = format!(
            "import java.util.*;\nclass Solution {{ public {java} same({java} value) {{ return value; }} }}"
        );
        typed(Java, &source, "same", &[kind], kind, vec![value])
    };
    for (java_type, kind, value) in [
        ("int", "int", json!(-7)),
        ("long", "int", json!(9_007_199_254_740_991_i64)),
        ("double", "float", json!(2.5)),
        ("boolean", "bool", json!(true)),
        ("String", "string", json!("naïve \"\\ \n 🦀")),
        ("int[]", "int[]", json!([1, 2])),
        ("int[][]", "int[][]", json!([[1], []])),
        ("List<List<Integer>>", "int[][]", json!([[1], []])),
        ("String[]", "string[]", json!(["a", ""])),
        ("List<String>", "string[]", json!(["a", ""])),
        ("char[][]", "string[][]", json!([["a", "b"]])),
        ("double[]", "float[]", json!([0.5, 1e300])),
        ("ListNode", "linked_list<int>", json!([3, 1, 2])),
        ("ListNode", "linked_list<string>", json!(["x", "y"])),
        ("ListNode[]", "linked_list<int>[]", json!([[1, 2], []])),
        ("TreeNode", "tree<int>", json!([1, null, 2, 3])),
        ("Object", "json", json!({"a": [1, null, "x"]})),
    ] {
        let Some(sandbox) = java().await else { return };
        let seen = play(sandbox, identity(java_type, kind, value.clone())).await;
        let number = |value: &Value| value.to_string().replace(".0", "").replace("e+", "e");
        assert_eq!(
            seen.value.as_ref().map(number),
            Some(number(&value)),
            "{java_type}: {seen:?}"
        );
    }
}

#[tokio::test]
async fn an_argument_that_is_changed_in_place_is_the_result() {
    let mut program = typed(
        Java,
        "class Solution { void turn(int[] cells) { int first = cells[0]; cells[0] = cells[1]; cells[1] = first; } }",
        "turn",
        &["int[]"],
        "void",
        vec![json!([1, 2])],
    );
    if let Signature::Function {
        result_argument, ..
    } = &mut program.signature
    {
        *result_argument = Some(0);
    }
    check(
        program,
        expect![[r#"
        Ok [2,1]
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_class_keeps_its_state_between_operations() {
    let signature = json!({"kind": "class", "name": "Counter", "constructor": [{"name": "start", "type": "int"}],
        "methods": [{"name": "add_up", "params": [{"name": "by", "type": "int"}], "returns": "int"},
                    {"name": "clear", "params": [], "returns": "void"}]});
    let program = Program {
        language: Java,
        source: "class Counter { private int n; Counter(int start) { n = start; } public int addUp(int by) { return n += by; } public void clear() { n = 0; } }".into(),
        signature: serde_json::from_value(signature).unwrap(),
        input: CaseInput::Operations {
            operations: ["Counter", "add_up", "clear", "add_up"].map(str::to_owned).to_vec(),
            arguments: vec![vec![json!(5)], vec![json!(1)], vec![], vec![json!(2)]],
        },
        seed: 1,
    };
    check(
        program,
        expect![[r#"
        Ok [null,6,null,2]
    "#]],
    )
    .await;
}

#[tokio::test]
async fn programs_read_and_write_and_end_with_a_code() {
    let source = "import java.util.*;\npublic class Main {\n    public static void main(String[] args) {\n        Scanner in = new Scanner(System.in);\n        System.out.println(in.nextInt() + in.nextInt());\n        System.err.println(\"done\");\n    }\n}";
    check(
        script(Java, source, "3 4\n"),
        expect![[r#"
        Ok
        out: 7

        err: done
    "#]],
    )
    .await;
    let exits = "class Main { public static void main(String[] args) { System.out.println(\"before\"); System.exit(3); } }";
    check(
        script(Java, exits, ""),
        expect![[r#"
        RuntimeError
        out: before

        message: The program ended with exit code 3.
    "#]],
    )
    .await;
    let threads = "class Main { public static void main(String[] args) { new Thread(() -> { System.out.println(\"late\"); }).start(); } }";
    check(
        script(Java, threads, ""),
        expect![[r#"
        Ok
        out: late
    "#]],
    )
    .await;
}

#[tokio::test]
async fn what_does_not_compile_is_shown_with_line_and_caret() {
    check(
        body("        int n = \"one\";\n        return n"),
        expect![[r#"
            CompileError line 5 column 17
            message: Solution.java:5: error: ';' expected
                    return n
                            ^
        "#]],
    )
    .await;
    check(
        body("        int n = \"one\";\n\treturn missing(n);"),
        expect![[r#"
            CompileError line 4 column 17
            message: Solution.java:4: error: incompatible types: String cannot be converted to int
                    int n = "one";
                            ^
            Solution.java:5: error: cannot find symbol
            	return missing(n);
            	       ^
              symbol:   method missing(int)
              location: class Solution
        "#]],
    )
    .await;
}

#[tokio::test]
async fn an_exception_names_the_candidates_lines_and_no_others() {
    check(
        body("        System.out.println(\"kept\");\n        return first(new int[0]);\n    }\n    int first(int[] a) {\n        return a[0];"),
        expect![[r#"
            RuntimeError line 8
            out: kept

            message: java.lang.ArrayIndexOutOfBoundsException: Index 0 out of bounds for length 0
                at Solution.first(Solution.java:8)
                at Solution.solve(Solution.java:5)
        "#]],
    )
    .await;
    // What the library's own frames say differs from version to version.
    check(
        body("        try { solve(1); } catch (Exception e) { throw new IllegalStateException(\"no number\", e); }\n        return 1;\n    }\n    void solve(int n) throws Exception {\n        throw new Exception(\"inner\");"),
        expect![[r#"
            RuntimeError line 4
            message: java.lang.IllegalStateException: no number
                at Solution.solve(Solution.java:4)
            Caused by: java.lang.Exception: inner
                at Solution.solve(Solution.java:8)
                at Solution.solve(Solution.java:4)
        "#]],
    )
    .await;
    check(
        typed(Java, "class Solution { int other() { return 1; } }", "wanted", &[], "int", vec![]),
        expect![[r#"
            RuntimeError
            message: Solution.java defines no method `wanted`. Keep the class `Solution` and the name that the starter code gives the method.
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_list_of_ten_thousand_nodes_can_be_walked_recursively() {
    let source = "class Solution {\n    int length(ListNode node) { return node == null ? 0 : 1 + length(node.next); }\n}";
    let nodes: Vec<i32> = (0..10_000).collect();
    check(
        typed(
            Java,
            source,
            "length",
            &["linked_list<int>"],
            "int",
            vec![json!(nodes)],
        ),
        expect![[r#"
            Ok 10000
        "#]],
    )
    .await;
    let Some(sandbox) = java().await else { return };
    let seen = play(sandbox, body("        return solve();")).await;
    let message = seen.message.unwrap_or_default();
    assert_eq!(seen.status, RunStatus::RuntimeError);
    assert!(
        message.starts_with("java.lang.StackOverflowError\n    at Solution.solve(Solution.java:4)"),
        "{message}"
    );
}

#[tokio::test]
async fn limits_of_time_memory_and_output_hold() {
    let Some(sandbox) = java().await else { return };
    let limits = Limits {
        case_ms: 3_000,
        ..JAVA_LIMITS
    };
    let started = Instant::now();
    let endless = body("        System.out.println(\"kept\");\n        while (true);");
    let seen = sandbox.execute(endless, limits).await.expect("a run");
    assert_eq!(
        (seen.status, seen.stdout.as_str()),
        (RunStatus::Timeout, "kept\n")
    );
    // With a cold start, if nobody was waiting.
    assert!(started.elapsed() < Duration::from_secs(15));

    for hungry in [
        "        List<long[]> all = new ArrayList<>();\n        while (true) all.add(new long[1_000_000]);",
        "        Map<Integer, String> all = new HashMap<>();\n        for (int i = 0; ; i++) all.put(i, \"x\" + i);",
    ] {
        let seen = play(sandbox, body(hungry)).await;
        assert_eq!(seen.status, RunStatus::MemoryLimit, "{seen:?}");
    }
    let flood = body(
        "        for (int i = 0; i < 3_000_000; i++) System.out.print(\"0123456789\");\n        return 1;",
    );
    let seen = play(sandbox, flood).await;
    assert_eq!(
        (seen.status, seen.stdout.len()),
        (RunStatus::OutputLimit, JAVA_LIMITS.output_bytes)
    );
}

/// What code tries, and whether it may. In the jail nothing of this works, whatever Java itself would allow.
#[tokio::test]
async fn nothing_outside_can_be_reached() {
    let Some(sandbox) = java().await else { return };
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().unwrap().port();
    let cache = java_config().cache_dir;
    for attempt in [
        "Files.readString(Path.of(\"/etc/passwd\"))".to_owned(),
        "Files.readString(Path.of(\"/proc/1/environ\"))".to_owned(),
        "Files.list(Path.of(\"/\")).count()".to_owned(),
        format!("Files.list(Path.of(\"{}\")).count()", cache.display()),
        "Files.list(Path.of(\"/proc/self/fd/5/..\")).count()".to_owned(),
        "Files.writeString(Path.of(\"/tmp/java\"), \"x\")".to_owned(),
        "Files.writeString(Path.of(\"/dev/shm/java\"), \"x\")".to_owned(),
        "Files.writeString(Path.of(\"/proc/self/fd/5/x\"), \"x\")".to_owned(),
        "new Socket(\"127.0.0.1\", PORT)".replace("PORT", &port.to_string()),
        "new ServerSocket(0)".to_owned(),
        "new DatagramSocket()".to_owned(),
        "new ProcessBuilder(\"/bin/true\").start()".to_owned(),
        "Runtime.getRuntime().exec(\"java\")".to_owned(),
        "Class.forName(\"sun.misc.Unsafe\")".to_owned(),
        "ProcessHandle.of(1).get().destroyForcibly() ? 1 : new int[-1]".to_owned(),
    ] {
        let seen = play(
            sandbox,
            body(&format!("        return \"\" + ({attempt});")),
        )
        .await;
        assert_eq!(seen.status, RunStatus::RuntimeError, "{attempt}: {seen:?}");
    }
    let variables = play(sandbox, body("        return System.getenv().size();")).await;
    // Bubblewrap sets PWD.
    let few = [Some(json!(0)), Some(json!(1))];
    assert!(few.contains(&variables.value), "{variables:?}");
    let threads = body(
        "        int n = 0;\n        try { while (true) { Thread t = new Thread(null, () -> { try { Thread.sleep(100000); } catch (InterruptedException e) {} }, \"t\", 200000); t.start(); n++; } }\n        catch (Throwable stopped) { return n < 500; }",
    );
    let seen = play(sandbox, threads).await;
    assert_ne!(seen.value, Some(json!(false)), "{seen:?}");
}

fn attempt(what: &str, without: &[&str]) -> i32 {
    let status = Command::new(WORKER)
        .args([SUBCOMMAND, "java-attempt", what])
        .args(without)
        .status()
        .expect("a process");
    status.code().expect("an exit code")
}

#[test]
fn each_wall_of_the_jail_stops_what_the_others_let_through() {
    for (what, wall) in [
        ("file", "landlock"),
        ("write", "landlock"),
        ("network", "seccomp"),
        ("unix", "seccomp"),
        ("process", "seccomp"),
        ("memory", "rlimits"),
    ] {
        assert_eq!(attempt(what, &[]), STOPPED, "{what}");
        assert_eq!(attempt(what, &[wall]), GOT_THROUGH, "{what} without {wall}");
    }
}

#[tokio::test]
async fn what_a_jvm_has_given_up_can_be_read_from_the_kernel() {
    let Some(_) = java().await else { return };
    let sandbox = Sandbox::start(java_config(), |_| ());
    assert_eq!(sandbox.settled(Java).await, Availability::Ready);
    sandbox.get_ready(Java);
    let outer = waiting(&sandbox).await;
    // With bubblewrap around it, the JVM is a child of the process that was started.
    let process = innermost(outer);
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("status");
    for line in [
        "NoNewPrivs:\t1",
        "Seccomp:\t2",
        "CapEff:\t0000000000000000",
        "CapPrm:\t0000000000000000",
        "Name:\tjava",
    ] {
        assert!(status.contains(line), "{line} in {status}");
    }
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).expect("limits");
    let of = |name: &str| {
        let line = limits
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default();
        line[name.len()..]
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(of("Max data size"), (512u64 << 20).to_string());
    assert_eq!(of("Max file size"), "0");
    assert_ne!(of("Max processes"), "unlimited");
}

fn innermost(process: u32) -> u32 {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
    match children.unwrap_or_default().split_whitespace().next() {
        Some(child) => innermost(child.parse().expect("a number")),
        None => process,
    }
}

async fn waiting(sandbox: &Sandbox) -> u32 {
    let started = Instant::now();
    loop {
        if let Some(process) = sandbox.idle_workers(Java).first() {
            return *process;
        }
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "no JVM got ready"
        );
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn jvms_start_with_the_first_use_serve_one_run_and_are_replaced() {
    let sandbox = Sandbox::start(java_config(), |_| ());
    if !ready(&sandbox).await {
        return;
    }
    assert_eq!(
        sandbox.idle_workers(Java),
        Vec::<u32>::new(),
        "nobody has asked yet"
    );
    sandbox.get_ready(Java);
    let first = waiting(&sandbox).await;
    let seen = play(&sandbox, body("        return 1;")).await;
    assert_eq!(seen.status, RunStatus::Ok);
    let next = waiting(&sandbox).await;
    let is_gone = |process: u32| !Path::new(&format!("/proc/{process}")).exists();
    let started = Instant::now();
    while !is_gone(first) && sandbox.idle_workers(Java).contains(&first) {
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "{first} still waits"
        );
        tokio::task::yield_now().await;
    }
    // One that dies while it waits is not handed out.
    // SAFETY: a process of ours.
    assert_eq!(unsafe { libc::kill(next as i32, libc::SIGKILL) }, 0);
    for _ in 0..3 {
        assert_eq!(
            play(&sandbox, body("        return 1;")).await.status,
            RunStatus::Ok
        );
    }
    let left = sandbox.idle_workers(Java);
    drop(sandbox);
    let started = Instant::now();
    while !left.iter().all(|process| is_gone(*process)) {
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "{left:?} outlive the sandbox"
        );
        std::thread::yield_now();
    }
}

/// `pick(numbers) -> int[]`, two visible cases and two hidden ones.
fn problem() -> Problem {
    let case = |name: &str, numbers: Value, expected: Value| json!({"name": name, "args": [numbers], "expected": expected});
    serde_json::from_value(json!({
        "slug": "pick", "title": "Pick", "difficulty": "easy", "categories": [], "statement": "", "constraints": [], "spoken": "",
        "signature": {"kind": "function", "name": "pick_out", "params": [{"name": "numbers", "type": "int[]"}], "returns": "int[]"},
        "comparison": {"mode": "exact"},
        "examples": [case("two", json!([3, 1]), json!([1, 3])), case("empty", json!([]), json!([]))],
        "hidden": [case("one", json!([777_123]), json!([777_123])), case("many", json!([5, 4, 3]), json!([3, 4, 5]))],
        "starter": {}, "solutions": {},
    }))
    .expect("a problem")
}

async fn judged(source: &str) -> Option<String> {
    let sandbox = java().await?;
    let report = sandbox
        .judge("ann", Java, source, &problem(), RunKind::Submit, None)
        .await
        .expect("a report");
    let word = |status| match status {
        CaseStatus::Pass => "pass",
        CaseStatus::Fail => "fail",
        CaseStatus::Error => "error",
        CaseStatus::Timeout => "timeout",
    };
    let visible = report.tests.iter().map(|test| word(test.status));
    let hidden = report.hidden.iter().map(|test| word(test.status));
    let all: Vec<&str> = visible.chain(hidden).collect();
    assert!(
        !format!("{:?}", report.tests).contains("777123"),
        "hidden data"
    );
    Some(all.join(" "))
}

#[tokio::test]
async fn right_wrong_and_forged_answers_are_told_apart() {
    let table = [
        (
            "return IntStream.of(numbers).sorted().toArray();",
            "pass pass pass pass",
        ),
        ("return numbers;", "fail pass pass fail"),
        // What one case leaves behind, the next does not find.
        (
            "n++; if (n > 1) return null; Arrays.sort(numbers); System.setProperty(\"n\", \"1\"); return numbers;",
            "pass pass pass pass",
        ),
        (
            "if (System.getProperty(\"n\") != null) return null; System.setProperty(\"n\", \"1\"); Arrays.sort(numbers); return numbers;",
            "pass pass pass pass",
        ),
        // A thread that goes on costs a new JVM, and reaches no other case.
        (
            "Arrays.sort(numbers); new Thread(() -> { while (true); }).start(); return numbers;",
            "pass pass pass pass",
        ),
        (
            "if (numbers.length == 0) System.exit(0); Arrays.sort(numbers); return numbers;",
            "pass error pass pass",
        ),
        (
            "if (numbers.length == 0) while (true); Arrays.sort(numbers); return numbers;",
            "pass timeout pass pass",
        ),
        // Replies of one's own, on the pipe of replies, on standard output, and with the process's end.
        (
            "var out = new FileOutputStream(\"/proc/self/fd/4\"); byte[] reply = new byte[16 + 1 + 4 + 27]; reply[20] = 27; System.arraycopy(\"{\\\"status\\\":\\\"ok\\\",\\\"value\\\":[]}\".getBytes(), 0, reply, 21, 27); out.write(reply); while (true);",
            "error error error error",
        ),
        (
            "new FileOutputStream(FileDescriptor.out).write(\"{\\\"status\\\":\\\"ok\\\",\\\"value\\\":[1,3]}\".getBytes()); return null;",
            "fail fail fail fail",
        ),
        (
            "Runtime.getRuntime().halt(0); return numbers;",
            "error error error error",
        ),
        (
            "Class<?> main = Class.forName(\"interviewd.runner.Main\", true, ClassLoader.getSystemClassLoader()); main.getDeclaredFields()[0].setAccessible(true); return new int[]{1, 3};",
            "error error error error",
        ),
        (
            "return (int[]) new Object[]{numbers}[1];",
            "error error error error",
        ),
        ("return undefined;", "error error error error"),
    ];
    for (code, outcome) in table {
        let source = format!(
            "import java.io.*; import java.util.*; import java.util.stream.*;\nclass Solution {{\n    static int n;\n    int[] pickOut(int[] numbers) throws Exception {{ {code} }}\n}}"
        );
        let Some(seen) = judged(&source).await else {
            return;
        };
        assert_eq!(seen, outcome, "{code}");
    }
}

#[tokio::test]
async fn every_shipped_solution_in_java_passes() {
    let Some(sandbox) = java().await else { return };
    sandbox.settled(Language::Python).await;
    let mut played = 0;
    for (name, text) in SHIPPED {
        let problem = toml::parse(name, text).problem.expect("a valid problem");
        let Some(source) = problem.solutions.get(&Java) else {
            continue;
        };
        let report = sandbox
            .judge("ann", Java, source, &problem, RunKind::Submit, None)
            .await
            .expect("a report");
        let hidden = report
            .hidden
            .iter()
            .filter(|case| case.status != CaseStatus::Pass);
        assert_eq!(report.passed, report.total, "{name}: {:?}", report.tests);
        assert_eq!(hidden.count(), 0, "{name}: {:?}", report.hidden);
        played += 1;
    }
    assert!(played >= 20, "{played} solutions");
}

#[tokio::test]
async fn without_a_safe_jail_or_a_jdk_there_is_no_java() {
    let nowhere = Sandbox::start(config(), |_| ());
    let Availability::Unavailable(reason) = nowhere.settled(Java).await else {
        panic!("Java without a JDK");
    };
    assert!(reason.contains("no JDK was found"), "{reason}");
    let misled = SandboxConfig {
        java: JavaPlaces {
            home: Some("/nowhere".into()),
            ..places()
        },
        ..config()
    };
    let Availability::Unavailable(reason) = Sandbox::start(misled, |_| ()).settled(Java).await
    else {
        panic!("Java from nowhere");
    };
    assert!(
        reason.starts_with("sandbox.java.home: /nowhere"),
        "{reason}"
    );
    let Some(_) = java().await else { return };
    let unsafe_machine = SandboxConfig {
        executable: Some("/bin/false".into()),
        ..java_config()
    };
    let sandbox = Sandbox::start(unsafe_machine, |_| ());
    let Availability::Unavailable(reason) = sandbox.settled(Java).await else {
        panic!("Java without a jail");
    };
    assert!(reason.contains("cannot be locked in"), "{reason}");
    let error = sandbox
        .execute(body("return 1;"), JAVA_LIMITS)
        .await
        .unwrap_err();
    assert!(
        matches!(error, SandboxError::Unavailable { language: Java, .. }),
        "{error}"
    );
}
