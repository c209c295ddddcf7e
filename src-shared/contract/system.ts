import { z } from 'zod';
import { componentState, timestamp } from './primitives.ts';
import { route } from './route.ts';

const component = z.object({
  name: z.string(),
  state: componentState,
  detail: z.string(),
  last_event_ts: timestamp.nullable(),
});

const counters = z.object({
  source_id: z.string(),
  received: z.number().int(),
  committed: z.number().int(),
  rejected: z.record(z.string(), z.number().int()),
  dropped: z.record(z.string(), z.number().int()),
  in_queue: z.number().int(),
});

const liveness = { status: 200, response: z.object({ status: z.literal('ok') }) } as const;

export const systemRoutes = {
  health: route({
    method: 'GET',
    path: '/health',
    tag: 'System',
    summary: 'Liveness; says nothing else to strangers',
    permission: 'public',
    bucket: 'other',
    ...liveness,
  }),
  healthDetail: route({
    method: 'GET',
    path: '/api/v1/health',
    tag: 'System',
    summary: 'Liveness and state of database, receivers and detectors',
    permission: 'stats:read',
    bucket: 'other',
    status: 200,
    response: z.object({
      status: z.enum(['ok', 'degraded']),
      version: z.string(),
      uptime_seconds: z.number(),
      dependencies: z.object({
        database: z.object({
          state: componentState,
          sqlite_version: z.string(),
          size_bytes: z.number(),
          events: z.number().int(),
          alerts: z.number().int(),
        }),
        receivers: z.array(component),
        detectors: z.array(component),
      }),
    }),
  }),
  ready: route({
    method: 'GET',
    path: '/ready',
    tag: 'System',
    summary: 'Whether the core takes events and queries',
    permission: 'public',
    bucket: 'other',
    status: 200,
    response: z.object({ ready: z.boolean() }),
  }),
  stats: route({
    method: 'GET',
    path: '/api/v1/stats',
    tag: 'System',
    summary: 'Throughput, queues, counters per source',
    permission: 'stats:read',
    bucket: 'detail',
    status: 200,
    response: z.object({
      throughput_eps: z.number(),
      queue_depth: z.number().int(),
      queue_max: z.number().int(),
      dedup_count: z.number().int(),
      events: z.number().int(),
      alerts: z.number().int(),
      first_event_ts: timestamp.nullable(),
      last_event_ts: timestamp.nullable(),
      database_bytes: z.number(),
      rules_loaded: z.number().int(),
      rules_rejected: z.number().int(),
      receivers: z.array(component),
      detectors: z.array(component),
      sources: z.array(counters),
      uptime_seconds: z.number(),
    }),
  }),
  config: route({
    method: 'GET',
    path: '/api/v1/config',
    tag: 'System',
    summary: 'Effective configuration, secrets redacted',
    permission: 'config:read',
    bucket: 'config',
    status: 200,
    response: z.record(z.string(), z.unknown()),
  }),
  openapi: route({
    method: 'GET',
    path: '/api/v1/openapi.json',
    tag: 'System',
    summary: 'This API as OpenAPI 3.1',
    permission: 'stats:read',
    bucket: 'detail',
    status: 200,
    response: z.record(z.string(), z.unknown()),
  }),
};
