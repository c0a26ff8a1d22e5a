import assert from 'node:assert/strict';
import test from 'node:test';
import { OWN_CASES_MAX, ownExpected, ownNote, storedCases } from './cases.ts';
import type { RunCase } from './frames.ts';

test('an expectation may be missing, is JSON, and text for a program', () => {
  assert.deepEqual(ownExpected('  ', [[1]]), {});
  assert.deepEqual(ownExpected('[1, "a"]', [[1]]), { expected: [1, 'a'] });
  assert.deepEqual(ownExpected('3\n', 'in'), { expected: '3\n' });
  assert.ok('problem' in ownExpected('[1', [[1]]));
});

test('a case of one\'s own says what was compared', () => {
  const note = (own: RunCase['own']) => ownNote({ name: 'Your input', status: 'fail', expected: 4, own });
  assert.equal(note(undefined), undefined);
  assert.equal(note({ answered: true, expected: null, agrees: null }), undefined);
  assert.match(note({ answered: true, expected: 4, agrees: true }) ?? '', /what you expected/);
  assert.equal(note({ answered: true, expected: 5, agrees: false }), 'You expected 5; the reference solution answers 4.');
  assert.match(note({ answered: false, expected: 5, agrees: null }) ?? '', /no answer.*compared with what you expected/);
  assert.match(note({ answered: false, expected: null, agrees: null }) ?? '', /Nothing was compared/);
});

test('what was stored comes back, and nonsense does not', () => {
  assert.deepEqual(storedCases('[{"input":[1],"expected":2}, 5, null, {"no":1}]'), [{ input: [1], expected: 2 }]);
  assert.deepEqual([storedCases(null), storedCases('{'), storedCases('{}')], [[], [], []]);
  assert.equal(storedCases(JSON.stringify(Array.from({ length: 20 }, () => ({ input: 1 })))).length, OWN_CASES_MAX);
});
