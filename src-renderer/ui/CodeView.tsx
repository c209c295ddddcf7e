import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { codeLook } from './code-look.ts';
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
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        extensions: [EditorState.readOnly.of(true), ...codeLook(language, label)],
      }),
    });
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
