import { watch, type FSWatcher } from 'node:fs';
import { watchedFolder } from './discovery.ts';

export interface PassScheduleOptions {
  readonly patterns: readonly string[];
  readonly pollMs: number;
  /** One pass over all files; true asks for the next one at once. */
  readonly pass: () => Promise<boolean>;
  readonly failed: (error: unknown) => void;
}

/** Shortest pause between passes: a log written line by line must not cost a pass for each line. */
const MIN_PAUSE_MS = 20;

/**
 * Runs passes one after another: soon after the system reports a change in a watched folder, and by the poll
 * interval in any case, because fs.watch misses changes on network shares and on folders made later.
 */
export class PassSchedule {
  readonly #options: PassScheduleOptions;
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #soon = false;
  #stopping = false;

  constructor(options: PassScheduleOptions) {
    this.#options = options;
  }

  start(): void {
    this.#run();
  }

  /** Lets a pass that is running finish, and runs no other. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
    await this.#running;
  }

  #run(): void {
    this.#timer = null;
    this.#soon = false;
    this.#watchFolders();
    this.#running = this.#options
      .pass()
      .catch((error: unknown) => {
        this.#options.failed(error);
        return false;
      })
      .then((more) => {
        this.#running = null;
        if (!this.#stopping) this.#schedule(more ? 0 : this.#soon ? MIN_PAUSE_MS : this.#options.pollMs);
      });
  }

  #schedule(delayMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), delayMs);
  }

  #changed(): void {
    if (this.#soon || this.#stopping) return;
    this.#soon = true;
    if (this.#running === null) this.#schedule(MIN_PAUSE_MS);
  }

  #watchFolders(): void {
    for (const folder of new Set(this.#options.patterns.map(watchedFolder))) {
      if (this.#watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, () => this.#changed());
        const forget = (): void => {
          this.#watchers.delete(folder);
        };
        watcher.on('error', () => watcher.close());
        watcher.on('close', forget);
        this.#watchers.set(folder, watcher);
      } catch {
        // The folder is not there, or the system has no watch left: the poll does it.
      }
    }
  }
}
