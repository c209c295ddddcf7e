import { yaml } from '@codemirror/lang-yaml';
import { foldGutter, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { CopyButton } from './CopyButton.tsx';
import styles from './CodeView.module.css';

export interface CodeViewProps {
  readonly text: string;
  readonly language: 'yaml' | 'json' | 'text';
  readonly label: string;
}

/** Source to read: line numbers, folding, colours, whole copy. JSON is read with the YAML grammar, its superset. */
export function CodeView({ text, language, label }: CodeViewProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return undefined;
    const view = new EditorView({ parent: host.current, state: readOnlyState(text, language, label) });
    return () => {
      view.destroy();
    };
  }, [text, language, label]);
  return (
    <div className={styles.code}>
      <div ref={host} />
      <span className={styles.copy}>
        <CopyButton value={text} label={`Copy ${label}`} />
      </span>
    </div>
  );
}

function readOnlyState(text: string, language: CodeViewProps['language'], label: string): EditorState {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  return EditorState.create({
    doc: text,
    extensions: [
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.lineWrapping,
      EditorView.cspNonce.of(nonce),
      lineNumbers(),
      foldGutter(),
      highlightSpecialChars(),
      ...(language === 'text' ? [] : [yaml()]),
      syntaxHighlighting(colours),
      look,
    ],
  });
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
