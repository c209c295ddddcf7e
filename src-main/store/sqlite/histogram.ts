import type { Database } from 'better-sqlite3';
import { SEVERITY_BANDS } from '#shared/model/severity.ts';
import type { EventFilter, HistogramBucket } from '../interface/reader.ts';
import { planScan } from './event-scan.ts';
import type { QueryLimit } from './query-limit.ts';

/** Bars read one by one. The API asks for 500 at most; finer ones are grouped by SQLite. */
const MAX_SINGLE_BARS = 1000;

/** One sum for each severity band: OpenTelemetry's ranges of four, what lies outside in the outermost. */
const BAND_SUMS = SEVERITY_BANDS.map((_, band) => {
  const from = band === 0 ? '' : `e.severity >= ${String(band * 4 + 1)}`;
  const to = band === SEVERITY_BANDS.length - 1 ? '' : `e.severity <= ${String(band * 4 + 4)}`;
  return `sum(${[from, to].filter((part) => part !== '').join(' AND ')})`;
}).join(', ');

type Counts = readonly (number | null)[];

/**
 * Events over time. Bars are read one by one, each a stretch of the time index: GROUP BY would sort all events
 * first, which took 1.4 s for a million of them on a busy machine.
 */
export function readHistogram(
  db: Database,
  limit: QueryLimit,
  filter: EventFilter,
  bucketMs: number,
): readonly HistogramBucket[] {
  const scan = planScan(db, limit, filter);
  const [first, last] = db
    .prepare<[], [number | null, number | null]>(
      'SELECT (SELECT min(event_ts) FROM events), (SELECT max(event_ts) FROM events)',
    )
    .raw()
    .get() ?? [null, null];
  if (first === null || last === null) return [];
  limit.prepare(scan.tests, scan.blocks);
  const from = floorTo(Math.max(first, filter.since ?? first), bucketMs);
  const to = Math.min(last, (filter.until ?? last + 1) - 1);
  const isNarrow = scan.from !== 'events e';
  if (isNarrow || (to - from) / bucketMs > MAX_SINGLE_BARS) {
    const rows = db
      .prepare<(string | number)[], Counts>(
        // Modulo twice: SQLite's % keeps the sign, and events may lie before 1970.
        `SELECT e.event_ts - ((e.event_ts % ?) + ?) % ? AS start, ${BAND_SUMS}
         FROM ${scan.from} WHERE ${scan.where} GROUP BY 1 ORDER BY 1`,
      )
      .raw();
    return rows
      .all(bucketMs, bucketMs, bucketMs, ...scan.parameters)
      .map(([start, ...counts]) => toBucket(start ?? 0, counts));
  }
  const bar = db
    .prepare<(string | number)[], Counts>(
      `SELECT ${BAND_SUMS} FROM ${scan.from} WHERE e.event_ts >= ? AND e.event_ts < ? AND ${scan.where}`,
    )
    .raw();
  const buckets: HistogramBucket[] = [];
  for (let start = from; start <= to; start += bucketMs) {
    const counts = bar.get(start, start + bucketMs, ...scan.parameters) ?? [];
    // No rows sum to NULL.
    if (typeof counts[0] === 'number') buckets.push(toBucket(start, counts));
  }
  return buckets;
}

function toBucket(start: number, counts: Counts): HistogramBucket {
  const bySeverity: Record<string, number> = {};
  let total = 0;
  for (const [band, name] of SEVERITY_BANDS.entries()) {
    const count = counts[band] ?? 0;
    total += count;
    if (count > 0) bySeverity[name] = count;
  }
  return { start, total, bySeverity };
}

function floorTo(ms: number, bucketMs: number): number {
  return Math.floor(ms / bucketMs) * bucketMs;
}
