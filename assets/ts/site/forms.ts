// Forms: show a password, take the focus to what went wrong, send once, jump to the search with a slash.

export function install(): void {
  prepare(document);
  document.addEventListener('htmx:load', (event) => prepare(event.target as Element));

  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-reveal]');
    if (!button) return;
    const input = document.getElementById(button.dataset['reveal'] ?? '');
    if (!(input instanceof HTMLInputElement)) return;
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
    button.setAttribute('aria-label', shown ? 'Hide the password' : 'Show the password');
  });

  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches('[data-once]') || event.defaultPrevented) return;
    if (form.dataset['sent'] !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset['sent'] = '';
    event.submitter?.setAttribute('aria-busy', 'true');
  });

  // Coming back by the browser's own button shows the page as it was left: the form may be sent again.
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
      delete form.dataset['sent'];
      form.querySelector('[aria-busy]')?.removeAttribute('aria-busy');
    }
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as Element).closest('input, textarea, select, [contenteditable]')) return;
    const search = document.querySelector<HTMLInputElement>('[data-slash]');
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

function prepare(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>('[data-reveal][hidden]')) button.hidden = false;
  root.querySelector<HTMLElement>('[data-focus]')?.focus();
}
