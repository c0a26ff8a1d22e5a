// Menus are `<details data-menu>`: Escape and a click elsewhere close them.

export function install(): void {
  document.addEventListener('click', (event) => closeAll((menu) => !menu.contains(event.target as Node)));
  document.addEventListener('focusin', (event) => closeAll((menu) => !menu.contains(event.target as Node)));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    closeAll((menu) => {
      if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus();
      return true;
    });
  });
}

function closeAll(which: (menu: HTMLDetailsElement) => boolean): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    if (which(menu)) menu.open = false;
  }
}
