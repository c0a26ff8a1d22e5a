// Cases of the candidate's own: what they give, what they think comes out, and what is said about both. Pure.

import type { RunCase } from './frames.ts';
import { valueText } from './results.ts';

export interface OwnCase {
  readonly input: unknown;
  /** Absent when the candidate has no opinion. */
  readonly expected?: unknown;
}

/** The server's bound. */
export const OWN_CASES_MAX = 8;

/** An expectation as it was written; nothing written is no opinion. A program's output is text, all else JSON. */
export function ownExpected(text: string, example: unknown): { expected?: unknown } | { problem: string } {
  if (text.trim() === '') return {};
  if (typeof example === 'string') return { expected: text };
  try {
    return { expected: JSON.parse(text) as unknown };
  } catch {
    return { problem: 'What you expect is not JSON yet. Write a value as in the examples, text in double quotes.' };
  }
}

/** What a case of one's own came to, where the table does not say it. */
export function ownNote({ own, expected }: RunCase): string | undefined {
  if (own == null) return undefined;
  const opinion = own.expected != null;
  if (!own.answered) return `The reference solution has no answer to this input: does it keep to the constraints? ${opinion ? 'Your code was compared with what you expected.' : 'Nothing was compared.'}`;
  if (own.agrees === false) return `You expected ${valueText(own.expected)}; the reference solution answers ${valueText(expected)}.`;
  return own.agrees === true ? 'The reference solution answers what you expected.' : undefined;
}

/** Kept cases as they were stored, as far as they still make sense. */
export function storedCases(text: string | null): OwnCase[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.filter((one): one is OwnCase => typeof one === 'object' && one !== null && 'input' in one).slice(0, OWN_CASES_MAX);
  } catch {
    return [];
  }
}
