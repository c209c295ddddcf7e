import type { ResponseOf } from '#shared/contract/client.ts';
import { isoTime, isoTimeOrNull } from '#shared/wire/time.ts';
import { eventTimeline } from '../../query/timeline.ts';
import type { EventFilter, StoreReader } from '../../store/interface/reader.ts';

/** Events over time as the API shows them. */
export async function eventHistogram(
  reader: StoreReader,
  filter: EventFilter,
  maxBuckets: number,
): Promise<ResponseOf<'eventHistogram'>> {
  const { bucketMs, since, until, buckets } = await eventTimeline(reader, filter, maxBuckets);
  return {
    bucket_ms: bucketMs,
    since: isoTimeOrNull(since),
    until: isoTimeOrNull(until),
    buckets: buckets.map(({ start, total, bySeverity }) => ({
      start: isoTime(start),
      total,
      by_severity: { ...bySeverity },
    })),
  };
}
