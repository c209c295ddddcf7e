import { Link } from '@tanstack/react-router';
import type { ImportWire } from '#shared/contract/imports.ts';
import { useApi } from '../../api/queries.ts';
import { formatCount, formatPercent } from '../../lib/numbers.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { SmallTable, type SmallColumn } from '../../ui/SmallTable.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { importsLink } from '../../workbench/links.ts';
import styles from './OverviewScreen.module.css';

const SHOWN = 6;

const columns: readonly SmallColumn<ImportWire>[] = [
  {
    id: 'what',
    header: 'Evidence',
    grows: true,
    cell: (job) => (
      <Link {...importsLink(job.id)} className={styles.alertLink}>
        <HostileText text={nameOf(job)} maxLength={34} />
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: stateText },
  {
    id: 'events',
    header: 'Events',
    align: 'end',
    cell: (job) => formatCount(job.progress?.events ?? job.report.events),
  },
  { id: 'alerts', header: 'Alerts', align: 'end', cell: (job) => formatCount(job.report.alerts) },
  { id: 'when', header: 'Started', cell: (job) => <TimeText time={job.created_at} ago /> },
];

/** The last imports and what they brought. */
export function ImportsPanel() {
  const { data, error, refetch } = useApi(
    'listImports',
    { query: { limit: SHOWN } },
    { refetchIntervalMs: 5000 },
  );
  return (
    <Panel title="Last imports" action={<Link {...importsLink()}>Import evidence</Link>} padding="flush">
      {error !== null && data === undefined && (
        <ErrorState
          compact
          title="Imports could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {error === null && data === undefined && <SkeletonRows rows={4} />}
      {data?.items.length === 0 && (
        <EmptyState compact cause="no-data" title="Nothing was imported yet">
          EVTX, JSON, syslog text, and archives of them.
        </EmptyState>
      )}
      {data !== undefined && data.items.length > 0 && (
        <SmallTable label="Last imports" columns={columns} rows={data.items} rowKey={(job) => job.id} />
      )}
    </Panel>
  );
}

/** The first path, and how many there are beside it. */
function nameOf(job: ImportWire): string {
  const first = job.paths[0] ?? 'evidence';
  return job.paths.length > 1 ? `${first} and ${job.paths.length - 1} more` : first;
}

const STATE_WORDS = {
  queued: 'Queued',
  running: 'Running',
  done: 'Done',
  cancelled: 'Cancelled',
  failed: 'Failed',
  undone: 'Undone',
} as const;

function stateText(job: ImportWire): string {
  if (job.state !== 'running' || job.progress === null) return STATE_WORDS[job.state];
  return `Running, ${formatPercent(job.progress.bytes_done, job.progress.bytes_total)}`;
}
