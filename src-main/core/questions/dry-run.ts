import { AppError } from '#shared/errors/app-error.ts';
import type { DryRunLimit, DryRunReport, DryRunRequest } from '../../pipeline/rule-questions.ts';
import type { EventColumns } from '../../pipeline/columns.ts';
import type { Clock } from '../../platform/clock.ts';
import {
  EVERY_EVENT,
  type EventFilter,
  type EventRun,
  type StoreReader,
} from '../../store/interface/reader.ts';
import { DryRunTally } from './dry-run-tally.ts';
import type { DryRunMatches, OpenedDryRun } from './messages.ts';
import { givenUp, type QuestionWorker } from './question-worker.ts';

/** Longest dry run; somebody waits for it in front of an editor. A million events take a few seconds. */
const RUN_LIMIT_MS = 30_000;
/** One batch takes tens of milliseconds, starting the thread a second or two; a rule that needs this long stalls. */
export const BATCH_LIMIT_MS = 10_000;
/** Events a batch: a few megabytes on their way between threads. */
const BATCH_EVENTS = 2_000;

/** One dry run whose rule stands. */
export interface DryRun {
  readonly reader: Pick<StoreReader, 'sweepEvents' | 'getEvent'>;
  readonly clock: Clock;
  /** Holds the engine. */
  readonly worker: QuestionWorker;
  readonly opened: Extract<OpenedDryRun, { ok: true }>;
  readonly request: DryRunRequest;
  readonly signal: AbortSignal;
}

/** Runs the rule over the events of the span. Rejects when the signal aborts or the store fails. */
export async function runOverStore(run: DryRun): Promise<DryRunReport> {
  const { reader, clock, opened, request } = run;
  const { since, until, importId } = request;
  const startMs = clock.monotonic();
  const filter: EventFilter = { ...EVERY_EVENT, since, until, importId, query: opened.prefilter };
  const tally = new DryRunTally(request.sample);
  const isOver = (): boolean => clock.monotonic() - startMs > RUN_LIMIT_MS;
  let limit: DryRunLimit | null = null;
  let ahead: Promise<EventRun> | null = reader.sweepEvents(filter, 0, BATCH_EVENTS);
  while (ahead !== null && limit === null) {
    const { events, next }: EventRun = await ahead;
    // The store reads the next run while the worker looks at this one.
    ahead = next === null ? null : reader.sweepEvents(filter, next, BATCH_EVENTS);
    // It may fail while nobody waits for it yet.
    ahead?.catch(() => undefined);
    const found = await matchesOf(run, events);
    if (found === null) limit = 'stalled';
    else tally.add(events.id.length, found);
    if (ahead !== null && isOver()) limit ??= 'time_limit';
    if (found?.overflowed === true) limit ??= 'event_limit';
  }
  if (limit !== 'stalled') limit = (await finish(run, tally)) ?? limit;
  const shown = await Promise.all(tally.newest.map((id) => reader.getEvent(id)));
  return {
    ruleId: opened.ruleId,
    examined: tally.examined,
    matched: tally.matched,
    elapsedMs: clock.monotonic() - startMs,
    limit,
    // An import may have been undone meanwhile.
    sample: shown.filter((event) => event !== null),
    byHour: tally.byHour,
  };
}

/** Asks a correlation what it found; `stalled` when that takes too long. */
async function finish({ worker, signal }: DryRun, tally: DryRunTally): Promise<DryRunLimit | null> {
  try {
    tally.add(0, await worker.call('endDryRun', null, { limitMs: RUN_LIMIT_MS, signal }));
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'query_timeout') return 'stalled';
    throw error;
  }
}

/** Null when the rule stalls on the batch. */
async function matchesOf({ worker, signal }: DryRun, events: EventColumns): Promise<DryRunMatches | null> {
  if (signal.aborted) throw givenUp();
  if (events.id.length === 0) return { ids: [], eventTs: [], overflowed: false };
  try {
    return await worker.call('dryRun', events, { limitMs: BATCH_LIMIT_MS, signal });
  } catch (error) {
    if (error instanceof AppError && error.code === 'query_timeout') return null;
    throw error;
  }
}
