import { z } from 'zod';
import { csv, timestamp } from './primitives.ts';
import { route } from './route.ts';

export const attackLayerWire = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    attack_version: z.string().nullable(),
    created_at: timestamp,
    technique_count: z.number().int(),
    skipped: z
      .record(z.string(), z.number().int())
      .meta({ description: 'Entries left out, by reason: unknown_technique, not_in_tactic, not_annotated' }),
  })
  .meta({ id: 'AttackLayer' });

export type AttackLayerWire = z.infer<typeof attackLayerWire>;

export const attackLayerRoutes = {
  listLayers: route({
    method: 'GET',
    path: '/api/v1/attack/layers',
    tag: 'ATT&CK',
    summary: 'Imported Navigator layers, newest first',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    response: z.object({ items: z.array(attackLayerWire) }),
  }),
  importLayers: route({
    method: 'POST',
    path: '/api/v1/attack/layers',
    tag: 'ATT&CK',
    summary: 'Import a Navigator layer, or a list of layers',
    description:
      'The body is the file itself: format 4.x of the domain enterprise-attack. Names of older releases become ' +
      'those of ours. In a list, layers that cannot be read are refused one by one; when none can, the whole file ' +
      'is refused with layer_invalid and the reason of the first.',
    examples: [
      {
        body: {
          name: 'Plan',
          versions: { attack: '18', navigator: '5.2.0', layer: '4.5' },
          domain: 'enterprise-attack',
          techniques: [{ techniqueID: 'T1110', score: 3 }],
        },
      },
    ],
    permission: 'detections:write',
    bucket: 'detail',
    status: 201,
    body: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
    response: z.object({
      items: z.array(attackLayerWire),
      refused: z.array(z.object({ position: z.number().int(), name: z.string(), reason: z.string() })),
    }),
  }),
  layerOverlay: route({
    method: 'GET',
    path: '/api/v1/attack/overlay',
    tag: 'ATT&CK',
    summary: 'Imported layers laid over one another',
    description:
      'Layers are named by letters in the order in which they are asked for. The expression knows letters, numbers, ' +
      '+ - * /, parentheses, min(...) and max(...); without one the scores are added. Where no layer has a score ' +
      'there is none.',
    examples: [{ query: 'layers=01HZX0,01HZX1&expression=a+%2B+b' }],
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    query: z.object({
      layers: csv.pipe(z.array(z.string()).min(1).max(26)),
      expression: z.string().optional(),
    }),
    response: z.object({
      expression: z.string(),
      layers: z.array(z.object({ id: z.string(), letter: z.string(), name: z.string() })),
      items: z.array(
        z.object({
          tactic: z.string(),
          technique: z.string(),
          score: z.number().nullable(),
          comments: z.array(z.string()),
        }),
      ),
    }),
  }),
  deleteLayer: route({
    method: 'DELETE',
    path: '/api/v1/attack/layers/{layer_id}',
    tag: 'ATT&CK',
    summary: 'Forget an imported layer',
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: z.object({ layer_id: z.string().max(64) }),
    response: z.object({ deleted: z.string() }),
  }),
};
