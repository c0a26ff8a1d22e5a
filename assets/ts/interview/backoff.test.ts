import assert from 'node:assert/strict';
import test from 'node:test';
import { delayMs, DELAY_MS_MAX, TRIES_MAX } from './backoff.ts';

test('waits double, are spread, and end after five tries', () => {
  const at = (chance: number) => [1, 2, 3, 4, 5, 6].map((attempt) => delayMs(attempt, chance));
  assert.deepEqual(at(0), [500, 1000, 2000, 4000, 8000, undefined]);
  assert.deepEqual(at(1), [1000, 2000, 4000, 8000, 16000, undefined]);
  assert.equal(TRIES_MAX, 5);
});

test('a server that asks for patience gets it, up to the longest wait', () => {
  assert.equal(delayMs(1, 0, 7_000), 7_000);
  assert.equal(delayMs(1, 0, 600_000), DELAY_MS_MAX);
});
