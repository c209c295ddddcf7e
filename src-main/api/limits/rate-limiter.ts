import { BUCKETS, type Bucket } from '#shared/contract/route.ts';
import type { Clock } from '../../platform/clock.ts';
import { OTHER_RATE, parseRate, type Rate, type RateLimitOptions } from './rate.ts';

/**
 * Windows remembered at once. Only a caller with thousands of addresses reaches it; then the oldest window is
 * forgotten, which costs us one fresh allowance, instead of memory without end.
 */
const MAX_WINDOWS = 10_000;

interface Window {
  used: number;
  readonly endsMs: number;
}

/** What one request did to its allowance. */
export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the whole allowance is there again. */
  readonly resetMs: number;
}

export interface RateLimiter {
  /** Takes one request from the allowance of `client` in `bucket`. */
  take(bucket: Bucket, client: string): Allowance;
}

/**
 * Fixed windows per bucket and client, in memory, on monotonic time (a set clock neither locks out nor opens).
 * Our own sixty lines because @fastify/rate-limit keys one limit a route, not shared buckets, and reads the
 * wall clock.
 */
export function createRateLimiter(options: RateLimitOptions, clock: Clock): RateLimiter {
  const rates = new Map<Bucket, Rate>(
    BUCKETS.map((bucket) => [bucket, parseRate(bucket === 'other' ? OTHER_RATE : options[bucket])]),
  );
  const windows = new Map<string, Window>();

  function windowOf(key: string, rate: Rate): Window {
    const nowMs = clock.monotonic();
    const open = windows.get(key);
    if (open !== undefined && nowMs < open.endsMs) return open;
    const fresh = { used: 0, endsMs: nowMs + rate.windowMs };
    windows.delete(key); // A map keeps its order: a renewed window becomes the youngest.
    windows.set(key, fresh);
    const oldest = windows.keys().next();
    if (windows.size > MAX_WINDOWS && oldest.done !== true) windows.delete(oldest.value);
    return fresh;
  }

  return {
    take(bucket, client) {
      const rate = rates.get(bucket);
      if (rate === undefined) throw new Error(`No rate for the bucket ${bucket}`);
      const window = windowOf(`${bucket} ${client}`, rate);
      const allowed = window.used < rate.limit;
      if (allowed) window.used += 1;
      return {
        allowed,
        limit: rate.limit,
        remaining: rate.limit - window.used,
        resetMs: window.endsMs - clock.monotonic(),
      };
    },
  };
}
