import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#shared/errors/app-error.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import type { Logger } from '../../telemetry/logger.ts';

/** How often a full disk is tried again: soon enough for the analyst who just freed space. */
const RETRY_MS = 1_000;

/** A writer whose commits wait for space instead of failing. */
export interface PatientWriter {
  readonly commit: StoreWriter['commit'];
  /** True while a commit waits for space. */
  isFull(): boolean;
  /** Waiting commits give up: Harrier stops. What they held was never acknowledged. */
  giveUp(): void;
}

/**
 * While the disk is full nothing is acknowledged and nothing is lost: the batch stays in hand, the queues fill up
 * behind it, and sources are slowed down (reliability F4).
 */
export function createPatientWriter(writer: Pick<StoreWriter, 'commit'>, logger: Logger): PatientWriter {
  const stop = new AbortController();
  let waiting = 0;
  return {
    async commit(batch) {
      for (;;) {
        try {
          return await writer.commit(batch);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'storage_full' || stop.signal.aborted)
            throw error;
          if (waiting === 0) logger.error({}, 'The disk is full; receiving waits until there is space.');
        }
        waiting += 1;
        // Aborted: the next turn fails for good.
        await delay(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
        waiting -= 1;
      }
    },
    isFull: () => waiting > 0,
    giveUp: () => stop.abort(),
  };
}
