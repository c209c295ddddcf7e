import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { RuleVerdictWire } from '#shared/contract/sigma.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { ProblemList } from '../ProblemList.tsx';
import styles from './RuleEditor.module.css';

const STAGES = [
  { id: 'yaml', label: 'YAML', says: 'can be read' },
  { id: 'schema', label: 'Schema', says: 'is a Sigma rule' },
  { id: 'compile', label: 'Compile', says: 'can run' },
] as const;

interface VerdictProps {
  /** Undefined until the first check. */
  readonly verdict: RuleVerdictWire | undefined;
  readonly onGo: (line: number, column: number) => void;
}

/** How far the rule got: three stages, then each problem with its place (RUL-3). */
export function Verdict({ verdict, onGo }: VerdictProps) {
  const errors = verdict?.problems.filter(({ severity }) => severity === 'error').length ?? 0;
  const warnings = (verdict?.problems.length ?? 0) - errors;
  return (
    <section className={styles.section} aria-label="Verdict">
      <ol className={styles.stages} aria-label="Stages">
        {STAGES.map(({ id, label, says }) => {
          const passed = verdict?.stages[id] ?? null;
          const Icon = passed === null ? CircleDashed : passed ? CircleCheck : CircleX;
          const word = passed === null ? 'not reached' : passed ? 'passed' : 'failed';
          return (
            <li key={id} className={styles.stage} data-passed={passed} title={`${label}: ${says}`}>
              <Icon aria-hidden="true" />
              <span>{label}</span>
              <span className={styles.stageWord}>{word}</span>
            </li>
          );
        })}
      </ol>
      <p className={styles.summary} role="status">
        {verdict === undefined && 'Checked while you type.'}
        {verdict?.valid === true &&
          (warnings === 0 ? 'Ready to save.' : `Ready to save, with ${formatNoun(warnings, 'warning')}.`)}
        {verdict?.valid === false && `${formatNoun(errors, 'error')} to correct before it can be saved.`}
      </p>
      {verdict !== undefined && <ProblemList problems={verdict.problems} onGo={onGo} />}
    </section>
  );
}
