import { yaml } from '@codemirror/lang-yaml';
import { foldGutter, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** What reading and editing source share: gutter, colours, wrapping. JSON is read with the YAML grammar. */
export function codeLook(language: 'yaml' | 'json' | 'text', label: string): readonly Extension[] {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  return [
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.lineWrapping,
    EditorView.cspNonce.of(nonce),
    lineNumbers(),
    foldGutter(),
    highlightSpecialChars(),
    ...(language === 'text' ? [] : [yaml()]),
    syntaxHighlighting(colours),
    look,
  ];
}

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent-text)' },
  { tag: [tags.string, tags.content], color: 'var(--text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--series-2)' },
  { tag: [tags.comment, tags.meta], color: 'var(--text-3)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--text-3)' },
]);

const look = EditorView.theme({
  '&': { fontSize: 'var(--text-12)', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: '1px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '19px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--text-3)', border: '0' },
  '.cm-content': { caretColor: 'var(--accent)' },
  '.cm-specialChar': { color: 'var(--warn)' },
});
