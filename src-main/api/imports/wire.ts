import type { ImportWire } from '#shared/contract/imports.ts';
import { isoTime, isoTimeOrNull } from '#shared/wire/time.ts';
import type { RejectedRecord } from '../../pipeline/batch.ts';
import type { ImportProgress } from '../../pipeline/commands.ts';
import type { ImportRecord } from '../../store/interface/imports.ts';

/** `progress` is null unless the import is running; its counts are then newer than the record's. */
export function importToWire(record: ImportRecord, progress: ImportProgress | null): ImportWire {
  return {
    id: record.id,
    paths: [...record.paths],
    state: record.state,
    reason: record.reason,
    created_at: isoTime(record.createdTs),
    finished_at: isoTimeOrNull(record.finishedTs),
    progress: progress === null ? null : progressToWire(progress),
    report: {
      events: record.events,
      alerts: record.alerts,
      rejected: { ...record.rejected },
      first_event_ts: isoTimeOrNull(record.firstEventTs),
      last_event_ts: isoTimeOrNull(record.lastEventTs),
      hosts: [...record.hosts],
      files: record.files.map((file) => ({
        path: file.path,
        format: file.format,
        outcome: file.outcome,
        reason: file.reason,
        size_bytes: file.sizeBytes,
        sha256: file.sha256,
        events: file.events,
        rejected: file.rejected,
      })),
    },
  };
}

function progressToWire(progress: ImportProgress): NonNullable<ImportWire['progress']> {
  return {
    current_file: progress.currentFile,
    bytes_total: progress.bytesTotal,
    bytes_done: progress.bytesDone,
    events: progress.events,
    rejected: progress.rejected,
    events_per_second: progress.eventsPerSecond,
    bytes_per_second: progress.bytesPerSecond,
    eta_seconds: progress.etaSeconds,
  };
}

/** The sample is shown as text; bytes that are not UTF-8 appear as U+FFFD. */
export function rejectToWire(reject: RejectedRecord) {
  const { path, offset, length, reason, detail, sample } = reject;
  return { path, offset, length, reason, detail, sample: new TextDecoder().decode(sample) };
}
