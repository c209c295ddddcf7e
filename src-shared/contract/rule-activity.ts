import { z } from 'zod';
import { timeBound, timestamp } from './primitives.ts';
import { route } from './route.ts';

/** What a sparkline of a list row shows; a day in hours. */
export const ACTIVITY_BUCKETS = 24;

export const ruleActivityRoutes = {
  ruleActivity: route({
    method: 'GET',
    path: '/api/v1/sigma/activity',
    tag: 'Sigma',
    summary: 'Fires per hour of every rule that fired in one day',
    description:
      `${ACTIVITY_BUCKETS} whole hours; the last one holds \`until\`, which is now unless given. Rules that did not fire ` +
      'in them are left out.',
    examples: [{ query: '' }, { query: 'until=2026-05-13T14:02:11Z' }],
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    query: z.object({ until: timeBound.optional() }),
    response: z.object({
      since: timestamp,
      until: timestamp,
      items: z.array(z.object({ rule_id: z.string(), counts: z.array(z.number().int()) })),
    }),
  }),
};
