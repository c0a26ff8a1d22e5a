import assert from 'node:assert/strict';
import test from 'node:test';
import { waiting } from './polling.ts';

test('an answer that still waits is told from one that is ready', () => {
  assert.ok(waiting('<div id="summary" hx-trigger="every 5s" data-polling>'));
  assert.ok(!waiting('<div id="summary"><h1>A good interview.</h1></div>'));
});
