// How long to wait before the next try, and when to stop trying. Pure: chance is an argument.

export const TRIES_MAX = 5;
export const DELAY_MS_MAX = 30_000;
const DELAY_MS_FIRST = 1_000;

/**
 * The wait before try number `attempt` (1 is the first retry), or `undefined` when enough was tried.
 *
 * Half of it is fixed and half is left to `chance` (0 to 1), so that a thousand pages which lost the same server do
 * not come back in the same second. `serverAsksMs` is what a `Retry-After` said: we never come back sooner.
 */
export function delayMs(attempt: number, chance: number, serverAsksMs = 0): number | undefined {
  if (attempt > TRIES_MAX) return undefined;
  const full = Math.min(DELAY_MS_MAX, DELAY_MS_FIRST * 2 ** (attempt - 1));
  const jittered = full / 2 + (full / 2) * chance;
  return Math.min(DELAY_MS_MAX, Math.max(Math.round(jittered), serverAsksMs));
}
