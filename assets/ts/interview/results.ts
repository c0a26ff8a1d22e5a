// What a run, a refused run and a case are called, each by icon, words and tone. Pure.

import type { Run, RunCase } from './frames.ts';

export interface Headline {
  readonly tone: 'good' | 'bad' | 'warn' | 'plain' | 'busy';
  readonly icon: string;
  readonly words: string;
  /** A sentence that says what happened and what to do; absent where the cases say it all. */
  readonly detail?: string;
  readonly showErrors?: boolean;
}

export function headline(run: Run): Headline {
  switch (run.status) {
    case 'compile_error':
      return { tone: 'bad', icon: 'circle-x', words: 'Does not compile', detail: 'The code could not be read as it stands, so nothing was run.', showErrors: true };
    case 'runtime_error':
      return { tone: 'bad', icon: 'circle-x', words: run.total > 0 ? `Crashed, ${counted(run)}` : 'Crashed', detail: 'The program stopped with an error. The line numbers are those of your code.', showErrors: true };
    case 'timeout':
      return { tone: 'warn', icon: 'timer', words: 'Out of time', detail: 'The run was stopped at its time limit. Is there a loop that never ends, or an input that takes too many steps?', showErrors: true };
    case 'memory_limit':
      return { tone: 'warn', icon: 'ban', words: 'Out of memory', detail: 'The run was stopped at its memory limit. Does something grow with every step?', showErrors: true };
    case 'output_limit':
      return { tone: 'warn', icon: 'ban', words: 'Too much output', detail: 'The program printed more than is kept, and was stopped. The beginning is under Output.' };
    case 'ok':
      if (run.total === 0) return { tone: 'plain', icon: 'circle-check', words: 'Completed' };
      return run.passed === run.total ? { tone: 'good', icon: 'circle-check', words: counted(run) } : { tone: 'bad', icon: 'circle-x', words: counted(run) };
  }
}

function counted({ passed, total }: Run): string {
  return `${passed} of ${total} passed`;
}

export function shown(status: RunCase['status']): { words: string; icon: string; tone: string } {
  switch (status) {
    case 'pass':
      return { words: 'Passed', icon: 'check', tone: 'good' };
    case 'fail':
      return { words: 'Failed', icon: 'x', tone: 'bad' };
    case 'error':
      return { words: 'Crashed', icon: 'circle-alert', tone: 'bad' };
    case 'timeout':
      return { words: 'Out of time', icon: 'timer', tone: 'warn' };
  }
}

/** A JSON value as a person would write it: `[1, 2]`, not `[1,2]`. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${valueText(inner)}`).join(', ')}}`;
  return JSON.stringify(value) ?? 'nothing';
}

/** The input of a case: a function's arguments one a line, a class's calls, or the text that a program reads. */
export function inputText(input: unknown, parameters: readonly string[] = []): string {
  if (typeof input === 'string') return input;
  if (Array.isArray(input)) return input.map((argument, at) => (input.length > 1 && parameters[at] !== undefined ? `${parameters[at]} = ${valueText(argument)}` : valueText(argument))).join('\n');
  const { operations, arguments: lists } = (input ?? {}) as { operations?: string[]; arguments?: unknown[][] };
  if (!Array.isArray(operations) || !Array.isArray(lists)) return valueText(input);
  return operations.map((name, at) => `${name}(${(lists[at] ?? []).map(valueText).join(', ')})`).join('\n');
}

/** An input of one's own, as it is written: like `example`, and readable by `ownInput`. */
export function inputTemplate(example: unknown): string {
  if (typeof example === 'string') return example;
  return Array.isArray(example) ? example.map(valueText).join('\n') : JSON.stringify(example, null, 2);
}

/** What was written as an input, in the shape of `example`; or what is wrong with it. */
export function ownInput(text: string, example: unknown): { input: unknown } | { problem: string } {
  if (typeof example === 'string') return { input: text };
  if (!Array.isArray(example)) {
    try {
      return { input: JSON.parse(text) as unknown };
    } catch {
      return { problem: 'This is not JSON yet. Keep the shape of the example.' };
    }
  }
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const input: unknown[] = [];
  for (const [at, line] of lines.entries()) {
    try {
      input.push(JSON.parse(line));
    } catch {
      return { problem: `Line ${at + 1} is not JSON. Write one argument a line, text in double quotes.` };
    }
  }
  return { input };
}

export function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** Why no run happened, by the status and code of the server's refusal. */
export function refusal(status: number, code: string, message: string, waitSeconds: number | undefined): Headline {
  const wait = waitSeconds === undefined ? '' : waitSeconds > 0 ? ` You can run again in ${waitSeconds} s; the buttons count down.` : ' You can run again now.';
  if (status === 429) return { tone: 'warn', icon: 'hourglass', words: 'A short pause', detail: `Runs are limited to a few a minute.${wait}` };
  if (status === 503) return { tone: 'warn', icon: 'hourglass', words: 'All busy', detail: `Every sandbox is in use at the moment; your code is safe.${wait}` };
  if (status === 413 || code === 'code_too_large') return { tone: 'bad', icon: 'circle-x', words: 'Too large', detail: 'The code is larger than 50 KB. Make it shorter to run it.' };
  if (code === 'language_unavailable') return { tone: 'warn', icon: 'ban', words: 'Not available', detail: message };
  return { tone: 'bad', icon: 'circle-alert', words: 'Nothing was run', detail: message };
}
