import type { Database } from 'better-sqlite3';
import type { Fields, FieldValue } from '#shared/model/event.ts';
import type { LogsourceFields } from '../interface/field-census.ts';
import type { LogsourceCount } from '../interface/reader.ts';
import { readLogsources } from './logsource-books.ts';
import type { QueryLimit } from './query-limit.ts';

/** Newest stored events that are looked through for those of one logsource. */
const SAMPLE_ROWS = 500;
/** Logsources and names that are told apart: a hostile log could make up any number of them. */
const MAX_LOGSOURCES = 500;
const MAX_NAMES = 2000;
/** Steps into nested objects; cloud logs use four. */
const MAX_DEPTH = 5;

interface Row {
  readonly fields: string;
  readonly mapped: string | null;
}

/** Which fields the stored events of each logsource have, most events first: a few hundred of the newest are read. */
export function readFieldCensus(db: Database, limit: QueryLimit): readonly LogsourceFields[] {
  // The newest events behind the logsource's last, some of which are its own: the time index leads there.
  const newest = db.prepare<(string | number | null)[], Row>(
    `SELECT fields, mapped FROM (
       SELECT category, product, service, fields, mapped FROM events WHERE event_ts <= ?
       ORDER BY event_ts DESC, seq DESC LIMIT ${String(SAMPLE_ROWS)})
     WHERE category IS ? AND product IS ? AND service IS ?`,
  );
  return [...readLogsources(db)]
    .sort((a, b) => b.events - a.events)
    .slice(0, MAX_LOGSOURCES)
    .map(({ logsource, events, lastTs }: LogsourceCount) => {
      limit.check();
      const { category, product, service } = logsource;
      const rows = newest.all(lastTs, category, product, service);
      return { ...logsource, events, sampled: rows.length, fields: countNames(rows) };
    });
}

function countNames(rows: readonly Row[]): LogsourceFields['fields'] {
  const counts = new Map<string, number>();
  for (const { fields, mapped } of rows) {
    const names = new Set<string>();
    collectNames(JSON.parse(fields) as Fields, '', { names, depth: 0 }); // Written by toColumns.
    if (mapped !== null) for (const name of Object.keys(JSON.parse(mapped) as Fields)) names.add(name);
    for (const name of names) {
      const count = counts.get(name);
      if (count !== undefined || counts.size < MAX_NAMES) counts.set(name, (count ?? 0) + 1);
    }
  }
  const fields = Array.from(counts, ([name, count]) => ({ name, count }));
  return fields.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

interface Collected {
  readonly names: Set<string>;
  readonly depth: number;
}

/** Names of the plain values inside `value`, as rules write them: along dots, through lists. */
function collectNames(value: FieldValue, path: string, { names, depth }: Collected): void {
  if (names.size >= MAX_NAMES) return;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) {
    if (path !== '') names.add(path);
    return;
  }
  const inner = { names, depth: depth + 1 };
  if (Array.isArray(value)) {
    for (const member of value as readonly FieldValue[]) collectNames(member, path, inner); // Forgets readonly.
    return;
  }
  for (const [name, member] of Object.entries(value as Fields)) {
    collectNames(member, path === '' ? name : `${path}.${name}`, inner);
  }
}
