import { Link } from '@tanstack/react-router';
import { BellOff } from 'lucide-react';
import type { ResponseOf } from '#shared/contract/client.ts';
import { formatCount } from '../../lib/numbers.ts';
import { formatSpan } from '../../lib/time.ts';
import { ComponentState } from '../../ui/ComponentState.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SmallTable, type SmallColumn } from '../../ui/SmallTable.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import styles from './OverviewScreen.module.css';

type Stats = ResponseOf<'stats'>;
type Component = Stats['receivers'][number];
type Counters = Stats['sources'][number];

/** A receiver that brought events and has brought none for this long is pointed out (DASH-3). */
const SILENT_MS = 15 * 60_000;

const componentColumns: readonly SmallColumn<Component>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name },
  { id: 'state', header: 'State', cell: ({ state }) => <ComponentState state={state} /> },
  {
    id: 'detail',
    header: 'Detail',
    grows: true,
    cell: ({ detail }) => <span className={styles.quiet}>{detail}</span>,
  },
  { id: 'last', header: 'Last event', cell: (component) => <LastEvent component={component} /> },
];

const counterColumns: readonly SmallColumn<Counters>[] = [
  { id: 'source', header: 'Source', grows: true, cell: ({ source_id }) => source_id },
  { id: 'received', header: 'Received', align: 'end', cell: ({ received }) => formatCount(received) },
  { id: 'committed', header: 'Stored', align: 'end', cell: ({ committed }) => formatCount(committed) },
  { id: 'rejected', header: 'Rejected', align: 'end', cell: ({ rejected }) => <Reasons counts={rejected} /> },
  { id: 'dropped', header: 'Dropped', align: 'end', cell: ({ dropped }) => <Reasons counts={dropped} /> },
  { id: 'queued', header: 'In queue', align: 'end', cell: ({ in_queue }) => formatCount(in_queue) },
];

/** Sources shown; imports each have one, and the newest are on the Import screen. */
const SHOWN_SOURCES = 6;

/** Receivers and detectors with their state, and where every received record went. */
export function SourcesPanel({ stats }: { readonly stats: Stats }) {
  return (
    <Panel
      title="Receivers and detectors"
      note={`${formatCount(stats.rules_loaded)} rules loaded`}
      padding="flush"
    >
      {stats.receivers.length === 0 && (
        <EmptyState compact cause="not-configured" title="No receiver is on">
          <Link to="/welcome">How to send live logs to Harrier</Link>
        </EmptyState>
      )}
      {stats.receivers.length + stats.detectors.length > 0 && (
        <SmallTable
          label="Receivers and detectors"
          columns={componentColumns}
          rows={[...stats.receivers, ...stats.detectors]}
          rowKey={({ name }) => name}
        />
      )}
      {stats.sources.length > 0 && (
        <>
          <h3 className={styles.group}>Where every record went</h3>
          <SmallTable
            label="Records by source"
            columns={counterColumns}
            rows={stats.sources.slice(0, SHOWN_SOURCES)}
            rowKey={({ source_id }) => source_id}
          />
        </>
      )}
    </Panel>
  );
}

function LastEvent({ component }: { readonly component: Component }) {
  if (component.last_event_ts === null) return <span className={styles.quiet}>none yet</span>;
  const silentMs = Date.now() - Date.parse(component.last_event_ts);
  if (silentMs < SILENT_MS || component.state === 'off')
    return <TimeText time={component.last_event_ts} ago />;
  return (
    <span className={styles.silent} title="It was receiving and has gone quiet">
      <BellOff aria-hidden="true" />
      silent for {formatSpan(silentMs)}
    </span>
  );
}

function Reasons({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const reasons = Object.entries(counts).map(([reason, count]) => `${reason}: ${formatCount(count)}`);
  return total === 0 ? (
    <span className={styles.quiet}>0</span>
  ) : (
    <span title={reasons.join('\n')}>{formatCount(total)}</span>
  );
}
