import type { Database } from 'better-sqlite3';
import { textOf } from '#shared/query/field-value.ts';
import { fold } from '#shared/query/fold.ts';
import type { EventFilter, StoredSpan } from '../interface/reader.ts';
import { all, admits, blockFilter, entityFilter, type BlockFilter } from './block-filter.ts';
import { BLOCK_ROWS } from './block-index.ts';
import { storedValues } from './columns.ts';
import { compileQuery, type RowTest } from './compile-query.ts';
import type { QueryLimit } from './query-limit.ts';
import { compileRegex } from './regex.ts';

/**
 * With at most this many candidate blocks (25,600 events) all are read and the matches sorted; with more, the
 * time index is walked and left as soon as the page is full.
 */
const FEW_BLOCKS = 100;

/** A filter made ready: FROM and WHERE over `events e`, with their parameters. */
export interface EventScan {
  readonly from: string;
  readonly where: string;
  readonly parameters: readonly (string | number)[];
  readonly tests: readonly RowTest[];
  readonly blocks: Uint8Array | null;
}

interface Clauses {
  readonly sql: string[];
  readonly parameters: (string | number)[];
}

/** Plans the scan for a filter. Reads the text index; throws `bad_request` for a bad regex. */
export function planScan(db: Database, limit: QueryLimit, filter: EventFilter): EventScan {
  const compiled = compileQuery(filter.query, { nowMs: Date.now(), regex: compileRegex });
  const clauses = columnClauses(filter);
  const tests = [...compiled.tests];
  if (filter.entity !== null) {
    clauses.sql.push('hql_test(?, e.entities)');
    clauses.parameters.push(tests.length);
    tests.push(entityTest(filter.entity));
  }
  const needed = all([
    blockFilter(filter.query),
    filter.entity === null ? null : entityFilter(filter.entity),
  ]);
  const blocks = needed === null ? null : candidateBlocks(db, limit, needed, filter);
  const ranges = blocks === null ? null : rangesOf(blocks);
  const tick = '((e.seq & 255) <> 0 OR hql_tick(e.seq))';
  const where = [tick, ...clauses.sql, compiled.sql];
  const parameters = [...clauses.parameters, ...compiled.parameters];
  if (ranges !== null && ranges.length <= FEW_BLOCKS)
    return {
      from: `json_each(?) r CROSS JOIN events e ON e.seq BETWEEN r.value AND r.value + ${String(BLOCK_ROWS - 1)}`,
      where: where.join(' AND '),
      parameters: [JSON.stringify(ranges), ...parameters],
      tests,
      blocks: null,
    };
  const byBlock = blocks === null ? [] : [`hql_block(e.seq / ${String(BLOCK_ROWS)})`];
  return { from: 'events e', where: [...byBlock, ...where].join(' AND '), parameters, tests, blocks };
}

function entityTest(valueOrUuid: string): RowTest {
  const wanted = fold(valueOrUuid);
  return (entities) => storedValues('entity', entities).some((found) => fold(textOf(found)) === wanted);
}

/** What a filter asks of single columns. */
export function columnClauses(filter: EventFilter): Clauses {
  const clauses: Clauses = { sql: [], parameters: [] };
  const add = (sql: string, value: string | number | null): void => {
    if (value === null) return;
    clauses.sql.push(sql);
    clauses.parameters.push(value);
  };
  add('e.event_ts >= ?', filter.since);
  add('e.event_ts < ?', filter.until);
  add('e.seq > ?', filter.stored?.after ?? null);
  add('e.seq <= ?', filter.stored?.upTo ?? null);
  add('e.source = ?', filter.source);
  add('e.severity >= ?', filter.severityMin);
  add('e.severity <= ?', filter.severityMax);
  add('e.source_key = (SELECT key FROM sources WHERE source_id = ?)', filter.importId);
  // No event carries a template yet: a filter on one finds nothing.
  if (filter.template !== null) clauses.sql.push('0');
  return clauses;
}

/** One entry a block: 0 where no event of it can match. Blocks that are not written yet may match. */
function candidateBlocks(
  db: Database,
  limit: QueryLimit,
  needed: BlockFilter,
  filter: EventFilter,
): Uint8Array {
  const last = Number(db.prepare('SELECT coalesce(max(seq), 0) FROM events').pluck().get());
  const blocks = new Uint8Array(Math.floor(last / BLOCK_ROWS) + 1).fill(1);
  const since = filter.since ?? -Infinity;
  const until = filter.until ?? Infinity;
  const rows = db.prepare<[], [number, number, number, Uint8Array]>(
    'SELECT block, first_ts, last_ts, bits FROM event_blocks',
  );
  for (const [block, firstTs, lastTs, bits] of rows.raw().iterate()) {
    if ((block & 1023) === 0) limit.check();
    if (block >= blocks.length) continue;
    if (lastTs < since || firstTs >= until || isOutside(block, filter.stored) || !admits(needed, bits)) {
      blocks[block] = 0;
    }
  }
  return blocks;
}

function isOutside(block: number, stored: StoredSpan | null): boolean {
  if (stored === null) return false;
  return (block + 1) * BLOCK_ROWS <= stored.after || block * BLOCK_ROWS > stored.upTo;
}

function rangesOf(blocks: Uint8Array): number[] {
  const ranges: number[] = [];
  for (let block = 0; block < blocks.length && ranges.length <= FEW_BLOCKS; block += 1)
    if (blocks[block] === 1) ranges.push(block * BLOCK_ROWS);
  return ranges;
}
