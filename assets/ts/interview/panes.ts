// Sizes of panes that a person can drag. Pure; separators.ts listens to the pointer and the keys.

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const STEP_PX = 16;
export const LEAP_PX = 96;

/** The size that fits; when the room is too small for both bounds, the smallest one. */
export function clamp(size: number, { min, max }: Bounds): number {
  return Math.round(Math.max(min, Math.min(size, max)));
}

/**
 * The bounds of a pane that shares `room` pixels with neighbours which need `othersMin` of them.
 * `min` is kept even where that is too much, so that a pane never vanishes.
 */
export function bounds(min: number, room: number, othersMin: number): Bounds {
  return { min, max: Math.max(min, room - othersMin) };
}

/**
 * The size after a key on the separator; `undefined` for a key that means nothing to it. `grow` is the arrow that makes
 * the pane larger. Home and End go to the ends, Enter to `usual`.
 */
export function afterKey(key: string, size: number, limits: Bounds, usual: number, grow: 'ArrowRight' | 'ArrowLeft' | 'ArrowUp', leap: boolean): number | undefined {
  const shrink = { ArrowRight: 'ArrowLeft', ArrowLeft: 'ArrowRight', ArrowUp: 'ArrowDown' }[grow];
  const step = leap ? LEAP_PX : STEP_PX;
  switch (key) {
    case grow:
      return clamp(size + step, limits);
    case shrink:
      return clamp(size - step, limits);
    case 'Home':
      return limits.min;
    case 'End':
      return limits.max;
    case 'Enter':
      return clamp(usual, limits);
    default:
      return undefined;
  }
}

/** `aria-valuenow`: how far the pane is open, in percent. */
export function percent(size: number, { min, max }: Bounds): number {
  return max <= min ? 100 : Math.round(((clamp(size, { min, max }) - min) / (max - min)) * 100);
}

/** Sizes that were stored, without what cannot be one. */
export function revived(stored: string | null): Record<string, number> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, size]) => typeof size === 'number' && Number.isFinite(size) && size > 0)) as Record<string, number>;
  } catch {
    return {};
  }
}
