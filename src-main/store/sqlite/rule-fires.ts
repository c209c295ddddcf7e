import type { Database } from 'better-sqlite3';
import type { FireFilter, RuleFires } from '../interface/reader.ts';

/** Rules that fired, from the totals that alerts keep. */
export function readRuleFires(db: Database): readonly RuleFires[] {
  return db
    .prepare<[], RuleFires>(
      `SELECT rule_id AS ruleId, sum(count) AS count, max(last_seen) AS lastFired
       FROM alerts GROUP BY rule_id ORDER BY rule_id`,
    )
    .all();
}

/** As `readRuleFires`, counting the occurrences that pass the filter one by one. */
export function readRuleFiresIn(db: Database, { since, until, importId }: FireFilter): readonly RuleFires[] {
  const [from, to] = [since ?? Number.MIN_SAFE_INTEGER, until ?? Number.MAX_SAFE_INTEGER];
  const ofImport = `JOIN events e ON e.seq = ae.event_seq
    AND e.source_key = (SELECT key FROM sources WHERE source_id = ?)`;
  return db
    .prepare<(string | number)[], RuleFires>(
      `SELECT a.rule_id AS ruleId, count(*) AS count, max(ae.event_ts) AS lastFired
       FROM alerts a JOIN alert_events ae ON ae.alert_key = a.key ${importId === null ? '' : ofImport}
       WHERE a.last_seen >= ? AND a.first_seen < ? AND ae.event_ts >= ? AND ae.event_ts < ?
       GROUP BY a.rule_id ORDER BY a.rule_id`,
    )
    .all(...(importId === null ? [] : [importId]), from, to, from, to);
}
