import { z } from 'zod';
import { navigatorLayer } from '../attack/navigator-layer.ts';
import { csv, timeBound, timestamp } from './primitives.ts';
import { route } from './route.ts';

const counts = {
  fired: z.number().int(),
  fired_24h: z.number().int(),
  fired_7d: z.number().int(),
  last_fired: timestamp.nullable(),
};

/** Rules of one cell that agree in everything a reader may filter by. */
export const coverageGroup = z
  .object({
    status: z.string(),
    origin: z.string(),
    kind: z.string(),
    enabled: z.boolean(),
    /** Stored events include some of the log source that these rules read. */
    has_data: z.boolean(),
    rules: z.number().int(),
    ...counts,
  })
  .meta({ id: 'CoverageGroup' });

export type CoverageGroup = z.infer<typeof coverageGroup>;

/** One cell of the ATT&CK grid. Counts are of rules mapped, not of protection. */
export const coverageCell = z
  .object({
    tactic: z.string(),
    technique: z.string(),
    name: z.string(),
    parent: z.string().nullable(),
    rule_count: z.number().int(),
    enabled_count: z.number().int(),
    data_count: z.number().int().meta({ description: 'Rules whose log source has sent events' }),
    ...counts,
    groups: z.array(coverageGroup),
  })
  .meta({ id: 'CoverageCell' });

export type CoverageCell = z.infer<typeof coverageCell>;

const flag = z.enum(['true', 'false']);

export const coverageRoutes = {
  attackCoverage: route({
    method: 'GET',
    path: '/api/v1/attack/coverage',
    tag: 'ATT&CK',
    summary: 'Rules and fires per tactic and technique',
    description:
      'Counts say how many rules are mapped to a technique, which is not a claim of protection. The answer is kept ' +
      'for a minute, or until a rule changes; refresh=true makes it anew. `groups` splits each cell, so that a ' +
      'client can filter without asking again; spans of 24 h and 7 d are of event time and end now.',
    examples: [{ query: 'refresh=true' }],
    permission: 'detections:read',
    bucket: 'coverage',
    status: 200,
    query: z.object({ refresh: flag.default('false') }),
    response: z.object({
      attack_version: z.string(),
      generated_at: timestamp,
      age_seconds: z.number().int(),
      tactics: z.array(
        z.object({
          id: z.string(),
          tactic: z.string(),
          name: z.string(),
          technique_count: z.number().int(),
          covered_count: z.number().int(),
        }),
      ),
      items: z.array(coverageCell),
      techniques: z
        .array(
          z.object({ technique: z.string(), rule_count: z.number().int(), enabled_count: z.number().int() }),
        )
        .meta({ description: 'Rules per technique, each rule once however many tactics it names' }),
      unknown_techniques: z.array(z.string()),
    }),
  }),
  coverageLayer: route({
    method: 'GET',
    path: '/api/v1/attack/coverage/layer',
    tag: 'ATT&CK',
    summary: 'ATT&CK Navigator layer, format 4.5',
    description:
      'from=rules scores by the number of rules mapped, from=detections by how often they fired: all time, a span ' +
      'of event time, or one import. Filters name what the rules must be; several values are separated by commas.',
    examples: [
      { query: 'from=rules&status=stable,test&enabled=true' },
      { query: 'from=detections&since=7d' },
    ],
    permission: 'detections:read',
    bucket: 'coverage',
    status: 200,
    query: z.object({
      from: z.enum(['rules', 'detections']).default('rules'),
      name: z.string().min(1).max(200).optional(),
      status: csv.optional(),
      origin: csv.optional(),
      kind: csv.optional(),
      enabled: flag.optional(),
      since: timeBound.optional(),
      until: timeBound.optional(),
      import_id: z.string().max(64).optional(),
    }),
    response: navigatorLayer,
  }),
};
