import type { Detection } from '#shared/model/alert.ts';
import type { EventColumns } from './columns.ts';
import type { CounterDelta } from './counters.ts';

/** How far a tailed file or an import has been read: committed together with the events it covers. */
export interface SourceOffset {
  readonly sourceId: string;
  /** The file's identity on disk (device and inode) or within its import. One row a key: the newest replaces. */
  readonly fileKey: string;
  /** Where the file was last seen; a rotation moves it without changing its key. */
  readonly path: string;
  /** Every byte before this one belongs to a committed record. */
  readonly offset: number;
  /**
   * Digest of the first bytes of what `offset` covers, so that an inode used again by other content is not
   * taken for the old file; empty where nothing reuses keys.
   */
  readonly fingerprint: string;
}

/**
 * What the writer commits in one transaction: events, the detections they caused, the offsets they came from
 * and the counters they change. So an alert never exists without its event, and a restart resumes exactly
 * behind the last committed event.
 */
export interface CommitBatch {
  readonly events: EventColumns;
  readonly detections: readonly Detection[];
  readonly offsets: readonly SourceOffset[];
  readonly counters: readonly CounterDelta[];
  /** Records that were not understood: kept with their bytes for the report, at most a bounded number per import. */
  readonly rejects: readonly RejectedRecord[];
  /** What a detector remembers behind this batch; absent where it is not worth saving yet. */
  readonly checkpoint?: DetectorCheckpoint;
}

/** A detector's state after a batch, committed with it: a restart goes on from there with the events behind. */
export interface DetectorCheckpoint {
  readonly detector: string;
  /** Understood by the detector alone, which checks it before use. */
  readonly state: Uint8Array;
}

export interface RejectedRecord {
  readonly sourceId: string;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly reason: string;
  readonly detail: string;
  /** First bytes of the record, at most 1 KiB; the evidence file has the rest. */
  readonly sample: Uint8Array;
}
