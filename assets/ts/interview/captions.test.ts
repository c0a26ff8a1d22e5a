import assert from 'node:assert/strict';
import test from 'node:test';
import { confirmed, heard, restored, typed, type Caption } from './captions.ts';

const say = (itemId: string, text: string, final: boolean, atMs: number, role: Caption['role'] = 'interviewer'): Caption => ({ role, itemId, text, final, atMs });
const show = (list: readonly Caption[]) => list.map((caption) => `${caption.itemId}:${caption.text}${caption.final ? '' : '…'}`);

test('a partial grows into its final text, and a late partial changes nothing', () => {
  let list: readonly Caption[] = [];
  for (const caption of [say('a', 'What', false, 10), say('a', 'What would', false, 20), say('a', 'What would happen?', true, 30), say('a', 'What wo', false, 25)]) list = heard(list, caption);
  assert.deepEqual(show(list), ['a:What would happen?']);
  assert.equal(list[0]?.atMs, 10);
});

test('turns stand in the order in which they began', () => {
  const list = [say('b', 'two', true, 20), say('c', 'three', true, 30), say('a', 'one', true, 10)].reduce(heard, [] as readonly Caption[]);
  assert.deepEqual(show(list), ['a:one', 'b:two', 'c:three']);
});

test('a typed turn shows at once and is replaced by what the server stored', () => {
  const mine = typed('my mail is a@b.c', 40, 1);
  const stored = say('u1', 'my mail is [e-mail]', true, 41, 'candidate');
  const list = heard(confirmed([mine], stored), stored);
  assert.deepEqual(show(list), ['u1:my mail is [e-mail]']);
});

test('another turn of the interviewer confirms nothing', () => {
  const mine = typed('hello', 40, 1);
  assert.deepEqual(confirmed([mine], say('i', 'hello', true, 41)), [mine]);
});

test('after a reconnect the server is believed, and unsent words stay', () => {
  const list = restored([say('a', 'old', true, 1), typed('not sent yet', 9, 1)], [say('a', 'new', true, 1), say('b', 'more', true, 5)]);
  assert.deepEqual(show(list), ['a:new', 'b:more', 'local-1:not sent yet']);
});

test('a turn that was stored while the line was down is not said twice', () => {
  const list = restored([typed('hello', 3, 1)], [say('u1', 'hello', true, 4, 'candidate')]);
  assert.deepEqual(show(list), ['u1:hello']);
});
