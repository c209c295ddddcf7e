import type { Database, Statement } from 'better-sqlite3';
import type { CommitBatch } from '../../pipeline/batch.ts';
import type { KeyTable } from './key-table.ts';

/** Books of the sources: counters, offsets and rejected records. Runs inside the batch's transaction. */
export class SourceWriter {
  readonly #sources: KeyTable;
  readonly #count: Statement;
  readonly #countReason: Statement;
  readonly #saveOffset: Statement;
  readonly #saveReject: Statement;

  constructor(db: Database, sources: KeyTable) {
    this.#sources = sources;
    this.#count = db.prepare(
      'UPDATE sources SET received = received + ?, committed = committed + ? WHERE key = ?',
    );
    this.#countReason = db.prepare(
      `INSERT INTO source_reasons (source_key, door, reason, count) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    );
    this.#saveOffset = db.prepare(
      `INSERT INTO offsets (source_key, file_key, path, offset, fingerprint) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET path = excluded.path, offset = excluded.offset, fingerprint = excluded.fingerprint`,
    );
    this.#saveReject = db.prepare(
      `INSERT INTO rejects (source_key, path, offset, length, reason, detail, sample) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  store(batch: CommitBatch): void {
    for (const [sourceId, committed] of committedBySource(batch.events.sourceId))
      this.#count.run(0, committed, this.#sources.key(sourceId));
    for (const delta of batch.counters) {
      const key = this.#sources.key(delta.sourceId);
      this.#count.run(delta.received, 0, key);
      this.#storeReasons(key, 'rejected', delta.rejected);
      this.#storeReasons(key, 'dropped', delta.dropped);
    }
    for (const { sourceId, fileKey, path, offset, fingerprint } of batch.offsets)
      this.#saveOffset.run(this.#sources.key(sourceId), fileKey, path, offset, fingerprint);
    for (const reject of batch.rejects)
      this.#saveReject.run(
        this.#sources.key(reject.sourceId),
        reject.path,
        reject.offset,
        reject.length,
        reject.reason,
        reject.detail,
        reject.sample,
      );
  }

  #storeReasons(key: number, door: 'rejected' | 'dropped', reasons: Readonly<Record<string, number>>): void {
    for (const [reason, count] of Object.entries(reasons)) this.#countReason.run(key, door, reason, count);
  }
}

function committedBySource(sourceIds: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sourceId of sourceIds) counts.set(sourceId, (counts.get(sourceId) ?? 0) + 1);
  return counts;
}
