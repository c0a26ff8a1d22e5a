// The frames of the live socket, as docs/api.md lists them. Pure.

import type { Caption } from './captions.ts';

export const PHASES = ['welcome', 'clarify', 'approach', 'code', 'test', 'wrap_up'] as const;
export type Phase = (typeof PHASES)[number];
export type AiStatus = 'listening' | 'thinking' | 'speaking';

export type ClientFrame =
  | { type: 'user_text'; text: string }
  | { type: 'code_edit'; code: string; language: string; revision: number; cursor?: number }
  | { type: 'thinking'; on: boolean }
  | { type: 'response.cancel'; playedMs: number }
  | { type: 'playback'; itemId: string; playedMs: number }
  | { type: 'session.ping' };

export interface RunCase {
  readonly name: string;
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly stdout?: string;
  readonly status: 'pass' | 'fail' | 'error' | 'timeout';
  /** Why it crashed, and in which line of the candidate's code. */
  readonly message?: string | null;
  readonly line?: number | null;
  readonly durationMs?: number;
  /** A case of the candidate's own: their expectation, and whether the reference solution answered and agrees. */
  readonly own?: { readonly expected?: unknown; readonly answered: boolean; readonly agrees?: boolean | null } | undefined;
}

export interface Run {
  readonly runId: string;
  readonly kind: 'run' | 'submit';
  readonly language: string;
  readonly status: 'ok' | 'compile_error' | 'runtime_error' | 'timeout' | 'memory_limit' | 'output_limit';
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly passed: number;
  readonly total: number;
  readonly tests: readonly RunCase[];
}

export interface SessionState {
  readonly type: 'session.state';
  readonly phase: Phase;
  readonly remainingMs: number;
  readonly code: string;
  readonly language: string;
  readonly revision: number;
  /** The last code of the languages that were left. */
  readonly otherCode?: Readonly<Record<string, string>>;
  readonly captions: readonly Caption[];
  readonly aiStatus?: AiStatus;
}

export type ServerFrame =
  | SessionState
  | { readonly type: 'code.saved'; readonly revision: number }
  | { readonly type: 'timer'; readonly remainingMs: number }
  | { readonly type: 'phase'; readonly phase: Phase }
  | { readonly type: 'ai.status'; readonly status: AiStatus }
  | ({ readonly type: 'caption' } & Caption)
  | { readonly type: 'run.started' | 'run.finished'; readonly runId?: string; readonly run?: Run }
  | { readonly type: 'time_warning'; readonly remainingMs?: number }
  | { readonly type: 'provider'; readonly name: string; readonly status: 'connected' | 'reconnecting' | 'fallback' | 'unavailable' }
  | { readonly type: 'session.ended'; readonly reason: string }
  | { readonly type: 'error'; readonly code: string; readonly message?: string }
  | { readonly type: 'session.pong' }
  | { readonly type: 'audio.start' | 'audio.clear' | 'audio.end' };

/** A text frame as an object; `undefined` for what is not one. Unknown types are left to the reader, who skips them. */
export function parseFrame(data: unknown): ServerFrame | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    const typed = typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
    return typed ? (value as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}

/** A run is told as a frame with the run beside its type, or under `run`. */
export function runOf(frame: ServerFrame): Run | undefined {
  const candidate: unknown = 'run' in frame && frame.run !== undefined ? frame.run : frame;
  const shaped = typeof candidate === 'object' && candidate !== null && 'tests' in candidate && Array.isArray(candidate.tests);
  return shaped ? (candidate as Run) : undefined;
}
