// The interview room: every part is made here and told what the others did. The only module that knows them all.

import { ApiError, post } from './api.ts';
import { showBanner } from './banner.ts';
import type { Boot } from './boot.ts';
import { format } from './clock.ts';
import { Code } from './code.ts';
import { Connection, type Line } from './connection.ts';
import { Console } from './console.ts';
import { Conversation } from './conversation.ts';
import { Clock } from './countdown.ts';
import { Dictation } from './dictation.ts';
import { announce, icon, make, must } from './dom.ts';
import type { EditorHandle } from './editor.ts';
import { runOf, type ServerFrame } from './frames.ts';
import { showPhase } from './phases.ts';
import { Runner } from './runner.ts';
import { Separators } from './separators.ts';
import { StatusPill } from './status.ts';
import { toast } from './toasts.ts';
import { Voice } from './voice.ts';

const TOKEN_MS_MAX = 8_000;
const END_MS_MAX = 15_000;
const SUMMARY_AFTER_MS = 1_200;
const EDITOR_DARK = 'interviewd.editor-dark';
const VOICE_ON = 'interviewd.read-aloud';
const DICTATION_OK = 'interviewd.dictation-allowed';

export function openRoom(boot: Boot): void {
  const session = `/api/sessions/${encodeURIComponent(boot.sessionId)}`;
  let editor: EditorHandle | undefined;
  let ended = false;
  let state: 'fresh' | 'agreed' = 'fresh';

  const pill = new StatusPill();
  const clock = new Clock(boot.durationMs);
  const sinceStart = () => Math.max(0, Math.round(boot.durationMs - clock.leftMs));
  const output = new Console(boot.problem.parameters, () => editor?.layout());
  new Separators('interviewd.panes', () => editor?.layout());

  const connection = new Connection(
    {
      token: async () => (await post<{ token: string }>('/api/realtime/token', { sessionId: boot.sessionId }, boot.csrf, TOKEN_MS_MAX)).token,
      socket: (protocols) => new WebSocket(socketUrl(boot.wsUrl), protocols) as never,
      after: (ms, then) => {
        const timer = window.setTimeout(then, ms);
        return () => window.clearTimeout(timer);
      },
      chance: Math.random,
    },
    onLine,
    onFrame,
  );

  const code = new Code(boot, { send: (frame) => connection.send(frame), isOnline: () => connection.isOpen, now: sinceStart, onLanguage: showLanguage });
  const runner = new Runner(`${session}/execute`, boot.csrf, output, {
    code: () => ({ code: code.text, language: code.language }),
    tooLarge: () => code.tooLarge,
    example: boot.problem.examples[0]?.input ?? '',
    parameters: boot.problem.parameters,
  });
  const voice = new Voice({
    onPlayback: (itemId, playedMs) => connection.send({ type: 'playback', itemId, playedMs }),
    onCancelled: (playedMs) => connection.send({ type: 'response.cancel', playedMs }),
    onSpeaking: (on) => pill.show(on ? 'speaking' : 'listening'),
  });
  const conversation = new Conversation(boot.interviewerName, {
    send: (text) => state === 'agreed' && connection.send({ type: 'user_text', text }),
    onWriting: () => voice.interrupt(),
    now: sinceStart,
  });

  languages();
  gate();
  thinking();
  readAloud();
  dictation();
  ending();
  shortcuts();
  void loadEditor();
  connection.start();
  window.addEventListener('online', () => connection.retry());

  function onLine(line: Line): void {
    document.body.dataset['line'] = line.is;
    if (line.is === 'open') return showBanner(undefined);
    state = 'fresh';
    code.cutOff();
    if (ended) return showBanner(undefined);
    pill.show(line.is === 'connecting' ? 'connecting' : 'offline');
    const retry = { label: 'Retry now', run: () => connection.retry() };
    switch (line.is) {
      case 'connecting':
        if (!line.first) showBanner({ tone: 'warn', icon: 'wifi-off', words: () => 'Reconnecting. Your code is kept on this device.' });
        return;
      case 'waiting': {
        const until = performance.now() + line.delayMs;
        const seconds = () => Math.max(1, Math.ceil((until - performance.now()) / 1000));
        return showBanner({ tone: 'warn', icon: 'wifi-off', words: () => `The connection broke. Trying again in ${seconds()} s (${line.attempt} of ${line.tries}). Your code is kept on this device.`, action: retry });
      }
      case 'lost':
        return showBanner({ tone: 'bad', icon: 'wifi-off', words: () => 'Connection lost. Your code is kept on this device, and the interview waits on the server.', action: { label: 'Retry', run: retry.run } });
      case 'replaced':
        showBanner(undefined);
        return must<HTMLDialogElement>('replaced-dialog').showModal();
      case 'signed-out':
        return showBanner({ tone: 'bad', icon: 'circle-alert', words: () => 'You are signed out. Sign in again to go on; your code is kept on this device.', action: { label: 'Sign in', run: () => window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname)}`) } });
      case 'gone':
        return over('This interview is not running any more.');
      case 'closed':
        return;
    }
  }

  function onFrame(frame: ServerFrame): void {
    if ('phase' in frame && frame.phase !== undefined) showPhase(frame.phase);
    switch (frame.type) {
      case 'session.state':
        clock.hear(frame.remainingMs);
        conversation.restore(frame.captions ?? []);
        // The state is told on every connect and may be told again: only the first time settles what was in doubt.
        if (state === 'agreed') return;
        state = 'agreed';
        code.agree(frame);
        pill.show(frame.aiStatus ?? 'listening');
        conversation.sendAgain();
        if (must('thinking').getAttribute('aria-pressed') === 'true') connection.send({ type: 'thinking', on: true });
        return;
      case 'timer':
        return clock.hear(frame.remainingMs);
      case 'ai.status':
        return pill.show(frame.status);
      case 'caption': {
        const isNew = conversation.hear(frame);
        if (!isNew || !frame.final || frame.role !== 'interviewer') return;
        announce(`${boot.interviewerName}: ${frame.text}`);
        return voice.speak(frame.itemId, frame.text);
      }
      case 'code.saved':
        return code.saved(frame.revision);
      case 'run.started':
        // Ours is shown by its own call; this is one that was on its way when the page was reloaded.
        return runner.isBusy ? undefined : output.running('Running');
      case 'run.finished': {
        const run = runOf(frame);
        return runner.isBusy || run === undefined ? undefined : output.finished(run);
      }
      case 'provider':
        if (frame.status === 'unavailable') toast('info', 'The interviewer has no voice at the moment. Go on by typing.');
        if (frame.status === 'reconnecting') pill.show('thinking');
        return;
      case 'session.ended':
        return over(ENDINGS[frame.reason] ?? 'Everything is kept.');
      case 'error':
        if (frame.message !== undefined && frame.message !== '') toast('bad', frame.message);
        return;
      default:
        return;
    }
  }

  function over(words: string): void {
    if (ended) return;
    ended = true;
    voice.switch(false);
    editor?.setReadOnly(true);
    code.forget();
    connection.stop();
    must('over-text').textContent = `${words} Your summary is opening.`;
    must<HTMLAnchorElement>('over-link').href = boot.summaryUrl;
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
    must<HTMLDialogElement>('over-dialog').showModal();
    window.setTimeout(() => window.location.assign(boot.summaryUrl), SUMMARY_AFTER_MS);
  }

  async function loadEditor(): Promise<void> {
    const { dataset } = must('room');
    const host = must('editor');
    try {
      const [{ mount }] = await Promise.all([import('./editor.ts'), stylesheet(dataset['editorCss'] ?? '')]);
      editor = await mount({
        host,
        workers: { editor: dataset['editorWorker'] ?? '', typescript: dataset['tsWorker'] ?? '' },
        dark: showEditorTheme(),
        language: code.language,
        buffers: code.buffers,
        onEdit: (text) => code.typed(text),
        onRun: () => void runner.go('run'),
        onSave: save,
        onTabLeaves: (leaves) => {
          must('editor').classList.toggle('tab-leaves', leaves);
          if (leaves) announce('Tab now leaves the editor.');
        },
      });
    } catch (error) {
      console.error(error);
      const again = make('button', 'tool', 'Load it again');
      again.type = 'button';
      again.addEventListener('click', () => window.location.reload());
      host.replaceChildren(make('div', 'console-notice bad', icon('circle-alert'), make('div', '', make('strong', '', 'The editor could not be loaded.'), make('p', '', 'Your code is safe. Check your connection, then load it again.'), again)));
      return;
    } finally {
      host.removeAttribute('aria-busy');
      document.getElementById('editor-skeleton')?.remove();
    }
    code.attach(editor);
    if (ended) editor.setReadOnly(true);
    wireTheme();
  }

  /** Dark unless the person chose otherwise on this device. */
  function showEditorTheme(): boolean {
    const dark = localStorage.getItem(EDITOR_DARK) !== 'no';
    must('work').dataset['editorTheme'] = dark ? 'dark' : 'light';
    const words = dark ? 'Light editor' : 'Dark editor';
    const button = must('editor-theme');
    button.setAttribute('aria-label', words);
    button.title = words;
    button.replaceChildren(icon(dark ? 'sun' : 'moon'));
    return dark;
  }

  function wireTheme(): void {
    must('editor-theme').addEventListener('click', () => {
      localStorage.setItem(EDITOR_DARK, must('work').dataset['editorTheme'] === 'dark' ? 'no' : 'yes');
      editor?.setDark(showEditorTheme());
    });
  }

  function languages(): void {
    const select = must<HTMLSelectElement>('language');
    for (const choice of boot.languages) {
      const option = make('option', '', choice.available ? choice.label : `${choice.label}: ${choice.reason ?? 'not available here'}`);
      option.value = choice.id;
      option.disabled = !choice.available;
      select.append(option);
    }
    select.addEventListener('change', () => code.choose(select.value));
    showLanguage(code.language);
  }

  function showLanguage(language: string): void {
    must<HTMLSelectElement>('language').value = language;
    const choice = boot.languages.find((one) => one.id === language);
    runner.setUnavailable(choice?.available === false ? (choice.reason ?? 'not available here') : undefined);
  }

  function save(): void {
    code.keep().catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      toast('bad', error.message);
    });
  }

  function thinking(): void {
    const button = must('thinking');
    const set = (on: boolean) => {
      button.setAttribute('aria-pressed', String(on));
      pill.giveTime(on);
      if (on) voice.interrupt();
      connection.send({ type: 'thinking', on });
    };
    button.addEventListener('click', () => set(button.getAttribute('aria-pressed') !== 'true'));
    // Whoever speaks has thought.
    must('composer').addEventListener('submit', () => {
      if (button.getAttribute('aria-pressed') === 'true') set(false);
    });
  }

  function readAloud(): void {
    const button = must('voice');
    button.hidden = !Voice.available;
    const set = (on: boolean) => {
      voice.switch(on);
      button.setAttribute('aria-pressed', String(on));
      button.firstElementChild?.replaceWith(icon(on ? 'volume-2' : 'volume-x'));
      localStorage.setItem(VOICE_ON, on ? 'yes' : 'no');
    };
    button.addEventListener('click', () => set(button.getAttribute('aria-pressed') !== 'true'));
    if (localStorage.getItem(VOICE_ON) === 'yes' && Voice.available) set(true);
  }

  function dictation(): void {
    const button = must('dictate');
    const note = must('dictation-note');
    button.hidden = !Dictation.available;
    const dictating = new Dictation({
      onText: (text) => {
        voice.interrupt();
        conversation.write(text);
      },
      onInterim: (text) => {
        note.textContent = text === '' ? 'Listening. Read it over, then press Enter to send.' : text;
      },
      onState: (on, problem) => {
        button.setAttribute('aria-pressed', String(on));
        note.hidden = !on;
        note.textContent = on ? 'Listening. Read it over, then press Enter to send.' : '';
        if (problem !== undefined) toast('bad', problem);
      },
    });
    const dialog = must<HTMLDialogElement>('dictation-dialog');
    button.addEventListener('click', () => {
      if (dictating.on) return dictating.stop();
      if (localStorage.getItem(DICTATION_OK) === 'yes') return dictating.start();
      dialog.returnValue = '';
      dialog.showModal();
    });
    dialog.addEventListener('close', () => {
      if (dialog.returnValue !== 'allow') return;
      localStorage.setItem(DICTATION_OK, 'yes');
      dictating.start();
    });
  }

  function ending(): void {
    const dialog = must<HTMLDialogElement>('end-dialog');
    const confirm = must<HTMLButtonElement>('end-confirm');
    const problem = must('end-error');
    must('end').addEventListener('click', () => {
      problem.hidden = true;
      must('end-left').textContent = `are ${format(clock.leftMs)} minutes`;
      dialog.showModal();
    });
    confirm.addEventListener('click', () => {
      if (confirm.disabled) return;
      confirm.disabled = true;
      confirm.classList.add('busy');
      void code
        .finish()
        .then(() => post(`${session}/end`, {}, boot.csrf, END_MS_MAX))
        .then(
          () => over('You ended it.'),
          (error: unknown) => {
            if (error instanceof ApiError && error.status === 409) return over('It had ended already.');
            problem.textContent = error instanceof ApiError ? error.message : 'It could not be ended. Try again.';
            problem.hidden = false;
          },
        )
        .finally(() => {
          confirm.disabled = false;
          confirm.classList.remove('busy');
        });
    });
    const replaced = must<HTMLDialogElement>('replaced-dialog');
    replaced.addEventListener('cancel', (event) => event.preventDefault());
    must('take-over').addEventListener('click', () => {
      replaced.close();
      connection.retry();
    });
    must('over-dialog').addEventListener('cancel', (event) => event.preventDefault());
  }

  function shortcuts(): void {
    document.addEventListener('keydown', (event) => {
      const command = event.ctrlKey || event.metaKey;
      if (!command || event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      if (event.key === 'Enter') {
        event.preventDefault();
        void runner.go('run');
      } else if (event.key === 's') {
        event.preventDefault();
        save();
      }
    });
  }

  function gate(): void {
    must('gate-anyway').addEventListener('click', () => {
      document.body.classList.add('narrow-is-fine');
      editor?.layout();
    });
  }
}

const ENDINGS: Record<string, string> = {
  candidate: 'You ended it.',
  time_up: 'Time is up.',
  abandoned: 'Nobody came back in time.',
  never_started: 'It never began, and your credit was returned.',
  admin: 'An administrator ended it.',
  errored: 'The interviewer could not go on, and your credit was returned.',
};

function socketUrl(given: string): string {
  const url = new URL(given, window.location.href);
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol === 'http:') url.protocol = 'ws:';
  return url.href;
}

function stylesheet(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error('the stylesheet of the editor did not load'));
    document.head.append(link);
  });
}
