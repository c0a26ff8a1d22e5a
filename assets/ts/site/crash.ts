// One screen for a fault in the page itself, with a way on. Shown once; the fault goes to the console as it is.

export function install(): void {
  addEventListener('error', (event) => {
    // Files that did not load also arrive here; they have no error and break nothing by themselves.
    if (event.error) show();
  });
  addEventListener('unhandledrejection', () => show());
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    if (target.closest('[data-reload]')) location.reload();
    if (target.closest('[data-dismiss-crash]')) screen()?.setAttribute('hidden', '');
    if (target.closest('[data-crash]')) show();
  });
}

function show(): void {
  const element = screen();
  if (!element?.hidden) return;
  element.hidden = false;
  element.querySelector<HTMLElement>('button')?.focus();
}

function screen(): HTMLElement | null {
  return document.getElementById('crash');
}
