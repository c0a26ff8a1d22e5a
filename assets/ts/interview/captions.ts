// The conversation as a list of turns, put together from `caption` frames. Pure.

export type Role = 'interviewer' | 'candidate';

export interface Caption {
  readonly role: Role;
  readonly itemId: string;
  readonly text: string;
  readonly final: boolean;
  readonly atMs: number;
}

export const CAPTIONS_MAX = 2_000;

/** `list` with `caption` in its place: a later word about an item replaces the earlier one, unless that was final. */
export function heard(list: readonly Caption[], caption: Caption): readonly Caption[] {
  const at = list.findLastIndex((known) => known.itemId === caption.itemId);
  if (at >= 0) {
    const known = list[at];
    // A partial that was overtaken by its own final text arrives late: it knows less.
    if (known === undefined || (known.final && !caption.final)) return list;
    return list.with(at, { ...caption, atMs: known.atMs });
  }
  const before = list.findLastIndex((known) => known.atMs <= caption.atMs);
  const grown = list.toSpliced(before + 1, 0, caption);
  return grown.length > CAPTIONS_MAX ? grown.slice(-CAPTIONS_MAX) : grown;
}

/** `list` after a reconnect: what the server knows, and our own typed turns that it has not confirmed yet. */
export function restored(list: readonly Caption[], known: readonly Caption[]): readonly Caption[] {
  const seen = new Set(list.map((caption) => caption.itemId));
  const waiting = known.filter((caption) => !seen.has(caption.itemId)).reduce(confirmed, list);
  const mine = waiting.filter(isUnconfirmed);
  return mine.reduce(heard, known.reduce(heard, [] as readonly Caption[]));
}

const UNCONFIRMED = 'local-';

/** A typed turn that shows at once, before the server has said it back. */
export function typed(text: string, atMs: number, number: number): Caption {
  return { role: 'candidate', itemId: `${UNCONFIRMED}${number}`, text, final: true, atMs };
}

export function isUnconfirmed(caption: Caption): boolean {
  return caption.itemId.startsWith(UNCONFIRMED);
}

/** `list` without the unconfirmed turn that `caption` turns out to be: the first one with the same words. */
export function confirmed(list: readonly Caption[], caption: Caption): readonly Caption[] {
  if (caption.role !== 'candidate' || isUnconfirmed(caption)) return list;
  const words = (text: string) => text.trim().replace(/\s+/g, ' ');
  const same = list.findIndex((known) => isUnconfirmed(known) && words(known.text) === words(caption.text));
  // Redaction may have changed the words (an address, a number): then the oldest waiting turn is the one.
  const at = same >= 0 ? same : caption.final ? list.findIndex(isUnconfirmed) : -1;
  return at >= 0 ? list.toSpliced(at, 1) : list;
}
