// The captions of both sides, and the field in which typed turns are written.

import { confirmed, heard, isUnconfirmed, restored, typed, type Caption } from './captions.ts';
import { format } from './clock.ts';
import { make, must } from './dom.ts';

const NEAR_THE_END_PX = 80;

interface Hooks {
  /** Whether the words were put on the line. */
  send(text: string): boolean;
  /** The person began to write: whoever speaks should stop. */
  onWriting(): void;
  /** Milliseconds since the interview began. */
  now(): number;
}

export class Conversation {
  private list: readonly Caption[] = [];
  private readonly nodes = new Map<string, { turn: HTMLElement; words: HTMLElement; drawn: Caption }>();
  private typedCount = 0;

  constructor(
    private readonly interviewer: string,
    private readonly hooks: Hooks,
  ) {
    const field = must<HTMLTextAreaElement>('say');
    const form = must<HTMLFormElement>('composer');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.sendTyped(field);
    });
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    field.addEventListener('input', () => {
      fit(field);
      if (field.value.trim() !== '') this.hooks.onWriting();
    });
  }

  /** A caption frame; answers whether it brought words that were not known before. */
  hear(caption: Caption): boolean {
    const known = this.list.find((one) => one.itemId === caption.itemId);
    this.list = heard(known === undefined ? confirmed(this.list, caption) : this.list, caption);
    this.draw();
    return known === undefined || (!known.final && caption.final);
  }

  /** The whole conversation as the server knows it; typed turns that it does not know stay. */
  restore(known: readonly Caption[]): void {
    this.list = restored(this.list, known);
    must('turns-skeleton').hidden = true;
    this.draw(true);
  }

  /** After a reconnect: what was typed into a dead line is said again. */
  sendAgain(): void {
    for (const caption of this.list.filter(isUnconfirmed)) this.hooks.send(caption.text);
  }

  /** Text from dictation joins what is already written. */
  write(text: string): void {
    const field = must<HTMLTextAreaElement>('say');
    field.value = `${field.value}${field.value === '' || field.value.endsWith(' ') ? '' : ' '}${text.trim()}`;
    fit(field);
  }

  private sendTyped(field: HTMLTextAreaElement): void {
    const text = field.value.trim();
    if (text === '') return;
    this.typedCount += 1;
    this.list = heard(this.list, typed(text, Math.max(this.hooks.now(), this.list.at(-1)?.atMs ?? 0), this.typedCount));
    this.hooks.onWriting();
    this.hooks.send(text);
    field.value = '';
    fit(field);
    this.draw(true);
  }

  private draw(follow = false): void {
    const turns = must('turns');
    const atEnd = follow || turns.scrollHeight - turns.scrollTop - turns.clientHeight < NEAR_THE_END_PX;
    const wanted = new Set(this.list.map((caption) => caption.itemId));
    for (const [id, { turn }] of this.nodes) {
      if (wanted.has(id)) continue;
      turn.remove();
      this.nodes.delete(id);
    }
    let before: Element = must('turns-skeleton');
    for (const caption of this.list) {
      const node = this.nodes.get(caption.itemId) ?? this.turn(caption);
      if (node.drawn !== caption) {
        node.words.replaceChildren(...withCode(caption.text));
        node.drawn = caption;
      }
      node.turn.classList.toggle('partial', !caption.final);
      node.turn.classList.toggle('waiting', isUnconfirmed(caption));
      if (before.nextElementSibling !== node.turn) before.after(node.turn);
      before = node.turn;
    }
    for (const { turn } of this.nodes.values()) turn.classList.toggle('latest', turn === before);
    if (atEnd) turns.scrollTop = turns.scrollHeight;
  }

  private turn(caption: Caption) {
    const who = caption.role === 'candidate' ? 'You' : this.interviewer;
    const words = make('p', '', ...withCode(caption.text));
    const by = make('div', 'by', make('b', '', who), make('span', 'at', format(Math.floor(caption.atMs / 1000) * 1000)));
    const node = { turn: make('div', `turn ${caption.role}`, by, words), words, drawn: caption };
    this.nodes.set(caption.itemId, node);
    return node;
  }
}

/** `code` between backticks is set as code; everything stays text. */
function withCode(text: string): Node[] {
  return text.split(/`([^`\n]+)`/).map((part, at) => (at % 2 === 1 ? make('code', '', part) : document.createTextNode(part)));
}

/** The field grows with what is written, up to the height that the stylesheet allows. */
function fit(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}
