import assert from 'node:assert/strict';
import test from 'node:test';
import { Pause, buttonWords } from './pause.ts';

test('a pause counts down to nothing, however late it is looked at', () => {
  const pause = new Pause();
  assert.equal(pause.seconds(5_000), 0);
  pause.begin(20_000, 1_000);
  assert.deepEqual([1_000, 1_001, 20_001, 21_000, 99_000].map((now) => pause.seconds(now)), [20, 20, 1, 0, 0]);
  pause.begin(3_000, 1_000);
  assert.equal(pause.seconds(1_000), 20, 'a shorter wait does not cut a longer one');
});

test('a button says how long it waits', () => {
  assert.deepEqual([buttonWords('Run', 12), buttonWords('Run', 0)], ['Run in 12 s', 'Run']);
});
