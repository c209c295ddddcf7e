import { z } from 'zod';
import { csv } from './primitives.ts';
import { route } from './route.ts';

const threatWire = z
  .object({
    id: z.string(),
    kind: z.enum(['group', 'software']),
    name: z.string(),
    aliases: z.array(z.string()),
    technique_count: z.number().int(),
  })
  .meta({ id: 'Threat' });

export const threatRoutes = {
  listThreats: route({
    method: 'GET',
    path: '/api/v1/attack/threats',
    tag: 'ATT&CK',
    summary: 'Groups and software of ATT&CK',
    description: 'All of them, by name; the facts ship with Harrier.',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    response: z.object({ items: z.array(threatWire) }),
  }),
  threatTechniques: route({
    method: 'GET',
    path: '/api/v1/attack/threats/techniques',
    tag: 'ATT&CK',
    summary: 'Techniques that groups or software use',
    description: 'Each technique once, with those of the threats asked for that use it.',
    examples: [{ query: 'ids=G0016,S0154' }],
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    query: z.object({ ids: csv.pipe(z.array(z.string().max(16)).min(1).max(50)) }),
    response: z.object({ items: z.array(z.object({ technique: z.string(), threats: z.array(z.string()) })) }),
  }),
};
