// Light, dark or as the system: the server keeps the choice in a cookie, this spares the reload.

export type Theme = 'light' | 'dark' | 'system';

/** What the button with the half circle does: the opposite of what is seen. */
export function opposite(chosen: string | undefined, systemIsDark: boolean): Theme {
  const dark = chosen === 'dark' || (chosen !== 'light' && systemIsDark);
  return dark ? 'light' : 'dark';
}

export function install(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (!form.matches('[data-theme-form]') || !button) return;
    event.preventDefault();
    const wanted = button.matches('[data-theme-toggle]')
      ? opposite(document.documentElement.dataset['theme'], matchMedia('(prefers-color-scheme: dark)').matches)
      : (button.value as Theme);
    show(wanted);
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    body.set('theme', wanted);
    // The page has changed already; when the cookie cannot be set, only the next page is wrong.
    fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => {});
  });
}

function show(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-theme-form] button[aria-pressed]')) {
    button.setAttribute('aria-pressed', String(button.value === theme));
  }
  document.dispatchEvent(new CustomEvent('interviewd:theme', { detail: theme }));
}
