import assert from 'node:assert/strict';
import test from 'node:test';
import { COLUMNS_MAX, LINES_MAX, parse } from './ansi.ts';

/** One line a row, spans as `classes|text`. */
function check(source: string, expected: string[][]): void {
  const { lines } = parse(source);
  assert.deepEqual(lines.map((line) => line.map((span) => `${span.classes}|${span.text}`)), expected);
}

test('plain text is left as it is, markup included', () => {
  check('a <b>bold</b> & more\n\nend\n', [['|a <b>bold</b> & more'], [], ['|end']]);
});

test('colours and weights become classes and last until they are reset', () => {
  check('\x1b[31mred\x1b[0m plain \x1b[1;92mloud\ngreen\x1b[22m\x1b[39m.', [['ansi-1|red', '| plain ', 'ansi-10 ansi-bold|loud'], ['ansi-10 ansi-bold|green', '|.']]);
});

test('256 and true colours become the nearest of the sixteen', () => {
  check('\x1b[38;5;196mr\x1b[38;2;0;0;180mb\x1b[38;5;240mg\x1b[48;2;9;9;9;4mu', [['ansi-1|r', 'ansi-4|b', 'ansi-8|g', 'ansi-8 ansi-underline|u']]);
});

test('whatever else escapes is never shown', () => {
  check('\x1b[2J\x1b[Ha\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c\x1b(Bd\x00\x08e\x1b', [['|abcde']]);
});

test('a carriage return overwrites its line', () => {
  check('10 %\r50 %\r100 %\r\nnext', [['|100 %'], ['|next']]);
});

test('a flood is capped in both directions and says so', () => {
  const { lines, dropped } = parse('x\n'.repeat(LINES_MAX + 7));
  assert.equal(lines.length, LINES_MAX);
  assert.equal(dropped, 7);
  const [long] = parse('y'.repeat(100_000)).lines;
  assert.equal(long?.[0]?.text.length, COLUMNS_MAX + 1);
});
