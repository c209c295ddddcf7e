import type { Database } from 'better-sqlite3';
import type { Feedback, Verdict } from '#shared/model/feedback.ts';
import type { Page, PageRequest, RuleVerdicts } from '../interface/reader.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** Newest entry of each alert that still exists: its verdict. */
const NEWEST = `FROM alert_feedback f JOIN alerts a ON a.id = f.alert_id
  WHERE f.key = (SELECT max(key) FROM alert_feedback WHERE alert_id = f.alert_id)`;

const COLUMNS = 'id, alert_id AS alertId, rule_id AS ruleId, verdict, note, origin, actor, ts';

/** False when there is no such alert. */
export function addFeedback(db: Database, feedback: Feedback): boolean {
  const { id, alertId, ruleId, verdict, note, origin, actor, ts } = feedback;
  const { changes } = db
    .prepare(
      `INSERT INTO alert_feedback (id, alert_id, rule_id, verdict, note, origin, actor, ts)
       SELECT ?, id, ?, ?, ?, ?, ?, ? FROM alerts WHERE id = ?`,
    )
    .run(id, ruleId, verdict, note, origin, actor, ts, alertId);
  return changes > 0;
}

/** The log of one alert, newest first. */
export function feedbackOf(db: Database, alertId: string, page: PageRequest): Page<Feedback> {
  const before = page.cursor === null ? Number.MAX_SAFE_INTEGER : decodeCursor(page.cursor).key;
  const rows = db
    .prepare<(string | number)[], Feedback & { readonly key: number }>(
      `SELECT key, ${COLUMNS} FROM alert_feedback WHERE alert_id = ? AND key < ? ORDER BY key DESC LIMIT ? OFFSET ?`,
    )
    .all(alertId, before, page.limit + 1, page.cursor === null ? page.offset : 0);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const total = db.prepare('SELECT count(*) FROM alert_feedback WHERE alert_id = ?').pluck().get(alertId);
  return {
    items: shown.map(toFeedback),
    total: Number(total),
    totalIsExact: true,
    nextCursor:
      rows.length > page.limit && last !== undefined ? encodeCursor({ ts: last.ts, key: last.key }) : null,
  };
}

function toFeedback({ id, alertId, ruleId, verdict, note, origin, actor, ts }: Feedback): Feedback {
  return { id, alertId, ruleId, verdict, note, origin, actor, ts };
}

/** Alerts of each rule by their newest verdict; rules without any are left out. */
export function ruleVerdicts(db: Database): RuleVerdicts[] {
  const count = (verdict: Verdict) => `count(*) FILTER (WHERE f.verdict = '${verdict}')`;
  return db
    .prepare<[], RuleVerdicts>(
      `SELECT f.rule_id AS ruleId, ${count('true_positive')} AS truePositive,
         ${count('false_positive')} AS falsePositive, ${count('benign')} AS benign
       ${NEWEST} GROUP BY f.rule_id ORDER BY f.rule_id`,
    )
    .all();
}

/** Ids of the alerts of a rule whose newest verdict is `verdict`, newest verdict first. */
export function alertsByVerdict(db: Database, ruleId: string, verdict: Verdict, limit: number): string[] {
  return db
    .prepare<[string, string, number], string>(
      `SELECT f.alert_id ${NEWEST} AND f.rule_id = ? AND f.verdict = ? ORDER BY f.key DESC LIMIT ?`,
    )
    .pluck()
    .all(ruleId, verdict, limit);
}
