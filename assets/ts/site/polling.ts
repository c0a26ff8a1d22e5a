// A page that waits for something (`data-polling`) asks for itself again and again. As long as the answer still waits,
// nothing is swapped, so that nothing flickers and screen readers stay quiet; when it does not, that is said once.

import { toast } from './toasts.ts';

interface BeforeSwap {
  shouldSwap: boolean;
  readonly target: Element;
  readonly serverResponse: string;
}

/** Whether an answer is still the one that waits. */
export function waiting(html: string): boolean {
  return html.includes(' data-polling');
}

export function install(): void {
  document.addEventListener('htmx:beforeSwap', (event) => {
    const detail = (event as CustomEvent<BeforeSwap>).detail;
    if (!detail.shouldSwap || !detail.target.matches('[data-polling]')) return;
    if (waiting(detail.serverResponse)) detail.shouldSwap = false;
    else toast('Your report is ready.', 'good');
  });
}
