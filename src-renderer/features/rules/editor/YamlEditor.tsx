import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { indentUnit } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import type { RuleVocabularyWire } from '#shared/contract/rule-questions.ts';
import type { RuleVerdictWire } from '#shared/contract/sigma.ts';
import { hostileText } from '../../../lib/hostile.ts';
import { codeLook } from '../../../ui/code-look.ts';
import { completionLook } from './completion/completion-look.ts';
import { ruleCompletion } from './completion/rule-completion.ts';
import { ruleHover } from './completion/rule-hover.ts';
import styles from './RuleEditor.module.css';

export interface YamlEditorHandle {
  readonly goTo: (line: number, column: number) => void;
}

interface YamlEditorProps {
  readonly label: string;
  readonly autoFocus?: boolean;
  /** Text at first; afterwards the editor owns it. */
  readonly initial: string;
  readonly problems: RuleVerdictWire['problems'];
  /** Words to complete and to explain; undefined until they are loaded. */
  readonly vocabulary: RuleVocabularyWire | undefined;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly onSave: () => void;
  readonly handle?: Ref<YamlEditorHandle>;
}

/** YAML to write, with the problems of the last check marked in it. Esc then Tab leaves the editor. */
export function YamlEditor(props: YamlEditorProps) {
  const { initial, label, autoFocus = false, problems, vocabulary, onChange, onRun, onSave, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const calls = useRef({ onChange, onRun, onSave, vocabulary });
  useEffect(() => {
    calls.current = { onChange, onRun, onSave, vocabulary };
  });
  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: initial,
        extensions: [
          keymap.of([
            { key: 'Mod-Enter', run: () => (calls.current.onRun(), true) },
            { key: 'Mod-s', run: () => (calls.current.onSave(), true) },
            ...closeBracketsKeymap,
            indentWithTab,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          history(),
          closeBrackets(),
          ruleCompletion(() => calls.current.vocabulary),
          ruleHover(() => calls.current.vocabulary),
          completionLook,
          // The house style of public Sigma rules.
          indentUnit.of('    '),
          lintGutter(),
          ...codeLook('yaml', label),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) calls.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    if (autoFocus) made.focus();
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [initial, label, autoFocus]);
  useEffect(() => {
    const current = view.current;
    if (current === null) return;
    const marks = problems.map((problem) => markOf(current.state, problem));
    current.dispatch(setDiagnostics(current.state, marks));
  }, [problems]);
  useImperativeHandle(handle, () => ({
    goTo: (line, column) => {
      const current = view.current;
      if (current === null) return;
      const anchor = positionOf(current.state, line, column);
      current.dispatch({ selection: { anchor }, scrollIntoView: true });
      current.focus();
    },
  }));
  return <div ref={host} className={styles.editor} />;
}

function markOf(state: EditorState, problem: RuleVerdictWire['problems'][number]): Diagnostic {
  const from = positionOf(state, problem.line, problem.column);
  const to = state.doc.lineAt(from).to;
  return { from, to, severity: problem.severity, message: hostileText(problem.message) };
}

/** Offset of a line and column counted from one; past the end it is the last place there is. */
function positionOf(state: EditorState, line: number, column: number): number {
  const at = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
  return Math.min(at.from + Math.max(0, column - 1), at.to);
}
