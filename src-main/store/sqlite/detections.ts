import type { Database } from 'better-sqlite3';
import {
  KEPT_RUNS,
  type DetectionActivity,
  type DetectionFeedback,
  type DetectionRun,
} from '../interface/detections.ts';
import type { Page, PageRequest } from '../interface/reader.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** Keeps a run, and of its rule only the newest `KEPT_RUNS`. */
export function saveRun(db: Database, run: DetectionRun): void {
  db.transaction(() => {
    db.prepare(
      `INSERT INTO detection_runs (id, rule_id, trigger_mode, status, reason, started_ts, finished_ts, matches,
         suppressed, alerts, sample_ids) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      run.id,
      run.ruleId,
      run.trigger,
      run.status,
      run.reason,
      run.startedTs,
      run.finishedTs,
      run.matches,
      run.suppressed,
      run.alerts,
      JSON.stringify(run.sampleIds),
    );
    db.prepare(
      `DELETE FROM detection_runs WHERE rule_id = ? AND key <=
         (SELECT key FROM detection_runs WHERE rule_id = ? ORDER BY key DESC LIMIT 1 OFFSET ?)`,
    ).run(run.ruleId, run.ruleId, KEPT_RUNS);
  })();
}

/** Newest first. */
export function runsOf(db: Database, ruleId: string, page: PageRequest): Page<DetectionRun> {
  type Row = Omit<DetectionRun, 'sampleIds'> & { readonly sampleIds: string };
  const rows = newestFirst<Row>(db, {
    table: 'detection_runs',
    columns: `id, rule_id AS ruleId, trigger_mode AS "trigger", status, reason, started_ts AS startedTs,
      finished_ts AS finishedTs, matches, suppressed, alerts, sample_ids AS sampleIds`,
    ruleId,
    page,
  });
  return {
    ...rows,
    // Written above.
    items: rows.items.map((run) => ({ ...run, sampleIds: JSON.parse(run.sampleIds) as string[] })),
  };
}

export function addDetectionFeedback(db: Database, feedback: DetectionFeedback): void {
  const { id, ruleId, verdict, alertId, caseId, eventId, notes, metadata, actor, ts } = feedback;
  db.prepare(
    `INSERT INTO detection_feedback (id, rule_id, verdict, alert_id, case_id, event_id, notes, metadata, actor, ts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, ruleId, verdict, alertId, caseId, eventId, notes, metadata, actor, ts);
}

/** Newest first. */
export function detectionFeedbackOf(
  db: Database,
  ruleId: string,
  page: PageRequest,
): Page<DetectionFeedback> {
  return newestFirst<DetectionFeedback>(db, {
    table: 'detection_feedback',
    columns: `id, rule_id AS ruleId, verdict, alert_id AS alertId, case_id AS caseId, event_id AS eventId, notes,
      metadata, actor, ts`,
    ruleId,
    page,
  });
}

/** Sums of the runs that started at or after `sinceTs`. */
export function detectionActivity(db: Database, sinceTs: number): DetectionActivity {
  const sums = db
    .prepare<[number], Pick<DetectionActivity, 'runs' | 'matches' | 'suppressed'>>(
      `SELECT count(*) AS runs, coalesce(sum(matches), 0) AS matches, coalesce(sum(suppressed), 0) AS suppressed
       FROM detection_runs WHERE started_ts >= ?`,
    )
    .get(sinceTs);
  return {
    runs: 0,
    matches: 0,
    suppressed: 0,
    ...sums,
    matchesByRule: db
      .prepare<[number], { ruleId: string; count: number }>(
        `SELECT rule_id AS ruleId, sum(matches) AS count FROM detection_runs WHERE started_ts >= ?
         GROUP BY rule_id HAVING count > 0 ORDER BY count DESC, rule_id`,
      )
      .all(sinceTs),
    falsePositivesByRule: db
      .prepare<[], { ruleId: string; count: number }>(
        `SELECT rule_id AS ruleId, count(*) AS count FROM detection_feedback WHERE verdict = 'false_positive'
         GROUP BY rule_id ORDER BY count DESC, rule_id`,
      )
      .all(),
  };
}

interface Listing {
  readonly table: 'detection_runs' | 'detection_feedback';
  readonly columns: string;
  readonly ruleId: string;
  readonly page: PageRequest;
}

function newestFirst<T>(db: Database, listing: Listing): Page<T> {
  const { table, columns, ruleId, page } = listing;
  const before = page.cursor === null ? Number.MAX_SAFE_INTEGER : decodeCursor(page.cursor).key;
  const keys = db
    .prepare<(string | number)[], number>(
      `SELECT key FROM ${table} WHERE rule_id = ? AND key < ? ORDER BY key DESC LIMIT ? OFFSET ?`,
    )
    .pluck()
    .all(ruleId, before, page.limit + 1, page.cursor === null ? page.offset : 0);
  const shown = keys.slice(0, page.limit);
  const last = shown.at(-1);
  const row = db.prepare<[number], T>(`SELECT ${columns} FROM ${table} WHERE key = ?`);
  return {
    items: shown.map((key) => row.get(key)).filter((found) => found !== undefined),
    total: Number(db.prepare(`SELECT count(*) FROM ${table} WHERE rule_id = ?`).pluck().get(ruleId)),
    totalIsExact: true,
    nextCursor: keys.length > page.limit && last !== undefined ? encodeCursor({ ts: 0, key: last }) : null,
  };
}
