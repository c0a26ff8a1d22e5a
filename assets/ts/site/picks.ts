// Arrows between a search and the list that it fills: `data-picks` on the field names the list.

/** Where an arrow leads: an index in the list, `'search'`, or nothing where there is nowhere to go. */
export function afterArrow(key: string, at: number | 'search', count: number): number | 'search' | undefined {
  if (key === 'ArrowDown') {
    const next = at === 'search' ? 0 : at + 1;
    return next < count ? next : undefined;
  }
  if (key === 'ArrowUp' && at !== 'search') return at === 0 ? 'search' : at - 1;
  return undefined;
}

export function install(): void {
  document.addEventListener('keydown', (event) => {
    const field = document.querySelector<HTMLInputElement>('[data-picks]');
    if (!field || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = [...document.querySelectorAll<HTMLElement>(`${field.dataset['picks'] ?? ''} .pick h2 a`)];
    const at = event.target === field ? 'search' : links.indexOf(event.target as HTMLElement);
    if (at === -1) return;
    const next = afterArrow(event.key, at, links.length);
    if (next === undefined) return;
    event.preventDefault();
    (next === 'search' ? field : links[next])?.focus();
  });
}
