import type { Database } from 'better-sqlite3';
import type { LogEvent } from '#shared/model/event.ts';
import type { DetectorCheckpoint } from '../../pipeline/batch.ts';
import type { LiveEvents, StoredCheckpoint } from '../interface/reader.ts';
import { EVENT_JOIN, EVENT_SELECT, toEvent, type EventRow } from './event-rows.ts';

/** Replaces what a detector remembers; it covers every event stored so far. Runs inside the batch's transaction. */
export function saveCheckpoint(db: Database, { detector, state }: DetectorCheckpoint): void {
  db.prepare(
    `INSERT INTO detector_checkpoints (detector, after_seq, state)
     VALUES (?, (SELECT coalesce(max(seq), 0) FROM events), ?)
     ON CONFLICT (detector) DO UPDATE SET after_seq = excluded.after_seq, state = excluded.state`,
  ).run(detector, state);
}

/** What a detector last saved; null when it never did. */
export function readCheckpoint(db: Database, detector: string): StoredCheckpoint | null {
  const row = db
    .prepare<[string], StoredCheckpoint>(
      'SELECT after_seq AS afterSeq, state FROM detector_checkpoints WHERE detector = ?',
    )
    .get(detector);
  // A copy: the driver's buffer may be a slice of a larger one, which would cross threads whole.
  return row === undefined ? null : { afterSeq: row.afterSeq, state: new Uint8Array(row.state) };
}

/** Events that came live, not by an import, in the order in which they were stored. */
export function readLiveEvents(db: Database, afterSeq: number, limit: number): LiveEvents {
  const rows = db
    .prepare<[number, number], EventRow>(
      `SELECT ${EVENT_SELECT} FROM events e ${EVENT_JOIN} WHERE e.seq > ? AND e.source_key NOT IN
         (SELECT s.key FROM sources s JOIN imports i ON i.id = s.source_id)
       ORDER BY e.seq LIMIT ?`,
    )
    .all(afterSeq, limit);
  const events: readonly LogEvent[] = rows.map(toEvent);
  return { events, lastSeq: rows.at(-1)?.seq ?? null };
}
