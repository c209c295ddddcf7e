import type { ResponseOf } from '#shared/contract/client.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { Call } from '../kit/handler.ts';

const HOUR_MS = 3_600_000;
const BUCKET_MS = { hour: HOUR_MS, day: 24 * HOUR_MS } as const;

const WINDOW = /^(\d{1,4})([hdw])$/;
const UNIT_MS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 168 * HOUR_MS };

/** A year of hours would not fit a chart; this is a month of them. */
const MAX_BUCKETS = 744;

/**
 * How often a rule fired: whole buckets that end with the one `nowMs` is in, empty ones included, so that
 * document 000's default of 24h gives exactly 24 bars.
 */
export async function ruleTimeline(
  reader: StoreReader,
  ruleId: string,
  query: Call<'ruleTimeline'>['query'],
  nowMs: number,
): Promise<ResponseOf<'ruleTimeline'>> {
  const bucketMs = BUCKET_MS[query.bucket];
  const count = Math.max(1, Math.ceil(windowMs(query.window) / bucketMs));
  if (count > MAX_BUCKETS) {
    throw new AppError('bad_request', { reason: `query.window: at most ${MAX_BUCKETS} buckets` });
  }
  const until = (Math.floor(nowMs / bucketMs) + 1) * bucketMs;
  const since = until - count * bucketMs;
  const found = await reader.ruleTimeline(ruleId, { since, until }, bucketMs);
  const byStart = new Map(found.map((bucket) => [bucket.start, bucket.count]));
  const buckets = Array.from({ length: count }, (_, index) => {
    const start = since + index * bucketMs;
    return { ts: isoTime(start), count: byStart.get(start) ?? 0 };
  });
  return { rule_id: ruleId, bucket: query.bucket, window: query.window, buckets };
}

function windowMs(text: string): number {
  const [, count, unit = ''] = WINDOW.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined)
    throw new AppError('bad_request', { reason: 'query.window: write it as 24h, 7d or 4w' });
  return Number(count) * unitMs;
}
