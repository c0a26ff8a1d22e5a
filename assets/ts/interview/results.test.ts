import assert from 'node:assert/strict';
import test from 'node:test';
import type { Run } from './frames.ts';
import { headline, inputTemplate, inputText, milliseconds, ownInput, refusal, valueText } from './results.ts';

const run = (status: Run['status'], passed: number, total: number): Run => ({ runId: 'r', kind: 'run', language: 'python', status, stdout: '', stderr: '', exitCode: 0, durationMs: 3, passed, total, tests: [] });

test('every outcome has words of its own', () => {
  const outcomes = (['ok', 'compile_error', 'runtime_error', 'timeout', 'memory_limit', 'output_limit'] as const).map((status) => headline(run(status, 1, 3)).words);
  assert.deepEqual(outcomes, ['1 of 3 passed', 'Does not compile', 'Crashed, 1 of 3 passed', 'Out of time', 'Out of memory', 'Too much output']);
  assert.deepEqual([headline(run('ok', 3, 3)).tone, headline(run('ok', 2, 3)).tone, headline(run('ok', 0, 0)).words], ['good', 'bad', 'Completed']);
});

test('a refusal says what to do and when', () => {
  assert.match(refusal(429, 'rate_limited', 'x', 12).detail ?? '', /run again in 12 s; the buttons count down/);
  assert.match(refusal(429, 'rate_limited', 'x', 0).detail ?? '', /run again now/);
  assert.match(refusal(503, 'busy', 'x', undefined).detail ?? '', /code is safe\.$/);
  assert.equal(refusal(422, 'language_unavailable', 'Java needs a JDK.', undefined).detail, 'Java needs a JDK.');
  assert.equal(refusal(500, 'http_500', 'Oops.', undefined).words, 'Nothing was run');
});

test('values and inputs read as a person would write them', () => {
  assert.equal(valueText([[1, 'a"b'], { k: [null, true] }]), '[[1, "a\\"b"], {"k": [null, true]}]');
  assert.equal(inputText([[3, 1], 2], ['nums', 'k']), 'nums = [3, 1]\nk = 2');
  assert.equal(inputText([[3, 1]], ['nums']), '[3, 1]');
  assert.equal(inputText({ operations: ['Cache', 'put'], arguments: [[2], [1, 'x']] }), 'Cache(2)\nput(1, "x")');
  assert.equal(inputText('4\n1 2'), '4\n1 2');
  assert.deepEqual([0.42, 9.96, 10.4, 1234.5].map(milliseconds), ['0.4 ms', '10.0 ms', '10 ms', '1235 ms']);
});

test('an input of one\'s own goes back and forth, and says what is wrong with it', () => {
  for (const example of [[[3, 1], 'x'], { operations: ['A'], arguments: [[1]] }, 'text\n']) assert.deepEqual(ownInput(inputTemplate(example), example), { input: example });
  assert.deepEqual(ownInput('[1]\n\n  oops', [[1]]), { problem: 'Line 2 is not JSON. Write one argument a line, text in double quotes.' });
  assert.ok('problem' in ownInput('{', { operations: [], arguments: [] }));
});
