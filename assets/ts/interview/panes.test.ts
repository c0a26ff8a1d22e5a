import assert from 'node:assert/strict';
import test from 'node:test';
import { afterKey, bounds, clamp, percent, revived } from './panes.ts';

test('a pane takes what its neighbours leave, and never vanishes', () => {
  assert.deepEqual(bounds(260, 1440, 800), { min: 260, max: 640 });
  assert.deepEqual(bounds(260, 900, 800), { min: 260, max: 260 });
  assert.deepEqual([100, 300.4, 900].map((size) => clamp(size, { min: 260, max: 640 })), [260, 300, 640]);
});

test('arrows move it, Shift leaps, Home, End and Enter jump', () => {
  const limits = { min: 260, max: 640 };
  const press = (key: string, leap = false) => afterKey(key, 340, limits, 344, 'ArrowRight', leap);
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'Home', 'End', 'Enter', 'ArrowUp', 'a'].map((key) => press(key)), [356, 324, 260, 640, 344, undefined, undefined]);
  assert.deepEqual([press('ArrowRight', true), press('ArrowLeft', true)], [436, 260]);
  assert.equal(afterKey('ArrowDown', 300, limits, 300, 'ArrowUp', false), 284);
  assert.equal(afterKey('ArrowLeft', 300, limits, 300, 'ArrowLeft', false), 316);
});

test('says how far it is open', () => {
  assert.deepEqual([260, 450, 640, 700].map((size) => percent(size, { min: 260, max: 640 })), [0, 50, 100, 100]);
  assert.equal(percent(260, { min: 260, max: 260 }), 100);
});

test('reads back sizes and nothing else', () => {
  assert.deepEqual(revived('{"problem":300,"talk":"x","console":-1,"more":null}'), { problem: 300 });
  for (const broken of [null, '', '3', 'null', '{']) assert.deepEqual(revived(broken), {});
});
