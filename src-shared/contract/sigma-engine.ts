import { z } from 'zod';
import { timestamp } from './primitives.ts';
import { route } from './route.ts';

const engineWire = z
  .object({
    rules: z.object({
      total: z.number().int(),
      enabled: z.number().int(),
      edited: z.number().int(),
      never_matches: z.number().int(),
      by_kind: z.record(z.string(), z.number().int()),
    }),
    rejected: z.number().int().meta({ description: 'Errors for which a rule was left out' }),
    loaded_at: timestamp.meta({ description: 'Since when these rules run' }),
    last_reload: z.object({
      at: timestamp,
      trigger: z.enum(['start', 'change', 'watch', 'request']).meta({
        description: 'A change is one made here, `watch` one of the files in the rule folders',
      }),
      duration_ms: z.number(),
      error: z
        .string()
        .nullable()
        .meta({ description: 'Why the rules from before go on; null when the new ones run' }),
    }),
    watched: z.array(
      z.object({
        path: z.string(),
        how: z.enum(['events', 'polling']).meta({ description: 'How changes of its files are noticed' }),
      }),
    ),
    items: z.number().int().meta({ description: 'Distinct comparisons that the rules ask' }),
    fields: z.number().int().meta({ description: 'Distinct fields that the rules read' }),
    correlations: z
      .array(
        z.object({
          rule_id: z.string(),
          groups: z.number().int(),
          events: z.number().int(),
          waiting: z.number().int().meta({ description: 'Until no event can come before them any more' }),
          missing_field: z
            .number()
            .int()
            .meta({ description: 'Events without a value to group by or count' }),
          not_numeric: z.number().int(),
          too_late: z.number().int(),
          groups_evicted: z.number().int().meta({ description: 'Dropped early: a limit was reached' }),
          events_evicted: z.number().int(),
          firings: z.number().int(),
        }),
      )
      .meta({ description: 'What each correlation holds now, and what it could not use since the load' }),
    correlation_limits: z
      .object({ groups: z.number().int(), group_events: z.number().int(), events: z.number().int() })
      .meta({ description: 'What one correlation may hold; the oldest goes first' }),
    heap_bytes: z.number().int().meta({ description: "Heap of the engine's thread" }),
  })
  .meta({ id: 'SigmaEngine' });

export const sigmaEngineRoutes = {
  getEngine: route({
    method: 'GET',
    path: '/api/v1/sigma/engine',
    tag: 'Sigma',
    summary: 'What the engine runs and how its last reload went',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    response: engineWire,
  }),
  reloadEngine: route({
    method: 'POST',
    path: '/api/v1/sigma/engine/reload',
    tag: 'Sigma',
    summary: 'Read and compile all rules anew',
    description: 'When that fails the rules from before go on, and `last_reload.error` says why.',
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    response: engineWire,
  }),
};

export type EngineWire = z.infer<typeof engineWire>;
