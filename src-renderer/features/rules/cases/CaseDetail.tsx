import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../../api/client.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { ExplanationView } from '../explain/ExplanationView.tsx';
import { ProblemList } from '../ProblemList.tsx';
import styles from './Cases.module.css';
import type { AskedRule, RuleCase } from './rule-case.ts';

interface CaseDetailProps {
  readonly ruleCase: RuleCase;
  readonly rule: AskedRule;
  readonly onGo: ((line: number, column: number) => void) | undefined;
}

/** Why the rule matches the record of a case or not, then the record. */
export function CaseDetail({ ruleCase, rule, onGo }: CaseDetailProps) {
  const { event, logsource } = ruleCase;
  const body = { ...rule, event, ...(logsource ? { logsource } : {}) };
  const { data, error } = useQuery({
    queryKey: ['explainRule', body],
    queryFn: ({ signal }) => callApi('explainRule', { body }, { signal }),
    placeholderData: (previous) => previous,
  });
  return (
    <div className={styles.detail}>
      {error !== null && <ErrorState compact title="The case could not be explained" error={error} />}
      {data === undefined && error === null && <SkeletonRows rows={3} />}
      {data !== undefined &&
        (data.explanation === null ? (
          <ProblemList problems={data.problems} />
        ) : (
          <ExplanationView explanation={data.explanation} onGo={onGo} />
        ))}
      <div className={styles.record}>
        <JsonView value={event} label="record" />
      </div>
    </div>
  );
}
