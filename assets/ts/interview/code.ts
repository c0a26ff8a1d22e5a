// The code between editor, device and server: what codesync.ts decides is carried out here.

import { post } from './api.ts';
import type { Boot } from './boot.ts';
import { begin, DEBOUNCE_MS, edited, front, isTooLarge, next, reconcile, revived, saved, saveState, switched, type Local, type Remote, type SaveState } from './codesync.ts';
import { icon, must } from './dom.ts';
import type { EditorHandle } from './editor.ts';
import type { ClientFrame } from './frames.ts';
import { toast } from './toasts.ts';

const POST_MS_MAX = 10_000;
const WORDS: Record<SaveState, { words: string; icon: string }> = {
  saved: { words: 'Saved', icon: 'cloud-check' },
  saving: { words: 'Saving', icon: 'loader-circle' },
  'kept-here': { words: 'Kept on this device', icon: 'cloud-off' },
  'too-large': { words: 'Over 50 KB: not saved', icon: 'triangle-alert' },
};

interface Hooks {
  send(frame: ClientFrame): boolean;
  isOnline(): boolean;
  /** Milliseconds since the interview began. */
  now(): number;
  onLanguage(language: string): void;
}

export class Code {
  private local: Local;
  private editor: EditorHandle | undefined;
  private debounce = 0;
  /** Nothing is sent before the server has said what it holds. */
  private agreed = false;
  private finalCode: string | undefined;
  private readonly storageKey: string;
  private readonly path: string;

  constructor(
    private readonly boot: Boot,
    private readonly hooks: Hooks,
  ) {
    this.storageKey = `interviewd.code.${boot.sessionId}`;
    this.path = `/api/sessions/${encodeURIComponent(boot.sessionId)}/code`;
    const kept = revived(localStorage.getItem(this.storageKey));
    this.local = kept === undefined ? begin(boot.language, boot.problem.starterCode) : { ...kept, buffers: { ...boot.problem.starterCode, ...kept.buffers } };
    window.addEventListener('pagehide', () => this.leave());
    this.draw();
  }

  get language(): string {
    return this.local.language;
  }

  get buffers(): Readonly<Record<string, string>> {
    return this.local.buffers;
  }

  get text(): string {
    return front(this.local);
  }

  get tooLarge(): boolean {
    return isTooLarge(this.text);
  }

  /** The editor is there; what arrived meanwhile is already in the buffers that it was given. */
  attach(editor: EditorHandle): void {
    this.editor = editor;
    for (const [language, code] of Object.entries(this.local.buffers)) editor.replace(language, code);
    editor.setLanguage(this.local.language);
  }

  typed(code: string): void {
    this.local = edited(this.local, code);
    this.changed();
  }

  choose(language: string): void {
    // What was just typed in the language that is left would otherwise wait behind the new one, unsent.
    this.flush();
    this.local = switched(this.local, language);
    this.editor?.setLanguage(language);
    this.hooks.onLanguage(language);
    this.changed();
  }

  /** On every connect. */
  agree(remote: Remote): void {
    const { local, show, displaced } = reconcile(this.local, remote);
    this.local = local;
    this.agreed = true;
    for (const [language, text] of Object.entries(this.local.buffers)) this.editor?.replace(language, text);
    if (show) this.bring();
    if (displaced !== undefined) {
      toast('info', 'Another window had newer code, which you see now. Yours is kept.', {
        label: 'Use mine',
        run: () => this.put(displaced.language, displaced.code),
      });
    }
    this.store();
    this.flush();
  }

  /** The line broke: wait for the next agreement. */
  cutOff(): void {
    this.agreed = false;
    this.draw();
  }

  saved(revision: number): void {
    this.local = saved(this.local, revision);
    this.store();
    this.draw();
  }

  /** Sends what waits for its 300 ms now. */
  flush(): void {
    window.clearTimeout(this.debounce);
    const step = this.agreed ? next(this.local) : undefined;
    if (step !== undefined) {
      const cursor = this.editor?.cursorOffset();
      if (this.hooks.send({ type: 'code_edit', ...step.send, ...(cursor === undefined ? {} : { cursor }) })) this.local = step.local;
      this.store();
    }
    this.draw();
  }

  /** A snapshot that the person asked for. */
  async keep(): Promise<void> {
    this.flush();
    await post(this.path, this.snapshot('manual'), this.boot.csrf, POST_MS_MAX);
    toast('good', 'A snapshot of your code was kept.');
  }

  /** The last word before the end; a failure must not keep anybody from ending. */
  async finish(): Promise<void> {
    this.flush();
    if (this.tooLarge || this.finalCode === this.text) return;
    const body = this.snapshot('final');
    await post(this.path, body, this.boot.csrf, POST_MS_MAX).then(() => (this.finalCode = body.code), () => undefined);
  }

  /** The interview is over: what this device kept has served its time. */
  forget(): void {
    this.finalCode = this.text;
    localStorage.removeItem(this.storageKey);
  }

  private leave(): void {
    this.flush();
    if (this.tooLarge || this.finalCode === this.text || !this.agreedOnce) return;
    this.finalCode = this.text;
    navigator.sendBeacon(this.path, new Blob([JSON.stringify(this.snapshot('final'))], { type: 'application/json' }));
  }

  /** A page that never heard the server has nothing to tell it on leaving: its text may be older than the server's. */
  private get agreedOnce(): boolean {
    return this.agreed || this.local.savedRevision > 0;
  }

  private snapshot(type: 'manual' | 'final') {
    return { code: this.text, language: this.language, timestampMs: this.hooks.now(), type };
  }

  private put(language: string, code: string): void {
    this.local = edited(switched(this.local, language), code);
    this.bring();
    this.changed();
  }

  private bring(): void {
    this.editor?.replace(this.local.language, this.text);
    this.editor?.setLanguage(this.local.language);
    this.hooks.onLanguage(this.local.language);
  }

  private changed(): void {
    this.store();
    this.draw();
    window.clearTimeout(this.debounce);
    this.debounce = window.setTimeout(() => this.flush(), DEBOUNCE_MS);
  }

  private store(): void {
    try {
      localStorage.setItem(this.storageKey, JSON.stringify(this.local));
    } catch {
      // Full or forbidden: the server has the code too, and the pill says whether it does.
    }
  }

  private draw(): void {
    const state = saveState(this.local, this.hooks.isOnline());
    const pill = must('save');
    if (pill.dataset['state'] === state && must('save-text').textContent === WORDS[state].words) return;
    pill.dataset['state'] = state;
    must('save-icon').replaceChildren(icon(WORDS[state].icon));
    must('save-text').textContent = WORDS[state].words;
  }
}
