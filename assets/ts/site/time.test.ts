import assert from 'node:assert/strict';
import test from 'node:test';
import { localText } from './time.ts';

test('a time is told in the zone of the reader', () => {
  assert.equal(localText('2026-11-22T23:10:00Z', 'minute', 'Europe/Berlin'), '23 November 2026, 00:10');
  assert.equal(localText('2026-11-22T23:10:00Z', 'day', 'America/New_York'), '22 November 2026');
});

test('what is not a time is left as it is', () => {
  assert.equal(localText('soon', 'day'), undefined);
});
