//! The rows. A source is what the attacker writes, by language in the order of [`LANGUAGES`]; [`super`] says how it is wrapped.
//!
//! In a source `DATA`, `PORT`, `LOCALSOCKET` stand for a server's data directory, a listening port and a listening socket of this
//! machine; `BUSY` for more milliseconds than the time limit; `NEST` for 24,000 opening brackets.

use super::{Attack, Must};
use interviewd_domain::{
    problem::Language,
    run::RunStatus::{CompileError, MemoryLimit, Ok as Fine, OutputLimit, RuntimeError, Timeout},
};

pub const LANGUAGES: [Language; 3] = [Language::Python, Language::Javascript, Language::Java];

const TIME: Must = Must::End {
    statuses: &[Timeout],
    out: Some("kept\n"),
    messages: ["the time limit of one case"; 3],
};
const MEMORY: Must = Must::End {
    statuses: &[MemoryLimit],
    out: Some(""),
    messages: ["memory", "memory", ""],
};
const OUTPUT: Must = Must::End {
    statuses: &[OutputLimit],
    out: None,
    messages: ["64 KB of output"; 3],
};

pub const ROWS: &[Attack] = &[
    Attack {
        group: "endless",
        name: "a loop",
        sources: [
            "print('kept')\nwhile True:\n    pass",
            "console.log('kept'); for (;;);",
            "System.out.println(\"kept\"); while (true);",
        ],
        must: TIME,
        wall: "time limit",
        relaxed: false,
    },
    Attack {
        group: "endless",
        name: "a loop that catches what would stop it",
        sources: [
            "print('kept')\nwhile True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
            "console.log('kept'); for (;;) { try { for (;;); } catch {} finally { continue; } }",
            "System.out.println(\"kept\"); while (true) { try { while (true); } catch (Throwable t) { } finally { continue; } }",
        ],
        must: TIME,
        wall: "time limit",
        relaxed: false,
    },
    Attack {
        group: "endless",
        name: "a regular expression that backtracks for ever",
        sources: [
            "import re\nprint('kept')\nre.match(r'^(a+)+$', 'a' * 60 + 'b')",
            "console.log('kept'); /^(a+)+$/.test('a'.repeat(60) + 'b');",
            "System.out.println(\"kept\"); java.util.regex.Pattern.matches(\"(x+x+)+(y+y+)+z\", \"x\".repeat(60)); java.util.regex.Pattern.matches(\"(.*)*(.*)*(.*)*=\\\\1\\\\2(a|aa)+\", \"a\".repeat(5000)); while (true);",
        ],
        must: TIME,
        wall: "time limit",
        relaxed: false,
    },
    Attack {
        group: "endless",
        name: "big integers",
        sources: [
            "print('kept')\nx = 7\nwhile True:\n    x = x * x",
            "console.log('kept'); let x = 7n; for (;;) { x = x * x % (1n << 200000n) + 7n; }",
            "System.out.println(\"kept\"); var m = java.math.BigInteger.ONE.shiftLeft(3000000); var x = m.subtract(java.math.BigInteger.TEN); while (true) x = x.multiply(x).mod(m).add(java.math.BigInteger.TEN);",
        ],
        must: TIME,
        wall: "time limit",
        relaxed: false,
    },
    Attack {
        group: "endless",
        name: "sleep",
        sources: [
            "import time\nprint('kept')\ntime.sleep(3600)",
            "console.log('kept'); setTimeout(() => {}, 3600000);",
            "System.out.println(\"kept\"); Thread.sleep(3600000);",
        ],
        must: TIME,
        wall: "time limit",
        relaxed: false,
    },
    Attack {
        group: "endless",
        name: "a little longer than the limit",
        sources: [
            "import time\nprint('kept')\nend = time.monotonic() + BUSY / 1000\nwhile time.monotonic() < end:\n    pass",
            "console.log('kept'); const end = Date.now() + BUSY; while (Date.now() < end);",
            "System.out.println(\"kept\"); long end = System.nanoTime() + BUSY * 1000000L; while (System.nanoTime() < end);",
        ],
        must: TIME,
        wall: "time limit",
        relaxed: true,
    },
    Attack {
        group: "memory",
        name: "one block",
        sources: [
            "x = bytearray(120 << 20)\nprint(len(x))",
            "const x = new ArrayBuffer(120 << 20); console.log(x.byteLength);",
            "byte[] x = new byte[900 << 20]; System.out.println(x.length);",
        ],
        must: MEMORY,
        wall: "memory limit",
        relaxed: true,
    },
    Attack {
        group: "memory",
        name: "many small objects",
        sources: [
            "x = [str(i) * 4 for i in range(1_200_000)]\nprint(len(x))",
            "const x = []; for (let i = 0; i < 1_200_000; i++) x.push({ i, s: [i] }); console.log(x.length);",
            "List<long[]> all = new ArrayList<>(); while (true) all.add(new long[1000]);",
        ],
        must: MEMORY,
        wall: "memory limit",
        relaxed: true,
    },
    Attack {
        group: "memory",
        name: "a structure without an end",
        sources: [
            "x = None\nwhile True:\n    x = [x, 'y' * 1000]",
            "let x = null; for (let i = 0; ; i++) x = { x, y: [i, i + 1, i + 2] };",
            "Object[] x = null; while (true) x = new Object[]{x, new int[1000]};",
        ],
        must: Must::End {
            statuses: &[MemoryLimit, RuntimeError],
            out: Some(""),
            messages: [""; 3],
        },
        wall: "memory limit",
        relaxed: false,
    },
    Attack {
        group: "output",
        name: "lines without end",
        sources: [
            "while True:\n    print('line')",
            "for (;;) console.log('line');",
            "while (true) System.out.println(\"line\");",
        ],
        must: OUTPUT,
        wall: "output limit",
        relaxed: false,
    },
    Attack {
        group: "output",
        name: "standard error without end",
        sources: [
            "import sys\nwhile True:\n    print('x' * 1000, file=sys.stderr)",
            "for (;;) console.error('x'.repeat(1000));",
            "while (true) System.err.println(\"x\".repeat(1000));",
        ],
        must: OUTPUT,
        wall: "output limit",
        relaxed: false,
    },
    Attack {
        group: "output",
        name: "a little more than the limit",
        sources: [
            "print('x' * 70_000)",
            "console.log('x'.repeat(70_000));",
            "System.out.println(\"x\".repeat(70_000));",
        ],
        must: OUTPUT,
        wall: "output limit",
        relaxed: true,
    },
    Attack {
        group: "depth",
        name: "recursion without end",
        sources: [
            "def f():\n    return f()\nf()",
            "function f() { return 1 + f(); } f();",
            "class F { int f() { return 1 + f(); } } new F().f();",
        ],
        must: Must::End {
            statuses: &[RuntimeError],
            out: Some(""),
            messages: [
                "RecursionError",
                "Maximum call stack size",
                "StackOverflowError",
            ],
        },
        wall: "stack limit",
        relaxed: false,
    },
    Attack {
        group: "depth",
        name: "brackets, 24,000 deep, near the size limit of sources",
        sources: ["x = NEST", "let x = NEST", "int x = NEST"],
        must: Must::End {
            statuses: &[CompileError, RuntimeError, MemoryLimit],
            out: Some(""),
            messages: [""; 3],
        },
        wall: "stack limit",
        relaxed: false,
    },
    Attack {
        group: "processes",
        name: "forks and programs",
        sources: [
            "import os, subprocess\nt('fork', lambda: os.fork())\nt('system', lambda: os.system('true') == 0 or 1 / 0)\nt('exec', lambda: os.execv('/bin/true', ['true']))\nt('run', lambda: subprocess.run(['true']))",
            "t('child', () => require('child_process').execSync('true')); t('cluster', () => require('cluster').fork()); t('worker', () => new Worker('data:,')); t('os', () => os.exec(['true']));",
            "t(\"builder\", () -> new ProcessBuilder(\"/bin/true\").start()); t(\"exec\", () -> Runtime.getRuntime().exec(\"java\")); t(\"kill\", () -> { if (!ProcessHandle.of(1).get().destroyForcibly()) throw new Error(); });",
        ],
        must: Must::Probe,
        wall: "no such call; seccomp",
        relaxed: false,
    },
    Attack {
        group: "processes",
        name: "a thread bomb",
        sources: [
            "import threading, time\nfor i in range(1000):\n    threading.Thread(target=time.sleep, args=(60,)).start()\nprint('bomb')",
            "for (let i = 0; i < 1000; i++) new Worker('data:,for(;;);'); console.log('bomb');",
            "for (int i = 0; i < 1000; i++) new Thread(() -> { try { Thread.sleep(60000); } catch (InterruptedException e) { } }).start(); System.out.println(\"bomb\");",
        ],
        must: Must::End {
            statuses: &[RuntimeError, MemoryLimit, Timeout],
            out: Some(""),
            messages: [""; 3],
        },
        wall: "no such call; seccomp, rlimits",
        relaxed: false,
    },
    Attack {
        group: "files",
        name: "reading the server's data, /proc, /etc and devices",
        sources: [
            "import os\nfor p in ['DATA/secret', '/etc/passwd', '/proc/self/environ', '/proc/1/cmdline', '/proc/self/maps', '/dev/mem', '/dev/zero', '../etc/passwd', '/proc/self/root/etc/passwd']:\n    t(p, lambda: open(p, 'rb').read(16))\nfor p in ['DATA', '/proc', '/etc', '/dev']:\n    t(p, lambda: os.listdir(p))\nt('link', lambda: os.readlink('/proc/self/exe'))",
            "for (const p of ['DATA/secret', '/etc/passwd', '/proc/self/environ', '/proc/1/cmdline', '/dev/mem', '/dev/zero', '../etc/passwd']) t(p, () => require('fs').readFileSync(p)); t('list', () => require('fs').readdirSync('DATA')); t('import', () => require('DATA/secret')); t('std', () => std.loadFile('/etc/passwd').length);",
            "for (String p : new String[]{\"DATA/secret\", \"/etc/passwd\", \"/proc/1/environ\", \"/proc/1/cmdline\", \"/dev/mem\", \"/proc/self/root/etc/passwd\"}) t(p, () -> Files.newInputStream(Path.of(p)).read()); for (String p : new String[]{\"DATA\", \"/\", \"/etc\", \"/dev\"}) t(p, () -> Files.list(Path.of(p)).count());",
        ],
        must: Must::Probe,
        wall: "no such call; landlock, seccomp",
        relaxed: false,
    },
    Attack {
        group: "files",
        name: "writing anywhere",
        sources: [
            "import os\nfor p in ['DATA/attack', '/tmp/attack-interviewd', '/dev/shm/attack-interviewd', 'attack-interviewd', '/proc/self/oom_score_adj', '/dev/null']:\n    t(p, lambda: open(p, 'w').write('x'))\nt('unlink', lambda: os.unlink('DATA/secret'))\nt('mkdir', lambda: os.mkdir('/tmp/attack-interviewd'))\nt('rename', lambda: os.rename('DATA/secret', 'DATA/attack'))\nt('link', lambda: os.symlink('/etc', '/tmp/attack-interviewd'))",
            "for (const p of ['DATA/attack', '/tmp/attack-interviewd', '/dev/shm/attack-interviewd', 'attack-interviewd']) t(p, () => require('fs').writeFileSync(p, 'x')); t('unlink', () => require('fs').unlinkSync('DATA/secret')); t('std', () => std.open('/tmp/attack-interviewd', 'w').puts('x'));",
            "for (String p : new String[]{\"DATA/attack\", \"/tmp/attack-interviewd\", \"/dev/shm/attack-interviewd\", \"attack-interviewd\", \"/proc/self/oom_score_adj\"}) t(p, () -> Files.writeString(Path.of(p), \"x\")); t(\"unlink\", () -> Files.delete(Path.of(\"DATA/secret\"))); t(\"mkdir\", () -> Files.createDirectory(Path.of(\"/tmp/attack-interviewd\"))); t(\"temp\", () -> Files.createTempFile(\"attack\", \"interviewd\"));",
        ],
        must: Must::Probe,
        wall: "no such call; landlock, seccomp, rlimits",
        relaxed: false,
    },
    Attack {
        group: "network",
        name: "sockets of every kind",
        sources: [
            "import socket\nt('tcp', lambda: socket.create_connection(('127.0.0.1', PORT), 1))\nt('tcp6', lambda: socket.create_connection(('::1', PORT), 1))\nt('udp', lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', PORT)))\nt('unix', lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).connect('LOCALSOCKET'))\nt('pair', lambda: socket.socketpair())\nt('raw', lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))\nt('listen', lambda: socket.create_server(('127.0.0.1', 0)))\ndef web():\n    import urllib.request\n    urllib.request.urlopen('http://127.0.0.1:PORT/', timeout=1)\nt('web', web)",
            "for (const kind of ['net', 'dgram', 'http', 'https', 'http2', 'tls', 'dns']) t(kind, () => require(kind).toString()); t('fetch', () => fetch('http://127.0.0.1:PORT/')); t('socket', () => new WebSocket('ws://127.0.0.1:PORT/')); t('xhr', () => new XMLHttpRequest());",
            "t(\"tcp\", () -> new Socket(\"127.0.0.1\", PORT)); t(\"tcp6\", () -> new Socket(\"::1\", PORT)); t(\"udp\", () -> new DatagramSocket()); t(\"unix\", () -> java.nio.channels.SocketChannel.open(UnixDomainSocketAddress.of(\"LOCALSOCKET\"))); t(\"channel\", () -> java.nio.channels.SocketChannel.open()); t(\"listen\", () -> new ServerSocket(0)); t(\"web\", () -> URI.create(\"http://127.0.0.1:PORT/\").toURL().openStream()); t(\"name\", () -> InetAddress.getByName(\"interviewd.example\"));",
        ],
        must: Must::Probe,
        wall: "no such call; landlock, seccomp",
        relaxed: false,
    },
    Attack {
        group: "environment",
        name: "variables and arguments of the server",
        sources: [
            "import os\nt('path', lambda: os.environ['PATH'])\nt('any', lambda: [k for k in os.environ if k.startswith(('CARGO', 'INTERVIEWD', 'HOME', 'USER'))][0])",
            "t('path', () => { if (!process.env.PATH) throw 1; }); t('any', () => { if (!Object.keys(process.env).length) throw 1; }); t('deno', () => Deno.env.get('PATH'));",
            "t(\"path\", () -> System.getenv(\"PATH\").length()); t(\"any\", () -> System.getenv().keySet().stream().filter(k -> k.startsWith(\"CARGO\") || k.startsWith(\"INTERVIEWD\") || k.equals(\"HOME\")).findFirst().get());",
        ],
        must: Must::Probe,
        wall: "empty environment",
        relaxed: false,
    },
    Attack {
        group: "tampering",
        name: "replaced builtins and prototypes",
        sources: [
            "import builtins, json\njson.dumps = lambda *a, **k: '{\"status\":\"ok\",\"value\":true,\"passed\":true}'\nbuiltins.len = lambda x: 0\nbuiltins.isinstance = lambda *a: True\nclass Anything(list):\n    __eq__ = lambda self, other: True\n    __hash__ = None\ndef pick_out(numbers):\n    return Anything([9])",
            "JSON.stringify = () => '{\"status\":\"ok\",\"value\":true}'; Object.prototype.toJSON = () => true; Array.prototype.toString = () => '1,3'; const pickOut = () => ({ valueOf: () => true, status: 'pass' });",
            "class Solution { public boolean equals(Object o) { return true; } int[] pickOut(int[] n) { System.setProperty(\"line.separator\", \"{\\\"status\\\":\\\"ok\\\"}\"); return new int[]{9}; } }",
        ],
        must: Must::NeverPass,
        wall: "comparison in the host",
        relaxed: false,
    },
    Attack {
        group: "tampering",
        name: "forged results on standard output",
        sources: [
            "import sys\ndef pick_out(numbers):\n    line = '{\"status\": \"ok\", \"value\": [1, 3]}\\n'\n    for s in (sys.stdout, sys.stderr, sys.__stdout__):\n        try:\n            s.write(line)\n        except Exception:\n            pass\n    sys.stdout = None\n    return None",
            "function pickOut() { const line = '{\"status\":\"ok\",\"value\":[1,3]}\\n'; console.log(line); process.stdout.write(line); console.log = null; return null; }",
            "class Solution { int[] pickOut(int[] n) throws Exception { new java.io.FileOutputStream(java.io.FileDescriptor.out).write(\"{\\\"status\\\":\\\"ok\\\",\\\"value\\\":[1,3]}\\n\".getBytes()); System.setOut(null); return null; } }",
        ],
        must: Must::NeverPass,
        wall: "comparison in the host",
        relaxed: false,
    },
    Attack {
        group: "tampering",
        name: "reflection on the runner, in search of expected values",
        sources: [
            "import gc, sys\ndef pick_out(numbers):\n    f = sys._getframe()\n    while f:\n        for v in f.f_locals.values():\n            if isinstance(v, dict) and 'expected' in v:\n                return v['expected']\n        f = f.f_back\n    for o in gc.get_objects():\n        if isinstance(o, dict) and 'expected' in o:\n            return o['expected']\n    return None",
            "function pickOut() { for (const k of Object.getOwnPropertyNames(globalThis)) { try { const v = globalThis[k]; if (v && v.expected) return v.expected; } catch {} } try { return arguments.callee.caller.arguments[0].expected; } catch {} return null; }",
            "class Solution { int[] pickOut(int[] n) throws Exception { for (String c : new String[]{\"interviewd.runner.Main\", \"interviewd.runner.Compiler\"}) { Class<?> k = Class.forName(c, true, ClassLoader.getSystemClassLoader()); for (var f : k.getDeclaredFields()) { f.setAccessible(true); Object v = f.get(null); if (v instanceof int[] a) return a; } } return null; } }",
        ],
        must: Must::NeverPass,
        wall: "expected values stay in the host",
        relaxed: false,
    },
    Attack {
        group: "tampering",
        name: "leaving in mid-run",
        sources: [
            "import sys, os\ndef pick_out(numbers):\n    os._exit(0) if len(numbers) else sys.exit(0)",
            "function pickOut() { process.exit(0); }",
            "class Solution { int[] pickOut(int[] n) { Runtime.getRuntime().halt(0); return n; } }",
        ],
        must: Must::NeverPass,
        wall: "an end without a reply is no answer",
        relaxed: false,
    },
    Attack {
        group: "text",
        name: "NUL and every kind of character",
        sources: [
            "print('a\\0b\\u202e\\U0001f980')",
            "console.log('a\\0b\\u202e\\u{1f980}');",
            "System.out.println(\"a\\0b\\u202e\\ud83e\\udd80\");",
        ],
        must: Must::End {
            statuses: &[Fine],
            out: Some("a\0b\u{202e}\u{1f980}\n"),
            messages: [""; 3],
        },
        wall: "output is text, kept as it is",
        relaxed: false,
    },
    Attack {
        group: "text",
        name: "half a character",
        sources: [
            "print('\\ud800')",
            "console.log('\\ud800');",
            "System.out.println(\"\\ud800\");",
        ],
        must: Must::End {
            statuses: &[Fine, RuntimeError],
            out: None,
            messages: [""; 3],
        },
        wall: "output becomes valid text",
        relaxed: false,
    },
];
