import type { Database } from 'better-sqlite3';
import type { LogEvent } from '#shared/model/event.ts';
import { resolveField } from '#shared/query/aliases.ts';
import { fieldValues, textOf } from '#shared/query/field-value.ts';
import type { Fields, FieldValue } from '#shared/model/event.ts';
import type {
  EventFilter,
  EventOrder,
  HistogramBucket,
  Page,
  PageRequest,
  ValueCount,
} from '../interface/reader.ts';
import { FIELD_SAMPLE, TOTAL_CAP } from '../interface/reader.ts';
import { COLUMN_SQL, storedValues } from './columns.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { EVENT_JOIN, EVENT_SELECT, toEvent, type EventRow } from './event-rows.ts';
import { planScan, type EventScan } from './event-scan.ts';
import { readHistogram } from './histogram.ts';
import type { QueryLimit } from './query-limit.ts';

type Bound = (string | number)[];

/** Distinct values that `topValues` counts; beyond it only those already met. Bounds memory on unique fields. */
const DISTINCT_LIMIT = FIELD_SAMPLE;

/** Longest time spent on a page's total: the page itself is there at once, and "more than 40,000" serves as well. */
const COUNT_BUDGET_MS = 500;

/** Reads events: pages, histogram, values, context. One request at a time; each within the connection's limit. */
export class EventReader {
  readonly #db: Database;
  readonly #limit: QueryLimit;

  constructor(db: Database, limit: QueryLimit) {
    this.#db = db;
    this.#limit = limit;
  }

  page(filter: EventFilter, page: PageRequest, order: EventOrder): Page<LogEvent> {
    const scan = planScan(this.#db, this.#limit, filter);
    const direction = order === 'newest' ? 'DESC' : 'ASC';
    const after = cursorClause(page.cursor, order);
    const offset = page.cursor === null ? page.offset : 0;
    const rows = this.#all<EventRow>(
      scan,
      `SELECT ${EVENT_SELECT} FROM ${scan.from} ${EVENT_JOIN} WHERE ${scan.where}${after.sql}
       ORDER BY e.event_ts ${direction}, e.seq ${direction} LIMIT ? OFFSET ?`,
      [...scan.parameters, ...after.parameters, page.limit + 1, offset],
    );
    const shown = rows.slice(0, page.limit);
    const last = shown.at(-1);
    const hasMore = rows.length > page.limit && last !== undefined;
    const reached = (page.cursor === null ? page.offset : 0) + rows.length;
    const isWholeList = page.cursor === null && !hasMore && (shown.length > 0 || offset === 0);
    const counted = isWholeList ? { total: reached, isExact: true } : this.#count(scan);
    return {
      items: shown.map(toEvent),
      total: Math.min(Math.max(counted.total, reached), TOTAL_CAP),
      totalIsExact: counted.isExact && counted.total <= TOTAL_CAP,
      nextCursor: hasMore ? encodeCursor({ ts: last.event_ts, key: last.seq }) : null,
    };
  }

  get(id: string): LogEvent | null {
    const row = this.#db
      .prepare<[string], EventRow>(`SELECT ${EVENT_SELECT} FROM events e ${EVENT_JOIN} WHERE e.id = ?`)
      .get(id);
    return row === undefined ? null : toEvent(row);
  }

  /** Neighbours in time on the same host; both sides in time order. */
  context(id: string, count: number): { before: readonly LogEvent[]; after: readonly LogEvent[] } {
    const centre = this.#db
      .prepare<[string], { host: string; event_ts: number; seq: number }>(
        'SELECT host, event_ts, seq FROM events WHERE id = ?',
      )
      .get(id);
    if (centre === undefined) return { before: [], after: [] };
    const side = (comparison: '<' | '>', direction: 'DESC' | 'ASC'): LogEvent[] =>
      this.#db
        .prepare<[string, number, number, number], EventRow>(
          `SELECT ${EVENT_SELECT} FROM events e ${EVENT_JOIN}
           WHERE e.host = ? COLLATE NOCASE AND (e.event_ts, e.seq) ${comparison} (?, ?)
           ORDER BY e.event_ts ${direction}, e.seq ${direction} LIMIT ?`,
        )
        .all(centre.host, centre.event_ts, centre.seq, count)
        .map(toEvent);
    return { before: side('<', 'DESC').reverse(), after: side('>', 'ASC') };
  }

  histogram(filter: EventFilter, bucketMs: number): readonly HistogramBucket[] {
    return readHistogram(this.#db, this.#limit, filter, bucketMs);
  }

  topValues(
    filter: EventFilter,
    field: string,
    limit: number,
  ): { sampled: number; values: readonly ValueCount[] } {
    const scan = planScan(this.#db, this.#limit, filter);
    const target = resolveField(field);
    const columns = target.kind === 'column' ? `${COLUMN_SQL[target.column]}, NULL` : 'e.fields, e.mapped';
    const rows = this.#all<readonly [unknown, unknown]>(
      scan,
      `SELECT ${columns} FROM ${scan.from} WHERE ${scan.where}
       ORDER BY e.event_ts DESC, e.seq DESC LIMIT ${String(FIELD_SAMPLE)}`,
      scan.parameters,
      true,
    );
    const counts = new Map<string, number>();
    for (const [stored, mapped] of rows) {
      const values =
        target.kind === 'column'
          ? storedValues(target.column, stored)
          : recordValues(stored, mapped, target.names);
      for (const text of new Set(values.map(textOf)))
        if (counts.has(text) || counts.size < DISTINCT_LIMIT) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const values = [...counts].map(([value, count]) => ({ value, count }));
    values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return { sampled: rows.length, values: values.slice(0, limit) };
  }

  /** Matches up to the cap, or as many as were met in the time that a total is worth. */
  #count(scan: EventScan): { total: number; isExact: boolean } {
    this.#limit.prepare(scan.tests, scan.blocks);
    const matches = this.#db
      .prepare<Bound, number>(`SELECT 1 FROM ${scan.from} WHERE ${scan.where} LIMIT ${String(TOTAL_CAP + 1)}`)
      .pluck();
    let total = 0;
    const isExact = this.#limit.finishes(COUNT_BUDGET_MS, () => {
      for (const match of matches.iterate(...scan.parameters)) total += match;
    });
    return { total, isExact };
  }

  #all<Row>(scan: EventScan, sql: string, parameters: readonly (string | number)[], raw = false): Row[] {
    this.#limit.prepare(scan.tests, scan.blocks);
    const statement = this.#db.prepare<Bound, Row>(sql);
    return (raw ? statement.raw() : statement).all(...parameters);
  }
}

function cursorClause(cursor: string | null, order: EventOrder): { sql: string; parameters: Bound } {
  if (cursor === null) return { sql: '', parameters: [] };
  const { ts, key } = decodeCursor(cursor);
  return { sql: ` AND (e.event_ts, e.seq) ${order === 'newest' ? '<' : '>'} (?, ?)`, parameters: [ts, key] };
}

function recordValues(fields: unknown, mapped: unknown, names: readonly string[]): readonly FieldValue[] {
  // Both were written by toColumns.
  const record = JSON.parse(fields as string) as Fields;
  return fieldValues(record, mapped === null ? null : (JSON.parse(mapped as string) as Fields), names);
}
