import assert from 'node:assert/strict';
import test from 'node:test';
import { begin, CODE_BYTES_MAX, edited, front, isTooLarge, next, reconcile, revived, saved, saveState, switched, type Local } from './codesync.ts';

const starter = { python: 'def solve(): ...', javascript: 'function solve() {}' };
const fresh = () => begin('python', starter);

function send(local: Local): Local {
  const step = next(local);
  assert.ok(step, 'there was nothing to send');
  return step.local;
}

test('edits are sent under revisions that grow by one, and only when something changed', () => {
  const revisions: number[] = [];
  let local = fresh();
  assert.equal(next(local), undefined);
  for (const code of ['a', 'b', 'b', 'c']) {
    const step = next((local = edited(local, code)));
    if (step) revisions.push(step.send.revision);
    local = step?.local ?? local;
  }
  assert.deepEqual(revisions, [1, 2, 3]);
});

test('the pill says saved only when the server has the last revision on disk', () => {
  let local = send(edited(fresh(), 'a'));
  assert.equal(saveState(local, true), 'saving');
  assert.equal(saveState(local, false), 'kept-here');
  local = edited(local, 'b');
  assert.equal(saveState(saved(local, 1), true), 'saving');
  assert.equal(saveState(saved(send(local), 2), true), 'saved');
  assert.equal(saved(saved(local, 2), 1).savedRevision, 2);
});

test('each language keeps its own text', () => {
  let local = switched(edited(fresh(), 'mine'), 'javascript');
  assert.equal(front(local), starter.javascript);
  local = switched(edited(local, 'js'), 'python');
  assert.equal(front(local), 'mine');
  assert.equal(local.buffers['javascript'], 'js');
});

test('what was typed while the line was down is sent after the reconnect', () => {
  const offline = edited(saved(send(edited(fresh(), 'one')), 1), 'two');
  const { local, show, displaced } = reconcile(offline, { language: 'python', code: 'one', revision: 1 });
  assert.deepEqual([show, displaced], [false, undefined]);
  assert.deepEqual(next(local)?.send, { revision: 2, language: 'python', code: 'two' });
});

test('a revision that was on the line when it broke is sent again under the number that the server expects', () => {
  const broken = send(send2());
  const { local } = reconcile(broken, { language: 'python', code: 'one', revision: 1 });
  assert.deepEqual(next(local)?.send, { revision: 2, language: 'python', code: 'three' });
  function send2() {
    return edited(send(edited(saved(send(edited(fresh(), 'one')), 1), 'two')), 'three');
  }
});

test('only the acknowledgement was lost: nothing is sent again', () => {
  const { local, show } = reconcile(send(edited(fresh(), 'one')), { language: 'python', code: 'one', revision: 1 });
  assert.equal(show, false);
  assert.equal(next(local), undefined);
  assert.equal(saveState(local, true), 'saved');
});

test('the acknowledgement was lost and the person typed on: theirs stays in front', () => {
  const { local, show, displaced } = reconcile(edited(send(edited(fresh(), 'one')), 'two'), { language: 'python', code: 'one', revision: 1 });
  assert.deepEqual([show, displaced, next(local)?.send.code], [false, undefined, 'two']);
});

test('a second device with nothing unsaved shows what the server has', () => {
  const { local, show, displaced } = reconcile(fresh(), { language: 'javascript', code: 'from elsewhere', revision: 9 });
  assert.deepEqual([show, displaced, front(local), local.language], [true, undefined, 'from elsewhere', 'javascript']);
});

test('a new device gets the code of every language back', () => {
  const remote = { language: 'javascript', code: 'js', revision: 4, otherCode: { python: 'py' } };
  assert.deepEqual(reconcile(fresh(), remote).local.buffers, { python: 'py', javascript: 'js' });
  const same = { language: 'python', code: starter.python, revision: 4, otherCode: { javascript: 'js' } };
  assert.deepEqual(reconcile(fresh(), same).local.buffers, { python: starter.python, javascript: 'js' });
  const busy = edited(saved(send(edited(fresh(), 'one')), 1), 'two');
  assert.equal(reconcile(busy, { language: 'python', code: 'one', revision: 1, otherCode: { javascript: 'old' } }).local.buffers['javascript'], starter.javascript);
});

test('another window wrote while this one had unsaved text: theirs shows, ours is handed back', () => {
  const mine = edited(saved(send(edited(fresh(), 'one')), 1), 'my own');
  const { local, show, displaced } = reconcile(mine, { language: 'python', code: 'theirs', revision: 7 });
  assert.deepEqual([show, front(local), displaced], [true, 'theirs', { language: 'python', code: 'my own' }]);
});

test('untouched starter code on the server never replaces what this device has', () => {
  const { local, show } = reconcile(edited(fresh(), 'offline from the first second'), { language: 'python', code: starter.python, revision: 0 });
  assert.deepEqual([show, next(local)?.send.revision, next(local)?.send.code], [false, 1, 'offline from the first second']);
  assert.equal(next(reconcile(fresh(), { language: 'python', code: '', revision: 0 }).local), undefined);
});

test('fifty kilobytes are the limit, in bytes', () => {
  assert.equal(isTooLarge('x'.repeat(CODE_BYTES_MAX)), false);
  assert.equal(isTooLarge('x'.repeat(CODE_BYTES_MAX + 1)), true);
  assert.equal(isTooLarge('é'.repeat(CODE_BYTES_MAX / 2)), false);
  assert.equal(isTooLarge('é'.repeat(CODE_BYTES_MAX / 2 + 1)), true);
  const large = edited(fresh(), 'x'.repeat(CODE_BYTES_MAX + 1));
  assert.equal(next(large), undefined);
  assert.equal(saveState(large, true), 'too-large');
});

test('what the device stored is read back, and nonsense is not', () => {
  const local = send(edited(fresh(), 'kept'));
  assert.deepEqual(revived(JSON.stringify(local)), local);
  for (const broken of [null, '', '{', '[]', '{"language":1}', '{"language":"python","buffers":{"python":3},"savedRevision":1}']) assert.equal(revived(broken), undefined);
});
