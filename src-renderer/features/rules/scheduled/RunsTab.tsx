import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { useApi } from '../../../api/queries.ts';
import { formatCount } from '../../../lib/numbers.ts';
import { formatSpan } from '../../../lib/time.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { SmallTable } from '../../../ui/SmallTable.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import styles from './scheduled.module.css';

/** Runs that are shown; the core keeps 500. */
const SHOWN = 100;
const REFRESH_MS = 15_000;

/** What each run found, newest first. */
export function RunsTab({ rule }: { readonly rule: DetectionRuleWire }) {
  const { data, error, refetch } = useApi(
    'listDetectionRuns',
    { params: { rule_id: rule.id }, query: { limit: SHOWN } },
    { refetchIntervalMs: REFRESH_MS },
  );
  if (error !== null && data === undefined)
    return <ErrorState title="The runs could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={6} />;
  if (data.items.length === 0) {
    return (
      <EmptyState compact cause="no-data" title="It has not run yet">
        {rule.schedule_enabled ? 'Its next run is above.' : 'It runs when somebody asks for it.'}
      </EmptyState>
    );
  }
  return (
    <>
      <SmallTable
        label="Runs"
        rows={data.items}
        rowKey={(run) => run.id}
        columns={[
          {
            id: 'time',
            header: 'Started',
            cell: (run) => <TimeText time={run.started_at} precision="second" />,
          },
          { id: 'trigger', header: 'By', cell: (run) => (run.trigger_mode === 'manual' ? 'hand' : 'clock') },
          {
            id: 'took',
            header: 'Took',
            align: 'end',
            cell: (run) => formatSpan(Date.parse(run.finished_at) - Date.parse(run.started_at)),
          },
          { id: 'matches', header: 'Matches', align: 'end', cell: (run) => formatCount(run.match_count) },
          {
            id: 'suppressed',
            header: 'Suppressed',
            align: 'end',
            cell: (run) => formatCount(run.suppressed_count),
          },
          { id: 'alerts', header: 'Alerts', align: 'end', cell: (run) => formatCount(run.alert_count) },
          {
            id: 'status',
            header: 'Outcome',
            grows: true,
            cell: (run) => (
              <>
                {run.status} {run.reason !== null && <HostileText text={run.reason} />}
              </>
            ),
          },
        ]}
      />
      {data.has_more && <p className={styles.quiet}>The newest {SHOWN} runs.</p>}
    </>
  );
}
