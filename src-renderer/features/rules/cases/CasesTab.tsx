import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RuleCasesWire } from '#shared/contract/rule-questions.ts';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { useApi, useApiMutation } from '../../../api/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { toastWithUndo } from '../../../ui/toast.ts';
import { ProblemList } from '../ProblemList.tsx';
import { AddCase } from './AddCase.tsx';
import { CaseList } from './CaseList.tsx';
import styles from './Cases.module.css';
import type { RuleCase } from './rule-case.ts';

/** Cases kept beside the rule, tried on the text that runs now. */
export function CasesTab({ rule }: { readonly rule: RuleDetailWire }) {
  const params = { rule_id: rule.id };
  const [isAdding, setAdding] = useState(false);
  const { data, error, refetch, isFetching } = useApi('getRuleCases', { params });
  const save = useApiMutation('putRuleCases', { invalidates: ['getRuleCases'] });
  if (error !== null) {
    return <ErrorState title="The cases could not be tried" error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <SkeletonRows rows={4} />;
  const own = data.cases.filter(({ origin }) => origin === 'own').map(toCase);
  const put = (cases: readonly RuleCase[]) => save.mutate({ params, body: { cases: [...cases] } });
  const remove = (index: number) => {
    put(own.toSpliced(index, 1));
    toastWithUndo('Case removed', () => put(own));
  };
  const shippedCount = data.cases.length - own.length;
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <span role="status">{data.cases.length > 0 && `${data.passed} passed, ${data.failed} failed`}</span>
        <Button disabled={isFetching} onClick={() => void refetch()}>
          Run
        </Button>
        <Button onClick={() => setAdding(true)}>Add a case</Button>
      </div>
      {save.error !== null && <ErrorState compact title="The cases were not saved" error={save.error} />}
      {data.problems.length > 0 && <ProblemList problems={data.problems} />}
      {isAdding && (
        <AddCase
          onClose={() => setAdding(false)}
          onAdd={(ruleCase) => {
            put([...own, ruleCase]);
            setAdding(false);
          }}
        />
      )}
      {data.cases.length === 0 && !isAdding && (
        <EmptyState compact cause="no-data" title="No cases yet">
          A case is an event that the rule must match, or must leave alone. Cases are tried whenever the rule
          is edited.
        </EmptyState>
      )}
      <CaseList
        rule={params}
        cases={data.cases.map((one, index) => ({
          key: String(index),
          ruleCase: toCase(one),
          result: one.result,
          // Those that ship come first; own ones are counted from there.
          ...(one.origin === 'own' && { onRemove: () => remove(index - shippedCount) }),
        }))}
      />
    </div>
  );
}

function toCase({ name, expect, event, logsource }: RuleCasesWire['cases'][number]): RuleCase {
  return { name, expect, event, logsource };
}
