import { ActionIcon } from '@mantine/core';
import { Columns3, EllipsisVertical, Minus, Plus } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { EventDetailWire } from '#shared/contract/events.ts';
import { formatBytes, formatCount } from '../../lib/numbers.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { EntityChips } from '../../ui/EntityChips.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { KeyValueList, type KeyValue } from '../../ui/KeyValueList.tsx';
import type { PivotTarget } from '../../ui/PivotMenu.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import styles from './EventFlyout.module.css';
import { recordFields } from './record-fields.ts';

/** What a field of the record can do to the list of events. */
export interface FieldActions {
  readonly onNarrow: (field: string, value: string, negate: boolean) => void;
  readonly onPivot: (target: PivotTarget) => void;
  readonly addedColumns: readonly string[];
  readonly onToggleColumn: (field: string) => void;
}

interface FieldsTabProps extends FieldActions {
  readonly event: EventDetailWire;
}

/** Received this much after it happened is worth a line of its own. */
const LATE_MS = 60_000;

export function FieldsTab(props: FieldsTabProps) {
  const { event, onPivot } = props;
  const pivotAt = (field: string | null, value: string) => (click: MouseEvent<HTMLElement>) =>
    onPivot({
      field,
      value,
      timeMs: Date.parse(event.event_ts),
      row: event,
      host: event.host,
      anchor: click.currentTarget,
    });
  return (
    <>
      <p className={styles.message}>
        <HostileText text={event.message} layout="block" />
      </p>
      {event.entities.length > 0 && (
        <div className={styles.entities} aria-label="Entities">
          <EntityChips
            entities={event.entities}
            timeMs={Date.parse(event.event_ts)}
            host={event.host}
            row={event}
            onPivot={onPivot}
          />
        </div>
      )}
      <KeyValueList label="Event" items={aboutEvent(event)} />
      <h2 className={styles.section}>Record</h2>
      <KeyValueList
        label="Record fields"
        items={recordFields(event.fields).map(([name, value]) => ({
          key: name,
          value: <HostileText text={value} layout="block" />,
          tools: <FieldTools {...props} name={name} value={value} onMenu={pivotAt(name, value)} />,
        }))}
      />
    </>
  );
}

interface FieldToolsProps extends FieldsTabProps {
  readonly name: string;
  readonly value: string;
  readonly onMenu: (click: MouseEvent<HTMLElement>) => void;
}

function FieldTools({ name, value, onNarrow, onToggleColumn, addedColumns, onMenu }: FieldToolsProps) {
  const isColumn = addedColumns.includes(name);
  return (
    <>
      <ActionIcon
        size={22}
        title="Filter for"
        aria-label={`Filter for ${name}`}
        onClick={() => onNarrow(name, value, false)}
      >
        <Plus />
      </ActionIcon>
      <ActionIcon
        size={22}
        title="Filter out"
        aria-label={`Filter out ${name}`}
        onClick={() => onNarrow(name, value, true)}
      >
        <Minus />
      </ActionIcon>
      <ActionIcon
        size={22}
        title={isColumn ? 'Remove the column' : 'Add as a column'}
        aria-label={`Column ${name}`}
        aria-pressed={isColumn}
        onClick={() => onToggleColumn(name)}
      >
        <Columns3 />
      </ActionIcon>
      <CopyButton size={22} value={value} label={`Copy ${name}`} />
      <ActionIcon size={22} title="More" aria-label={`More for ${name}`} onClick={onMenu}>
        <EllipsisVertical />
      </ActionIcon>
    </>
  );
}

/** What Harrier knows of the event beside its record. Lines without a value are left out. */
function aboutEvent(event: EventDetailWire): readonly KeyValue[] {
  const { logsource, evidence } = event;
  const parts = [logsource.product, logsource.category, logsource.service].filter((part) => part !== null);
  const lateMs = Date.parse(event.observed_ts) - Date.parse(event.event_ts);
  const lines: readonly (KeyValue | false)[] = [
    { key: 'Host', value: <HostileText text={event.host === '' ? 'not stated' : event.host} /> },
    { key: 'Source', value: `${event.source} · ${event.source_id}` },
    parts.length > 0 && { key: 'Log source', value: parts.join(' / ') },
    event.peer !== null && { key: 'Sent by', value: event.peer },
    Math.abs(lateMs) > LATE_MS && { key: 'Received', value: <TimeText time={event.observed_ts} /> },
    event.attack !== null && {
      key: 'ATT&CK',
      value: [event.attack.tactic, event.attack.technique].filter(Boolean).join(' · '),
    },
    event.template !== null && { key: 'Template', value: <HostileText text={event.template} /> },
    event.flags.length > 0 && { key: 'Flags', value: event.flags.join(', ') },
    evidence !== null && { key: 'File', value: <HostileText text={evidence.path} /> },
    evidence !== null && {
      key: 'Position',
      value: [
        evidence.record_id === null ? '' : `record ${formatCount(evidence.record_id)}`,
        `byte ${formatCount(evidence.offset)}`,
        formatBytes(evidence.length),
      ]
        .filter(Boolean)
        .join(' · '),
    },
    evidence !== null && {
      key: 'SHA-256 of file',
      value: evidence.sha256,
      tools: <CopyButton size={22} value={evidence.sha256} label="Copy SHA-256" />,
    },
    {
      key: 'Event id',
      value: event.id,
      tools: <CopyButton size={22} value={event.id} label="Copy event id" />,
    },
  ];
  return lines.filter((line) => line !== false);
}
