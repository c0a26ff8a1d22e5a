// The console under the editor: results case by case, raw output, and an input of one's own.
//
// Whatever a program printed reaches the page through textContent alone. Not here: the call that runs code (runner.ts).

import { parse } from './ansi.ts';
import { icon, make, must } from './dom.ts';
import type { Run, RunCase } from './frames.ts';
import { ownNote } from './cases.ts';
import { headline, inputText, milliseconds, shown, valueText, type Headline } from './results.ts';

const TABS = ['results', 'output', 'input'] as const;
type Tab = (typeof TABS)[number];
const CASES_MAX = 100;
const VALUE_CHARACTERS_MAX = 4_000;

export class Console {
  constructor(
    private readonly parameters: readonly string[],
    private readonly onFolded: () => void,
  ) {
    for (const tab of TABS) {
      const button = must(`tab-${tab}`);
      button.addEventListener('click', () => this.show(tab));
      button.addEventListener('keydown', (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? tab;
        this.show(next);
        must(`tab-${next}`).focus();
      });
    }
    must('fold').addEventListener('click', () => this.fold(must('fold').getAttribute('aria-expanded') === 'true'));
    must('clear').addEventListener('click', () => this.clear());
    this.clear();
  }

  clear(): void {
    must('verdict').replaceChildren();
    must('panel-results').replaceChildren(empty('Run your code to see how it answers the examples.', 'Submit also tries the hidden cases; how those went is part of the evaluation.'));
    must('panel-output').replaceChildren(empty('What your program prints appears here.'));
    must<HTMLButtonElement>('clear').disabled = true;
  }

  running(what: string): void {
    this.fold(false);
    if (!must('tab-input').matches('[aria-selected="true"]')) this.show('results');
    must('verdict').replaceChildren(badge({ tone: 'busy', icon: 'loader-circle', words: what }));
    must('panel-results').replaceChildren(skeleton());
    must('panel-output').replaceChildren(skeleton());
  }

  /** `note` explains what a submit leaves out. */
  finished(run: Run): void {
    const head = headline(run);
    this.fold(false);
    must<HTMLButtonElement>('clear').disabled = false;
    must('verdict').replaceChildren(badge(head), make('span', 'took', `in ${milliseconds(run.durationMs)}`));
    must('panel-results').replaceChildren(...results(run, head, this.parameters));
    must('panel-output').replaceChildren(...output(run));
    const onlyPrinted = run.tests.length === 0 && head.detail === undefined;
    this.show(onlyPrinted ? 'output' : 'results');
  }

  /** The run did not happen. */
  refused(head: Headline): void {
    this.fold(false);
    this.show('results');
    must<HTMLButtonElement>('clear').disabled = false;
    must('verdict').replaceChildren(badge(head));
    must('panel-results').replaceChildren(notice(head));
    must('panel-output').replaceChildren(empty('Nothing was run.'));
  }

  show(tab: Tab): void {
    for (const other of TABS) {
      const selected = other === tab;
      const button = must(`tab-${other}`);
      button.setAttribute('aria-selected', String(selected));
      button.tabIndex = selected ? 0 : -1;
      must(`panel-${other}`).hidden = !selected;
    }
    this.fold(false);
  }

  private fold(folded: boolean): void {
    const button = must('fold');
    if (must('work').classList.contains('folded') === folded) return;
    button.setAttribute('aria-expanded', String(!folded));
    button.replaceChildren(icon(folded ? 'chevron-up' : 'chevron-down'));
    must('work').classList.toggle('folded', folded);
    this.onFolded();
  }
}

function results(run: Run, head: Headline, parameters: readonly string[]): Node[] {
  const nodes: Node[] = [];
  if (head.detail !== undefined) nodes.push(notice(head));
  if (head.showErrors && run.stderr.trim() !== '') nodes.push(printed(run.stderr, 'The error'));
  if (run.tests.length > 0) nodes.push(table(run.tests.slice(0, CASES_MAX), parameters));
  if (run.tests.length > CASES_MAX) nodes.push(make('p', 'console-more', `${run.tests.length - CASES_MAX} further cases are not shown.`));
  if (run.kind === 'submit') nodes.push(make('p', 'console-more', 'Hidden cases ran too. How they went shows in the evaluation, after the interview.'));
  return nodes;
}

