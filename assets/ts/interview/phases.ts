// The phases at the top: what lies behind, where we are, what comes.

import { announce, icon, must } from './dom.ts';
import { PHASES, type Phase } from './frames.ts';

let current: Phase | undefined;

export function showPhase(phase: Phase): void {
  const now = PHASES.indexOf(phase);
  if (phase === current || now < 0) return;
  const changed = current !== undefined;
  current = phase;
  for (const item of must('phases').querySelectorAll<HTMLElement>('li')) {
    const at = PHASES.indexOf(item.dataset['phase'] as Phase);
    const label = item.dataset['label'] ?? (item.dataset['label'] = item.textContent);
    item.classList.toggle('done', at < now);
    if (at === now) item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
    item.replaceChildren(...(at < now ? [icon('check')] : []), label);
    if (at === now && changed) announce(`Now: ${label}.`);
  }
}
