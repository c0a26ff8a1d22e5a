// The live socket and its life: token, connect, keep alive, reconnect with backoff, give up, take over.
//
// Not here: what frames mean (room.ts). The outer world comes in as `World`, so that the tests drive a
// whole life without a network or a clock.

import { ApiError } from './api.ts';
import { delayMs, TRIES_MAX } from './backoff.ts';
import { parseFrame, type ClientFrame, type ServerFrame } from './frames.ts';

const PROTOCOL = 'interviewd.v1';
const PING_MS = 20_000;
const SILENCE_MS_MAX = 45_000;
const CONNECT_MS_MAX = 10_000;
const CLOSE_UNAUTHORIZED = 4001;
const CLOSE_REPLACED = 4002;

/** Where the line stands, for the banner. */
export type Line =
  | { readonly is: 'connecting'; readonly first: boolean }
  | { readonly is: 'open' }
  | { readonly is: 'waiting'; readonly attempt: number; readonly tries: number; readonly delayMs: number }
  | { readonly is: 'lost' }
  | { readonly is: 'replaced' }
  | { readonly is: 'signed-out' }
  | { readonly is: 'gone' }
  | { readonly is: 'closed' };

export interface SocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

export interface World {
  token(): Promise<string>;
  socket(protocols: string[]): SocketLike;
  after(ms: number, then: () => void): () => void;
  chance(): number;
}

export class Connection {
  private socket: SocketLike | undefined;
  private open = false;
  private attempt = 0;
  private refusedInARow = 0;
  /** Grows with every connect, so that what an older one still has to say is not heard. */
  private generation = 0;
  private stopTimers: (() => void)[] = [];

  constructor(
    private readonly world: World,
    private readonly onLine: (line: Line) => void,
    private readonly onFrame: (frame: ServerFrame) => void,
  ) {}

  start(): void {
    this.attempt = 0;
    this.refusedInARow = 0;
    void this.connect(true);
  }

  /** The person asked, or the network came back: try at once, with all tries before us. */
  retry(): void {
    if (this.open) return;
    this.attempt = 0;
    this.refusedInARow = 0;
    void this.connect(false);
  }

  /** For good; the page is done with the line. */
  stop(): void {
    this.drop();
    this.onLine({ is: 'closed' });
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Whether the frame was put on the line. Nothing is queued here: the reconnect tells the whole state anew. */
  send(frame: ClientFrame): boolean {
    if (!this.open || this.socket === undefined) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private async connect(first: boolean): Promise<void> {
    this.drop();
    const generation = (this.generation += 1);
    const stale = () => generation !== this.generation;
    this.onLine({ is: 'connecting', first });
    let token: string;
    try {
      token = await this.world.token();
    } catch (error) {
      if (!stale()) this.refused(error);
      return;
    }
    if (stale()) return;
    const socket = this.world.socket([PROTOCOL, `token.${token}`]);
    this.socket = socket;
    const tooSlow = this.world.after(CONNECT_MS_MAX, () => {
      if (!stale() && !this.open) this.closed(1006);
    });
    this.stopTimers.push(tooSlow);
    socket.onmessage = (event) => {
      if (stale()) return;
      if (!this.open) this.opened();
      this.expectMore();
      const frame = parseFrame(event.data);
      if (frame !== undefined) this.onFrame(frame);
    };
    socket.onclose = (event) => {
      if (!stale()) this.closed(event.code);
    };
  }

  /** The first frame proves that the token was good: a refused one is upgraded too, then closed. */
  private opened(): void {
    this.clearTimers();
    this.open = true;
    this.attempt = 0;
    this.refusedInARow = 0;
    this.onLine({ is: 'open' });
    this.ping();
  }

  private ping(): void {
    this.stopTimers.push(
      this.world.after(PING_MS, () => {
        this.send({ type: 'session.ping' });
        this.ping();
      }),
    );
  }

  private stopSilence: (() => void) | undefined;

  private expectMore(): void {
    this.stopSilence?.();
    this.stopSilence = this.world.after(SILENCE_MS_MAX, () => this.closed(1006));
  }

  private closed(code: number): void {
    this.drop();
    if (code === CLOSE_REPLACED) return this.onLine({ is: 'replaced' });
    if (code === CLOSE_UNAUTHORIZED) {
      this.refusedInARow += 1;
      if (this.refusedInARow > 1) return this.onLine({ is: 'signed-out' });
      void this.connect(false);
      return;
    }
    this.wait(0);
  }

  private refused(error: unknown): void {
    if (error instanceof ApiError) {
      if (error.status === 401) return this.onLine({ is: 'signed-out' });
      if (error.status === 404 || error.status === 409) return this.onLine({ is: 'gone' });
    }
    this.wait(error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0);
  }

  private wait(serverAsksMs: number): void {
    this.attempt += 1;
    const delay = delayMs(this.attempt, this.world.chance(), serverAsksMs);
    if (delay === undefined) return this.onLine({ is: 'lost' });
    this.onLine({ is: 'waiting', attempt: this.attempt, tries: TRIES_MAX, delayMs: delay });
    this.stopTimers.push(this.world.after(delay, () => void this.connect(false)));
  }

  private drop(): void {
    this.generation += 1;
    this.clearTimers();
    this.stopSilence?.();
    this.stopSilence = undefined;
    this.open = false;
    const socket = this.socket;
    this.socket = undefined;
    if (socket === undefined) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }

  private clearTimers(): void {
    for (const stop of this.stopTimers.splice(0)) stop();
  }
}
