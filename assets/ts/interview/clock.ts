// The countdown between two `timer` frames of the server, whose word is final. Pure: time is an argument.

export type Level = 'calm' | 'soon' | 'last' | 'over';

export const SOON_MS = 5 * 60_000;
export const LAST_MS = 60_000;

/** What the server said last, and when it said so by the page's own monotonic clock. */
export interface Countdown {
  readonly remainingMs: number;
  readonly heardAtMs: number;
  /** The server's clock stands still (nobody can answer, or we are cut off and do not know better). */
  readonly held: boolean;
}

/** Milliseconds left at `nowMs`; never below zero. */
export function remainingMs(countdown: Countdown, nowMs: number): number {
  const passed = countdown.held ? 0 : Math.max(0, nowMs - countdown.heardAtMs);
  return Math.max(0, countdown.remainingMs - passed);
}

/** `MM:SS`, rounded up so that 00:00 means over; an interview of more than 99 minutes has three digits. */
export function format(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

export function level(ms: number): Level {
  if (ms <= 0) return 'over';
  if (ms <= LAST_MS) return 'last';
  return ms <= SOON_MS ? 'soon' : 'calm';
}

/** What to say aloud when the level changes from `before` to `after`; nothing for the way back. */
export function announcement(before: Level | undefined, after: Level): string | undefined {
  if (before === undefined || before === after) return undefined;
  if (after === 'soon') return 'Five minutes left.';
  if (after === 'last') return 'One minute left.';
  return after === 'over' ? 'Time is up.' : undefined;
}
