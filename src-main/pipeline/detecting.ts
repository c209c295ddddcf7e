import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';

/** A detector over batches. Pure but for its own bounded state; never does I/O and takes no clock of its own. */
export interface Detector {
  /** Name in `status` frames: "sigma", "hst", ... */
  readonly name: string;
  /** Detections in event order, then rule order; deterministic for the same batches. */
  detect(events: readonly LogEvent[]): readonly Detection[];
}
