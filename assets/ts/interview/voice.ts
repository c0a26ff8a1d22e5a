// The browser's own voice reads the interviewer's lines, when the person switched that on.

const REPORT_MS = 1_000;

interface Hooks {
  onPlayback(itemId: string, playedMs: number): void;
  onCancelled(playedMs: number): void;
  onSpeaking(on: boolean): void;
}

interface Line {
  readonly itemId: string;
  startedAtMs: number;
  report: number;
}

export class Voice {
  private enabled = false;
  private line: Line | undefined;

  constructor(private readonly hooks: Hooks) {}

  static get available(): boolean {
    return 'speechSynthesis' in window;
  }

  switch(on: boolean): void {
    this.enabled = on && Voice.available;
    if (!on) this.stop();
  }

  speak(itemId: string, text: string): void {
    if (!this.enabled) return;
    // Some engines fall silent after fifteen seconds of one utterance: a sentence at a time.
    const sentences = text.replaceAll('`', '').match(/[^.!?]+[.!?]*["”’)]*\s*/g) ?? [text];
    sentences.forEach((sentence, at) => {
      const utterance = new SpeechSynthesisUtterance(sentence.trim());
      utterance.lang = document.documentElement.lang;
      if (at === 0) utterance.onstart = () => this.began(itemId);
      if (at === sentences.length - 1) utterance.onend = () => this.ended(itemId);
      utterance.onerror = () => this.ended(itemId);
      window.speechSynthesis.speak(utterance);
    });
  }

  /** The person took the floor. */
  interrupt(): void {
    const line = this.line;
    if (!this.enabled || (line === undefined && !window.speechSynthesis.pending)) return;
    this.stop();
    if (line !== undefined) this.hooks.onCancelled(playedMs(line));
  }

  private stop(): void {
    const line = this.line;
    this.line = undefined;
    if (Voice.available) window.speechSynthesis.cancel();
    if (line === undefined) return;
    window.clearInterval(line.report);
    this.hooks.onSpeaking(false);
  }

  private began(itemId: string): void {
    if (!this.enabled) return this.stop();
    const line: Line = { itemId, startedAtMs: performance.now(), report: 0 };
    line.report = window.setInterval(() => this.hooks.onPlayback(itemId, playedMs(line)), REPORT_MS);
    this.line = line;
    this.hooks.onSpeaking(true);
  }

  private ended(itemId: string): void {
    const line = this.line;
    if (line?.itemId !== itemId) return;
    this.line = undefined;
    window.clearInterval(line.report);
    this.hooks.onPlayback(itemId, playedMs(line));
    this.hooks.onSpeaking(false);
  }
}

function playedMs(line: Line): number {
  return Math.round(performance.now() - line.startedAtMs);
}
