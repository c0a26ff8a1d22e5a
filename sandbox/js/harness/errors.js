// Errors in the candidate's own terms: their file, their lines, no frame of ours.

const FRAMES_SHOWN_MAX = 12;
const MESSAGE_CHARS_MAX = 4000;
const SOURCE_LINE_CHARS_MAX = 200;
const POSITION = /solution\.js:(\d+):(\d+)/;

// Reading anything of a thrown value may run the candidate's code, which may throw again.
function read(value, field) {
  try {
    const found = value[field];
    return typeof found === 'string' ? found : '';
  } catch {
    return '';
  }
}

function describe(error, source) {
  if (!native.isError(error)) return { message: `Uncaught ${shortText(error)}`, position: null };
  const stack = read(error, 'stack');
  const frames = stack.split('\n').filter(line => line.includes('solution.js'));
  const found = POSITION.exec(stack);
  const position = found ? { line: Number(found[1]), column: Number(found[2]) } : null;
  const name = read(error, 'name') || 'Error';
  const message = read(error, 'message');
  const shown = frames.slice(0, FRAMES_SHOWN_MAX);
  if (frames.length > shown.length) shown.push(`    ... ${frames.length - shown.length} more`);
  const text = [excerpt(source, position), message ? `${name}: ${message}` : name, ...shown].filter(Boolean).join('\n');
  return { message: text.slice(0, MESSAGE_CHARS_MAX), position };
}

// The source line with a caret under the column, as Node shows it.
function excerpt(source, position) {
  const line = position && source.split('\n')[position.line - 1];
  if (typeof line !== 'string' || line.length > SOURCE_LINE_CHARS_MAX) return '';
  const pad = line.slice(0, Math.max(0, position.column - 1)).replace(/[^\t]/g, ' ');
  return `solution.js:${position.line}\n${line}\n${pad}^\n`;
}

function shortText(value) {
  try {
    return typeof value === 'symbol' || typeof value !== 'object' || value === null ? String(value) : JSON.stringify(value) ?? 'object';
  } catch {
    return 'a value that cannot be shown';
  }
}

const isOutOfMemory = error =>
  native.isError(error) && read(error, 'name') === 'InternalError' && read(error, 'message') === 'out of memory';
