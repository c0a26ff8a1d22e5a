// The summary's evidence: `:target` opens it without a script; this lights every citation of it and closes with Escape.

export function install(): void {
  const light = () => {
    const target = location.hash.startsWith('#ev-') ? location.hash : undefined;
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#ev-"]')) {
      if (target !== undefined && link.hash === target) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  let openedFrom: HTMLElement | undefined;
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#ev-"]');
    if (link && !link.closest('#evidence')) openedFrom = link;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !location.hash.startsWith('#ev-')) return;
    const scrolled = scrollY;
    location.hash = '#evidence';
    openedFrom?.focus({ preventScroll: true });
    scrollTo({ top: scrolled, behavior: 'instant' });
  });
  addEventListener('hashchange', light);
  light();
}
