import type { EntityType } from '#shared/model/entity.ts';
import type { EventSource, EvidencePosition, Fields, LogEvent } from '#shared/model/event.ts';

/**
 * Events as flat columns of primitives: the form in which batches cross threads and reach the writer. Nested
 * parts are JSON text, made once by the thread that parsed the record, so the writer stores it as it comes.
 */
export interface EventColumns {
  readonly id: string[];
  readonly eventTs: number[];
  readonly observedTs: number[];
  readonly source: EventSource[];
  readonly sourceId: string[];
  readonly severity: number[];
  readonly host: string[];
  readonly message: string[];
  readonly category: (string | null)[];
  readonly product: (string | null)[];
  readonly service: (string | null)[];
  /** JSON objects. */
  readonly fields: string[];
  readonly mapped: (string | null)[];
  /** `type|uuid|value` triples joined by newlines; empty when there are none. */
  readonly entities: string[];
  readonly tactic: (string | null)[];
  readonly technique: (string | null)[];
  /** Original bytes of all live events, one behind the other: one buffer crosses a thread far cheaper than many. */
  rawBytes: Uint8Array;
  /** Length of each event's bytes in `rawBytes`; -1 where the event has none. */
  readonly rawLength: number[];
  readonly evidenceId: (string | null)[];
  readonly path: (string | null)[];
  readonly offset: number[];
  readonly length: number[];
  readonly recordId: (number | null)[];
  readonly peer: (string | null)[];
  /** Comma-separated. */
  readonly flags: string[];
}

/** Columns of `events`, in order. */
export function toColumns(events: readonly LogEvent[]): EventColumns {
  const columns = emptyColumns();
  for (const event of events) appendTo(columns, event);
  columns.rawBytes = concatenated(events);
  return columns;
}

/** The events that `columns` hold, in order. Inverse of `toColumns`. */
export function fromColumns(columns: EventColumns): LogEvent[] {
  const raw = rawOf(columns);
  return columns.id.map((_, row) => eventAt(columns, row, raw[row] ?? null));
}

function emptyColumns(): EventColumns {
  return {
    id: [],
    eventTs: [],
    observedTs: [],
    source: [],
    sourceId: [],
    severity: [],
    host: [],
    message: [],
    category: [],
    product: [],
    service: [],
    fields: [],
    mapped: [],
    entities: [],
    tactic: [],
    technique: [],
    rawBytes: new Uint8Array(0),
    rawLength: [],
    evidenceId: [],
    path: [],
    offset: [],
    length: [],
    recordId: [],
    peer: [],
    flags: [],
  };
}

function appendTo(columns: EventColumns, event: LogEvent): void {
  columns.id.push(event.id);
  columns.eventTs.push(event.eventTs);
  columns.observedTs.push(event.observedTs);
  columns.source.push(event.source);
  columns.sourceId.push(event.sourceId);
  columns.severity.push(event.severity);
  columns.host.push(event.host);
  columns.message.push(event.message);
  columns.category.push(event.logsource.category);
  columns.product.push(event.logsource.product);
  columns.service.push(event.logsource.service);
  columns.fields.push(JSON.stringify(event.fields));
  columns.mapped.push(event.mapped === null ? null : JSON.stringify(event.mapped));
  columns.entities.push(
    event.entities.map((entity) => `${entity.type}|${entity.uuid}|${entity.value}`).join('\n'),
  );
  columns.tactic.push(event.attack?.tactic ?? null);
  columns.technique.push(event.attack?.technique ?? null);
  columns.rawLength.push(event.raw === null ? -1 : event.raw.length);
  columns.evidenceId.push(event.evidence?.evidenceId ?? null);
  columns.path.push(event.evidence?.path ?? null);
  columns.offset.push(event.evidence?.offset ?? 0);
  columns.length.push(event.evidence?.length ?? 0);
  columns.recordId.push(event.evidence?.recordId ?? null);
  columns.peer.push(event.peer);
  columns.flags.push(event.flags.join(','));
}

function eventAt(columns: EventColumns, row: number, raw: Uint8Array | null): LogEvent {
  // Every column has the same length: `at` cannot miss.
  const at = <T>(column: readonly T[]): T => column[row] as T;
  const mapped = at(columns.mapped);
  const tactic = at(columns.tactic);
  const technique = at(columns.technique);
  return {
    id: at(columns.id),
    eventTs: at(columns.eventTs),
    observedTs: at(columns.observedTs),
    source: at(columns.source),
    sourceId: at(columns.sourceId),
    severity: at(columns.severity),
    host: at(columns.host),
    message: at(columns.message),
    logsource: { category: at(columns.category), product: at(columns.product), service: at(columns.service) },
    fields: JSON.parse(at(columns.fields)) as Fields,
    mapped: mapped === null ? null : (JSON.parse(mapped) as Fields),
    entities: readEntities(at(columns.entities)),
    attack: tactic === null && technique === null ? null : { tactic, technique },
    raw,
    evidence: evidenceAt(columns, row),
    peer: at(columns.peer),
    flags: at(columns.flags) === '' ? [] : at(columns.flags).split(','),
  };
}

function concatenated(events: readonly LogEvent[]): Uint8Array {
  let sizeBytes = 0;
  for (const event of events) sizeBytes += event.raw?.length ?? 0;
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const event of events) {
    if (event.raw === null) continue;
    bytes.set(event.raw, at);
    at += event.raw.length;
  }
  return bytes;
}

/** Original bytes of each event of `columns`, as views of the shared buffer; null where an event has none. */
export function rawOf(columns: EventColumns): readonly (Uint8Array | null)[] {
  let at = 0;
  return columns.rawLength.map((length) => {
    if (length < 0) return null;
    at += length;
    return columns.rawBytes.subarray(at - length, at);
  });
}

function evidenceAt(columns: EventColumns, row: number): EvidencePosition | null {
  const evidenceId = columns.evidenceId[row];
  if (evidenceId === null || evidenceId === undefined) return null;
  return {
    evidenceId,
    path: columns.path[row] ?? '',
    offset: columns.offset[row] ?? 0,
    length: columns.length[row] ?? 0,
    recordId: columns.recordId[row] ?? null,
  };
}

/** Entities from their column text; a value may hold `|` but never a newline (canonical values are one line). */
export function readEntities(text: string): LogEvent['entities'] {
  if (text === '') return [];
  return text.split('\n').map((line) => {
    const [type = '', uuid = '', ...value] = line.split('|');
    return { type: type as EntityType, uuid, value: value.join('|') };
  });
}
