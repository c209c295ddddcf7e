import type { EventFilter, HistogramBucket, StoreReader, TimeSpan } from '../store/interface/reader.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Bucket widths that read well on an axis. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * DAY),
];

/** Events over time in bars of one width. Times are UTC epoch milliseconds; both null while nothing is stored. */
export interface Timeline {
  readonly bucketMs: number;
  readonly since: number | null;
  /** Exclusive. */
  readonly until: number | null;
  readonly buckets: readonly HistogramBucket[];
}

/** Events over time in at most `maxBuckets` bars of a readable width, empty bars included. */
export async function eventTimeline(
  reader: Pick<StoreReader, 'extent' | 'histogram'>,
  filter: EventFilter,
  maxBuckets: number,
): Promise<Timeline> {
  const span = await boundedSpan(reader, filter);
  if (span === null) return { bucketMs: SECOND, since: null, until: null, buckets: [] };
  const bucketMs = bucketWidth(span.until - span.since, maxBuckets);
  const found = await reader.histogram({ ...filter, ...span }, bucketMs);
  return { bucketMs, ...span, buckets: filled(found, span, bucketMs) };
}

interface BoundedSpan {
  readonly since: number;
  /** Exclusive. */
  readonly until: number;
}

/** Open sides end where the stored events end; null while nothing is stored. */
async function boundedSpan(reader: Pick<StoreReader, 'extent'>, span: TimeSpan): Promise<BoundedSpan | null> {
  if (span.since !== null && span.until !== null) return { since: span.since, until: span.until };
  const { first, last } = await reader.extent();
  if (first === null || last === null) return null;
  const since = span.since ?? Math.min(first, span.until ?? first);
  const until = span.until ?? Math.max(last + 1, since);
  return { since, until };
}

/** The smallest readable width that covers `spanMs` with at most `maxBuckets` bars, partial bars at both ends included. */
export function bucketWidth(spanMs: number, maxBuckets: number): number {
  const fits = (stepMs: number): boolean => Math.ceil(spanMs / stepMs) + 1 <= Math.max(2, maxBuckets);
  const largest = STEPS_MS.at(-1) ?? DAY;
  return STEPS_MS.find(fits) ?? Math.ceil(spanMs / Math.max(1, maxBuckets - 1) / largest) * largest;
}

function filled(
  found: readonly HistogramBucket[],
  span: BoundedSpan,
  bucketMs: number,
): readonly HistogramBucket[] {
  const byStart = new Map(found.map((bucket) => [bucket.start, bucket]));
  const buckets: HistogramBucket[] = [];
  for (let start = Math.floor(span.since / bucketMs) * bucketMs; start < span.until; start += bucketMs) {
    buckets.push(byStart.get(start) ?? { start, total: 0, bySeverity: {} });
  }
  return buckets;
}
