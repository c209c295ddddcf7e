/**
 * The events that made an alert, where a detector looks at more than one: those of the firing that opened it. And
 * what detectors remember across a restart, with the last event that it covers.
 */
export const correlation = {
  version: 7,
  sql: `
CREATE TABLE alert_contributors (
  alert_key INTEGER NOT NULL REFERENCES alerts (key) ON DELETE CASCADE,
  event_ts INTEGER NOT NULL,
  event_seq INTEGER NOT NULL REFERENCES events (seq),
  PRIMARY KEY (alert_key, event_ts, event_seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_contributors_by_event ON alert_contributors (event_seq);

CREATE TABLE detector_checkpoints (
  detector TEXT NOT NULL UNIQUE,
  after_seq INTEGER NOT NULL,
  state BLOB NOT NULL
) STRICT;
`,
};
