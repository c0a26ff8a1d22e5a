// The clock at the top. It shows what the server said, interpolated; it decides nothing.

import { announcement, format, level, remainingMs, type Countdown, type Level } from './clock.ts';
import { announce, icon, must } from './dom.ts';

const TICK_MS = 250;
const ICONS: Record<Level, string> = { calm: 'clock', soon: 'hourglass', last: 'triangle-alert', over: 'triangle-alert' };

export class Clock {
  private countdown: Countdown;
  private shown: Level | undefined;
  private heard = false;

  constructor(durationMs: number) {
    this.countdown = { remainingMs: durationMs, heardAtMs: performance.now(), held: true };
    window.setInterval(() => this.draw(), TICK_MS);
    document.addEventListener('visibilitychange', () => this.draw());
    this.draw();
  }

  hear(remaining: number): void {
    this.heard = true;
    this.countdown = { remainingMs: remaining, heardAtMs: performance.now(), held: false };
    this.draw();
  }

  get leftMs(): number {
    return remainingMs(this.countdown, performance.now());
  }

  private draw(): void {
    const left = this.leftMs;
    const text = format(left);
    const time = must('clock-time');
    if (time.textContent !== text) time.textContent = text;
    const now = level(left);
    if (now === this.shown) return;
    const words = announcement(this.heard ? this.shown : undefined, now);
    if (words !== undefined) announce(words);
    this.shown = now;
    must('clock').dataset['level'] = now;
    must('clock-icon').replaceChildren(icon(ICONS[now]));
  }
}
