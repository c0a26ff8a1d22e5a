// What the server tells the page at the start, in a JSON block that no script policy minds.

export type Language = string;

export interface LanguageChoice {
  readonly id: Language;
  readonly label: string;
  readonly available: boolean;
  readonly reason?: string;
}

export interface Example {
  /** The arguments in order, `{operations, arguments}` of a class, or the text that a program reads. */
  readonly input: unknown;
  readonly expected: unknown;
}

export interface Boot {
  readonly sessionId: string;
  readonly problem: {
    readonly slug: string;
    readonly title: string;
    readonly difficulty: string;
    readonly categories: readonly string[];
    /** The names of a function's parameters; empty for classes and programs. */
    readonly parameters: readonly string[];
    readonly examples: readonly Example[];
    readonly starterCode: Readonly<Record<Language, string>>;
  };
  readonly languages: readonly LanguageChoice[];
  readonly language: Language;
  readonly durationMs: number;
  readonly wsUrl: string;
  readonly summaryUrl: string;
  readonly csrf: string;
  readonly interviewerName: string;
}

export function readBoot(): Boot {
  const block = document.getElementById('boot');
  if (block === null) throw new Error('the page has no boot data');
  return JSON.parse(block.textContent) as Boot;
}
