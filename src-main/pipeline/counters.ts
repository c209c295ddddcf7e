/**
 * Conservation counters. For every source, at every moment:
 * `received = committed + rejected{reason} + dropped{reason} + inQueue`, exactly.
 * A record is counted received once, and leaves the queue exactly once, by one of the three other doors.
 */
export interface SourceCounters {
  readonly sourceId: string;
  readonly received: number;
  readonly committed: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
  readonly inQueue: number;
}

/** What one batch adds to its source's counters when it commits; travels with the batch into the same transaction. */
export interface CounterDelta {
  readonly sourceId: string;
  readonly received: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
}

/** True when the books of one source balance. Asserted in every fault test and shown in `/stats`. */
export function isConserved(counters: SourceCounters): boolean {
  return (
    counters.received ===
    counters.committed + total(counters.rejected) + total(counters.dropped) + counters.inQueue
  );
}

/** Sum over all reasons. */
export function total(byReason: Readonly<Record<string, number>>): number {
  let sum = 0;
  for (const count of Object.values(byReason)) sum += count;
  return sum;
}
