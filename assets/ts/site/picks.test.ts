import assert from 'node:assert/strict';
import test from 'node:test';
import { afterArrow } from './picks.ts';

test('arrows lead from the search into the list and back', () => {
  assert.equal(afterArrow('ArrowDown', 'search', 3), 0);
  assert.equal(afterArrow('ArrowDown', 2, 3), undefined);
  assert.equal(afterArrow('ArrowDown', 'search', 0), undefined);
  assert.equal(afterArrow('ArrowUp', 0, 3), 'search');
  assert.equal(afterArrow('ArrowUp', 2, 3), 1);
  assert.equal(afterArrow('ArrowUp', 'search', 3), undefined);
  assert.equal(afterArrow('x', 1, 3), undefined);
});
