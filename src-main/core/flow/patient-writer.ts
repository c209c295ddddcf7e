import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#shared/errors/app-error.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import type { Logger } from '../../telemetry/logger.ts';

/** How often a store that cannot write is tried again: soon enough for the analyst who just freed space. */
const RETRY_MS = 1_000;

/** A writer that waits while the store cannot write, instead of failing. */
export interface PatientWriter {
  readonly commit: StoreWriter['commit'];
  readonly saveImport: StoreWriter['saveImport'];
  /** What keeps the store from writing, as the end of a sentence; null while it writes. */
  obstacle(): string | null;
  /** Waiting writes give up: Harrier stops. What they held was never acknowledged. */
  giveUp(): void;
}

/**
 * While the disk is full, or another program holds the database, nothing is acknowledged and nothing is lost: the
 * batch stays in hand, the queues fill up behind it, and sources are slowed down (reliability F4, F5).
 */
export function createPatientWriter(
  writer: Pick<StoreWriter, 'commit' | 'saveImport'>,
  logger: Logger,
): PatientWriter {
  const stop = new AbortController();
  const waiting = new Set<AppError>();
  let givenUp: unknown = null;

  async function patiently<T>(write: () => Promise<T>): Promise<T> {
    let obstacle: AppError | null = null;
    try {
      for (;;) {
        try {
          return await write();
        } catch (error) {
          if (!isObstacle(error) || stop.signal.aborted) throw error;
          if (obstacle === null) {
            if (waiting.size === 0) logger.error({ error: error.message }, 'Receiving waits for the store.');
            waiting.add((obstacle = error));
          }
        }
        // Aborted: the next turn fails for good.
        await delay(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    } finally {
      if (obstacle !== null) waiting.delete(obstacle);
    }
  }

  return {
    async commit(batch) {
      // A later batch must not pass one that was given up: its file offsets would cover what was lost with it.
      if (givenUp !== null) throw givenUp as Error;
      try {
        return await patiently(() => writer.commit(batch));
      } catch (error) {
        if (stop.signal.aborted) givenUp = error;
        logger.error(
          { error: String(error), events: batch.events.id.length },
          'A batch could not be stored.',
        );
        throw error;
      }
    },
    saveImport: (record) => patiently(() => writer.saveImport(record)),
    obstacle: () => {
      const [first] = waiting;
      return first === undefined ? null : reasonOf(first);
    },
    giveUp: () => stop.abort(),
  };
}

/** Faults that end without Harrier being started anew. */
function isObstacle(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'storage_full' || error.code === 'not_ready');
}

function reasonOf({ code, fields }: AppError): string {
  return code === 'storage_full'
    ? 'the disk is full; it goes on once there is space'
    : `the database cannot be written: ${String(fields.reason)}`;
}
