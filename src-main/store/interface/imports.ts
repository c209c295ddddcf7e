export const IMPORT_STATES = ['queued', 'running', 'done', 'cancelled', 'failed', 'undone'] as const;

export type ImportState = (typeof IMPORT_STATES)[number];

/** Outcome of one file of an import. "Empty" is not "failed". */
export const FILE_OUTCOMES = ['ok', 'empty', 'partly_read', 'failed', 'duplicate', 'cancelled'] as const;

export type FileOutcome = (typeof FILE_OUTCOMES)[number];

export interface ImportedFile {
  /** As the analyst knows it; `archive.zip!member` inside an archive. */
  readonly path: string;
  readonly format: string | null;
  readonly outcome: FileOutcome;
  readonly reason: string | null;
  readonly sizeBytes: number;
  /** Lower-case hex, computed by us from the bytes; null when the file could not be read. */
  readonly sha256: string | null;
  readonly events: number;
  readonly rejected: number;
}

/** One import: request, progress and report in one row. Times are UTC epoch milliseconds. */
export interface ImportRecord {
  readonly id: string;
  readonly paths: readonly string[];
  readonly state: ImportState;
  readonly reason: string | null;
  readonly createdTs: number;
  readonly finishedTs: number | null;
  readonly bytesTotal: number;
  readonly bytesDone: number;
  readonly events: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly alerts: number;
  readonly firstEventTs: number | null;
  readonly lastEventTs: number | null;
  readonly hosts: readonly string[];
  readonly files: readonly ImportedFile[];
}

/** An import of which nothing is known yet but what was asked for. */
export function queuedImport(id: string, paths: readonly string[], createdTs: number): ImportRecord {
  return {
    id,
    paths,
    state: 'queued',
    reason: null,
    createdTs,
    finishedTs: null,
    bytesTotal: 0,
    bytesDone: 0,
    events: 0,
    rejected: {},
    alerts: 0,
    firstEventTs: null,
    lastEventTs: null,
    hosts: [],
    files: [],
  };
}
