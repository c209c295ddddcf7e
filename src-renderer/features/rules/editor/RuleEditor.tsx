import { useCallback, useRef, useState } from 'react';
import type { RuleDetailWire, RuleVerdictWire } from '#shared/contract/sigma.ts';
import { useApi } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import type { RuleCase } from '../cases/rule-case.ts';
import { CasesSection } from './CasesSection.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { DryRunSection } from './DryRunSection.tsx';
import { EditorActions } from './EditorActions.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import styles from './RuleEditor.module.css';
import { SaveDialog } from './SaveDialog.tsx';
import { useSave } from './use-save.ts';
import { useVerdict } from './use-verdict.ts';
import { Verdict } from './Verdict.tsx';
import { YamlEditor, type YamlEditorHandle } from './YamlEditor.tsx';

/** Words change with the rules and the data; while a rule is written they hardly do. */
const VOCABULARY_STALE_MS = 60_000;

const NO_PROBLEMS: RuleVerdictWire['problems'] = [];

interface RuleEditorProps {
  /** Text at first. */
  readonly source: string;
  /** The rule that is edited; null for one that is new. */
  readonly rule: RuleDetailWire | null;
}

/** YAML on the left; on the right how far it gets, what it would have matched, and its cases. */
export function RuleEditor({ source, rule }: RuleEditorProps) {
  const [text, setText] = useState(source);
  const [round, setRound] = useState(0);
  const [cases, setCases] = useState<readonly RuleCase[] | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [baseVersion, setBaseVersion] = useState(rule?.version ?? null);
  const { verdict, error } = useVerdict(text, round);
  const { data: vocabulary } = useApi('ruleVocabulary', {}, { staleMs: VOCABULARY_STALE_MS });
  const editor = useRef<YamlEditorHandle>(null);
  const saving = useSave(rule?.id ?? null);
  const canSave = verdict?.text === text && verdict.answer.valid && !saving.isSaving;
  const isChanged = text !== source || cases !== null;

  const save = (reason: string, version = baseVersion) =>
    saving.save({ yaml: text, reason, cases, baseVersion: version });
  const askToSave = () => {
    if (!canSave) return;
    // A new rule has no history yet that a reason would explain.
    if (rule === null) save('');
    else setAsking(true);
  };
  const run = () => setRound(round + 1);
  const goTo = useCallback((line: number, column: number) => editor.current?.goTo(line, column), []);
  return (
    <div className={styles.screen}>
      <div className={styles.source}>
        <YamlEditor
          initial={source}
          label="Rule as YAML"
          autoFocus
          problems={verdict?.answer.problems ?? NO_PROBLEMS}
          vocabulary={vocabulary}
          onChange={setText}
          onRun={run}
          onSave={askToSave}
          handle={editor}
        />
      </div>
      <aside className={styles.side} aria-label="Result">
        <EditorActions rule={rule} canSave={canSave} onSave={askToSave} onRun={run} />
        <Verdict verdict={verdict?.answer} onGo={goTo} />
        {error !== null && <ErrorState compact title="The rule could not be checked" error={error} />}
        {saving.error !== null && saving.conflict === null && (
          <ErrorState compact title="The rule was not saved" error={saving.error} />
        )}
        <CasesSection
          ruleId={rule?.id ?? null}
          text={text}
          isRunnable={canSave}
          changed={cases}
          onChange={setCases}
          onGo={goTo}
        />
        <DryRunSection text={text} round={round} isRunnable={verdict?.answer.valid === true} onGo={goTo} />
      </aside>
      {isAsking && (
        <SaveDialog
          onClose={() => setAsking(false)}
          onSave={(reason) => {
            setAsking(false);
            save(reason);
          }}
        />
      )}
      {saving.conflict !== null && (
        <ConflictDialog
          theirs={saving.conflict}
          mine={text}
          onOverwrite={(version) => {
            saving.clearConflict();
            setBaseVersion(version);
            save('', version);
          }}
          onClose={saving.clearConflict}
        />
      )}
      <LeaveDialog isChanged={() => isChanged && !saving.isSaved()} />
    </div>
  );
}
