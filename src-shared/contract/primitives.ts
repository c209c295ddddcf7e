import { z } from 'zod';
import { ENTITY_TYPES } from '../model/entity.ts';
import { LEVELS } from '../model/severity.ts';

/** ISO-8601 with milliseconds and `Z`, always UTC. */
export const timestamp = z.iso.datetime().meta({ description: 'UTC, ISO-8601 with milliseconds and Z' });

/** Relative ("24h", "7d") or ISO-8601; a time without a zone is UTC. */
export const timeBound = z
  .string()
  .max(40)
  .meta({ description: 'Relative to now (15m, 24h, 7d, 4w) or ISO-8601; UTC when no zone is given' });

export const level = z.enum(LEVELS);

export const attack = z.object({ tactic: z.string().nullable(), technique: z.string().nullable() });

/** Sigma logsource. */
export const logsource = z.object({
  category: z.string().nullable(),
  product: z.string().nullable(),
  service: z.string().nullable(),
});

/** State of a receiver, a detector or the database. */
export const componentState = z.enum(['ok', 'degraded', 'down', 'off']);

export const entity = z.object({ type: z.enum(ENTITY_TYPES), value: z.string(), uuid: z.uuid() });

/** Query parameters of every list. `skip` is another name for `offset`; `cursor` is stable while rows arrive. */
export const paging = {
  limit: z.coerce.number<number | string>().int().min(1).max(500).default(50),
  offset: z.coerce.number<number | string>().int().min(0).max(1_000_000).optional(),
  skip: z.coerce.number<number | string>().int().min(0).max(1_000_000).optional(),
  cursor: z.string().max(200).optional(),
};

/** Envelope of every list of documents 000 and 001. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.number().int().meta({ description: 'Exact up to 100,000; see total_is_exact' }),
    total_is_exact: z.boolean(),
    limit: z.number().int(),
    offset: z.number().int(),
    has_more: z.boolean(),
    next_cursor: z.string().nullable(),
  });
}

/** Comma-separated or repeated query parameter. */
export const csv = z.union([z.string(), z.array(z.string())]).transform((value) =>
  (Array.isArray(value) ? value : [value])
    .flatMap((part) => part.split(','))
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** Response of routes that answer 204: nothing. */
export const noContent = z.undefined();
