import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors/app-error.ts';
import type { Detection } from '#shared/model/alert.ts';
import type { UnmatchableRule } from '../../detect/sigma/match/occurrence.ts';
import { type EventColumns, fromColumns, toColumns } from '../../pipeline/columns.ts';
import type { ReceiverStatus } from '../../pipeline/commands.ts';
import type { RuleVerdict } from '../../pipeline/rules.ts';
import { callsTo, type WorkerCalls } from '../../platform/worker-calls.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { LogsourceFields } from '../../store/interface/field-census.ts';
import type { DetectorCheckpoint } from '../../pipeline/batch.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { CheckpointSchedule } from './checkpoint-schedule.ts';
import { inTime } from './in-time.ts';
import type { ImportCorrelation } from './live-engine.ts';
import type {
  DetectWorkerMethods,
  EngineInspection,
  RulePatch,
  RuleSetReport,
  RuleSetRequest,
} from './messages.ts';
import { recallImport, recallLive, SIGMA, type DetectorMemory } from './recall.ts';

/**
 * A batch of 1,000 events takes tens of milliseconds; one that takes this long will not come back in a useful
 * time, and storage must go on (architecture 3).
 */
const BATCH_LIMIT_MS = 10_000;

/** One event on its own, when looking for the one that stalled the detector. */
const EVENT_LIMIT_MS = 1_000;

/** Rules that take this long to compile stall; 10,000 need a few seconds on a loaded machine. */
const LOAD_LIMIT_MS = 60_000;

/** How often waiting correlations are looked after; they wait 30 s in any case. */
const SETTLE_EVERY_MS = 5_000;

const NOTHING_FOUND: ImportCorrelation = { detections: [], leftOut: 0 };

/** Batches that wait for their replay; more than that and the oldest is given up, counted. */
const MISSED_BATCHES = 16;

export interface DetectorClientOptions {
  readonly logger: Logger;
  /** Detections that a replay found after their events had been committed. */
  readonly onLate: (detections: readonly Detection[]) => Promise<unknown>;
  /** Where correlations find again what a worker that is gone knew. */
  readonly memory?: DetectorMemory;
  /** Settles when everything that was handed out so far is committed. */
  readonly settled?: () => Promise<void>;
  /** Shortens the limits, for tests. */
  readonly batchLimitMs?: number;
  readonly loadLimitMs?: number;
  /** Entry of the worker; for tests of engines that stall. */
  readonly entry?: URL;
}

/**
 * The detect worker seen from the core. A batch that it does not return in time is committed without it; the
 * worker is replaced, and what was missed is replayed event by event, leaving out the event that stalls.
 */
export class DetectorClient {
  readonly #options: DetectorClientOptions;
  #worker: Worker;
  #calls: WorkerCalls<DetectWorkerMethods>;
  #request: RuleSetRequest | null = null;
  /** Changes since the last load, which a new worker has to hear of again. */
  readonly #patches = new Map<string, RulePatch>();
  readonly #missed: EventColumns[] = [];
  /** Events that stalled the detector: they are not shown to it again. */
  readonly #stalling = new Set<string>();
  /** Imports whose events are being collected; true while that is complete. */
  readonly #imports = new Map<string, boolean>();
  readonly #schedule = new CheckpointSchedule(() => performance.now());
  readonly #settling: NodeJS.Timeout;
  #replacing: Promise<void> | null = null;
  #givenUp = 0;
  #stopped = false;

  constructor(options: DetectorClientOptions) {
    this.#options = options;
    this.#worker = this.#newWorker();
    this.#calls = callsTo<DetectWorkerMethods>(this.#worker);
    this.#settling = setInterval(() => void this.#settle(), SETTLE_EVERY_MS);
  }

