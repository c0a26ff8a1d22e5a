// Short messages in the corner. The same message twice is one message with a count; there are never more than a few.

export type Tone = 'info' | 'good' | 'warn' | 'bad';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
  readonly times: number;
}

export const SHOWN_MAX = 3;
const SHOWN_MS = 6_000;

/** The list after one more message: a repeated one is counted and comes last, the oldest makes room. */
export function added(list: readonly Toast[], text: string, tone: Tone, id: number): Toast[] {
  const same = list.find((toast) => toast.text === text && toast.tone === tone);
  const rest = list.filter((toast) => toast !== same);
  return [...rest, { id, text, tone, times: (same?.times ?? 0) + 1 }].slice(-SHOWN_MAX);
}

let shown: readonly Toast[] = [];
let last = 0;

/** Shows a message for a while; a bad one stays until it is closed. */
export function toast(text: string, tone: Tone = 'info'): void {
  const id = ++last;
  shown = added(shown, text, tone, id);
  draw();
  if (tone !== 'bad') setTimeout(() => close(id), SHOWN_MS);
}

export function install(): void {
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-toast]');
    if (button) toast(button.dataset['toast'] ?? '', (button.dataset['tone'] as Tone | undefined) ?? 'info');
  });
  document.addEventListener('interviewd:toast', (event) => {
    const { text, tone } = (event as CustomEvent<{ text: string; tone?: Tone }>).detail;
    toast(text, tone);
  });
  document.addEventListener('htmx:responseError', (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    toast(sentence(xhr.status, xhr.getResponseHeader('Retry-After')), 'bad');
  });
  document.addEventListener('htmx:sendError', () => toast('The server cannot be reached. This page tries again.', 'warn'));
}

/** What to say about an answer that was not the one hoped for. */
export function sentence(status: number, retryAfter: string | null): string {
  if (status === 429) return retryAfter ? `That was a little fast. Try again in ${retryAfter} s.` : 'That was a little fast. Try again in a minute.';
  if (status === 503) return 'The server is busy. Nothing was lost; try again in a moment.';
  if (status === 401) return 'You have been logged out. Log in again to go on.';
  if (status >= 500) return 'Something broke on the server. Try again.';
  return 'That did not work. Reload the page and try again.';
}

function close(id: number): void {
  shown = shown.filter((toast) => toast.id !== id);
  draw();
}

function draw(): void {
  const corner = document.getElementById('toasts');
  if (!corner) return;
  for (const old of [...corner.children]) {
    if (!shown.some((toast) => String(toast.id) === (old as HTMLElement).dataset['id'])) old.remove();
  }
  for (const { id, text, tone, times } of shown) {
    if (corner.querySelector(`[data-id="${id}"]`)) continue;
    const box = document.createElement('div');
    box.className = `toast is-${tone}`;
    box.dataset['id'] = String(id);
    const words = document.createElement('span');
    words.textContent = text;
    box.append(words);
    if (times > 1) {
      const count = document.createElement('span');
      count.className = 'times';
      count.textContent = `×${times}`;
      box.append(count);
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-label', 'Close');
    button.textContent = '×';
    button.addEventListener('click', () => close(id));
    box.append(button);
    corner.append(box);
  }
}
