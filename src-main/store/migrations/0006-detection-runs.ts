/** Runs of saved detection rules, and what analysts said of them. The rules themselves are workspace records. */
export const detectionRuns = {
  version: 6,
  sql: `
CREATE TABLE detection_runs (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  rule_id TEXT NOT NULL,
  trigger_mode TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  started_ts INTEGER NOT NULL,
  finished_ts INTEGER NOT NULL,
  matches INTEGER NOT NULL,
  suppressed INTEGER NOT NULL,
  alerts INTEGER NOT NULL,
  sample_ids TEXT NOT NULL
) STRICT;

CREATE INDEX detection_runs_by_rule ON detection_runs (rule_id, key);
CREATE INDEX detection_runs_by_time ON detection_runs (started_ts);

CREATE TABLE detection_feedback (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  rule_id TEXT NOT NULL,
  verdict TEXT NOT NULL,
  alert_id TEXT,
  case_id TEXT,
  event_id TEXT,
  notes TEXT NOT NULL,
  metadata TEXT NOT NULL,
  actor TEXT NOT NULL,
  ts INTEGER NOT NULL
) STRICT;

CREATE INDEX detection_feedback_by_rule ON detection_feedback (rule_id, key);
`,
};
