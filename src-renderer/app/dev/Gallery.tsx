import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { LEVELS } from '#shared/model/severity.ts';
import { ApiError } from '../../api/api-error.ts';
import { CodeView } from '../../ui/CodeView.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { JsonView } from '../../ui/JsonView.tsx';
import { KeyCaps } from '../../ui/KeyCaps.tsx';
import { KeyValueList } from '../../ui/KeyValueList.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { EventSeverity, SeverityBadge } from '../../ui/Severity.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { StatTile } from '../../ui/StatTile.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { FIRST_CELL } from '../../ui/table/table-props.ts';
import { LEVEL_SERIES } from '../../ui/timeline/series.ts';
import { Timeline } from '../../ui/timeline/Timeline.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { toast, toastWithUndo } from '../../ui/toast.ts';
import styles from './Gallery.module.css';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 4, 1);

const buckets = Array.from({ length: 48 }, (_, hour) => ({
  startMs: START_MS + hour * HOUR_MS,
  counts: {
    low: (hour * 7) % 13,
    medium: (hour * 5) % 9,
    high: hour % 11 === 0 ? 6 : 0,
    critical: hour === 30 ? 9 : 0,
  },
}));

interface Row {
  readonly id: string;
  readonly time: number;
  readonly text: string;
}

const rows: readonly Row[] = Array.from({ length: 1000 }, (_, index) => ({
  id: String(index),
  time: START_MS + index * 60_000,
  text: index === 3 ? 'name with \u202Etxt.exe in it' : `row ${index}: powershell -enc SQBFAFgA`,
}));

const columns: readonly Column<Row>[] = [
  { id: 'time', header: 'Time', widthPx: 200, sortKey: 'time', cell: (row) => <TimeText time={row.time} /> },
  {
    id: 'text',
    header: 'Message',
    widthPx: 200,
    grows: true,
    cell: (row) => <HostileText text={row.text} />,
  },
];

const YAML =
  'title: Encoded PowerShell\nlogsource:\n  category: process_creation\ndetection:\n  selection:\n    CommandLine|contains: " -enc "\n  condition: selection\nlevel: high\n';

/** Every part of the kit on one page, for looking and for the visual tests. Development builds only. */
export function Gallery() {
  const [position, setPosition] = useState(FIRST_CELL);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set(['2']));
  const failed = new ApiError('The query ran longer than 10 s and was stopped.', {
    status: 503,
    code: 'query_timeout',
    requestId: '01JGALLERY',
  });
  return (
    <div className={styles.gallery}>
      <Panel title="Severity">
        <div className={styles.row}>
          {LEVELS.toReversed().map((level) => (
            <SeverityBadge key={level} level={level} />
          ))}
          {[1, 9, 13, 17, 21].map((severity) => (
            <EventSeverity key={severity} severity={severity} />
          ))}
        </div>
      </Panel>
      <Panel title="Controls">
        <div className={styles.row}>
          <Button variant="filled">Import evidence</Button>
          <Button>Cancel</Button>
          <TextInput placeholder="Filter rules" aria-label="Filter" />
          <KeyCaps keys="mod+k" />
          <KeyCaps keys="g a" />
          <CopyButton value="value" label="Copy value" />
          <Button onClick={() => toast('Copied 14 rows')}>Toast</Button>
          <Button onClick={() => toastWithUndo('Closed 3 alerts', () => toast('Opened again'))}>
            Undo toast
          </Button>
        </div>
      </Panel>
      <Panel title="Tiles">
        <div className={styles.row}>
          <StatTile label="Throughput" value="4,287" unit="ev/s" context="1 min, +12 %" />
          <StatTile label="Queue" value="23" unit="of 10,000" context="0 %" asOf="2026-05-01 15:30:01Z" />
        </div>
      </Panel>
      <Panel title="Timeline" note="alerts per hour">
        <Timeline
          label="Alerts"
          buckets={buckets}
          bucketMs={HOUR_MS}
          series={LEVEL_SERIES}
          heightPx={120}
          noun="alert"
          onBrush={(fromMs, toMs) =>
            toast(`${new Date(fromMs).toISOString()} to ${new Date(toMs).toISOString()}`)
          }
        />
      </Panel>
      <Panel title="Table" padding="flush" className={styles.tall}>
        <DataTable
          id="gallery"
          label="Rows"
          columns={columns}
          source={arraySource(rows)}
          rowId={(row) => row.id}
          position={position}
          onPosition={setPosition}
          selection={selection}
          onSelection={setSelection}
          onOpen={(row) => toast(`Open ${row.id}`)}
          empty={null}
          errorTitle="Rows could not be loaded"
        />
      </Panel>
      <Panel title="Values" padding="flush">
        <KeyValueList
          label="Values"
          items={[
            { key: 'CommandLine', value: <HostileText text="cmd.exe /c whoami\u0000" mark={['whoami']} /> },
            { key: 'TargetFilename', value: <HostileText text={'C:\\Users\\a\\invoice\u202Efdp.exe'} /> },
          ]}
        />
      </Panel>
      <Panel title="YAML" padding="flush">
        <CodeView text={YAML} language="yaml" label="rule" />
      </Panel>
      <Panel title="JSON" padding="flush">
        <JsonView value={{ EventID: 4625, user: 'admin\u202E', ok: true, none: null }} label="event" />
      </Panel>
      <Panel title="Empty" padding="flush">
        <EmptyState
          cause="out-of-range"
          title="No events in the last 24 hours"
          actions={<Button>Show that range</Button>}
        >
          Events exist from 2024-01-15 to 2024-02-20.
        </EmptyState>
      </Panel>
      <Panel title="Error" padding="flush">
        <ErrorState title="Events could not be loaded" error={failed} onRetry={() => undefined} />
      </Panel>
      <Panel title="Loading" padding="flush">
        <SkeletonRows rows={5} />
      </Panel>
    </div>
  );
}
