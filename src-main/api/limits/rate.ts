import type { Bucket } from '#shared/contract/route.ts';

/** So many requests per window. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** Every bucket's rate as document 000 writes it: "60/minute". */
export interface RateLimitOptions extends Readonly<Record<Exclude<Bucket, 'other'>, string>> {
  readonly enabled: boolean;
}

/** Document 002's limit for everything that has no bucket of its own. */
export const OTHER_RATE = '1000/minute';

const UNIT_MS: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000 };

/** Reads "60/minute". Configuration has checked the form, so anything else is a bug. */
export function parseRate(text: string): Rate {
  const [limit = '', unit = ''] = text.split('/');
  const windowMs = UNIT_MS[unit];
  if (windowMs === undefined || !/^\d+$/.test(limit)) throw new Error(`Not a rate: ${text}`);
  return { limit: Number(limit), windowMs };
}
