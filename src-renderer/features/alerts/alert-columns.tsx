import type { AlertWire } from '#shared/contract/alerts.ts';
import { formatCount } from '../../lib/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { SeverityBadge } from '../../ui/Severity.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import styles from './AlertsScreen.module.css';
import { KIND_WORDS } from './status-words.ts';
import { StatusMark } from './StatusMark.tsx';

/** Kinds of entity that say most about an alert, in the order in which they are shown. */
const TELLING = ['user', 'ipv4', 'ipv6', 'domain', 'file', 'process', 'url', 'hash'];
const SHOWN_ENTITIES = 2;

/** Columns of the queue; what decides about an alert stands left. */
export const ALERT_COLUMNS: readonly Column<AlertWire>[] = [
  {
    id: 'severity',
    header: 'Severity',
    widthPx: 92,
    cell: (alert) => <SeverityBadge level={alert.severity} />,
    value: (alert) => alert.severity,
  },
  {
    id: 'time',
    header: 'Time',
    widthPx: 164,
    // The order of the queue: when the alert was first raised, which later occurrences do not change.
    cell: (alert) => <TimeText time={alert.ts} precision="second" />,
    value: (alert) => alert.ts,
  },
  {
    id: 'title',
    header: 'Alert',
    widthPx: 280,
    grows: true,
    cell: (alert) => (
      <span className={styles.title} data-status={alert.status}>
        <HostileText text={alert.title} />
      </span>
    ),
    value: (alert) => alert.title,
  },
  {
    id: 'host',
    header: 'Host',
    widthPx: 156,
    field: 'host',
    cell: (alert) => <EntityValue text={hostOf(alert)} />,
    value: hostOf,
  },
  {
    id: 'entities',
    header: 'Entities',
    widthPx: 220,
    cell: (alert) => <EntityValue text={tellingEntities(alert)} />,
    value: tellingEntities,
  },
  {
    id: 'technique',
    header: 'ATT&CK',
    widthPx: 92,
    cell: (alert) => <span className="mono">{alert.attack?.technique ?? ''}</span>,
    value: (alert) => alert.attack?.technique ?? null,
  },
  {
    id: 'count',
    header: 'Count',
    widthPx: 64,
    align: 'end',
    cell: (alert) => formatCount(alert.count),
    value: (alert) => String(alert.count),
  },
  {
    id: 'status',
    header: 'Status',
    widthPx: 110,
    cell: (alert) => <StatusMark status={alert.status} />,
    value: (alert) => alert.status,
  },
  {
    id: 'last-seen',
    header: 'Last seen',
    widthPx: 164,
    hiddenAtFirst: true,
    cell: (alert) => <TimeText time={alert.last_seen} precision="second" />,
    value: (alert) => alert.last_seen,
  },
  {
    id: 'first-seen',
    header: 'First seen',
    widthPx: 164,
    hiddenAtFirst: true,
    cell: (alert) => <TimeText time={alert.first_seen} precision="second" />,
    value: (alert) => alert.first_seen,
  },
  {
    id: 'kind',
    header: 'Kind',
    widthPx: 92,
    hiddenAtFirst: true,
    cell: (alert) => KIND_WORDS[alert.rule_kind],
    value: (alert) => alert.rule_kind,
  },
];

export function hostOf(alert: Pick<AlertWire, 'entities'>): string {
  return alert.entities.find(({ type }) => type === 'host')?.value ?? '';
}

/** The first entities beside the host, as one line. */
function tellingEntities(alert: AlertWire): string {
  return alert.entities
    .filter(({ type }) => TELLING.includes(type))
    .toSorted((a, b) => TELLING.indexOf(a.type) - TELLING.indexOf(b.type))
    .slice(0, SHOWN_ENTITIES)
    .map(({ value }) => value)
    .join(', ');
}

function EntityValue({ text }: { readonly text: string }) {
  return (
    <span className="mono">
      <HostileText text={text} />
    </span>
  );
}
