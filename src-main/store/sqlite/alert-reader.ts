import type { Database } from 'better-sqlite3';
import {
  ALERT_EVENT_SAMPLE,
  type Alert,
  type AlertStatus,
  type MatchedSelection,
  type RuleKind,
} from '#shared/model/alert.ts';
import type { Entity } from '#shared/model/entity.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { LEVELS, type Level } from '#shared/model/severity.ts';
import type {
  AlertFilter,
  ClosedSpan,
  Page,
  PageRequest,
  RuleBucket,
  TimeBucket,
  TimeSpan,
} from '../interface/reader.ts';
import { TOTAL_CAP } from '../interface/reader.ts';
import { EVENTS_OF_ALERT } from './contributors.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { EVENT_JOIN, EVENT_SELECT, toEvent, type EventRow } from './event-rows.ts';

interface AlertRow {
  readonly key: number;
  readonly id: string;
  readonly ts: number;
  readonly rule_id: string;
  readonly rule_kind: RuleKind;
  readonly severity: Level;
  readonly title: string;
  readonly author: string;
  readonly tags: string;
  readonly tactic: string | null;
  readonly technique: string | null;
  readonly entities: string;
  readonly dedup_key: string;
  readonly status: AlertStatus;
  readonly count: number;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly matched: string;
}

interface Clauses {
  readonly where: string;
  readonly parameters: readonly (string | number)[];
}

/** Reads alerts, their occurrences and how often rules fired. */
export class AlertReader {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Newest first. */
  page(filter: AlertFilter, page: PageRequest): Page<Alert> {
    const { where, parameters } = alertClauses(filter);
    const cursor = page.cursor === null ? null : decodeCursor(page.cursor);
    const after = cursor === null ? '' : ' AND (a.ts, a.key) < (?, ?)';
    const rows = this.#db
      .prepare<(string | number)[], AlertRow>(
        `SELECT a.* FROM alerts a WHERE ${where}${after} ORDER BY a.ts DESC, a.key DESC LIMIT ? OFFSET ?`,
      )
      .all(
        ...parameters,
        ...(cursor === null ? [] : [cursor.ts, cursor.key]),
        page.limit + 1,
        cursor === null ? page.offset : 0,
      );
    const shown = rows.slice(0, page.limit);
    const last = shown.at(-1);
    const total = this.#count(`SELECT 1 FROM alerts a WHERE ${where}`, parameters);
    return {
      items: shown.map((row) => this.#toAlert(row)),
      total: Math.min(total, TOTAL_CAP),
      totalIsExact: total <= TOTAL_CAP,
      nextCursor: rows.length > page.limit && last !== undefined ? encodeCursor(last) : null,
    };
  }

  get(id: string): Alert | null {
    const row = this.#db.prepare<[string], AlertRow>('SELECT * FROM alerts WHERE id = ?').get(id);
    return row === undefined ? null : this.#toAlert(row);
  }

  /** The events that made an alert and its occurrences, oldest first. */
  events(alertId: string, page: PageRequest): Page<LogEvent> {
    const key = this.#db
      .prepare<[string], number>('SELECT key FROM alerts WHERE id = ?')
      .pluck()
      .get(alertId);
    const bound = [key ?? null, key ?? null];
    const cursor = page.cursor === null ? null : decodeCursor(page.cursor);
    const paged =
      cursor === null
        ? `${EVENTS_OF_ALERT} ORDER BY 1, 2`
        : `SELECT * FROM (${EVENTS_OF_ALERT}) WHERE (event_ts, event_seq) > (?, ?) ORDER BY 1, 2`;
    const rows = this.#db
      .prepare<(string | number | null)[], EventRow & { occurrence_ts: number }>(
        `SELECT ${EVENT_SELECT}, o.event_ts AS occurrence_ts FROM (${paged} LIMIT ? OFFSET ?) o
         JOIN events e ON e.seq = o.event_seq ${EVENT_JOIN} ORDER BY o.event_ts, o.event_seq`,
      )
      .all(
        ...bound,
        ...(cursor === null ? [] : [cursor.ts, cursor.key]),
        page.limit + 1,
        cursor === null ? page.offset : 0,
      );
    const shown = rows.slice(0, page.limit);
    const last = shown.at(-1);
    const total = this.#count(EVENTS_OF_ALERT, bound);
    const hasMore = rows.length > page.limit && last !== undefined;
    return {
      items: shown.map(toEvent),
      total: Math.min(total, TOTAL_CAP),
      totalIsExact: total <= TOTAL_CAP,
      nextCursor: hasMore ? encodeCursor({ ts: last.occurrence_ts, key: last.seq }) : null,
    };
  }

  counts(filter: AlertFilter): Readonly<Record<Level, number>> {
    const { where, parameters } = alertClauses(filter);
    const rows = this.#db
      .prepare<(string | number)[], { severity: string; count: number }>(
        `SELECT a.severity, count(*) AS count FROM alerts a WHERE ${where} GROUP BY a.severity`,
      )
      .all(...parameters);
    const of = (level: Level): number => rows.find((row) => row.severity === level)?.count ?? 0;
    const [informational, low, medium, high, critical] = LEVELS.map(of);
    return {
      informational: informational ?? 0,
      low: low ?? 0,
      medium: medium ?? 0,
      high: high ?? 0,
      critical: critical ?? 0,
    };
  }

  /** Occurrences over time. */
  ruleTimeline(ruleId: string, span: TimeSpan, bucketMs: number): readonly TimeBucket[] {
    return this.#db
      .prepare<(string | number)[], TimeBucket>(
        `SELECT ae.event_ts - ((ae.event_ts % ?) + ?) % ? AS start, count(*) AS count
         FROM alerts a JOIN alert_events ae ON ae.alert_key = a.key
         WHERE a.rule_id = ? AND ae.event_ts >= ? AND ae.event_ts < ? GROUP BY 1 ORDER BY 1`,
      )
      .all(
        bucketMs,
        bucketMs,
        bucketMs,
        ruleId,
        span.since ?? Number.MIN_SAFE_INTEGER,
        span.until ?? Number.MAX_SAFE_INTEGER,
      );
  }

  /** As `ruleTimeline`; an alert outside of the span has no occurrence in it and is passed over. */
  ruleActivity({ since, until }: ClosedSpan, bucketMs: number): readonly RuleBucket[] {
    return this.#db
      .prepare<number[], RuleBucket>(
        `SELECT a.rule_id AS ruleId, ae.event_ts - ((ae.event_ts % ?) + ?) % ? AS start, count(*) AS count
         FROM alerts a JOIN alert_events ae ON ae.alert_key = a.key
         WHERE a.last_seen >= ? AND a.first_seen < ? AND ae.event_ts >= ? AND ae.event_ts < ?
         GROUP BY 1, 2 ORDER BY 1, 2`,
      )
      .all(bucketMs, bucketMs, bucketMs, since, until, since, until);
  }

  #count(sql: string, parameters: readonly (string | number | null)[]): number {
    const limited = `SELECT count(*) FROM (${sql} LIMIT ${String(TOTAL_CAP + 1)})`;
    return Number(
      this.#db
        .prepare<(string | number | null)[]>(limited)
        .pluck()
        .get(...parameters),
    );
  }

