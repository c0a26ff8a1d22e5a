// The pill beside the interviewer's name. It never sticks: what is not renewed in time falls back to listening.

import { must } from './dom.ts';
import type { AiStatus } from './frames.ts';

export type Shown = AiStatus | 'connecting' | 'offline' | 'quiet';

const WORDS: Record<Shown, string> = {
  connecting: 'Connecting',
  offline: 'Offline',
  listening: 'Listening',
  thinking: 'Thinking',
  speaking: 'Speaking',
  quiet: 'Giving you time',
};
/** Longer than any reply of the interviewer takes to be made, and to be heard. */
const THINKING_MS_MAX = 20_000;
const SPEAKING_MS_MAX = 90_000;

export class StatusPill {
  private timer = 0;
  private quiet = false;
  private last: Shown = 'connecting';

  show(status: Shown): void {
    window.clearTimeout(this.timer);
    this.last = status;
    const limit = status === 'thinking' ? THINKING_MS_MAX : status === 'speaking' ? SPEAKING_MS_MAX : undefined;
    if (limit !== undefined) this.timer = window.setTimeout(() => this.show('listening'), limit);
    this.draw();
  }

  /** The candidate asked for silence: listening is then called by its other name. */
  giveTime(on: boolean): void {
    this.quiet = on;
    this.draw();
  }

  private draw(): void {
    const shown = this.quiet && this.last === 'listening' ? 'quiet' : this.last;
    must('ai').dataset['status'] = shown;
    must('ai-text').textContent = WORDS[shown];
  }
}
