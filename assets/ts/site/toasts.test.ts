import assert from 'node:assert/strict';
import test from 'node:test';
import { SHOWN_MAX, added, sentence } from './toasts.ts';

test('the same message twice is one message', () => {
  const list = added(added(added([], 'Saved.', 'good', 1), 'Lost.', 'bad', 2), 'Saved.', 'good', 3);
  assert.deepEqual(list.map(({ text, times }) => [text, times]), [['Lost.', 1], ['Saved.', 2]]);
});

test('the oldest makes room', () => {
  let list: ReturnType<typeof added> = [];
  for (let at = 0; at < SHOWN_MAX + 2; at++) list = added(list, `message ${at}`, 'info', at);
  assert.deepEqual(list.map(({ text }) => text), ['message 2', 'message 3', 'message 4']);
});

test('a refusal says when to come back', () => {
  assert.match(sentence(429, '12'), /12 s/);
  assert.match(sentence(503, null), /Nothing was lost/);
  assert.match(sentence(418, null), /Reload/);
});
