import type { Detection } from '#shared/model/alert.ts';
import type { CommitBatch, DetectorCheckpoint } from '../../pipeline/batch.ts';
import type { EventColumns } from '../../pipeline/columns.ts';
import type { CommitReceipt, StoreWriter } from '../../store/interface/writer.ts';

/** A batch before detection: what intake or an import hands over. */
export type IncomingBatch = Omit<CommitBatch, 'detections'>;

export interface FlowOptions {
  /** Detections of one batch. Called for one batch at a time, in order: detectors keep state. */
  readonly detect: (events: EventColumns) => Promise<readonly Detection[]>;
  /** What the detector remembers behind the batch that it just saw; null when that is not to be saved yet. */
  readonly checkpoint?: () => Promise<DetectorCheckpoint | null>;
  readonly writer: Pick<StoreWriter, 'commit'>;
  /** Told after COMMIT, in commit order: publishes to clients, releases the source. */
  readonly onCommitted: (batch: CommitBatch, receipt: CommitReceipt) => void;
}

/** The spine joined: incoming batch -> detect -> commit -> publish. */
export interface Flow {
  /**
   * Sends one batch down the spine; settles after COMMIT, so that the caller may acknowledge. Batches commit in
   * the order of their submission; while one commits, the next is in detection. The caller bounds how many it
   * has open: `depth` says how many events are.
   */
  submit(batch: IncomingBatch): Promise<CommitReceipt>;
  /** Events submitted and not yet committed. */
  depth(): number;
  /** Settles when everything submitted so far has been committed or has failed. */
  drain(): Promise<void>;
}

/** Joins detection, writer and what follows a commit. */
export function createFlow(options: FlowOptions): Flow {
  let detectTail: Promise<unknown> = Promise.resolve();
  let commitTail: Promise<unknown> = Promise.resolve();
  let open = 0;

  async function detect(batch: IncomingBatch): Promise<CommitBatch> {
    const detections = await options.detect(batch.events);
    const checkpoint = (await options.checkpoint?.()) ?? null;
    return checkpoint === null ? { ...batch, detections } : { ...batch, detections, checkpoint };
  }

  async function commit(complete: CommitBatch): Promise<CommitReceipt> {
    const receipt = await options.writer.commit(complete);
    options.onCommitted(complete, receipt);
    return receipt;
  }

  return {
    submit(batch) {
      open += batch.events.id.length;
      const detected = detectTail.then(() => detect(batch));
      detectTail = detected.catch(ignore);
      // The commit waits for its own detection and for the commit before it.
      const before = commitTail;
      const committed = detected.then(async (complete) => {
        await before;
        return commit(complete);
      });
      commitTail = committed.catch(ignore);
      return committed.finally(() => {
        open -= batch.events.id.length;
      });
    },
    depth: () => open,
    drain: async () => {
      await commitTail;
    },
  };
}

/** The failure reaches the caller of `submit`; the tail only keeps the order. */
function ignore(): void {
  // Nothing to do: see above.
}
