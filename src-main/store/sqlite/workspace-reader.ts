import type { Database } from 'better-sqlite3';
import type { RejectedRecord } from '../../pipeline/batch.ts';
import type { ImportRecord } from '../interface/imports.ts';
import { TOTAL_CAP, type Page, type PageRequest } from '../interface/reader.ts';
import type { RecordKind, WorkspaceRecord } from '../interface/records.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

export function readRecords(db: Database, kind: RecordKind): WorkspaceRecord[] {
  return db
    .prepare<[string], WorkspaceRecord>(
      'SELECT kind, name, body, updated_ts AS updatedTs FROM workspace_records WHERE kind = ? ORDER BY name',
    )
    .all(kind);
}

/** Newest first. */
export function readImports(db: Database): ImportRecord[] {
  const rows = db.prepare<[], string>('SELECT record FROM imports ORDER BY created_ts DESC, id DESC').pluck();
  return rows.all().map((record) => JSON.parse(record) as ImportRecord); // Written by the writer.
}

export function readRejects(db: Database, importId: string, page: PageRequest): Page<RejectedRecord> {
  const from = 'FROM rejects r JOIN sources s ON s.key = r.source_key WHERE s.source_id = ?';
  const after = page.cursor === null ? -1 : decodeCursor(page.cursor).key;
  const rows = db
    .prepare<(string | number)[], RejectedRecord & { key: number }>(
      `SELECT r.key, s.source_id AS sourceId, r.path, r.offset, r.length, r.reason, r.detail, r.sample
       ${from} AND r.key > ? ORDER BY r.key LIMIT ? OFFSET ?`,
    )
    .all(importId, after, page.limit + 1, page.cursor === null ? page.offset : 0);
  const total = Number(
    db
      .prepare<(string | number)[]>(`SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${String(TOTAL_CAP + 1)})`)
      .pluck()
      .get(importId),
  );
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toReject),
    total: Math.min(total, TOTAL_CAP),
    totalIsExact: total <= TOTAL_CAP,
    nextCursor:
      rows.length > page.limit && last !== undefined ? encodeCursor({ ts: 0, key: last.key }) : null,
  };
}

function toReject({
  sourceId,
  path,
  offset,
  length,
  reason,
  detail,
  sample,
}: RejectedRecord): RejectedRecord {
  return { sourceId, path, offset, length, reason, detail, sample: new Uint8Array(sample) };
}
