import assert from 'node:assert/strict';
import test from 'node:test';
import { opposite } from './theme.ts';

test('the button shows the opposite of what is seen', () => {
  assert.equal(opposite(undefined, false), 'dark');
  assert.equal(opposite(undefined, true), 'light');
  assert.equal(opposite('light', true), 'dark');
  assert.equal(opposite('dark', false), 'light');
});