function table(cases: readonly RunCase[], parameters: readonly string[]): HTMLElement {
  const head = make('tr', '', ...['Result', 'Case', 'Input', 'Expected', 'Got'].map((title) => {
    const cell = make('th', '', title);
    cell.scope = 'col';
    return cell;
  }));
  const body = make('tbody');
  for (const one of cases) {
    const { words, icon: name, tone } = shown(one.status);
    const row = make('tr', tone, make('td', 'result', make('span', `result-words ${tone}`, icon(name), words)));
    const title = make('th', '', one.name);
    title.scope = 'row';
    row.append(title, value(inputText(one.input, parameters)), value(one.own !== undefined && !one.own.answered ? (one.own.expected == null ? '–' : valueText(one.own.expected)) : valueText(one.expected)), one.status === 'pass' || one.status === 'fail' ? value(valueText(one.actual)) : failure(one));
    body.append(row);
    const note = ownNote(one);
    if (note !== undefined) {
      const cell = make('td', 'case-note', note);
      cell.colSpan = 5;
      body.append(make('tr', 'case-output', cell));
    }
    if (one.stdout !== undefined && one.stdout !== '') {
      const cell = make('td', '', printed(one.stdout, `Printed by ${one.name}`));
      cell.colSpan = 5;
      body.append(make('tr', 'case-output', cell));
    }
  }
  const caption = make('caption', 'vh', 'Cases');
  return make('table', 'cases', caption, make('thead', '', head), body);
}

function value(text: string): HTMLElement {
  return make('td', 'value', make('code', '', text.length > VALUE_CHARACTERS_MAX ? `${text.slice(0, VALUE_CHARACTERS_MAX)}…` : text));
}

/** What stands in the place of an answer that never came. */
function failure(one: RunCase): HTMLElement {
  const words = one.message ?? (one.status === 'timeout' ? 'no answer in time' : 'no answer');
  return value(one.line == null ? words : `${words} (line ${one.line})`);
}

function output(run: Run): Node[] {
  const parts = [run.stdout === '' ? undefined : printed(run.stdout, 'Output'), run.stderr === '' ? undefined : printed(run.stderr, 'Errors', true)];
  const nodes = parts.filter((part) => part !== undefined);
  const perCase = run.tests.filter((one) => one.stdout !== undefined && one.stdout !== '' && run.stdout === '').map((one) => labelled(one.name, printed(one.stdout ?? '', `Printed by ${one.name}`)));
  if (nodes.length + perCase.length === 0) return [empty('Your program printed nothing.')];
  return [...perCase, ...nodes];
}

function labelled(title: string, block: Node): HTMLElement {
  return make('section', 'printed-case', make('h3', '', title), block);
}

function printed(text: string, label: string, bad = false): HTMLElement {
  const { lines, dropped } = parse(text);
  const block = make('pre', bad ? 'printed bad' : 'printed');
  block.setAttribute('aria-label', label);
  for (const [at, line] of lines.entries()) {
    if (at > 0) block.append('\n');
    block.append(...line.map((span) => (span.classes === '' ? document.createTextNode(span.text) : make('span', span.classes, span.text))));
  }
  if (dropped > 0) block.append(make('span', 'printed-dropped', `\n… ${dropped} further lines are not shown.`));
  return block;
}

function badge(head: Headline): HTMLElement {
  return make('span', `verdict-words ${head.tone}`, icon(head.icon), head.words);
}

function notice(head: Headline): HTMLElement {
  return make('div', `console-notice ${head.tone}`, icon(head.icon), make('div', '', make('strong', '', head.words), make('p', '', head.detail ?? '')));
}

function empty(...sentences: string[]): HTMLElement {
  return make('div', 'console-empty', ...sentences.map((sentence) => make('p', '', sentence)));
}

function skeleton(): HTMLElement {
  return make('div', 'skeleton-rows', make('i'), make('i'), make('i'));
}
