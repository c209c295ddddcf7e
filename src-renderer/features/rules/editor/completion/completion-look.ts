import { EditorView } from '@codemirror/view';

/** The list of completions and the hover help in the colours of everything else that floats. */
export const completionLook = EditorView.theme({
  '.cm-tooltip': {
    background: 'var(--bg-float)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow-float)',
    color: 'var(--text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-mono)',
    fontSize: 'var(--text-12)',
    maxHeight: '240px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '16px',
    justifyContent: 'space-between',
    padding: '2px 8px',
    lineHeight: '20px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--bg-selected)',
    color: 'var(--text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent-text)' },
  '.cm-completionDetail': { color: 'var(--text-3)', fontFamily: 'var(--font-ui)', fontStyle: 'normal' },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '280px', padding: '6px 10px', fontSize: 'var(--text-12)' },
  '.cm-meaning': { maxWidth: '420px', padding: '6px 10px', fontSize: 'var(--text-12)' },
  '.cm-meaning strong': { fontFamily: 'var(--font-mono)', fontWeight: '600' },
  '.cm-diagnostic': { padding: '6px 10px', fontSize: 'var(--text-12)' },
});
