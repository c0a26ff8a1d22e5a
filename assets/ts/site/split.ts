// A pane beside another with a handle between: `[data-split]` with a `role="separator"`; drag it, or use the arrows.

const STEP = 2;

/** The share of the first pane in percent, within what the handle allows. */
export function bounded(share: number, min: number, max: number): number {
  return Math.round(Math.min(max, Math.max(min, share)) * 10) / 10;
}

export function install(): void {
  for (const split of document.querySelectorAll<HTMLElement>('[data-split]')) {
    const handle = split.querySelector<HTMLElement>('[role="separator"]');
    if (!handle) continue;
    const value = (name: string) => Number(handle.getAttribute(name));
    const set = (share: number) => {
      const now = bounded(share, value('aria-valuemin'), value('aria-valuemax'));
      handle.setAttribute('aria-valuenow', String(now));
      split.style.gridTemplateColumns = `minmax(0, ${now}fr) auto minmax(0, ${100 - now}fr)`;
    };
    handle.addEventListener('pointerdown', (event) => handle.setPointerCapture(event.pointerId));
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = split.getBoundingClientRect();
      set(((event.clientX - box.left) / box.width) * 100);
    });
    handle.addEventListener('keydown', (event) => {
      const keys: Record<string, number> = {
        ArrowLeft: value('aria-valuenow') - STEP,
        ArrowRight: value('aria-valuenow') + STEP,
        Home: value('aria-valuemin'),
        End: value('aria-valuemax'),
      };
      const wanted = keys[event.key];
      if (wanted === undefined) return;
      event.preventDefault();
      set(wanted);
    });
  }
}
