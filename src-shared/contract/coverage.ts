import { z } from 'zod';
import { timestamp } from './primitives.ts';
import { route } from './route.ts';

/** One cell of the ATT&CK grid. Counts are of rules mapped, not of protection. */
export const coverageCell = z
  .object({
    tactic: z.string(),
    technique: z.string(),
    name: z.string(),
    parent: z.string().nullable(),
    rule_count: z.number().int(),
    enabled_count: z.number().int(),
    fired: z.number().int(),
    last_fired: timestamp.nullable(),
  })
  .meta({ id: 'CoverageCell' });

export type CoverageCell = z.infer<typeof coverageCell>;

export const coverageRoutes = {
  attackCoverage: route({
    method: 'GET',
    path: '/api/v1/attack/coverage',
    tag: 'ATT&CK',
    summary: 'Rules and fires per tactic and technique',
    description: 'Counts say how many rules are mapped to a technique, which is not a claim of protection.',
    permission: 'detections:read',
    bucket: 'coverage',
    status: 200,
    response: z.object({
      attack_version: z.string(),
      generated_at: timestamp,
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
      unknown_techniques: z.array(z.string()),
    }),
  }),
};
