import type { Clock } from '../../platform/clock.ts';

/** Seconds over which the rate is taken: document 004's heartbeat should neither jump nor lag. */
const WINDOW_SECONDS = 10;

/** Events per second over the last ten seconds. */
export interface Throughput {
  add(events: number): void;
  perSecond(): number;
}

/** A rate over whole seconds, on monotonic time. */
export function createThroughput(clock: Clock): Throughput {
  const buckets = new Array<number>(WINDOW_SECONDS).fill(0);
  let current = Math.floor(clock.monotonic() / 1000);

  /** Empties the buckets of the seconds that have passed without a call. */
  function advance(): void {
    const now = Math.floor(clock.monotonic() / 1000);
    for (let second = Math.max(current + 1, now - WINDOW_SECONDS + 1); second <= now; second += 1) {
      buckets[second % WINDOW_SECONDS] = 0;
    }
    current = Math.max(current, now);
  }

  return {
    add(events) {
      advance();
      const slot = current % WINDOW_SECONDS;
      buckets[slot] = (buckets[slot] ?? 0) + events;
    },
    perSecond() {
      advance();
      return buckets.reduce((sum, count) => sum + count, 0) / WINDOW_SECONDS;
    },
  };
}
