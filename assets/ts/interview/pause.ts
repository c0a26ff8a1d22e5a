// A pause that the server asked for, counted down in the buttons that it stops. Pure; the caller brings the time.

export class Pause {
  private untilMs = 0;

  begin(forMs: number, nowMs: number): void {
    this.untilMs = Math.max(this.untilMs, nowMs + forMs);
  }

  /** Whole seconds that are left, rounded up: zero only when the pause is over. */
  seconds(nowMs: number): number {
    return Math.max(0, Math.ceil((this.untilMs - nowMs) / 1000));
  }
}

/** What a button says: `Run`, and `Run in 12 s` while it waits. */
export function buttonWords(label: string, seconds: number): string {
  return seconds === 0 ? label : `${label} in ${seconds} s`;
}
