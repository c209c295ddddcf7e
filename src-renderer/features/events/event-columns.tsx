import type { EventWire } from '#shared/contract/events.ts';
import { chipsOf } from '#shared/query/edit.ts';
import { UTC, type Zone } from '../../lib/time.ts';
import { EventSeverity } from '../../ui/Severity.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { fieldText, fieldValue } from './record-fields.ts';

/** Kind of data in the list; each has its own columns (EVT-4) and remembers its own layout. */
export type Profile = 'windows' | 'sysmon' | 'syslog' | 'generic';

/** Record fields that a profile shows beside time, severity, host and message. */
const PROFILE_FIELDS: Readonly<Record<Profile, readonly string[]>> = {
  windows: ['EventID'],
  sysmon: ['EventID', 'Image'],
  syslog: ['program'],
  generic: [],
};

const FIELD_WIDTH_PX: Readonly<Record<string, number>> = { EventID: 72, Image: 220, program: 96 };
const ADDED_WIDTH_PX = 160;
/** Holds `2026-05-13 14:02:11.123Z`, and the same with `+05:30`. */
const TIME_PX = 212;
const TIME_WITH_OFFSET_PX = 250;

/** The profile that fits all of the sample; `generic` when it is mixed or empty. */
export function profileOf(sample: readonly EventWire[]): Profile {
  const kinds = new Set(sample.map(kindOf));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'generic';
}

function kindOf(event: EventWire): Profile {
  if (event.source === 'syslog') return 'syslog';
  if (event.logsource.service === 'sysmon') return 'sysmon';
  return event.logsource.product === 'windows' ? 'windows' : 'generic';
}

/**
 * Columns of the table. `added` are record fields that somebody chose from the field list; beside an open flyout
 * the message keeps its room at the cost of the source.
 */
export function eventColumns(
  profile: Profile,
  added: readonly string[],
  query: string,
  options: { readonly besideFlyout: boolean; readonly zone: Zone },
): readonly Column<EventWire>[] {
  const words = plainWords(query);
  const own = PROFILE_FIELDS[profile];
  const timePx = options.zone === UTC ? TIME_PX : TIME_WITH_OFFSET_PX;
  return [
    {
      id: 'time',
      header: 'Time',
      widthPx: timePx,
      sortKey: 'time',
      cell: (event) => <TimeText time={event.event_ts} />,
      value: (event) => event.event_ts,
      field: 'ts',
    },
    {
      id: 'severity',
      header: 'Severity',
      widthPx: 92,
      cell: (event) => <EventSeverity severity={event.severity} />,
      value: (event) => String(event.severity),
      field: 'severity',
    },
    {
      id: 'source',
      header: 'Source',
      widthPx: 80,
      cell: (event) => event.source,
      value: (event) => event.source,
      field: 'source',
      hiddenAtFirst: profile !== 'generic' || options.besideFlyout,
    },
    {
      id: 'host',
      header: 'Host',
      widthPx: 150,
      cell: (event) => <HostileText text={event.host} mark={words} />,
      value: (event) => event.host,
      field: 'host',
    },
    ...[...own, ...added.filter((name) => !own.includes(name))].map((name) => fieldColumn(name, words)),
    {
      id: 'message',
      header: 'Message',
      widthPx: 150,
      grows: true,
      cell: (event) => <HostileText text={event.message.slice(0, MESSAGE_CHARACTERS)} mark={words} />,
      value: (event) => event.message,
      field: 'message',
    },
    {
      id: 'observed',
      header: 'Received',
      widthPx: timePx,
      cell: (event) => <TimeText time={event.observed_ts} />,
      value: (event) => event.observed_ts,
      field: 'observed_ts',
      hiddenAtFirst: true,
    },
  ];
}

/** More never fits a line, and laying out a megabyte of text in one cell would stop the scroll. */
const MESSAGE_CHARACTERS = 600;

function fieldColumn(name: string, words: readonly string[]): Column<EventWire> {
  const value = (event: EventWire) => fieldText(fieldValue(event, name));
  return {
    id: `field.${name}`,
    header: name,
    widthPx: FIELD_WIDTH_PX[name] ?? ADDED_WIDTH_PX,
    cell: (event) => (
      <span className="mono">
        <HostileText text={(value(event) ?? '').slice(0, MESSAGE_CHARACTERS)} mark={words} />
      </span>
    ),
    value,
    field: name,
  };
}

/** Free-text parts of a query, to mark in the rows. */
function plainWords(query: string): readonly string[] {
  return chipsOf(query)
    .filter((chip) => !chip.negated && /^["']?[^:=<>/()*?]+["']?$/.test(chip.text))
    .map((chip) => chip.text.replace(/^["']|["']$/g, ''));
}
