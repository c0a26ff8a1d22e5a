// Run and Submit: one at a time, with an end to the waiting, and a countdown when the server asks for patience.

import { ApiError, post } from './api.ts';
import type { Console } from './console.ts';
import { must } from './dom.ts';
import type { Run } from './frames.ts';
import { inputTemplate, ownInput, refusal } from './results.ts';

/** A little longer than the server's own limits (10 s and 30 s; Java 20 s and 60 s) and its queue. */
const RUN_MS_MAX = 40_000;
const SUBMIT_MS_MAX = 90_000;
const BUTTONS = ['run', 'submit', 'run-custom'];
const LABELS = {
  arguments: 'Call your code with arguments of your own: one a line, as JSON.',
  calls: 'Call your class with operations of your own, as JSON.',
  text: 'Give your program an input of your own.',
};

interface Hooks {
  code(): { code: string; language: string };
  tooLarge(): boolean;
  /** The input of an example: its shape is the shape of an input of one's own. */
  readonly example: unknown;
}

export class Runner {
  private busy = false;
  private waiting = 0;
  private unavailable: string | undefined;

  constructor(
    private readonly path: string,
    private readonly csrf: string,
    private readonly output: Console,
    private readonly hooks: Hooks,
  ) {
    must('run').addEventListener('click', () => void this.go('run'));
    must('submit').addEventListener('click', () => void this.go('submit'));
    must('run-custom').addEventListener('click', () => this.goWithOwnInput());
    must<HTMLTextAreaElement>('custom-input').value = inputTemplate(hooks.example);
    must('custom-input-label').textContent = LABELS[typeof hooks.example === 'string' ? 'text' : Array.isArray(hooks.example) ? 'arguments' : 'calls'];
  }

  get isBusy(): boolean {
    return this.busy;
  }

  /** The language in front cannot be run, for this reason; `undefined` when it can. */
  setUnavailable(reason: string | undefined): void {
    this.unavailable = reason;
    this.draw();
  }

  private goWithOwnInput(): void {
    const own = ownInput(must<HTMLTextAreaElement>('custom-input').value, this.hooks.example);
    const problem = must('custom-input-problem');
    problem.hidden = 'input' in own;
    problem.textContent = 'problem' in own ? own.problem : '';
    if ('input' in own) void this.go('run', own.input);
  }

  async go(kind: 'run' | 'submit', customInput?: unknown): Promise<void> {
    if (this.busy || this.waiting > 0 || this.unavailable !== undefined) return;
    if (this.hooks.tooLarge()) return this.output.refused(refusal(413, '', '', undefined));
    this.busy = true;
    this.draw();
    this.output.running(kind === 'run' ? 'Running' : 'Running all cases');
    try {
      const body = { ...this.hooks.code(), kind, ...(customInput === undefined ? {} : { customInput }) };
      this.output.finished(await post<Run>(this.path, body, this.csrf, kind === 'run' ? RUN_MS_MAX : SUBMIT_MS_MAX));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.pause(error);
    } finally {
      this.busy = false;
      this.draw();
    }
  }

  private pause(error: ApiError): void {
    const { status, code, message, retryAfterMs } = error;
    let seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
    this.output.refused(refusal(status, code, message, seconds));
    if (seconds === undefined || (status !== 429 && status !== 503)) return;
    window.clearInterval(this.waiting);
    this.waiting = window.setInterval(() => {
      seconds = Math.max(0, (seconds ?? 0) - 1);
      this.output.refused(refusal(status, code, message, seconds));
      if (seconds > 0) return;
      window.clearInterval(this.waiting);
      this.waiting = 0;
      this.draw();
    }, 1000);
  }

  private draw(): void {
    for (const id of BUTTONS) {
      const button = must<HTMLButtonElement>(id);
      button.disabled = this.busy || this.waiting > 0 || this.unavailable !== undefined;
      button.classList.toggle('busy', this.busy);
    }
  }
}