  #toAlert(row: AlertRow): Alert {
    const eventIds = this.#db
      .prepare<[number, number, number], string>(
        `SELECT e.id FROM (${EVENTS_OF_ALERT} ORDER BY 1, 2 LIMIT ?) o JOIN events e ON e.seq = o.event_seq
         ORDER BY o.event_ts, o.event_seq`,
      )
      .pluck()
      .all(row.key, row.key, ALERT_EVENT_SAMPLE);
    const hasAttack = row.tactic !== null || row.technique !== null;
    return {
      id: row.id,
      ts: row.ts,
      ruleId: row.rule_id,
      ruleKind: row.rule_kind,
      severity: row.severity,
      title: row.title,
      author: row.author,
      // The JSON columns were written by the alert writer.
      tags: JSON.parse(row.tags) as string[],
      attack: hasAttack ? { tactic: row.tactic, technique: row.technique } : null,
      entities: JSON.parse(row.entities) as Entity[],
      dedupKey: row.dedup_key,
      status: row.status,
      count: row.count,
      firstSeen: row.first_seen,
      lastSeen: row.last_seen,
      matched: JSON.parse(row.matched) as MatchedSelection[],
      eventIds,
    };
  }
}

function alertClauses(filter: AlertFilter): Clauses {
  const where = ['1'];
  const parameters: (string | number)[] = [];
  const add = (sql: string, ...values: (string | number)[]): void => {
    where.push(sql);
    parameters.push(...values);
  };
  // An alert lies in a span if any of its occurrences may.
  if (filter.since !== null) add('a.last_seen >= ?', filter.since);
  if (filter.until !== null) add('a.first_seen < ?', filter.until);
  if (filter.severities.length > 0)
    add('a.severity IN (SELECT value FROM json_each(?))', JSON.stringify(filter.severities));
  if (filter.statuses.length > 0)
    add('a.status IN (SELECT value FROM json_each(?))', JSON.stringify(filter.statuses));
  if (filter.ruleId !== null) add('a.rule_id = ?', filter.ruleId);
  if (filter.technique !== null)
    add("(a.technique = ? COLLATE NOCASE OR a.technique LIKE ? || '.%')", filter.technique, filter.technique);
  if (filter.entity !== null)
    add(
      `EXISTS (SELECT 1 FROM json_each(a.entities) WHERE lower(value ->> 'value') = lower(?)
         OR value ->> 'uuid' = lower(?))`,
      filter.entity,
      filter.entity,
    );
  if (filter.text !== null)
    add(
      `(instr(lower(a.title), lower(?)) > 0 OR instr(lower(a.rule_id), lower(?)) > 0
        OR EXISTS (SELECT 1 FROM json_each(a.entities) WHERE instr(lower(value ->> 'value'), lower(?)) > 0))`,
      filter.text,
      filter.text,
      filter.text,
    );
  if (filter.importId !== null)
    add(
      `EXISTS (SELECT 1 FROM alert_events ae JOIN events e ON e.seq = ae.event_seq WHERE ae.alert_key = a.key
         AND e.source_key = (SELECT key FROM sources WHERE source_id = ?))`,
      filter.importId,
    );
  return { where: where.join(' AND '), parameters };
}
