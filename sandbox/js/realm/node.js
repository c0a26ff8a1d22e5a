// What people reach for from Node in an exercise: standard input, process, structuredClone, a few modules.
// To add a module, add its name and exports to `modules`; `require` and `import` both find it there.

let stdin = '';
let stdinRead = 0;

function readLine() {
  if (stdinRead >= stdin.length) return null;
  let end = stdin.indexOf('\n', stdinRead);
  if (end < 0) end = stdin.length;
  const line = stdin.slice(stdinRead, end);
  stdinRead = end + 1;
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function restOfStdin() {
  const rest = stdin.slice(stdinRead);
  stdinRead = stdin.length;
  return rest;
}

const codedError = (code, message) => Object.assign(new Error(message), { code });

// A tiny event emitter, shared by process.stdin and readline's interfaces.
function emitter(target, listeners) {
  target.on = target.addListener = (event, listener) => {
    (listeners[event] ??= []).push(listener);
    target.onListener?.(event);
    return target;
  };
  target.once = target.on;
  target.emit = (event, ...values) => {
    for (const listener of listeners[event] ?? []) listener(...values);
  };
  return target;
}

function lineReader() {
  let isStarted = false;
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    reader.emit('close');
  };
  const reader = emitter({
    close,
    setPrompt: () => {},
    prompt: () => {},
    question: (text, options, callback = options) => {
      write(1, text);
      setTimeout(() => callback(readLine() ?? ''));
    },
    onListener: event => {
      if (isStarted || (event !== 'line' && event !== 'close')) return;
      isStarted = true;
      setTimeout(() => {
        for (let line; !isClosed && (line = readLine()) !== null;) reader.emit('line', line);
        close();
      });
    },
    async *[Symbol.asyncIterator]() {
      for (let line; (line = readLine()) !== null;) yield line;
    },
  }, {});
  return reader;
}

function readFileSync(path, options) {
  if (path !== 0 && path !== '/dev/stdin') throw codedError('EACCES', `EACCES: permission denied, open '${path}'`);
  const text = restOfStdin();
  const isText = typeof options === 'string' || typeof options?.encoding === 'string';
  // Without an encoding Node answers a Buffer; everybody calls toString() on it.
  return isText ? text : Object.assign(new String(text), { toString: () => text });
}

const assert = (condition, message) => {
  if (!condition) throw Object.assign(new Error(message ?? 'The expression evaluated to a falsy value'), { name: 'AssertionError' });
};
const same = (left, right) => inspect(left, 0, [], false) === inspect(right, 0, [], false);
Object.assign(assert, {
  ok: assert,
  equal: (left, right, message) => assert(left == right, message ?? `${inspect(left, 0, [])} == ${inspect(right, 0, [])}`),
  strictEqual: (left, right, message) => assert(Object.is(left, right), message ?? `${inspect(left, 0, [])} === ${inspect(right, 0, [])}`),
  deepEqual: (left, right, message) => assert(same(left, right), message ?? 'Expected values to be deep-equal'),
  deepStrictEqual: (left, right, message) => assert(same(left, right), message ?? 'Expected values to be deep-equal'),
});

const modules = {
  fs: { readFileSync },
  readline: { createInterface: lineReader },
  util: { inspect: value => inspect(value, 0, [], false), format: (...values) => format(values) },
  assert,
  perf_hooks: { performance: globalThis.performance },
  timers: { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate },
};
modules.process = globalThis.process = {
  argv: ['node', 'solution.js'], env: {}, version: 'v20.0.0', platform: 'wasi', pid: 1, exitCode: undefined,
  exit: code => native.exit(code ?? globalThis.process.exitCode ?? 0),
  cwd: () => '/',
  on: () => globalThis.process,
  uptime: () => native.now() / 1000,
  memoryUsage: () => ({ heapUsed: 0, heapTotal: 0, rss: 0 }),
  nextTick: (callback, ...values) => { queueMicrotask(() => callback(...values)); },
  hrtime: Object.assign(
    () => { const now = native.now(); return [Math.floor(now / 1e3), Math.floor(now % 1e3 * 1e6)]; },
    { bigint: () => BigInt(Math.round(native.now() * 1e6)) }),
  stdout: { write: text => { write(1, String(text)); return true; }, isTTY: false },
  stderr: { write: text => { write(2, String(text)); return true; }, isTTY: false },
};
globalThis.process.stdin = emitter({
  fd: 0, isTTY: false,
  setEncoding: () => {}, resume: () => {}, pause: () => {},
  onListener: event => {
    const { stdin: stream } = globalThis.process;
    if (event === 'data') setTimeout(() => { stream.emit('data', restOfStdin()); stream.emit('end'); stream.emit('close'); });
  },
  async *[Symbol.asyncIterator]() { yield restOfStdin(); },
}, {});

globalThis.require = name => {
  const found = modules[String(name).replace(/^node:/, '')];
  if (!found) throw codedError('MODULE_NOT_FOUND', `Cannot find module '${name}'`);
  return found;
};
globalThis.module = { exports: {} };
globalThis.exports = globalThis.module.exports;
globalThis.global = globalThis;
globalThis.readline = globalThis.input = readLine;

// For `import`: a module written around what require() returns. The loader of guest.c calls it.
function moduleSource(name) {
  const bare = name.replace(/^node:/, '');
  const found = modules[bare];
  if (!found) throw codedError('ERR_MODULE_NOT_FOUND', `Cannot find module '${name}'`);
  const names = Object.keys(found).filter(key => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default');
  return `const found = require(${JSON.stringify(bare)}); export default found;\n`
    + names.map(key => `const $${key} = found.${key}; export { $${key} as ${key} };`).join('\n');
}

globalThis.structuredClone ??= value => {
  const copies = new Map();
  const clone = original => {
    if (typeof original === 'function' || typeof original === 'symbol') throw new Error(`${String(original)} could not be cloned.`);
    if (typeof original !== 'object' || original === null) return original;
    if (copies.has(original)) return copies.get(original);
    if (original instanceof Date) return new Date(original);
    if (original instanceof RegExp) return new RegExp(original);
    if (ArrayBuffer.isView(original)) return original.slice();
    const copy = Array.isArray(original) ? [] : original instanceof Map ? new Map() : original instanceof Set ? new Set() : {};
    copies.set(original, copy);
    if (original instanceof Map) original.forEach((item, key) => copy.set(clone(key), clone(item)));
    else if (original instanceof Set) original.forEach(item => copy.add(clone(item)));
    else for (const key of Object.keys(original)) copy[key] = clone(original[key]);
    return copy;
  };
  return clone(value);
};
