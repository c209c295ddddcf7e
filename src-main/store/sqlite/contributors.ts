import type { Database, Statement } from 'better-sqlite3';
import type { Entity } from '#shared/model/entity.ts';
import { readEntities } from '../../pipeline/columns.ts';
import type { StoredEvent } from './event-writer.ts';

/**
 * Events of one alert, oldest first: those that made it, and its occurrences. Compound instead of a view, so that
 * both sides are read in the order of their index and reading stops with the page. Binds the alert's key twice.
 */
export const EVENTS_OF_ALERT = `
  SELECT ae.event_ts, ae.event_seq FROM alert_events ae WHERE ae.alert_key = ?
  UNION ALL
  SELECT c.event_ts, c.event_seq FROM alert_contributors c JOIN alerts a ON a.key = c.alert_key
  WHERE c.alert_key = ? AND NOT EXISTS (SELECT 1 FROM alert_events o
    WHERE o.group_key = a.group_key AND o.event_seq = c.event_seq AND o.alert_key = c.alert_key)`;

/** Stores which events made an alert, and reads what they name. Runs inside the batch's transaction. */
export class ContributorWriter {
  readonly #insert: Statement;
  readonly #entities: Statement<[number], string>;

  constructor(db: Database) {
    this.#insert = db.prepare(
      'INSERT OR IGNORE INTO alert_contributors (alert_key, event_ts, event_seq) VALUES (?, ?, ?)',
    );
    this.#entities = db.prepare<[number], string>('SELECT entities FROM events WHERE seq = ?').pluck();
  }

  store(alertKey: number, events: readonly StoredEvent[]): void {
    for (const { seq, eventTs } of events) this.#insert.run(alertKey, eventTs, seq);
  }

  /** Distinct entities of events, in their order. */
  entitiesOf(events: readonly StoredEvent[]): readonly Entity[] {
    const found = new Map<string, Entity>();
    for (const { seq } of events) {
      for (const entity of readEntities(this.#entities.get(seq) ?? '')) found.set(entity.uuid, entity);
    }
    return [...found.values()];
  }
}
