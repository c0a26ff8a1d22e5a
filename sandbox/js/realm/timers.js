// Timers, as globals. The queue itself is the harness's (harness/timers.js): here they are only named.

const schedule = (callback, ms, repeat, values) => {
  if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
  return native.schedule(() => callback(...values), +ms > 0 ? +ms : 0, repeat);
};
globalThis.setTimeout = (callback, ms = 0, ...values) => schedule(callback, ms, false, values);
globalThis.setInterval = (callback, ms = 0, ...values) => schedule(callback, ms, true, values);
globalThis.setImmediate = (callback, ...values) => schedule(callback, 0, false, values);
globalThis.clearTimeout = globalThis.clearInterval = globalThis.clearImmediate = id => { native.cancel(+id || 0); };
globalThis.queueMicrotask ??= callback => { Promise.resolve().then(callback); };
globalThis.performance ??= {};
globalThis.performance.now = () => native.now();
