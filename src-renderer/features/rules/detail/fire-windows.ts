import type { RequestOf } from '#shared/contract/client.ts';
import type { TimelineBucket } from '../../../ui/timeline/stack.ts';

export const FIRES_KEY = 'fires';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A stretch of time that ends now, cut into bars. */
export interface FireWindow {
  readonly id: string;
  readonly label: string;
  readonly query: NonNullable<RequestOf<'ruleTimeline'>['query']>;
  /** Buckets of the API that make one bar. */
  readonly perBar: number;
  readonly barMs: number;
}

/** 24 hours, 30 days, and two years in 24 bars: evidence is often older than a month. */
export const FIRE_WINDOWS: readonly FireWindow[] = [
  { id: 'day', label: '24 hours', query: { bucket: 'hour', window: '24h' }, perBar: 1, barMs: HOUR_MS },
  { id: 'month', label: '30 days', query: { bucket: 'day', window: '30d' }, perBar: 1, barMs: DAY_MS },
  { id: 'years', label: '2 years', query: { bucket: 'day', window: '720d' }, perBar: 30, barMs: 30 * DAY_MS },
];

/** The shortest window that shows the last time the rule fired; the shortest of all when it never did. */
export function windowFor(lastFiredAt: string | null, nowMs: number): string {
  if (lastFiredAt === null) return 'day';
  const agoMs = nowMs - Date.parse(lastFiredAt);
  if (agoMs < DAY_MS) return 'day';
  return agoMs < 30 * DAY_MS ? 'month' : 'years';
}

/** The API's buckets added up to bars. */
export function barsOf(
  buckets: readonly { readonly ts: string; readonly count: number }[],
  perBar: number,
): readonly TimelineBucket[] {
  const bars: TimelineBucket[] = [];
  for (let index = 0; index < buckets.length; index += perBar) {
    const part = buckets.slice(index, index + perBar);
    const count = part.reduce((sum, bucket) => sum + bucket.count, 0);
    bars.push({ startMs: Date.parse(part[0]?.ts ?? ''), counts: { [FIRES_KEY]: count } });
  }
  return bars;
}
