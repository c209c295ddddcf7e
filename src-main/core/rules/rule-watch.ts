import { setTimeout as delay } from 'node:timers/promises';
import type { WatchedPath } from '../../pipeline/rule-commands.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { FolderWatch } from './folder-watch.ts';

/** How long after a hint the files are looked at: an editor's save is several events within a few ms. */
const DEBOUNCE_MS = 200;

/** Two looks this far apart must agree before the rules are taken: a checkout writes for seconds. */
const SETTLE_MS = 250;

/**
 * How often the files are looked at without a hint. One look at SigmaHQ's 3,780 files costs the detect thread about
 * 40 ms, in turns of 10; where the system reports changes it only makes up for what it missed.
 */
const POLL_MS = { polling: 5_000, events: 30_000 } as const;

export interface RuleWatchOptions {
  readonly paths: readonly string[];
  /** Of the files as they are now. */
  readonly fingerprint: () => Promise<string>;
  /** Of the files as the running rules were read from. */
  readonly loaded: () => string;
  readonly reload: () => Promise<void>;
  readonly logger: Logger;
  /** Looks more often, for tests. */
  readonly pollMs?: number;
}

/** Reloads the rules when files of their folders change. */
export class RuleWatch {
  readonly #options: RuleWatchOptions;
  readonly #folders: FolderWatch;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;
  /** What was taken last; not taken again when it could not be used. */
  #taken: string | null = null;

  constructor(options: RuleWatchOptions) {
    this.#options = options;
    this.#folders = new FolderWatch(options.paths, () => this.#wake());
  }

  start(): void {
    if (this.#options.paths.length > 0) this.#running = this.#run();
  }

  status(): readonly WatchedPath[] {
    return this.#folders.status();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    this.#folders.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      // Hints that come while the files are looked at are not lost: the next turn begins at once.
      const hint = this.#nextHint();
      try {
        await this.#folders.renew();
        await this.#look();
      } catch (error) {
        if (isAbort(error)) return;
        this.#options.logger.warn({ error: String(error) }, 'Rule folders could not be looked at.');
      }
      await hint.within(this.#pollMs());
    }
  }

  async #look(): Promise<void> {
    let seen = await this.#options.fingerprint();
    while (seen !== this.#options.loaded() && seen !== this.#taken) {
      const before = seen;
      await delay(SETTLE_MS, undefined, { signal: this.#stop.signal });
      seen = await this.#options.fingerprint();
      if (seen !== before) continue;
      this.#taken = seen;
      await this.#options.reload();
    }
  }

  /** Begins to listen for hints; `within` waits for one, then for the events that come with it. */
  #nextHint(): { within(ms: number): Promise<void> } {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#wake = () => resolve(undefined);
    const { signal } = this.#stop;
    return {
      async within(ms) {
        const patience = new AbortController();
        const quiet = delay(ms, undefined, { signal: AbortSignal.any([signal, patience.signal]) });
        await Promise.race([promise, quiet]).catch(() => undefined);
        patience.abort();
        await quiet.catch(() => undefined);
        await delay(DEBOUNCE_MS, undefined, { signal }).catch(() => undefined);
      },
    };
  }

  #pollMs(): number {
    if (this.#options.pollMs !== undefined) return this.#options.pollMs;
    return this.#folders.status().every(({ how }) => how === 'events') ? POLL_MS.events : POLL_MS.polling;
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
