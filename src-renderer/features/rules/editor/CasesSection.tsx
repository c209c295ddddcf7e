import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../../api/client.ts';
import { useApi } from '../../../api/queries.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { AddCase } from '../cases/AddCase.tsx';
import { CaseList } from '../cases/CaseList.tsx';
import type { RuleCase } from '../cases/rule-case.ts';
import styles from './RuleEditor.module.css';

interface CasesSectionProps {
  readonly ruleId: string | null;
  readonly text: string;
  /** The text compiles as it stands, so its cases can be tried. */
  readonly isRunnable: boolean;
  /** Own cases as they were changed here; null while they are as saved. */
  readonly changed: readonly RuleCase[] | null;
  readonly onChange: (cases: readonly RuleCase[]) => void;
  readonly onGo: (line: number, column: number) => void;
}

/** Events that the rule must match or leave alone, tried on the text whenever it compiles. */
export function CasesSection({ ruleId, text, isRunnable, changed, onChange, onGo }: CasesSectionProps) {
  const [isAdding, setAdding] = useState(false);
  const { data: kept } = useApi(
    'getRuleCases',
    { params: { rule_id: ruleId ?? 'none' } },
    { enabled: ruleId !== null },
  );
  const shipped = kept?.cases.filter(({ origin }) => origin === 'shipped').map(toCase) ?? [];
  const own = changed ?? kept?.cases.filter(({ origin }) => origin === 'own').map(toCase) ?? [];
  const all = [...shipped, ...own];
  const body = { yaml: text, cases: all };
  const { data, error } = useQuery({
    queryKey: ['testRule', body],
    queryFn: ({ signal }) => callApi('testRule', { body }, { signal }),
    enabled: isRunnable && all.length > 0,
    placeholderData: (previous) => previous,
  });
  return (
    <section className={styles.section} aria-label="Cases">
      <header className={styles.sectionHeader}>
        <h2>Cases</h2>
        <span role="status">
          {all.length === 0 || data === undefined
            ? formatNoun(all.length, 'case')
            : `${data.passed} passed, ${data.failed} failed`}
        </span>
        <Button size="compact-xs" onClick={() => setAdding(true)}>
          Add a case
        </Button>
      </header>
      {isAdding && (
        <AddCase
          onClose={() => setAdding(false)}
          onAdd={(ruleCase) => {
            onChange([...own, ruleCase]);
            setAdding(false);
          }}
        />
      )}
      {error !== null && <ErrorState compact title="The cases could not be tried" error={error} />}
      <CaseList
        rule={{ yaml: text }}
        onGo={onGo}
        cases={all.map((ruleCase, index) => ({
          key: String(index),
          ruleCase,
          // Results follow the cases; after an added one they are those of before until the new ones are here.
          result: data?.results[index] ?? null,
          ...(index >= shipped.length && {
            onRemove: () => onChange(own.toSpliced(index - shipped.length, 1)),
          }),
        }))}
      />
    </section>
  );
}

function toCase({ name, expect, event, logsource }: RuleCase): RuleCase {
  return { name, expect, event, logsource };
}
