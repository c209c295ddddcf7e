import type { SourceCounters } from '../../pipeline/counters.ts';

type StoredCounters = Omit<SourceCounters, 'inQueue'>;

/**
 * Counters of every source since its first event: what the store held when the core started plus what has happened
 * since. Both parts balance, so their sum does.
 */
export function combineBooks(
  stored: readonly StoredCounters[],
  live: readonly SourceCounters[],
): readonly SourceCounters[] {
  const combined = new Map<string, SourceCounters>(
    stored.map((one) => [one.sourceId, { ...one, inQueue: 0 }]),
  );
  for (const one of live) {
    const before = combined.get(one.sourceId);
    combined.set(one.sourceId, before === undefined ? one : add(before, one));
  }
  return [...combined.values()].sort((a, b) => (a.sourceId < b.sourceId ? -1 : 1));
}

function add(a: SourceCounters, b: SourceCounters): SourceCounters {
  return {
    sourceId: a.sourceId,
    received: a.received + b.received,
    committed: a.committed + b.committed,
    rejected: addByReason(a.rejected, b.rejected),
    dropped: addByReason(a.dropped, b.dropped),
    inQueue: a.inQueue + b.inQueue,
  };
}

function addByReason(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...a };
  for (const [reason, count] of Object.entries(b)) sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
}
