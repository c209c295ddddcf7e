/**
 * Which log sources sent events, by intake: coverage and vocabulary ask this often, and `events` can only answer by
 * being read whole. No part is null, so that the key holds; the empty string stands for none.
 */
export const eventLogsources = {
  version: 4,
  sql: `
CREATE TABLE event_logsources (
  source_key INTEGER NOT NULL REFERENCES sources (key),
  category TEXT NOT NULL,
  product TEXT NOT NULL,
  service TEXT NOT NULL,
  events INTEGER NOT NULL,
  last_ts INTEGER NOT NULL,
  PRIMARY KEY (source_key, category, product, service)
) STRICT, WITHOUT ROWID;

INSERT INTO event_logsources (source_key, category, product, service, events, last_ts)
SELECT source_key, coalesce(category, ''), coalesce(product, ''), coalesce(service, ''), count(*), max(event_ts)
FROM events GROUP BY 1, 2, 3, 4;
`,
};
