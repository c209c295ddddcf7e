import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { toColumns } from '../../pipeline/columns.ts';
import type { WorkerCalls } from '../../platform/worker-calls.ts';
import { EVERY_EVENT, type StoreReader } from '../../store/interface/reader.ts';
import type { DetectWorkerMethods } from './messages.ts';

/** Name of the Sigma detector's checkpoint in the store. */
export const SIGMA = 'sigma';

/** Events that a page of the store has at most. */
const PAGE_EVENTS = 500;

/** The parts of the store from which a detector's memory is rebuilt. */
export type DetectorMemory = Pick<StoreReader, 'checkpoint' | 'liveEventsAfter' | 'pageEvents'>;

type Calls = Pick<WorkerCalls<DetectWorkerMethods>, 'call'>;

/**
 * Brings a new worker's correlations to where the last one's were: the checkpoint, then the live events stored
 * behind it, without those of `leftOut`. Returns what they find; alerts that exist already are not made again.
 */
export async function recallLive(
  calls: Calls,
  memory: DetectorMemory,
  leftOut: ReadonlySet<string>,
): Promise<readonly Detection[]> {
  const checkpoint = await memory.checkpoint(SIGMA);
  if (checkpoint === null) return [];
  await calls.call('restore', checkpoint.state);
  const found: Detection[] = [];
  let afterSeq: number | null = checkpoint.afterSeq;
  while (afterSeq !== null) {
    const { events, lastSeq } = await memory.liveEventsAfter(afterSeq, PAGE_EVENTS);
    const usable = events.filter(({ id }) => !leftOut.has(id));
    for (const detection of await calls.call('recall', toColumns(usable))) {
      // Those of single events were committed with them, or are replayed apart.
      if (detection.ruleKind === 'correlation') found.push(detection);
    }
    afterSeq = lastSeq;
  }
  return found;
}

/** Collects the events of an import again, from the store: its worker was replaced, or the rules changed. */
export async function recallImport(
  calls: Calls,
  memory: DetectorMemory,
  importId: string,
  leftOut: ReadonlySet<string>,
): Promise<void> {
  await calls.call('beginImport', importId);
  let cursor: string | null = null;
  do {
    const filter = { ...EVERY_EVENT, importId };
    const page: { items: readonly LogEvent[]; nextCursor: string | null } = await memory.pageEvents(
      filter,
      { limit: PAGE_EVENTS, offset: 0, cursor },
      'oldest',
    );
    await calls.call('detect', toColumns(page.items.filter(({ id }) => !leftOut.has(id))));
    cursor = page.nextCursor;
  } while (cursor !== null);
}
