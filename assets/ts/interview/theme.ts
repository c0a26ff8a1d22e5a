// Monaco's colours, read from the design tokens in the place where the editor stands.

import type { editor } from 'monaco-editor/editor';

export function editorTheme(host: HTMLElement, dark: boolean): editor.IStandaloneThemeData {
  const token = reader(host);
  const bare = (name: string) => token(name).slice(1, 7);
  const transparent = '#00000000';
  return {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare('--ink') },
      { token: 'comment', foreground: bare('--code-comment'), fontStyle: 'italic' },
      { token: 'keyword', foreground: bare('--code-key') },
      { token: 'string', foreground: bare('--code-str') },
      { token: 'string.escape', foreground: bare('--code-num') },
      { token: 'regexp', foreground: bare('--code-str') },
      { token: 'number', foreground: bare('--code-num') },
      { token: 'constant', foreground: bare('--code-num') },
      { token: 'function', foreground: bare('--code-fn') },
      { token: 'type', foreground: bare('--code-type') },
      { token: 'type.identifier', foreground: bare('--code-type') },
      { token: 'tag', foreground: bare('--code-fn') },
      { token: 'annotation', foreground: bare('--code-fn') },
      { token: 'delimiter', foreground: bare('--ink-2') },
      { token: 'operator', foreground: bare('--ink-2') },
    ],
    colors: {
      'editor.background': token('--raised'),
      'editor.foreground': token('--ink'),
      'editorLineNumber.foreground': token('--code-comment'),
      'editorLineNumber.activeForeground': token('--ink'),
      'editorCursor.foreground': token('--clay'),
      'editor.lineHighlightBackground': token('--sunk'),
      'editor.lineHighlightBorder': transparent,
      'editor.selectionBackground': `${token('--clay')}40`,
      'editor.inactiveSelectionBackground': `${token('--clay')}26`,
      'editor.selectionHighlightBackground': `${token('--slate')}2e`,
      'editor.wordHighlightBackground': `${token('--slate')}24`,
      'editor.findMatchBackground': `${token('--ochre')}66`,
      'editor.findMatchHighlightBackground': `${token('--ochre')}33`,
      'editorBracketMatch.background': `${token('--clay')}2b`,
      'editorBracketMatch.border': transparent,
      'editorIndentGuide.background1': token('--line'),
      'editorIndentGuide.activeBackground1': token('--line-strong'),
      'editorWhitespace.foreground': token('--line'),
      'editorError.foreground': token('--brick'),
      'editorWarning.foreground': token('--ochre'),
      'editorWidget.background': token('--paper'),
      'editorWidget.border': token('--line-strong'),
      'editorWidget.foreground': token('--ink'),
      'editorHoverWidget.background': token('--paper'),
      'editorHoverWidget.border': token('--line-strong'),
      'editorSuggestWidget.background': token('--paper'),
      'editorSuggestWidget.border': token('--line-strong'),
      'editorSuggestWidget.selectedBackground': token('--hover'),
      'editorSuggestWidget.selectedForeground': token('--ink'),
      'editorSuggestWidget.highlightForeground': token('--clay'),
      'editorSuggestWidget.focusHighlightForeground': token('--clay'),
      'list.hoverBackground': token('--hover'),
      'list.highlightForeground': token('--clay'),
      'quickInput.background': token('--paper'),
      'quickInput.foreground': token('--ink'),
      'quickInputList.focusBackground': token('--hover'),
      'quickInputList.focusForeground': token('--ink'),
      'quickInputList.focusHighlightForeground': token('--clay'),
      'keybindingLabel.background': token('--sunk'),
      'keybindingLabel.foreground': token('--ink-2'),
      'keybindingLabel.border': token('--line'),
      'keybindingLabel.bottomBorder': token('--line'),
      'input.foreground': token('--ink'),
      'input.placeholderForeground': token('--ink-3'),
      'input.background': token('--raised'),
      'input.border': token('--line-strong'),
      'focusBorder': token('--clay'),
      'widget.shadow': '#00000033',
      'scrollbarSlider.background': `${token('--line-strong')}55`,
      'scrollbarSlider.hoverBackground': `${token('--line-strong')}88`,
      'scrollbarSlider.activeBackground': `${token('--line-strong')}aa`,
      'editorOverviewRuler.border': transparent,
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, token('--ink-2')])),
      'editorBracketHighlight.unexpectedBracket.foreground': token('--brick'),
    },
  };
}

/** Answers a token's colour as `#rrggbb`, in the colour scheme of `host`. */
function reader(host: HTMLElement): (name: string) => string {
  const probe = document.createElement('span');
  host.append(probe);
  const canvas = document.createElement('canvas').getContext('2d');
  const colours = new Map<string, string>();
  queueMicrotask(() => probe.remove());
  return (name) => {
    const known = colours.get(name);
    if (known !== undefined) return known;
    probe.style.color = `var(${name})`;
    const computed = getComputedStyle(probe).color;
    if (canvas !== null) canvas.fillStyle = computed;
    const hex = typeof canvas?.fillStyle === 'string' && canvas.fillStyle.startsWith('#') ? canvas.fillStyle : '#808080';
    colours.set(name, hex);
    return hex;
  };
}
