/**
 * The first schema. Events are evidence: appended, never changed, and deleted only while their import stands in
 * `undo`. `seq` counts insertions; it orders events of the same millisecond and addresses index blocks. Wide
 * columns come last, so that filters on the narrow ones need not read overflow pages.
 */
export const initial = {
  version: 1,
  sql: `
CREATE TABLE sources (
  key INTEGER PRIMARY KEY,
  source_id TEXT NOT NULL UNIQUE,
  received INTEGER NOT NULL DEFAULT 0,
  committed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE source_reasons (
  source_key INTEGER NOT NULL REFERENCES sources (key),
  door TEXT NOT NULL CHECK (door IN ('rejected', 'dropped')),
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (source_key, door, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE offsets (
  source_key INTEGER NOT NULL REFERENCES sources (key),
  file_key TEXT NOT NULL,
  path TEXT NOT NULL,
  offset INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (source_key, file_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  key INTEGER PRIMARY KEY,
  evidence_id TEXT NOT NULL,
  path TEXT NOT NULL,
  UNIQUE (evidence_id, path)
) STRICT;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  event_ts INTEGER NOT NULL,
  observed_ts INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  source TEXT NOT NULL,
  source_key INTEGER NOT NULL REFERENCES sources (key),
  host TEXT NOT NULL,
  category TEXT,
  product TEXT,
  service TEXT,
  tactic TEXT,
  technique TEXT,
  peer TEXT,
  flags TEXT NOT NULL,
  evidence_key INTEGER REFERENCES evidence (key),
  evidence_offset INTEGER NOT NULL,
  evidence_length INTEGER NOT NULL,
  record_id INTEGER,
  message TEXT NOT NULL,
  entities TEXT NOT NULL,
  mapped TEXT,
  fields TEXT NOT NULL,
  raw BLOB
) STRICT;

-- Serves pages in time order and, being covering, the histogram.
CREATE INDEX events_by_time ON events (event_ts, seq, severity);
CREATE INDEX events_by_host ON events (host COLLATE NOCASE, event_ts);
CREATE INDEX events_by_source ON events (source_key, event_ts);

-- Text index: one bit array for each 256 consecutive seq (block-index.ts).
CREATE TABLE event_blocks (
  block INTEGER PRIMARY KEY,
  first_ts INTEGER NOT NULL,
  last_ts INTEGER NOT NULL,
  bits BLOB NOT NULL
) STRICT;

CREATE TABLE undo (source_key INTEGER PRIMARY KEY REFERENCES sources (key)) STRICT;

CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE (ABORT, 'events are evidence and are not changed'); END;

CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
WHEN NOT EXISTS (SELECT 1 FROM undo WHERE source_key = OLD.source_key)
BEGIN SELECT RAISE (ABORT, 'events are evidence and are deleted only by undoing their import'); END;

CREATE TABLE alert_groups (
  key INTEGER PRIMARY KEY,
  rule_id TEXT NOT NULL,
  dedup_key TEXT NOT NULL,
  UNIQUE (rule_id, dedup_key)
) STRICT;

CREATE TABLE alerts (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  group_key INTEGER NOT NULL REFERENCES alert_groups (key),
  ts INTEGER NOT NULL,
  rule_id TEXT NOT NULL,
  rule_kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  tags TEXT NOT NULL,
  tactic TEXT,
  technique TEXT,
  entities TEXT NOT NULL,
  dedup_key TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'new',
  count INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  matched TEXT NOT NULL
) STRICT;

CREATE INDEX alerts_by_time ON alerts (ts, key);
CREATE INDEX alerts_by_group ON alerts (group_key, last_seen);
CREATE INDEX alerts_by_rule ON alerts (rule_id, ts);

-- Every occurrence. The key makes a replayed detection a no-op, whichever alert it was folded into.
CREATE TABLE alert_events (
  group_key INTEGER NOT NULL REFERENCES alert_groups (key),
  event_seq INTEGER NOT NULL REFERENCES events (seq),
  alert_key INTEGER NOT NULL REFERENCES alerts (key),
  event_ts INTEGER NOT NULL,
  PRIMARY KEY (group_key, event_seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_events_by_alert ON alert_events (alert_key, event_ts, event_seq);
CREATE INDEX alert_events_by_event ON alert_events (event_seq);

CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  created_ts INTEGER NOT NULL,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rejects (
  key INTEGER PRIMARY KEY,
  source_key INTEGER NOT NULL REFERENCES sources (key),
  path TEXT NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  sample BLOB NOT NULL
) STRICT;

CREATE INDEX rejects_by_source ON rejects (source_key);

CREATE TABLE rules (
  rule_id TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  yaml TEXT,
  enabled INTEGER NOT NULL,
  level_override TEXT,
  updated_ts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_ts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
