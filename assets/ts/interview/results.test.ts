import assert from 'node:assert/strict';
import test from 'node:test';
import type { Run } from './frames.ts';
import { headline, refusal } from './results.ts';

const run = (status: Run['status'], passed: number, total: number): Run => ({ runId: 'r', kind: 'run', language: 'python', status, stdout: '', stderr: '', exitCode: 0, durationMs: 3, passed, total, tests: [] });

test('every outcome has words of its own', () => {
  const outcomes = (['ok', 'compile_error', 'runtime_error', 'timeout', 'memory_limit', 'output_limit'] as const).map((status) => headline(run(status, 1, 3)).words);
  assert.deepEqual(outcomes, ['1 of 3 passed', 'Does not compile', 'Crashed, 1 of 3 passed', 'Out of time', 'Out of memory', 'Too much output']);
  assert.deepEqual([headline(run('ok', 3, 3)).tone, headline(run('ok', 2, 3)).tone, headline(run('ok', 0, 0)).words], ['good', 'bad', 'Completed']);
});

test('a refusal says what to do and when', () => {
  assert.match(refusal(429, 'rate_limited', 'x', 12).detail ?? '', /run again in 12 s/);
  assert.match(refusal(429, 'rate_limited', 'x', 0).detail ?? '', /run again now/);
  assert.match(refusal(503, 'busy', 'x', undefined).detail ?? '', /code is safe\.$/);
  assert.equal(refusal(422, 'language_unavailable', 'Java needs a JDK.', undefined).detail, 'Java needs a JDK.');
  assert.equal(refusal(500, 'http_500', 'Oops.', undefined).words, 'Nothing was run');
});
