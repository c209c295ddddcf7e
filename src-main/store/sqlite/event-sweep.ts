import type { Database } from 'better-sqlite3';
import { fromRows, type FactRow } from './column-rows.ts';
import type { EventFilter, EventRun } from '../interface/reader.ts';
import { admits, blockFilter } from './block-filter.ts';
import { BLOCK_ROWS } from './block-index.ts';
import { compileQuery } from './compile-query.ts';
import { EVENT_FACTS, EVENT_JOIN } from './event-rows.ts';
import { columnClauses } from './event-scan.ts';
import type { QueryLimit } from './query-limit.ts';
import { compileRegex } from './regex.ts';

/**
 * Blocks that one run covers: 25,600 events. Looking into each of them for a text takes about a second at worst, so
 * that other queries get their turn in between.
 */
const BLOCKS_PER_RUN = 100;

interface Sweep {
  readonly filter: EventFilter;
  /** Seq of the first event that may be in the run. */
  readonly from: number;
  readonly count: number;
}

/**
 * Events in the order of their seq: what lies together on disk is read together, and blocks that the text index or
 * their times exclude are not read at all.
 */
export function sweepEvents(db: Database, limit: QueryLimit, { filter, from, count }: Sweep): EventRun {
  const last = Number(db.prepare('SELECT coalesce(max(seq), 0) FROM events').pluck().get());
  const first = Math.floor(from / BLOCK_ROWS);
  const end = first + BLOCKS_PER_RUN;
  const query = compileQuery(filter.query, { nowMs: Date.now(), regex: compileRegex });
  const clauses = columnClauses(filter);
  const tick = '((e.seq & 255) <> 0 OR hql_tick(e.seq))';
  const rows = db.prepare<(string | number)[], FactRow>(
    `SELECT ${EVENT_FACTS} FROM events e ${EVENT_JOIN} WHERE e.seq BETWEEN ? AND ?
       AND ${[tick, ...clauses.sql, query.sql].join(' AND ')} ORDER BY e.seq LIMIT ?`,
  );
  limit.prepare(query.tests, null);
  const found: FactRow[] = [];
  for (const [low, high] of rangesOf(candidates(db, filter, { first, end }), first)) {
    const wanted = count - found.length;
    const low0 = Math.max(low, from);
    found.push(...rows.all(low0, high, ...clauses.parameters, ...query.parameters, wanted));
    if (found.length >= count) break;
  }
  const lastFound = found.at(-1)?.seq ?? 0;
  const next = found.length >= count ? lastFound + 1 : end * BLOCK_ROWS;
  return { events: fromRows(found), next: next > last ? null : next };
}

/** For each block from `first` on, whether it may hold a match. Blocks that are not indexed yet may. */
function candidates(
  db: Database,
  filter: EventFilter,
  { first, end }: { readonly first: number; readonly end: number },
): readonly boolean[] {
  const needed = blockFilter(filter.query);
  const open = new Array<boolean>(end - first).fill(true);
  const blocks = db
    .prepare<[number, number], [number, number, number, Uint8Array]>(
      'SELECT block, first_ts, last_ts, bits FROM event_blocks WHERE block >= ? AND block < ?',
    )
    .raw();
  for (const [block, firstTs, lastTs, bits] of blocks.iterate(first, end)) {
    const isOutside = lastTs < (filter.since ?? -Infinity) || firstTs >= (filter.until ?? Infinity);
    if (isOutside || !admits(needed, bits)) open[block - first] = false;
  }
  return open;
}

/** Ranges of seq, both ends included, of neighbouring blocks that are open. */
function rangesOf(open: readonly boolean[], first: number): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const [index, isOpen] of open.entries()) {
    if (!isOpen) continue;
    const low = (first + index) * BLOCK_ROWS;
    const high = low + BLOCK_ROWS - 1;
    const before = ranges.at(-1);
    if (before?.[1] === low - 1) before[1] = high;
    else ranges.push([low, high]);
  }
  return ranges;
}
