/** Placeholder lists, pipelines, layers and the like: few, small, read whole (interface/records.ts). */
export const workspaceRecords = {
  version: 2,
  sql: `
CREATE TABLE workspace_records (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  updated_ts INTEGER NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
`,
};
