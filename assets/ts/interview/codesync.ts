// Which text of the code is the newest, and what has to be sent. Pure: no socket, no storage, no clock.
//
// The page keeps a buffer per language on this device and sends the one in front to the server under a revision that
// grows by one. Nothing is thrown away: where the server holds a text that this page never sent (another window wrote
// it), the server's comes to the front and ours is handed back as `displaced`, so that a person can choose.

export const CODE_BYTES_MAX = 50 * 1024;
export const DEBOUNCE_MS = 300;

export interface Sent {
  readonly revision: number;
  readonly language: string;
  readonly code: string;
}

/** What this device remembers about one interview. */
export interface Local {
  readonly language: string;
  readonly buffers: Readonly<Record<string, string>>;
  /** The last revision that was put on the line. */
  readonly sent: Sent | undefined;
  /** The last revision that the server has on disk. */
  readonly savedRevision: number;
  /** The front buffer was changed since `sent`. */
  readonly dirty: boolean;
}

export interface Remote {
  readonly language: string;
  readonly code: string;
  readonly revision: number;
  /** The last code of the languages that were left. */
  readonly otherCode?: Readonly<Record<string, string>>;
}

export type SaveState = 'saved' | 'saving' | 'kept-here' | 'too-large';

export function begin(language: string, starter: Readonly<Record<string, string>>): Local {
  return { language, buffers: { ...starter }, sent: undefined, savedRevision: 0, dirty: false };
}

/** The person typed. */
export function edited(local: Local, code: string): Local {
  if (front(local) === code) return local;
  return { ...local, buffers: { ...local.buffers, [local.language]: code }, dirty: true };
}

/** The person chose another language: its buffer comes to the front and must be sent. */
export function switched(local: Local, language: string): Local {
  return language === local.language ? local : { ...local, language, dirty: true };
}

export function front(local: Local): string {
  return local.buffers[local.language] ?? '';
}

/** What to send now, if anything, and the state after it was sent. */
export function next(local: Local): { local: Local; send: Sent } | undefined {
  if (!local.dirty || isTooLarge(front(local))) return undefined;
  const revision = Math.max(local.sent?.revision ?? 0, local.savedRevision) + 1;
  const send: Sent = { revision, language: local.language, code: front(local) };
  return { local: { ...local, sent: send, dirty: false }, send };
}

/** `code.saved`: the server has this revision on disk. */
export function saved(local: Local, revision: number): Local {
  return revision <= local.savedRevision ? local : { ...local, savedRevision: revision };
}

export function saveState(local: Local, online: boolean): SaveState {
  if (isTooLarge(front(local))) return 'too-large';
  const waiting = local.dirty || (local.sent?.revision ?? 0) > local.savedRevision;
  if (!waiting) return 'saved';
  return online ? 'saving' : 'kept-here';
}

export interface Reconciled {
  readonly local: Local;
  /** The text in front of the person changed and the editor must show it. */
  readonly show: boolean;
  /** Our own newest text, when another window's took its place. */
  readonly displaced: { readonly language: string; readonly code: string } | undefined;
}

/** After a connect: the newest of ours and the server's comes to the front, neither is lost. */
export function reconcile(local: Local, remote: Remote): Reconciled {
  const mine = { language: local.language, code: front(local) };
  // A device that never saved anything has only starter code for the languages behind: the server's is newer.
  const pristine = local.savedRevision === 0 && local.sent === undefined && !local.dirty;
  const behind = pristine ? { ...local.buffers, ...remote.otherCode, [mine.language]: mine.code } : local.buffers;
  const equal = mine.language === remote.language && mine.code === remote.code;
  const highest = Math.max(local.sent?.revision ?? 0, local.savedRevision);
  const unsaved = local.dirty || (local.sent?.revision ?? 0) > local.savedRevision;
  if (equal || remote.revision === 0) {
    // Revision 0 is the starter code that nobody has touched: whatever this device has is at least as new.
    const dirty = !equal && (unsaved || mine.code !== (remote.code || mine.code) || mine.language !== remote.language);
    return { local: { ...local, buffers: behind, sent: undefined, savedRevision: remote.revision, dirty }, show: false, displaced: undefined };
  }
  const oursIsNewest = remote.revision <= highest && unsaved;
  if (oursIsNewest) {
    return { local: { ...local, sent: undefined, savedRevision: remote.revision, dirty: true }, show: false, displaced: undefined };
  }
  const taken: Local = {
    language: remote.language,
    buffers: { ...local.buffers, ...remote.otherCode, [remote.language]: remote.code },
    sent: undefined,
    savedRevision: remote.revision,
    dirty: false,
  };
  return { local: taken, show: true, displaced: unsaved ? mine : undefined };
}

export function isTooLarge(code: string): boolean {
  // Every UTF-16 unit becomes at least one byte and at most three.
  if (code.length > CODE_BYTES_MAX) return true;
  return code.length * 3 > CODE_BYTES_MAX && new TextEncoder().encode(code).length > CODE_BYTES_MAX;
}

/** What `localStorage` gave back, if it still makes sense. */
export function revived(stored: string | null): Local | undefined {
  if (stored === null) return undefined;
  try {
    const value = JSON.parse(stored) as Partial<Local>;
    const { language, buffers, savedRevision } = value;
    if (typeof language !== 'string' || typeof buffers !== 'object' || buffers === null || typeof savedRevision !== 'number') return undefined;
    if (!Object.values(buffers).every((code) => typeof code === 'string')) return undefined;
    const sent = typeof value.sent?.revision === 'number' && typeof value.sent.code === 'string' ? value.sent : undefined;
    return { language, buffers, savedRevision, sent, dirty: value.dirty === true };
  } catch {
    return undefined;
  }
}
