import { Button, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { callApi } from '../../../api/client.ts';
import { useApi } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { ProblemList } from '../ProblemList.tsx';
import { DryRunReport } from './DryRunReport.tsx';
import { firstScope, scopeQuery, scopes } from './dry-run-scopes.ts';
import styles from './RuleEditor.module.css';

interface DryRunSectionProps {
  readonly text: string;
  /** Rises when somebody asks for a run with the keyboard or the button above. */
  readonly round: number;
  readonly isRunnable: boolean;
  readonly onGo: (line: number, column: number) => void;
}

/** What the text would have matched among stored events. Runs only when asked: it may read millions of them. */
export function DryRunSection({ text, round, isRunnable, onGo }: DryRunSectionProps) {
  const { data: stats } = useApi('stats', {});
  const { data: imports } = useApi('listImports', { query: { limit: 10 } });
  const [chosen, setChosen] = useState<string | null>(null);
  const scope = chosen ?? firstScope(stats?.last_event_ts ?? null, Date.now());
  const run = useMutation({
    mutationFn: (yaml: string) => callApi('dryRunRule', { body: { yaml, ...scopeQuery(scope) } }),
  });
  const start = () => {
    if (isRunnable && !run.isPending) run.mutate(text);
  };
  const latest = useRef(start);
  useEffect(() => {
    latest.current = start;
  });
  useEffect(() => {
    if (round > 0) latest.current();
  }, [round]);
  const report = run.data?.report ?? null;
  return (
    <section className={styles.section} aria-label="Stored events">
      <header className={styles.sectionHeader}>
        <h2>Would have matched</h2>
        <Select
          size="xs"
          aria-label="Events to look through"
          className={styles.scope ?? ''}
          allowDeselect={false}
          data={[...scopes(imports?.items ?? [])]}
          value={scope}
          onChange={(value) => value !== null && setChosen(value)}
        />
        <Button size="compact-xs" disabled={!isRunnable || run.isPending} onClick={start}>
          {run.isPending ? 'Looking' : 'Look'}
        </Button>
      </header>
      {run.error !== null && (
        <ErrorState compact title="The events could not be looked through" error={run.error} />
      )}
      {run.isPending && report === null && <SkeletonRows rows={3} />}
      {run.data !== undefined && run.data.problems.length > 0 && (
        <ProblemList problems={run.data.problems} onGo={onGo} />
      )}
      {report !== null && (
        <DryRunReport
          report={report}
          yaml={run.variables ?? text}
          isOld={run.variables !== text}
          onGo={onGo}
        />
      )}
    </section>
  );
}
