// Run, Submit and cases of one's own: one run at a time, with an end to the waiting, and a countdown in the buttons
// when the server asks for patience.

import { ApiError, post } from './api.ts';
import { OWN_CASES_MAX, ownExpected, storedCases, type OwnCase } from './cases.ts';
import type { Console } from './console.ts';
import { icon, make, must } from './dom.ts';
import type { Run } from './frames.ts';
import { Pause, buttonWords } from './pause.ts';
import { inputTemplate, inputText, ownInput, refusal, valueText } from './results.ts';

/** A little longer than the server's own limits (10 s and 30 s; Java 20 s and 60 s) and its queue. */
const RUN_MS_MAX = 40_000;
const SUBMIT_MS_MAX = 90_000;
const BUTTONS = ['run', 'submit', 'run-custom', 'run-cases'];
const TICK_MS = 250;
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
  readonly parameters: readonly string[];
}

export class Runner {
  private busy = false;
  private ticking = 0;
  private readonly pause = new Pause();
  private readonly labels = new Map(BUTTONS.map((id) => [id, words(id).textContent ?? '']));
  private cases: readonly OwnCase[];
  private unavailable: string | undefined;

  constructor(
    private readonly path: string,
    private readonly csrf: string,
    private readonly output: Console,
    private readonly hooks: Hooks,
  ) {
    must('run').addEventListener('click', () => void this.go('run'));
    must('submit').addEventListener('click', () => void this.go('submit'));
    must('run-custom').addEventListener('click', () => {
      const own = this.written();
      if (own !== undefined) void this.go('run', [own]);
    });
    must('keep-case').addEventListener('click', () => {
      const own = this.written();
      if (own !== undefined) this.keep([...this.cases, own]);
    });
    must('run-cases').addEventListener('click', () => void this.go('run', this.cases));
    this.cases = storedCases(sessionStorage.getItem(this.path));
    must<HTMLTextAreaElement>('custom-input').value = inputTemplate(hooks.example);
    must('custom-input-label').textContent = LABELS[typeof hooks.example === 'string' ? 'text' : Array.isArray(hooks.example) ? 'arguments' : 'calls'];
    this.keep(this.cases);
  }

  get isBusy(): boolean {
    return this.busy;
  }

  /** The language in front cannot be run, for this reason; `undefined` when it can. */
  setUnavailable(reason: string | undefined): void {
    this.unavailable = reason;
    this.draw();
  }

  /** What stands in the two fields; nothing when it does not read as a case, which is then said below them. */
  private written(): OwnCase | undefined {
    const input = ownInput(must<HTMLTextAreaElement>('custom-input').value, this.hooks.example);
    const expected = ownExpected(must<HTMLTextAreaElement>('custom-expected').value, this.hooks.example);
    const trouble = 'problem' in input ? input.problem : 'problem' in expected ? expected.problem : '';
    const problem = must('custom-input-problem');
    problem.hidden = trouble === '';
    problem.textContent = trouble;
    return 'problem' in input || 'problem' in expected ? undefined : { ...input, ...expected };
  }

  private keep(cases: readonly OwnCase[]): void {
    this.cases = cases.slice(0, OWN_CASES_MAX);
    sessionStorage.setItem(this.path, JSON.stringify(this.cases));
    const rows = this.cases.map((one, at) => {
      const remove = make('button', 'tool bare square small', icon('x'));
      remove.type = 'button';
      remove.setAttribute('aria-label', `Remove case ${at + 1}`);
      remove.addEventListener('click', () => {
        this.keep(this.cases.filter((_, other) => other !== at));
        must(this.cases.length > 0 ? 'run-cases' : 'custom-input').focus();
      });
      const result = 'expected' in one ? ` → ${valueText(one.expected)}` : '';
      return make('li', '', make('code', '', `${inputText(one.input, this.hooks.parameters).replaceAll('\n', ', ')}${result}`), remove);
    });
    must('own-cases').replaceChildren(...rows);
    must('own-cases-part').hidden = this.cases.length === 0;
    must<HTMLButtonElement>('keep-case').disabled = this.cases.length >= OWN_CASES_MAX;
  }

  async go(kind: 'run' | 'submit', customCases: readonly OwnCase[] = []): Promise<void> {
    if (this.busy || this.waitSeconds > 0 || this.unavailable !== undefined) return;
    if (this.hooks.tooLarge()) return this.output.refused(refusal(413, '', '', undefined));
    this.busy = true;
    this.draw();
    this.output.running(kind === 'run' ? 'Running' : 'Running all cases');
    try {
      const body = { ...this.hooks.code(), kind, ...(customCases.length === 0 ? {} : { customCases }) };
      this.output.finished(await post<Run>(this.path, body, this.csrf, kind === 'run' ? RUN_MS_MAX : SUBMIT_MS_MAX));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.refused(error);
    } finally {
      this.busy = false;
      this.draw();
    }
  }

  private refused({ status, code, message, retryAfterMs }: ApiError): void {
    const patience = (status === 429 || status === 503) && retryAfterMs !== undefined;
    if (patience) this.pause.begin(retryAfterMs, performance.now());
    this.output.refused(refusal(status, code, message, patience ? this.waitSeconds : undefined));
    if (!patience) return;
    window.clearInterval(this.ticking);
    this.ticking = window.setInterval(() => {
      if (this.waitSeconds === 0) window.clearInterval(this.ticking);
      this.draw();
    }, TICK_MS);
  }

  private get waitSeconds(): number {
    return this.pause.seconds(performance.now());
  }

  private draw(): void {
    const seconds = this.waitSeconds;
    for (const id of BUTTONS) {
      const button = must<HTMLButtonElement>(id);
      button.disabled = this.busy || seconds > 0 || this.unavailable !== undefined;
      button.classList.toggle('busy', this.busy);
      const text = buttonWords(this.labels.get(id) ?? '', seconds);
      if (words(id).textContent !== text) words(id).textContent = text;
    }
  }
}

/** The part of a button that is its label. */
function words(id: string): HTMLElement {
  return must(id).querySelector('span') ?? must(id);
}
