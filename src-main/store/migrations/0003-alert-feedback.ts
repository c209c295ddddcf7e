/** Verdicts on alerts: only added to, and kept when an alert goes with its import. */
export const alertFeedback = {
  version: 3,
  sql: `
CREATE TABLE alert_feedback (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  alert_id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  verdict TEXT NOT NULL,
  note TEXT NOT NULL,
  origin TEXT NOT NULL,
  actor TEXT NOT NULL,
  ts INTEGER NOT NULL
) STRICT;

CREATE INDEX alert_feedback_by_alert ON alert_feedback (alert_id, key);

CREATE TRIGGER feedback_is_not_changed BEFORE UPDATE ON alert_feedback
BEGIN SELECT RAISE (ABORT, 'feedback is a log and is not changed'); END;

CREATE TRIGGER feedback_is_not_deleted BEFORE DELETE ON alert_feedback
BEGIN SELECT RAISE (ABORT, 'feedback is a log and is not deleted'); END;
`,
};
