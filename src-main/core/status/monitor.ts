import type { PipelineStatus, ReceiverStatus, StatusCommands } from '../../pipeline/commands.ts';
import type { SourceCounters } from '../../pipeline/counters.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Intake } from '../intake/intake.ts';
import { SOURCES } from '../intake/messages.ts';
import type { Spine } from '../spine.ts';
import { combineBooks } from './books.ts';

type StoredCounters = readonly Omit<SourceCounters, 'inQueue'>[];

/** Knows how the running core is doing, from what its parts last said. Parts report as they open. */
export class Monitor implements StatusCommands {
  readonly #config: Config;
  readonly #storedCounters: StoredCounters;
  readonly #startedTs = systemClock.now();
  #spine: Spine | null = null;
  #intake: Intake | null = null;
  #ready = false;

  /** `storedCounters` are what the store held before anything was received. */
  constructor(config: Config, storedCounters: StoredCounters) {
    this.#config = config;
    this.#storedCounters = storedCounters;
  }

  watchSpine(spine: Spine): void {
    this.#spine = spine;
  }

  watchIntake(intake: Intake): void {
    this.#intake = intake;
  }

  markReady(): void {
    this.#ready = true;
  }

  /** While the disk is full nothing can be taken in. */
  obstacle(): string | null {
    if (!this.#ready || this.#spine === null) return 'it is still starting';
    return this.#spine.patient.obstacle();
  }

  config(): Readonly<Record<string, unknown>> {
    return this.#config;
  }

  current(): PipelineStatus {
    const spine = this.#spine;
    const intake = this.#intake?.status() ?? { receivers: [], sources: [], depth: 0 };
    const importing = spine?.ledger.snapshot() ?? [];
    return {
      throughputEps: spine?.throughput.perSecond() ?? 0,
      queueDepth: intake.depth + importing.reduce((sum, book) => sum + book.inQueue, 0),
      queueMax: this.#config.queue_maxsize,
      receivers: withThoseOff(intake.receivers),
      detectors: spine === null ? [] : [spine.detectorStatus()],
      sources: combineBooks(this.#storedCounters, [...intake.sources, ...importing]),
      dedupCount: spine?.dedupCount() ?? 0,
      startedTs: this.#startedTs,
      rulesLoaded: spine?.rules.list().length ?? 0,
      rulesRejected: spine?.rules.problems().filter((problem) => problem.severity === 'error').length ?? 0,
    };
  }
}

/** Receivers that are off are shown as such: missing would look like a fault of the page. */
function withThoseOff(running: readonly ReceiverStatus[]): readonly ReceiverStatus[] {
  const names = new Set(running.map((receiver) => receiver.name));
  const off = Object.values(SOURCES)
    .filter((name) => !names.has(name))
    .map((name): ReceiverStatus => ({
      name,
      state: 'off',
      detail: 'Not switched on in the settings.',
      lastEventTs: null,
    }));
  return [...running, ...off];
}
