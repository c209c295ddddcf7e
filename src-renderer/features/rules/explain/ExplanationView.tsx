import { CircleCheck, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RuleExplanationWire } from '#shared/contract/rule-explanation.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import { ConditionTree } from './ConditionTree.tsx';
import styles from './Explanation.module.css';
import { LogsourceLine } from './LogsourceLine.tsx';
import { SelectionTable } from './SelectionTable.tsx';

interface ExplanationViewProps {
  readonly explanation: RuleExplanationWire;
  /** Goes to the place in the editor; without one, places are not shown. */
  readonly onGo?: ((line: number, column: number) => void) | undefined;
}

/** Why a rule matches an event or not: the answer, what would have to differ, then every part with the values. */
export function ExplanationView({ explanation, onGo }: ExplanationViewProps) {
  const { matched, summary, changes, excluded_by: excludedBy, enabled } = explanation;
  return (
    <div className={styles.explanation}>
      <p className={styles.answer} data-matched={matched}>
        {matched ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
        <span>
          <strong>{matched ? 'Matches' : 'Does not match'}</strong>
          <HostileText text={summary} layout="block" />
          {matched && !enabled && ' The rule is off, so this made no alert.'}
        </span>
      </p>
      {!matched && changes.length > 0 && (
        <Part title="What keeps it from matching">
          <ul className={styles.changes}>
            {changes.map(({ sentence, line, column }, index) => (
              <li key={index}>
                <HostileText text={sentence} />
                {onGo !== undefined && (
                  <button type="button" className={styles.place} onClick={() => onGo(line, column)}>
                    line {line}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {excludedBy.length > 0 && (
        <p className={styles.note}>
          Prevented by <HostileText text={excludedBy.join(', ')} />
        </p>
      )}
      <LogsourceLine logsource={explanation.logsource} />
      {explanation.conditions.map((condition, index) => (
        <Part key={index} title={index === 0 ? 'Condition' : 'Or'}>
          <ConditionTree node={condition.root} />
        </Part>
      ))}
      {explanation.selections.map((selection) => (
        <SelectionTable key={selection.name} selection={selection} onGo={onGo} />
      ))}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={styles.heading}>{title}</h3>
      {children}
    </section>
  );
}
