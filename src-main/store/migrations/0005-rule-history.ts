/**
 * Everything that happened to a rule here: only added to, also when the rule is gone. `yaml` is null where an entry
 * left the text as it was. Rules saved before begin with the text that they have.
 */
export const ruleHistory = {
  version: 5,
  sql: `
ALTER TABLE rules ADD COLUMN original_hash TEXT;
ALTER TABLE rules ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

CREATE TABLE rule_history (
  key INTEGER PRIMARY KEY,
  rule_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  author TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  level_override TEXT,
  yaml TEXT,
  UNIQUE (rule_id, version)
) STRICT;

INSERT INTO rule_history (rule_id, version, ts, author, action, reason, enabled, level_override, yaml)
SELECT rule_id, 1, updated_ts, '', 'created', 'Saved before there was a history.', enabled, level_override, yaml
FROM rules WHERE yaml IS NOT NULL ORDER BY rule_id;

UPDATE rules SET version = 1 WHERE yaml IS NOT NULL;

CREATE TRIGGER rule_history_is_not_changed BEFORE UPDATE ON rule_history
BEGIN SELECT RAISE (ABORT, 'the history of rules is a log and is not changed'); END;

CREATE TRIGGER rule_history_is_not_deleted BEFORE DELETE ON rule_history
BEGIN SELECT RAISE (ABORT, 'the history of rules is a log and is not deleted'); END;
`,
};
