import { useMemo } from 'react';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { CorrelationView } from './CorrelationView.tsx';
import { DetectionView } from './DetectionView.tsx';
import styles from './Logic.module.css';
import { ruleLogic } from './rule-logic.ts';
import { RuleReference } from './RuleReference.tsx';

interface LogicViewProps {
  readonly yaml: string;
  readonly id: string;
}

/** What a rule looks for, drawn from its text. */
export function LogicView({ yaml, id }: LogicViewProps) {
  const logic = useMemo(() => ruleLogic(yaml, id), [yaml, id]);
  if (logic === null) {
    return (
      <EmptyState compact cause="no-data" title="The logic cannot be drawn">
        The source has the whole rule.
      </EmptyState>
    );
  }
  switch (logic.kind) {
    case 'sigma':
      return <DetectionView logic={logic} />;
    case 'correlation':
      return <CorrelationView logic={logic} />;
    case 'filter':
      return (
        <>
          <p className={styles.lead}>
            Narrows{' '}
            {logic.targets === null
              ? 'every rule of its log source'
              : logic.targets.map((target, index) => (
                  <span key={target}>
                    {index > 0 && ', '}
                    <RuleReference reference={target} />
                  </span>
                ))}
            : they fire only where this holds as well.
          </p>
          <DetectionView logic={logic} />
        </>
      );
  }
}
