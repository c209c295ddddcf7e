import { Link } from '@tanstack/react-router';
import type { AlertWire } from '#shared/contract/alerts.ts';
import { levelRank } from '#shared/model/severity.ts';
import { useApi } from '../../api/queries.ts';
import { formatCount } from '../../lib/numbers.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SeverityBadge } from '../../ui/Severity.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { SmallTable, type SmallColumn } from '../../ui/SmallTable.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { alertLink, alertsLink } from '../../workbench/links.ts';
import { useTimeRange } from '../../workbench/time-range.ts';
import styles from './OverviewScreen.module.css';

/** Alerts looked at to find the worst, and how many are shown. */
const LOOKED_AT = 200;
const SHOWN = 8;

const columns: readonly SmallColumn<AlertWire>[] = [
  { id: 'severity', header: 'Severity', cell: (alert) => <SeverityBadge level={alert.severity} /> },
  {
    id: 'title',
    header: 'Alert',
    grows: true,
    cell: (alert) => (
      <Link {...alertLink(alert.id)} className={styles.alertLink}>
        {alert.title}
      </Link>
    ),
  },
  {
    id: 'entity',
    header: 'On',
    cell: (alert) => (
      <HostileText
        text={(alert.entities.find(({ type }) => type === 'host') ?? alert.entities[0])?.value ?? ''}
        maxLength={28}
      />
    ),
  },
  { id: 'count', header: 'Events', align: 'end', cell: (alert) => formatCount(alert.count) },
  {
    id: 'last',
    header: 'Last seen',
    cell: (alert) => <TimeText time={alert.last_seen} precision="minute" />,
  },
];

/** What needs a look first: open alerts of the range, worst and newest on top. */
export function OpenAlertsPanel() {
  const { range } = useTimeRange();
  const { data, error, refetch } = useApi(
    'listAlerts',
    { query: { ...range, status: 'new,in_progress', limit: LOOKED_AT } },
    { keepPrevious: true },
  );
  const worst = (data?.items ?? [])
    .toSorted(
      (a, b) => levelRank(b.severity) - levelRank(a.severity) || b.last_seen.localeCompare(a.last_seen),
    )
    .slice(0, SHOWN);
  return (
    <Panel
      title="Open alerts"
      note="worst first"
      action={<Link {...alertsLink({ status: 'new,in_progress' })}>All open alerts</Link>}
      padding="flush"
    >
      {error !== null && data === undefined && (
        <ErrorState compact title="Alerts could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {error === null && data === undefined && <SkeletonRows rows={SHOWN} />}
      {data !== undefined && worst.length === 0 && (
        <EmptyState compact cause="filtered-out" title="No open alerts in this time range" />
      )}
      {worst.length > 0 && (
        <SmallTable label="Open alerts" columns={columns} rows={worst} rowKey={(alert) => alert.id} />
      )}
    </Panel>
  );
}
