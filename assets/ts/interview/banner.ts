// The line under the top bar that says what is wrong with the connection, and what happens next.

import { icon, must } from './dom.ts';

interface Note {
  readonly tone: 'warn' | 'bad';
  readonly icon: string;
  /** The words at this moment; asked again every second, for a countdown. */
  words(): string;
  readonly action?: { readonly label: string; run(): void };
}

let timer = 0;

export function showBanner(note: Note | undefined): void {
  window.clearInterval(timer);
  const banner = must('banner');
  banner.hidden = note === undefined;
  if (note === undefined) return;
  banner.dataset['tone'] = note.tone;
  must('banner-icon').replaceChildren(icon(note.icon));
  const text = must('banner-text');
  const draw = () => {
    const words = note.words();
    if (text.textContent !== words) text.textContent = words;
  };
  draw();
  timer = window.setInterval(draw, 1000);
  const action = must<HTMLButtonElement>('banner-action');
  action.hidden = note.action === undefined;
  action.textContent = note.action?.label ?? '';
  action.onclick = () => note.action?.run();
}
