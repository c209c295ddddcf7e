import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { codeLook } from './code-look.ts';
import styles from './CodeView.module.css';

interface DiffViewProps {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}

/** Unchanged stretches longer than this are folded, with some lines around each change. */
const FOLDED = { margin: 3, minSize: 8 } as const;

/** Two YAML texts as one: what went in red, what came in green, with the signs - and + beside the colours. */
export function DiffView({ before, after, label }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return undefined;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: after,
        extensions: [
          EditorState.readOnly.of(true),
          unifiedMergeView({
            original: before,
            mergeControls: false,
            gutter: true,
            ...(before === after ? {} : { collapseUnchanged: FOLDED }),
          }),
          ...codeLook('yaml', label),
          colours,
        ],
      }),
    });
    return () => {
      view.destroy();
    };
  }, [before, after, label]);
  return <div ref={host} className={styles.diff} />;
}

const colours = EditorView.theme({
  '.cm-insertedLine, .cm-changedLine': { backgroundColor: 'color-mix(in srgb, var(--ok) 14%, transparent)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--danger-bg)', paddingLeft: '6px' },
  '.cm-deletedChunk .cm-deletedText': { background: 'var(--danger-line)' },
  '.cm-changedText': { background: 'color-mix(in srgb, var(--ok) 34%, transparent)' },
  '.cm-changedLineGutter': { backgroundColor: 'var(--ok)' },
  '.cm-deletedLineGutter': { backgroundColor: 'var(--danger)' },
  '.cm-collapsedLines': {
    padding: '2px 12px',
    color: 'var(--text-3)',
    background: 'var(--bg-raised)',
  },
  // The package marks folds with a character that our fonts do not have.
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: '""' },
  '.cm-changedLine::before, .cm-insertedLine::before': { content: '"+ "', color: 'var(--ok)' },
  '.cm-deletedLine::before': { content: '"- "', color: 'var(--danger)' },
});
