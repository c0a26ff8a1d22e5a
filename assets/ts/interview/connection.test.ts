import assert from 'node:assert/strict';
import test from 'node:test';
import { ApiError } from './api.ts';
import { Connection, type Line, type SocketLike } from './connection.ts';
import type { ServerFrame } from './frames.ts';

/** A world whose clock moves when the test says so. */
function world() {
  const timers: { at: number; then: () => void }[] = [];
  let now = 0;
  const log: string[] = [];
  const frames: ServerFrame[] = [];
  const sockets: (SocketLike & { sent: string[]; protocols: string[] })[] = [];
  let tokens = 0;
  const outer = {
    fail: undefined as Error | undefined,
    token: async () => {
      if (outer.fail) throw outer.fail;
      return `t${(tokens += 1)}`;
    },
    socket: (protocols: string[]) => {
      const sent: string[] = [];
      const socket = { onopen: null, onmessage: null, onclose: null, send: (data: string) => void sent.push(data), close: () => undefined, sent, protocols };
      sockets.push(socket);
      return socket;
    },
    after: (ms: number, then: () => void) => {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
    chance: () => 0,
  };
  const connection = new Connection(outer, (line) => log.push(show(line)), (frame) => frames.push(frame));
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    outer, log, frames, sockets, connection, settle,
    last: () => sockets.at(-1)!,
    hello: () => sockets.at(-1)!.onmessage?.({ data: '{"type":"timer","remainingMs":1000}' }),
    pass: async (ms: number) => {
      const until = now + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers.splice(timers.indexOf(due), 1);
        now = due.at;
        due.then();
        await settle();
      }
      now = until;
    },
  };
}

function show(line: Line): string {
  return line.is === 'waiting' ? `waiting ${line.attempt} ${line.delayMs}` : line.is;
}

test('connects with a token in the protocol list and is open with the first frame', async () => {
  const w = world();
  w.connection.start();
  await w.settle();
  assert.deepEqual(w.last().protocols, ['interviewd.v1', 'token.t1']);
  assert.equal(w.connection.send({ type: 'session.ping' }), false);
  w.hello();
  assert.deepEqual(w.log, ['connecting', 'open']);
  assert.equal(w.connection.send({ type: 'user_text', text: 'hi' }), true);
  assert.equal(w.frames[0]?.type, 'timer');
});

test('comes back with a fresh token after each longer wait, and stops after five tries', async () => {
  const w = world();
  w.connection.start();
  await w.settle();
  w.hello();
  w.last().onclose?.({ code: 1006 });
  for (let tries = 0; tries < 5; tries += 1) {
    await w.pass(8_000);
    w.last().onclose?.({ code: 1006 });
  }
  assert.deepEqual(w.log.filter((entry) => entry !== 'connecting'), ['open', 'waiting 1 500', 'waiting 2 1000', 'waiting 3 2000', 'waiting 4 4000', 'waiting 5 8000', 'lost']);
  assert.deepEqual(w.last().protocols[1], 'token.t6');
  await w.pass(600_000);
  assert.equal(w.sockets.length, 6);
  w.connection.retry();
  await w.settle();
  w.hello();
  assert.equal(w.log.at(-1), 'open');
});

test('a success gives all tries back', async () => {
  const w = world();
  w.connection.start();
  await w.settle();
  for (let round = 0; round < 8; round += 1) {
    w.hello();
    w.last().onclose?.({ code: 1006 });
    await w.pass(500);
  }
  assert.ok(!w.log.includes('lost') && w.log.filter((entry) => entry.startsWith('waiting')).every((entry) => entry === 'waiting 1 500'));
});

test('another window took the place: no fight', async () => {
  const w = world();
  w.connection.start();
  await w.settle();
  w.hello();
  w.last().onclose?.({ code: 4002 });
  await w.pass(600_000);
  assert.equal(w.log.at(-1), 'replaced');
  assert.equal(w.sockets.length, 1);
});

test('a refused token is replaced once, then the person signs in', async () => {
  const w = world();
  w.connection.start();
  await w.settle();
  w.last().onclose?.({ code: 4001 });
  await w.settle();
  w.last().onclose?.({ code: 4001 });
  await w.settle();
  assert.deepEqual(w.log, ['connecting', 'connecting', 'signed-out']);
});

test('a token call that fails counts as a try, and says what it means', async () => {
  for (const [status, line] of [[401, 'signed-out'], [404, 'gone'], [409, 'gone'], [0, 'waiting 1 500'], [503, 'waiting 1 3000']] as const) {
    const w = world();
    w.outer.fail = new ApiError(status, 'x', 'x', status === 503 ? 3_000 : undefined);
    w.connection.start();
    await w.settle();
    assert.equal(w.log.at(-1), line);
  }
});

test('silence is a broken line: we ping, and leave when nothing comes back', async () => {
  const w = world();
  w.connection.start();
  await w.settle();
  w.hello();
  await w.pass(44_000);
  assert.deepEqual(w.last().sent, ['{"type":"session.ping"}', '{"type":"session.ping"}']);
  assert.equal(w.log.at(-1), 'open');
  await w.pass(1_000);
  assert.equal(w.log.at(-1), 'waiting 1 500');
});

test('what an old line still says is not heard', async () => {
  const w = world();
  w.connection.start();
  await w.settle();
  const old = w.last();
  const late = old.onmessage;
  w.connection.retry();
  await w.settle();
  late?.({ data: '{"type":"session.pong"}' });
  assert.deepEqual(w.frames, []);
});
