import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors/app-error.ts';
import { initial } from './0001-initial.ts';
import { workspaceRecords } from './0002-workspace-records.ts';
import { alertFeedback } from './0003-alert-feedback.ts';
import { eventLogsources } from './0004-event-logsources.ts';
import { ruleHistory } from './0005-rule-history.ts';
import { detectionRuns } from './0006-detection-runs.ts';
import { correlation } from './0007-correlation.ts';

/** One step of the schema. Forward only: an error is mended by the next step, never by changing this one. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  initial,
  workspaceRecords,
  alertFeedback,
  eventLogsources,
  ruleHistory,
  detectionRuns,
  correlation,
];

/** Marks a file as ours ("HRRR"), so that a foreign database in the folder is refused instead of migrated. */
const APPLICATION_ID = 0x48525252;

/**
 * Brings the database to the newest version, each step in its own transaction. Throws `data_dir_unusable` for a
 * database of a newer Harrier or of another program; nothing is changed then.
 */
export function migrate(db: Database, steps: readonly Migration[] = MIGRATIONS): void {
  const current = Number(db.pragma('user_version', { simple: true }));
  const newest = steps.at(-1)?.version ?? 0;
  refuseForeign(db, current);
  if (current > newest)
    throw new AppError('data_dir_unusable', {
      path: db.name,
      reason: `it was written by a newer Harrier (schema ${String(current)}, this one knows ${String(newest)}); use that version`,
    });
  for (const step of steps.filter(({ version }) => version > current)) {
    db.transaction(() => {
      db.exec(step.sql);
      db.pragma(`user_version = ${String(step.version)}`);
      db.pragma(`application_id = ${String(APPLICATION_ID)}`);
    })();
  }
}

function refuseForeign(db: Database, version: number): void {
  const applicationId = Number(db.pragma('application_id', { simple: true }));
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  const isOurs = applicationId === APPLICATION_ID && version > 0;
  if (tables > 0 && !isOurs)
    throw new AppError('data_dir_unusable', {
      path: db.name,
      reason: 'the file is the database of another program; choose another folder',
    });
}