  /** Brings the correlations of a first worker to where those of the last process were. */
  async recall(): Promise<void> {
    const { memory } = this.#options;
    if (memory === undefined) return;
    const found = await recallLive(this.#calls, memory, this.#stalling);
    if (found.length > 0) await this.#options.onLate(found);
  }

  /** What correlations know after the last batch, when it is time to save it again. */
  async checkpoint(): Promise<DetectorCheckpoint | null> {
    if (this.#isReplacing() || !this.#schedule.isDue()) return null;
    const calls = this.#calls;
    try {
      const state = await this.#schedule.measure(() => calls.call('checkpoint', null));
      // A worker that was replaced meanwhile knows less than the batches that it missed.
      return this.#isReplacing() ? null : { detector: SIGMA, state };
    } catch (error) {
      this.#options.logger.warn(
        { error: String(error) },
        'The state of the correlations could not be saved.',
      );
      return null;
    }
  }

  /** Events of this import are collected for its correlations. */
  async beginImport(importId: string): Promise<void> {
    this.#imports.set(importId, this.#replacing === null);
    await this.#calls.call('beginImport', importId);
  }

  /** What correlations find in an import that has ended, whatever the order of its files. */
  async endImport(importId: string): Promise<ImportCorrelation> {
    await this.#replacing;
    const isComplete = this.#imports.get(importId) === true;
    this.#imports.delete(importId);
    const found = await this.#calls.call('endImport', importId);
    if (isComplete && found !== null) return found;
    const { memory } = this.#options;
    if (memory === undefined) return NOTHING_FOUND;
    await recallImport(this.#calls, memory, importId, this.#stalling);
    return (await this.#calls.call('endImport', importId)) ?? NOTHING_FOUND;
  }

  /** Rejects when the rules stall the worker, which is then replaced by one with the rules from before. */
  async load(request: RuleSetRequest): Promise<RuleSetReport> {
    // Events that are replayed one by one must not wait for rules to compile: each would seem to stall.
    await this.#replacing;
    const limitMs = this.#options.loadLimitMs ?? LOAD_LIMIT_MS;
    const report = await inTime(this.#calls.call('load', request), limitMs);
    if (report === null) {
      if (!this.#stopped) this.#replacing ??= this.#replace();
      throw new AppError('not_ready', { what: 'The detector', reason: 'the rules take too long to compile' });
    }
    this.#request = request;
    this.#patches.clear();
    return report;
  }

  async patch(changes: readonly RulePatch[]): Promise<void> {
    for (const change of changes) this.#patches.set(change.ruleId, change);
    await this.#calls.call('patch', changes);
  }

  inspect(): Promise<EngineInspection> {
    return this.#calls.call('inspect', null);
  }

  unmatchable(census: readonly LogsourceFields[]): Promise<readonly UnmatchableRule[]> {
    return this.#calls.call('unmatchable', census);
  }

  /** Of the rule files below `paths`, as they are now. */
  fingerprint(paths: readonly string[]): Promise<string> {
    return this.#calls.call('fingerprint', paths);
  }

  check(yaml: string): Promise<RuleVerdict> {
    return this.#calls.call('check', yaml);
  }

  /** Detections of a batch; none, for now, when the worker is stuck or being replaced. */
  async detect(events: EventColumns): Promise<readonly Detection[]> {
    if (events.id.length === 0) return [];
    if (this.#replacing !== null) return this.#miss(events);
    const detections = await this.#within(events, this.#options.batchLimitMs ?? BATCH_LIMIT_MS);
    if (detections !== null) return detections;
    this.#replacing ??= this.#replace();
    return this.#miss(events);
  }

  status(): ReceiverStatus {
    const busy = this.#replacing !== null;
    const detail = busy
      ? 'The detector stalled and is being restarted; what it missed will be replayed.'
      : this.#givenUp > 0
        ? `${this.#givenUp} ${this.#givenUp === 1 ? 'event' : 'events'} could not be examined since the start.`
        : '';
    return { name: 'sigma', state: busy || this.#givenUp > 0 ? 'degraded' : 'ok', detail, lastEventTs: null };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#settling);
    await this.#replacing;
    await this.#worker.terminate();
  }

  #isReplacing(): boolean {
    return this.#replacing !== null;
  }

  /** Null when the worker did not answer in time or is gone. */
  async #within(events: EventColumns, limitMs: number): Promise<readonly Detection[] | null> {
    try {
      return await inTime(this.#calls.call('detect', events), limitMs);
    } catch (error) {
      this.#options.logger.error({ error: String(error) }, 'The detector failed on a batch.');
      return null;
    }
  }

  #miss(events: EventColumns): readonly Detection[] {
    this.#missed.push(events);
    if (this.#missed.length > MISSED_BATCHES) this.#givenUp += this.#missed.shift()?.id.length ?? 0;
    return [];
  }

  async #replace(): Promise<void> {
    try {
      await this.#restart();
      await this.#replayMissed();
      // What the new worker's correlations saw of the replay is not all that the old one's knew.
      await this.#options.settled?.();
      if (!this.#stopped) await this.recall();
      await this.#replayMissed();
    } catch (error) {
      // The next batch tries again; what waited for this worker is given up.
      this.#options.logger.error({ error: String(error) }, 'The detector could not be restarted.');
      for (const batch of this.#missed.splice(0)) this.#givenUp += batch.id.length;
    } finally {
      this.#replacing = null;
    }
  }

  async #replayMissed(): Promise<void> {
    while (this.#missed.length > 0 && !this.#stopped) {
      const batch = this.#missed.shift();
      if (batch !== undefined) await this.#replay(batch);
    }
  }

  /** Nobody else asks for what waits for events that do not come. */
  async #settle(): Promise<void> {
    if (this.#replacing !== null || this.#stopped || this.#request === null) return;
    try {
      const found = await this.#calls.call('settle', null);
      if (found.length > 0) await this.#options.onLate(found);
    } catch (error) {
      this.#options.logger.warn({ error: String(error) }, 'Waiting correlations could not be evaluated.');
    }
  }

  async #restart(): Promise<void> {
    this.#options.logger.warn(
      {},
      'The detector is restarted; events are stored meanwhile and replayed afterwards.',
    );
    await this.#worker.terminate();
    this.#worker = this.#newWorker();
    this.#calls = callsTo<DetectWorkerMethods>(this.#worker);
    if (this.#request !== null) await this.#calls.call('load', this.#request);
    await this.#calls.call('patch', [...this.#patches.values()]);
    for (const importId of this.#imports.keys()) {
      this.#imports.set(importId, false);
      await this.#calls.call('beginImport', importId);
    }
  }

  async #replay(batch: EventColumns): Promise<void> {
    const found: Detection[] = [];
    for (const event of fromColumns(batch)) {
      if (this.#stopped) return;
      const detections = await this.#within(toColumns([event]), EVENT_LIMIT_MS);
      if (detections !== null) {
        found.push(...detections);
        continue;
      }
      this.#givenUp += 1;
      this.#stalling.add(event.id);
      this.#options.logger.error({ eventId: event.id }, 'An event stalls the detector and is left out.');
      await this.#restart();
    }
    if (found.length > 0) await this.#options.onLate(found);
  }

  #newWorker(): Worker {
    const worker = new Worker(this.#options.entry ?? workerUrl('detect-worker'));
    // An error inside the worker reaches the open call; without a listener it would end the process.
    worker.on('error', (error) => {
      this.#options.logger.error({ error: String(error) }, 'The detect worker failed.');
    });
    return worker;
  }
}
