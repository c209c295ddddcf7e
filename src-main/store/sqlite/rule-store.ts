import type { Database } from 'better-sqlite3';
import type { RuleChange, RuleRecord, RuleVersion, RuleVersionText } from '../interface/rules.ts';

/** Rows as SQLite gives them: it has no booleans. */
type Row<T extends { readonly enabled: boolean }> = Omit<T, 'enabled'> & { readonly enabled: number };

export function readRules(db: Database): RuleRecord[] {
  const rows = db.prepare<[], Row<RuleRecord>>(
    `SELECT rule_id AS ruleId, origin, yaml, enabled, level_override AS levelOverride, updated_ts AS updatedTs,
       original_hash AS originalHash, version
     FROM rules ORDER BY rule_id`,
  );
  return rows.all().map((row) => ({ ...row, enabled: row.enabled === 1 }));
}

const ENTRY = `version, ts, author, action, reason, enabled, level_override AS levelOverride,
  yaml IS NOT NULL AS hasText FROM rule_history`;

type EntryRow = Omit<RuleVersion, 'enabled' | 'hasText'> & {
  readonly enabled: number;
  readonly hasText: number;
};

/** The history of one rule, newest first. */
export function readRuleHistory(db: Database, ruleId: string): RuleVersion[] {
  return db
    .prepare<[string], EntryRow>(`SELECT ${ENTRY} WHERE rule_id = ? ORDER BY version DESC`)
    .all(ruleId)
    .map(toVersion);
}

/** One entry with its text and the one before; null when there is no such entry. */
export function readRuleVersion(db: Database, ruleId: string, version: number): RuleVersionText | null {
  const entry = db
    .prepare<[string, number], EntryRow>(`SELECT ${ENTRY} WHERE rule_id = ? AND version = ?`)
    .get(ruleId, version);
  if (entry === undefined) return null;
  const [text, previous] = db
    .prepare<[string, number], { readonly version: number; readonly yaml: string }>(
      `SELECT version, yaml FROM rule_history WHERE rule_id = ? AND version <= ? AND yaml IS NOT NULL
       ORDER BY version DESC LIMIT 2`,
    )
    .all(ruleId, version);
  return { ...toVersion(entry), yaml: text?.yaml ?? null, previous: previous ?? null };
}

/** Saves changes of rules, all or none, and numbers what their histories say. */
export function saveRules(db: Database, changes: readonly RuleChange[]): void {
  const newest = db
    .prepare<[string], number>('SELECT coalesce(max(version), 0) FROM rule_history WHERE rule_id = ?')
    .pluck();
  const add = db.prepare(
    `INSERT INTO rule_history (rule_id, version, ts, author, action, reason, enabled, level_override, yaml)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const keep = db.prepare(
    `INSERT INTO rules (rule_id, origin, yaml, enabled, level_override, updated_ts, original_hash, version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET origin = excluded.origin, yaml = excluded.yaml, enabled = excluded.enabled,
       level_override = excluded.level_override, updated_ts = excluded.updated_ts,
       original_hash = excluded.original_hash, version = excluded.version`,
  );
  const forget = db.prepare('DELETE FROM rules WHERE rule_id = ?');
  db.transaction(() => {
    for (const { ruleId, record, entries } of changes) {
      let version = newest.get(ruleId) ?? 0;
      for (const { ts, author, action, reason, enabled, levelOverride, yaml } of entries) {
        version += 1;
        add.run(ruleId, version, ts, author, action, reason, Number(enabled), levelOverride, yaml);
      }
      if (record === null) {
        forget.run(ruleId);
        continue;
      }
      const { origin, yaml, enabled, levelOverride, updatedTs, originalHash } = record;
      keep.run(ruleId, origin, yaml, Number(enabled), levelOverride, updatedTs, originalHash, version);
    }
  })();
}

function toVersion({ enabled, hasText, ...entry }: EntryRow): RuleVersion {
  return { ...entry, enabled: enabled === 1, hasText: hasText === 1 };
}
