export interface TimelineBucket {
  readonly startMs: number;
  /** Count by series key; an absent key is zero. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface TimelineSeries {
  readonly key: string;
  readonly label: string;
  /** CSS variable of its colour: `--sev-high`. */
  readonly colour: string;
}

/** Sparse buckets are filled up to this many; beyond it they are drawn as they come. */
const MAX_FILLED = 2000;

/** Buckets with the empty ones between them put in, so that bars keep their width and gaps show as gaps. */
export function fillBuckets(buckets: readonly TimelineBucket[], bucketMs: number): readonly TimelineBucket[] {
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined || bucketMs <= 0) return buckets;
  const count = Math.round((last.startMs - first.startMs) / bucketMs) + 1;
  if (count === buckets.length || count > MAX_FILLED) return buckets;
  const known = new Map(
    buckets.map((bucket) => [Math.round((bucket.startMs - first.startMs) / bucketMs), bucket]),
  );
  return Array.from(
    { length: count },
    (_, index) => known.get(index) ?? { startMs: first.startMs + index * bucketMs, counts: {} },
  );
}

/**
 * Columns for uPlot: x in seconds at the middle of each bucket, then per series the height of the stack up to and
 * including it, tallest first, so that the shorter ones are painted over it.
 */
export function stackColumns(
  buckets: readonly TimelineBucket[],
  series: readonly TimelineSeries[],
  bucketMs: number,
): (number | null)[][] {
  const xs = buckets.map((bucket) => (bucket.startMs + bucketMs / 2) / 1000);
  const stacked = series.map((_, upTo) =>
    buckets.map((bucket) => {
      // A bar of no height of its own would shine through at the edges of the one painted over it.
      if ((bucket.counts[series[upTo]?.key ?? ''] ?? 0) === 0) return null;
      return series.slice(0, upTo + 1).reduce((sum, { key }) => sum + (bucket.counts[key] ?? 0), 0);
    }),
  );
  return [xs, ...stacked.toReversed()];
}

export function bucketTotal(bucket: TimelineBucket): number {
  return Object.values(bucket.counts).reduce((sum, count) => sum + count, 0);
}
