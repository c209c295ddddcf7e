/** Least time between two checkpoints: what a restart replays is what came in it. */
const MIN_INTERVAL_MS = 2_000;

/** A checkpoint may cost at most one part in this many of the detector's time. */
const COST_SHARE = 50;

/** Decides when a detector saves its state: at once after a start, then as often as its cost allows. */
export class CheckpointSchedule {
  readonly #nowMs: () => number;
  #dueMs = -Infinity;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  isDue(): boolean {
    return this.#nowMs() >= this.#dueMs;
  }

  /** Takes a checkpoint, and sets the next one by what it cost. */
  async measure<T>(take: () => Promise<T>): Promise<T> {
    const startedMs = this.#nowMs();
    const taken = await take();
    const endedMs = this.#nowMs();
    this.#dueMs = endedMs + Math.max(MIN_INTERVAL_MS, (endedMs - startedMs) * COST_SHARE);
    return taken;
  }
}
