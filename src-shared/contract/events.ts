import { z } from 'zod';
import { EVENT_SOURCES } from '../model/event.ts';
import { attack, entity, listOf, logsource, paging, timeBound, timestamp } from './primitives.ts';
import { route } from './route.ts';

/** An event on the wire: the names of document 004, and ours beside them. */
export const eventWire = z
  .object({
    id: z.string(),
    observed_ts: timestamp,
    event_ts: timestamp,
    source: z.enum(EVENT_SOURCES),
    source_id: z.string(),
    severity: z.number().int().min(1).max(24),
    host: z.string(),
    message: z.string(),
    template_id: z.string().nullable(),
    template: z.string().nullable(),
    entities: z.array(entity),
    anomaly_score: z.number().nullable(),
    anomaly_threshold: z.number().nullable(),
    attack: attack.nullable(),
    logsource,
    fields: z.record(z.string(), z.unknown()),
    peer: z.string().nullable(),
    flags: z.array(z.string()),
    evidence: z
      .object({
        path: z.string(),
        offset: z.number(),
        length: z.number(),
        record_id: z.number().nullable(),
        sha256: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'Event' });

export type EventWire = z.infer<typeof eventWire>;

/** Event detail adds the original bytes: as text for reading, in base64 for proof. */
export const eventDetailWire = eventWire
  .extend({
    raw_text: z.string().nullable(),
    raw_base64: z.string().nullable(),
    raw_truncated: z.boolean(),
  })
  .meta({ id: 'EventDetail' });

export type EventDetailWire = z.infer<typeof eventDetailWire>;

/** Characters of a query: an address of 4 KiB is what common servers and proxies pass. */
export const MAX_QUERY_LENGTH = 4096;

export const eventFilterQuery = {
  since: timeBound.optional(),
  until: timeBound.optional(),
  q: z
    .string()
    .max(MAX_QUERY_LENGTH)
    .optional()
    .meta({ description: 'Hunt language, filter part: words, field:value, NOT, AND, OR' }),
  entity: z.string().max(512).optional().meta({ description: 'Entity value or UUID' }),
  template: z.string().max(64).optional(),
  source: z.string().max(64).optional(),
  severity: z
    .string()
    .max(32)
    .optional()
    .meta({ description: 'Lowest severity: OpenTelemetry number 1-24 or a word (warning)' }),
  import_id: z.string().max(64).optional(),
};

export const eventRoutes = {
  listEvents: route({
    method: 'GET',
    path: '/api/v1/events',
    tag: 'Events',
    summary: 'Stored events, newest first',
    description:
      'Filters combine. A list that is read to its end is read by `cursor`: `offset` shifts as events arrive.',
    examples: [
      { query: 'since=7d&entity=root&source=syslog&severity=13&limit=100&offset=0' },
      { query: 'q=EventID:4625%20NOT%20host:dc01&order=oldest' },
    ],
    permission: 'siem:read',
    bucket: 'list',
    status: 200,
    query: z.object({
      ...eventFilterQuery,
      ...paging,
      order: z.enum(['newest', 'oldest']).default('newest'),
    }),
    response: listOf(eventWire),
  }),
  eventHistogram: route({
    method: 'GET',
    path: '/api/v1/events/histogram',
    tag: 'Events',
    summary: 'Events over time by severity band',
    description: 'Bars of one readable width, at most `buckets` of them, empty ones included.',
    examples: [{ query: 'since=24h&buckets=96' }],
    permission: 'siem:read',
    bucket: 'detail',
    status: 200,
    query: z.object({
      ...eventFilterQuery,
      buckets: z.coerce.number<number | string>().int().min(1).max(500).default(100),
    }),
    response: z.object({
      bucket_ms: z.number().int(),
      since: timestamp.nullable(),
      until: timestamp.nullable(),
      buckets: z.array(
        z.object({
          start: timestamp,
          total: z.number().int(),
          by_severity: z.record(z.string(), z.number().int()),
        }),
      ),
    }),
  }),
  eventValues: route({
    method: 'GET',
    path: '/api/v1/events/values',
    tag: 'Events',
    summary: 'Most frequent values of one field',
    description: 'Counted over the newest matching events; `sampled` says how many were looked at.',
    examples: [{ query: 'field=host&since=24h' }],
    permission: 'siem:read',
    bucket: 'detail',
    status: 200,
    query: z.object({
      ...eventFilterQuery,
      field: z.string().min(1).max(256),
      limit: z.coerce.number<number | string>().int().min(1).max(100).default(10),
    }),
    response: z.object({
      field: z.string(),
      sampled: z.number().int(),
      values: z.array(z.object({ value: z.string(), count: z.number().int() })),
    }),
  }),
  getEvent: route({
    method: 'GET',
    path: '/api/v1/events/{event_id}',
    tag: 'Events',
    summary: 'One event with its original bytes',
    permission: 'siem:read',
    bucket: 'detail',
    status: 200,
    params: z.object({ event_id: z.string().max(64) }),
    response: eventDetailWire,
  }),
  eventContext: route({
    method: 'GET',
    path: '/api/v1/events/{event_id}/context',
    tag: 'Events',
    summary: 'Events of the same host before and after',
    permission: 'siem:read',
    bucket: 'detail',
    status: 200,
    params: z.object({ event_id: z.string().max(64) }),
    query: z.object({ count: z.coerce.number<number | string>().int().min(1).max(100).default(10) }),
    response: z.object({ before: z.array(eventWire), after: z.array(eventWire) }),
  }),
};
