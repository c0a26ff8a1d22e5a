// The last screen: an error that nobody caught. One dialog, one button.

import { must } from './dom.ts';

/** What browsers and the editor throw in the course of normal work. */
const HARMLESS = /ResizeObserver loop|^Canceled$|Canceled: Canceled|^Script error\.?$/;

export function catchEverything(): void {
  window.addEventListener('error', (event) => {
    if (event.error !== null && event.error !== undefined) fatal(event.error);
  });
  window.addEventListener('unhandledrejection', (event) => fatal(event.reason));
}

export function fatal(reason: unknown): void {
  const words = reason instanceof Error ? `${reason.name === 'Error' ? '' : `${reason.name}: `}${reason.message}` : String(reason);
  if (HARMLESS.test(words)) return;
  console.error(reason);
  must('fatal-detail').textContent = words.slice(0, 300);
  must('fatal-reload').onclick = () => window.location.reload();
  const dialog = must<HTMLDialogElement>('fatal-dialog');
  dialog.oncancel = (event) => event.preventDefault();
  if (!dialog.open) dialog.showModal();
}
