// The timer queue and the event loop: promise reactions first, then the timer that is due next.

const timers = []; // sorted by time, then by id
let lastTimerId = 0;

function insertTimer(timer) {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timers[middle].at <= timer.at) low = middle + 1;
    else high = middle;
  }
  timers.splice(low, 0, timer);
}

function schedule(callback, ms, repeats) {
  const id = ++lastTimerId;
  insertTimer({ id, at: native.now() + ms, callback, every: repeats ? Math.max(1, ms) : 0 });
  return id;
}

function cancel(id) {
  const at = timers.findIndex(timer => timer.id === id);
  if (at >= 0) timers.splice(at, 1);
  else cancelled = id; // a timer that clears itself while it runs
}
let cancelled = 0;

// Runs until nothing is left to do, or until `isDone()`.
function runLoop(isDone) {
  native.runJobs();
  while (timers.length && !isDone() && !native.rejections()) {
    const timer = timers.shift();
    const wait = timer.at - native.now();
    if (wait > 0) native.sleep(Math.ceil(wait));
    cancelled = 0;
    timer.callback();
    if (timer.every && cancelled !== timer.id) {
      timer.at = native.now() + timer.every;
      insertTimer(timer);
    }
    native.runJobs();
  }
}
