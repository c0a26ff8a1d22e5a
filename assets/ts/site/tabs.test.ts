import assert from 'node:assert/strict';
import test from 'node:test';
import { afterKey } from './tabs.ts';

test('arrows go round, Home and End jump', () => {
  assert.equal(afterKey('ArrowRight', 2, 3), 0);
  assert.equal(afterKey('ArrowLeft', 0, 3), 2);
  assert.equal(afterKey('Home', 2, 3), 0);
  assert.equal(afterKey('End', 0, 3), 2);
  assert.equal(afterKey('x', 0, 3), undefined);
});
