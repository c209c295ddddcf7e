import type { Database } from 'better-sqlite3';

/** Events removed in one transaction: about 50 ms, so that live batches wait little while a big import goes. */
const CHUNK_EVENTS = 2000;

/** What one step of an undo removed. */
export interface UndoStep {
  readonly events: number;
  readonly alerts: number;
  readonly done: boolean;
}

/**
 * Takes an import's events back out, in chunks between which other commits run. The row in `undo` allows the
 * deletion and makes it resume after a restart.
 */
export class ImportUndo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Removes the next events of the import, and alerts that no other event supports. To be called until `done`;
   * commits may run between the calls.
   */
  step(importId: string): UndoStep {
    return this.#db.transaction(() => {
      const sourceKey = this.#db
        .prepare<[string], number>('SELECT key FROM sources WHERE source_id = ?')
        .pluck()
        .get(importId);
      if (sourceKey === undefined) return { events: 0, alerts: 0, done: true };
      this.#db.prepare('INSERT OR IGNORE INTO undo (source_key) VALUES (?)').run(sourceKey);
      const removed = this.#removeChunk(sourceKey);
      const done = removed.events < CHUNK_EVENTS;
      if (done) this.#removeBooks(sourceKey);
      return { ...removed, done };
    })();
  }

  /** Ends undos that a stop of the process cut short. */
  finish(): void {
    const begun = this.#db
      .prepare<[], string>('SELECT s.source_id FROM undo u JOIN sources s ON s.key = u.source_key')
      .pluck()
      .all();
    for (const importId of begun) while (!this.step(importId).done);
  }

  #removeChunk(sourceKey: number): { events: number; alerts: number } {
    const seqs = this.#db
      .prepare<[number, number], number>('SELECT seq FROM events WHERE source_key = ? LIMIT ?')
      .pluck()
      .all(sourceKey, CHUNK_EVENTS);
    const list = JSON.stringify(seqs);
    const touched = this.#db
      .prepare<[string], number>(
        'SELECT DISTINCT alert_key FROM alert_events WHERE event_seq IN (SELECT value FROM json_each(?))',
      )
      .pluck()
      .all(list);
    this.#db
      .prepare('DELETE FROM alert_events WHERE event_seq IN (SELECT value FROM json_each(?))')
      .run(list);
    this.#db
      .prepare('DELETE FROM alert_contributors WHERE event_seq IN (SELECT value FROM json_each(?))')
      .run(list);
    const alerts = this.#settleAlerts(JSON.stringify(touched));
    this.#db.prepare('DELETE FROM events WHERE seq IN (SELECT value FROM json_each(?))').run(list);
    return { events: seqs.length, alerts };
  }

  /** Removes alerts without occurrences and counts the others again; returns how many went. */
  #settleAlerts(keys: string): number {
    const { changes } = this.#db
      .prepare(
        `DELETE FROM alerts WHERE key IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM alert_events WHERE alert_key = alerts.key)`,
      )
      .run(keys);
    this.#db
      .prepare(
        `UPDATE alerts SET (count, first_seen, last_seen) =
           (SELECT count(*), min(event_ts), max(event_ts) FROM alert_events WHERE alert_key = alerts.key)
         WHERE key IN (SELECT value FROM json_each(?))`,
      )
      .run(keys);
    return changes;
  }

  /** Counters stay: they say what happened. Offsets go, so that the same files can be imported again. */
  #removeBooks(sourceKey: number): void {
    this.#db.prepare('DELETE FROM offsets WHERE source_key = ?').run(sourceKey);
    this.#db.prepare('DELETE FROM rejects WHERE source_key = ?').run(sourceKey);
    this.#db.prepare('DELETE FROM event_logsources WHERE source_key = ?').run(sourceKey);
    this.#db
      .prepare(
        `UPDATE imports SET record = json_set(record, '$.state', 'undone')
         WHERE id = (SELECT source_id FROM sources WHERE key = ?)`,
      )
      .run(sourceKey);
    this.#db.prepare('DELETE FROM undo WHERE source_key = ?').run(sourceKey);
  }
}
