// The output streams and `console`. Lines go to the host as they are written, so that a killed run keeps them; past
// the limit they are dropped here, which is far cheaper than a call per line.

const STREAM_KEPT_CHARS = 128 * 1024;
const WRITE_MAX_CHARS = 64 * 1024;

const written = [0, 0, 0];
function write(fd, text) {
  if (written[fd] >= STREAM_KEPT_CHARS) return;
  written[fd] += text.length;
  native.write(fd, text.length > WRITE_MAX_CHARS + STREAM_KEPT_CHARS ? text.slice(0, WRITE_MAX_CHARS + STREAM_KEPT_CHARS) : text);
}

let indentation = '';
function print(fd, values) {
  if (written[fd] >= STREAM_KEPT_CHARS) return;
  const text = format(values);
  write(fd, (indentation ? indentation + text.replaceAll('\n', '\n' + indentation) : text) + '\n');
}

const counters = new Map();
const stopwatches = new Map();
const toOut = (...values) => print(1, values);
const toErr = (...values) => print(2, values);
const elapsed = label => `${label}: ${(native.now() - (stopwatches.get(label) ?? native.now())).toFixed(3)}ms`;

globalThis.console = {
  log: toOut, info: toOut, debug: toOut, table: toOut, error: toErr, warn: toErr, trace: toErr,
  dir: value => print(1, [value]),
  assert: (condition, ...values) => {
    if (condition) return;
    print(2, values.length ? ['Assertion failed:', ...values] : ['Assertion failed']);
  },
  group: (...values) => { if (values.length) print(1, values); indentation += '  '; },
  groupEnd: () => { indentation = indentation.slice(2); },
  count: (label = 'default') => {
    counters.set(label, (counters.get(label) ?? 0) + 1);
    print(1, [`${label}: ${counters.get(label)}`]);
  },
  countReset: (label = 'default') => { counters.delete(label); },
  time: (label = 'default') => { stopwatches.set(label, native.now()); },
  timeLog: (label = 'default') => print(1, [elapsed(label)]),
  timeEnd: (label = 'default') => { print(1, [elapsed(label)]); stopwatches.delete(label); },
};
globalThis.print = toOut;
