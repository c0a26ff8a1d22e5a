import assert from 'node:assert/strict';
import test from 'node:test';
import { announcement, format, level, remainingMs } from './clock.ts';

test('counts down between frames and stops at zero', () => {
  const countdown = { remainingMs: 2_500, heardAtMs: 10_000, held: false };
  assert.deepEqual([10_000, 11_000, 12_600, 99_000].map((now) => format(remainingMs(countdown, now))), ['00:03', '00:02', '00:00', '00:00']);
});

test('a clock that is held does not move, and one that jumps back is not believed', () => {
  assert.equal(remainingMs({ remainingMs: 900, heardAtMs: 0, held: true }, 5_000), 900);
  assert.equal(remainingMs({ remainingMs: 900, heardAtMs: 5_000, held: false }, 0), 900);
});

test('shows minutes and seconds, long interviews too', () => {
  assert.deepEqual([0, 1, 59_001, 60_000, 2_700_000, 5_400_000, 6_000_001, -5].map(format), ['00:00', '00:01', '01:00', '01:00', '45:00', '90:00', '100:01', '00:00']);
});

test('changes its tone at five minutes and at one', () => {
  assert.deepEqual([300_001, 300_000, 60_001, 60_000, 1, 0].map(level), ['calm', 'soon', 'soon', 'last', 'last', 'over']);
});

test('speaks at the warnings alone, and not on arrival', () => {
  assert.equal(announcement(undefined, 'soon'), undefined);
  assert.equal(announcement('calm', 'soon'), 'Five minutes left.');
  assert.equal(announcement('soon', 'last'), 'One minute left.');
  assert.equal(announcement('last', 'calm'), undefined);
  assert.equal(announcement('last', 'last'), undefined);
});
