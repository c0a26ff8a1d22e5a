// Program output with ANSI escape codes -> lines of spans with class names. Pure; the caller sets textContent alone.
//
// Understood: the sixteen colours for text, bold, dim, italic, underline, inverse, and 256 or true colours as the
// nearest of the sixteen. Everything else that escapes (cursor moves, titles, links) is dropped, never shown.

export interface Span {
  readonly text: string;
  /** Space-separated class names, empty for plain text. */
  readonly classes: string;
}
export type Line = readonly Span[];

export const LINES_MAX = 1_000;
export const COLUMNS_MAX = 2_000;

interface Pen {
  colour: number | undefined;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  inverse: boolean;
}

// CSI sequences; OSC and other strings up to their end; two-character escapes; then other control characters.
const ESCAPES = /\x1b\[([0-9;:?<=>]*)[ -/]*([@-~])|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\|$)|\x1b[ -/]*[0-~]?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** The lines of `source`, at most LINES_MAX of them; `dropped` counts the ones that were left out. */
export function parse(source: string): { lines: Line[]; dropped: number } {
  const all = source.replace(/\r\n/g, '\n').split('\n');
  if (all.at(-1) === '') all.pop();
  const pen: Pen = fresh();
  const lines = all.slice(0, LINES_MAX).map((line) => spans(overwritten(line), pen));
  return { lines, dropped: all.length - lines.length };
}

/** A lone carriage return starts the line anew: the last part is what a terminal would show. */
function overwritten(line: string): string {
  const parts = line.replace(/\r+$/, '').split('\r');
  return parts.at(-1) ?? '';
}

function spans(line: string, pen: Pen): Line {
  const found: Span[] = [];
  let room = COLUMNS_MAX;
  const write = (text: string) => {
    if (text === '' || room <= 0) return;
    const fitting = text.length > room ? `${text.slice(0, room)}…` : text;
    room -= text.length;
    const classes = classNames(pen);
    const last = found.at(-1);
    if (last?.classes === classes) found[found.length - 1] = { text: last.text + fitting, classes };
    else found.push({ text: fitting, classes });
  };
  let from = 0;
  for (const match of line.matchAll(ESCAPES)) {
    write(line.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === 'm') dip(pen, match[1] ?? '');
  }
  write(line.slice(from));
  return found;
}

function fresh(): Pen {
  return { colour: undefined, bold: false, dim: false, italic: false, underline: false, inverse: false };
}

/** Applies one "select graphic rendition" sequence. */
function dip(pen: Pen, parameters: string): void {
  const codes = parameters.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 0) Object.assign(pen, fresh());
    else if (code === 1) pen.bold = true;
    else if (code === 2) pen.dim = true;
    else if (code === 3) pen.italic = true;
    else if (code === 4) pen.underline = true;
    else if (code === 7) pen.inverse = true;
    else if (code === 22) pen.bold = pen.dim = false;
    else if (code === 23) pen.italic = false;
    else if (code === 24) pen.underline = false;
    else if (code === 27) pen.inverse = false;
    else if (code >= 30 && code <= 37) pen.colour = code - 30;
    else if (code >= 90 && code <= 97) pen.colour = code - 90 + 8;
    else if (code === 39) pen.colour = undefined;
    else if (code === 38 || code === 48) {
      const indexed = codes[at + 1] === 5;
      const colour = indexed ? indexedColour(codes[at + 2] ?? 0) : nearest(codes[at + 2] ?? 0, codes[at + 3] ?? 0, codes[at + 4] ?? 0);
      if (code === 38) pen.colour = colour;
      at += indexed ? 2 : 4;
    }
  }
}

function classNames(pen: Pen): string {
  const names = [
    pen.colour === undefined ? '' : `ansi-${pen.colour}`,
    pen.bold ? 'ansi-bold' : '',
    pen.dim ? 'ansi-dim' : '',
    pen.italic ? 'ansi-italic' : '',
    pen.underline ? 'ansi-underline' : '',
    pen.inverse ? 'ansi-inverse' : '',
  ];
  return names.filter((name) => name !== '').join(' ');
}

/** One of the 256: the sixteen themselves, a 6×6×6 cube, then greys. */
function indexedColour(index: number): number {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return nearest(grey, grey, grey);
  }
  const cube = index - 16;
  const channel = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  return nearest(channel(Math.floor(cube / 36)), channel(Math.floor(cube / 6) % 6), channel(cube % 6));
}

const SIXTEEN: readonly (readonly [number, number, number])[] = [
  [0, 0, 0], [170, 0, 0], [0, 170, 0], [170, 85, 0], [0, 0, 170], [170, 0, 170], [0, 170, 170], [170, 170, 170],
  [85, 85, 85], [255, 85, 85], [85, 255, 85], [255, 255, 85], [85, 85, 255], [255, 85, 255], [85, 255, 255], [255, 255, 255],
];

function nearest(red: number, green: number, blue: number): number {
  const distances = SIXTEEN.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
  return distances.indexOf(Math.min(...distances));
}
