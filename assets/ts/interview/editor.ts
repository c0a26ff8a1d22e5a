// Monaco, loaded after the page stands: one model per language, themes from the design tokens, a way out for Tab.
//
// An entry of its own in build.mjs: the page imports it lazily and links its stylesheet by name.

import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/java/register';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/python/register';
// Errors and completion for JavaScript. This registers them; the mode and its worker of a megabyte are loaded when
// the first JavaScript model is shown, so it has to stand before that and costs nothing without.
import { javascriptDefaults, ScriptTarget } from 'monaco-editor/languages/features/typescript/register';
import { editorTheme } from './theme.ts';

const FONT = '"JetBrains Mono Variable"';

export interface EditorOptions {
  readonly host: HTMLElement;
  readonly workers: { readonly editor: string; readonly typescript: string };
  readonly dark: boolean;
  readonly language: string;
  readonly buffers: Readonly<Record<string, string>>;
  /** The person changed the text; programmatic changes are not told. */
  onEdit(code: string): void;
  onRun(): void;
  onSave(): void;
  /** Tab will now leave the editor, or not any more. */
  onTabLeaves(leaves: boolean): void;
}

export interface EditorHandle {
  code(): string;
  cursorOffset(): number;
  /** Brings a language to the front with its own text, undo history and cursor. */
  setLanguage(language: string): void;
  /** Replaces the text of a language as one step that undo takes back. */
  replace(language: string, code: string): void;
  setDark(dark: boolean): void;
  setReadOnly(readOnly: boolean): void;
  layout(): void;
  focus(): void;
}

export async function mount(options: EditorOptions): Promise<EditorHandle> {
  self.MonacoEnvironment = {
    getWorker: (_id: string, label: string) => new Worker(label === 'typescript' || label === 'javascript' ? options.workers.typescript : options.workers.editor, { name: label }),
  };
  // Before the first measurement, or every column is as wide as those of the fallback font.
  await Promise.allSettled([document.fonts.load(`400 14px ${FONT}`), document.fonts.load(`600 14px ${FONT}`)]);

  javascriptDefaults.setCompilerOptions({ target: ScriptTarget.ESNext, lib: ['esnext'], allowNonTsExtensions: true, allowJs: true, checkJs: false });

  const models = new Map<string, monaco.editor.ITextModel>();
  let quiet = false;
  const model = (language: string) => {
    const known = models.get(language);
    if (known !== undefined) return known;
    const made = monaco.editor.createModel(options.buffers[language] ?? '', language, monaco.Uri.parse(`inmemory://interview/solution.${language}`));
    made.setEOL(monaco.editor.EndOfLineSequence.LF);
    made.updateOptions({ tabSize: language === 'python' || language === 'java' ? 4 : 2, insertSpaces: true });
    made.onDidChangeContent(() => {
      if (!quiet && editor.getModel() === made) options.onEdit(made.getValue());
    });
    models.set(language, made);
    return made;
  };

  const paint = (dark: boolean) => {
    monaco.editor.defineTheme('interviewd', editorTheme(options.host, dark));
    monaco.editor.setTheme('interviewd');
  };
  paint(options.dark);

  // Suggestions and hovers may reach over the neighbouring panes, each of which is a layer of its own.
  const floating = document.createElement('div');
  floating.className = 'monaco-editor editor-floating';
  document.body.append(floating);

  const editor = monaco.editor.create(options.host, {
    model: null,
    theme: 'interviewd',
    automaticLayout: true,
    fontFamily: `${FONT}, ui-monospace, Menlo, Consolas, monospace`,
    fontSize: 14,
    lineHeight: 23,
    fontLigatures: false,
    minimap: { enabled: false },
    lineNumbersMinChars: 4,
    lineDecorationsWidth: 14,
    glyphMargin: false,
    folding: false,
    padding: { top: 14, bottom: 14 },
    scrollBeyondLastLine: false,
    smoothScrolling: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    cursorBlinking: 'smooth',
    renderLineHighlight: 'line',
    renderLineHighlightOnlyWhenFocus: false,
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    stickyScroll: { enabled: false },
    bracketPairColorization: { enabled: false },
    guides: { indentation: true, bracketPairs: false },
    fixedOverflowWidgets: true,
    overflowWidgetsDomNode: floating,
    wordWrap: 'off',
    ariaLabel: 'Code editor. Press Escape, then Tab, to leave it.',
  });
  editor.setModel(model(options.language));

  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => options.onRun());
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => options.onSave());
  letTabOut(editor, options.onTabLeaves);

  return {
    code: () => editor.getModel()?.getValue() ?? '',
    cursorOffset() {
      const position = editor.getPosition();
      return position === null ? 0 : (editor.getModel()?.getOffsetAt(position) ?? 0);
    },
    setLanguage(language) {
      const before = editor.getModel();
      const after = model(language);
      if (before === after) return;
      if (before !== null) views.set(before.uri.toString(), editor.saveViewState());
      editor.setModel(after);
      editor.restoreViewState(views.get(after.uri.toString()) ?? null);
    },
    replace(language, code) {
      const target = model(language);
      if (target.getValue() === code) return;
      quiet = true;
      target.pushEditOperations([], [{ range: target.getFullModelRange(), text: code }], () => null);
      target.pushStackElement();
      quiet = false;
    },
    setDark: paint,
    setReadOnly: (readOnly) => editor.updateOptions({ readOnly, domReadOnly: readOnly, readOnlyMessage: { value: 'The interview is over.' } }),
    layout: () => editor.layout(),
    focus: () => editor.focus(),
  };
}

const views = new Map<string, monaco.editor.ICodeEditorViewState | null>();

/** Escape makes the next Tab leave the editor; any other key takes that back. */
function letTabOut(editor: monaco.editor.IStandaloneCodeEditor, onTabLeaves: (leaves: boolean) => void): void {
  let leaves = false;
  const set = (now: boolean) => {
    if (now === leaves) return;
    leaves = now;
    editor.updateOptions({ tabFocusMode: now });
    onTabLeaves(now);
  };
  editor.onKeyDown((event) => {
    if (event.keyCode === monaco.KeyCode.Escape) set(true);
    else if (event.keyCode !== monaco.KeyCode.Tab && event.keyCode !== monaco.KeyCode.Shift) set(false);
  });
  editor.onDidBlurEditorWidget(() => set(false));
}
