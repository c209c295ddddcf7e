import type { FieldValue } from '#shared/model/event.ts';
import type { EventColumn } from '#shared/query/aliases.ts';
import { readEntities } from '../../pipeline/columns.ts';

/** SQL of each column that a query can name. From our own source only; `e` is the event. */
export const COLUMN_SQL: Readonly<Record<EventColumn, string>> = {
  id: 'e.id',
  ts: 'e.event_ts',
  observed_ts: 'e.observed_ts',
  source: 'e.source',
  source_id: '(SELECT source_id FROM sources WHERE key = e.source_key)',
  severity: 'e.severity',
  host: 'e.host',
  message: 'e.message',
  category: 'e.category',
  product: 'e.product',
  service: 'e.service',
  tactic: 'e.tactic',
  technique: 'e.technique',
  peer: 'e.peer',
  flags: 'e.flags',
  entity: 'e.entities',
  evidence: '(SELECT path FROM evidence WHERE key = e.evidence_key)',
};

/** The values that a stored column stands for, as the language sees them. */
export function storedValues(column: EventColumn, stored: unknown): readonly FieldValue[] {
  if (typeof stored !== 'string') return typeof stored === 'number' ? [stored] : [];
  if (column === 'host') return stored === '' ? [] : [stored];
  if (column === 'flags') return stored === '' ? [] : stored.split(',');
  if (column === 'entity') return readEntities(stored).flatMap((entity) => [entity.value, entity.uuid]);
  return [stored];
}
