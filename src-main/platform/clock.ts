/** Where time comes from. Passed in, so that tests and replays decide what "now" is. */
export interface Clock {
  /** UTC epoch milliseconds; may jump when the system clock is set. */
  now(): number;
  /** Milliseconds that only ever grow; for durations and rate limits. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
