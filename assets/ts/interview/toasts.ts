// Short notes in the corner. The same note is shown once, however often it is asked for.

import { icon, make, must } from './dom.ts';

const SHOWN_MS = 6_000;
const TOASTS_MAX = 3;
type Tone = 'info' | 'good' | 'bad';
const ICONS: Record<Tone, string> = { info: 'info', good: 'circle-check', bad: 'circle-alert' };

interface Action {
  readonly label: string;
  run(): void;
}

const open = new Map<string, () => void>();

/** A note with an action stays until the person answers it. */
export function toast(tone: Tone, text: string, action?: Action): void {
  open.get(text)?.();
  const note = make('div', `toast ${tone}`, icon(ICONS[tone]), make('p', '', text));
  let timer = 0;
  const remove = () => {
    window.clearTimeout(timer);
    open.delete(text);
    note.remove();
  };
  if (action !== undefined) {
    const button = make('button', 'tool small', action.label);
    button.type = 'button';
    button.addEventListener('click', () => {
      remove();
      action.run();
    });
    note.append(button);
  } else {
    timer = window.setTimeout(remove, SHOWN_MS);
  }
  const close = make('button', 'tool bare square small', icon('x'));
  close.type = 'button';
  close.setAttribute('aria-label', 'Dismiss');
  close.addEventListener('click', remove);
  note.append(close);
  open.set(text, remove);
  if (open.size > TOASTS_MAX) open.values().next().value?.();
  must('toasts').append(note);
}
