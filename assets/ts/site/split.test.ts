import assert from 'node:assert/strict';
import test from 'node:test';
import { bounded } from './split.ts';

test('a pane never vanishes', () => {
  assert.equal(bounded(-5, 20, 80), 20);
  assert.equal(bounded(99, 20, 80), 80);
  assert.equal(bounded(33.333, 20, 80), 33.3);
});
