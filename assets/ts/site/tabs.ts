// Tabs after the ARIA pattern: arrows move and show, Home and End jump.

/** The index after a key, or nothing for a key that means nothing here. */
export function afterKey(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

export function install(): void {
  document.addEventListener('click', (event) => {
    const tab = (event.target as Element).closest<HTMLElement>('[data-tabs] [role="tab"]');
    if (tab) show(tab);
  });
  document.addEventListener('keydown', (event) => {
    const tab = (event.target as Element).closest<HTMLElement>('[data-tabs] [role="tab"]');
    if (!tab) return;
    const all = siblings(tab);
    const next = afterKey(event.key, all.indexOf(tab), all.length);
    const wanted = next === undefined ? undefined : all[next];
    if (!wanted) return;
    event.preventDefault();
    show(wanted);
    wanted.focus();
  });
}

function siblings(tab: HTMLElement): HTMLElement[] {
  return [...(tab.closest('[role="tablist"]')?.querySelectorAll<HTMLElement>('[role="tab"]') ?? [])];
}

function show(wanted: HTMLElement): void {
  for (const tab of siblings(wanted)) {
    const chosen = tab === wanted;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
    if (panel) panel.hidden = !chosen;
  }
}
