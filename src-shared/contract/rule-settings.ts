import { z } from 'zod';
import { timestamp } from './primitives.ts';
import { route } from './route.ts';
import { ruleProblemWire } from './sigma.ts';

/** What may stand between percent signs in a value of a rule. */
const placeholderName = z.string().regex(/^[^%\s]{1,100}$/, 'use a name without spaces and percent signs');
const placeholderParams = z.object({ name: placeholderName });
/** Fits a line of a list. */
const pipelineParams = z.object({ name: z.string().trim().min(1).max(100) });

const origin = z.enum(['stored', 'file']);

const placeholderWire = z
  .object({
    name: z.string(),
    values: z.array(z.string()),
    origin: origin
      .nullable()
      .meta({ description: 'Kept with the data, or in a file of the settings; null without values' }),
    standard: z.boolean().meta({ description: 'True for the names that the Sigma specification lists' }),
    rules: z.number().int().meta({ description: 'Rules that use it; without values they are rejected' }),
    updated_at: timestamp.nullable(),
  })
  .meta({ id: 'SigmaPlaceholder' });

const pipelineWire = z
  .object({
    name: z.string(),
    yaml: z.string(),
    enabled: z.boolean(),
    origin,
    priority: z.number().meta({ description: 'Pipelines of lower priority are applied first' }),
    transformations: z.number().int(),
    problems: z.array(ruleProblemWire),
    updated_at: timestamp.nullable(),
  })
  .meta({ id: 'SigmaPipeline' });

export type PlaceholderWire = z.infer<typeof placeholderWire>;
export type PipelineWire = z.infer<typeof pipelineWire>;

/** Values for `%name%` in rules; each becomes a comparison of every rule that uses the list. */
const values = z.array(z.string().max(1000)).max(10_000);

/** As much YAML as the parser of pipelines takes. */
const pipelineYaml = z
  .string()
  .min(1)
  .max(256 * 1024);

/** Value lists and processing pipelines: what changes the meaning of rules besides their text. */
export const ruleSettingsRoutes = {
  listPlaceholders: route({
    method: 'GET',
    path: '/api/v1/sigma/placeholders',
    tag: 'Sigma',
    summary: 'Value lists for placeholders: those with values, those that rules need, the standard ones',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    response: z.object({ items: z.array(placeholderWire) }),
  }),
  savePlaceholder: route({
    method: 'PUT',
    path: '/api/v1/sigma/placeholders/{name}',
    tag: 'Sigma',
    summary: 'Give a placeholder values, in place of those it had',
    description: 'Takes effect in the running engine. An empty list takes the values away.',
    examples: [{ body: { values: ['adm_*', 'root'] } }],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: placeholderParams,
    body: z.object({ values }),
    response: placeholderWire,
  }),
  deletePlaceholder: route({
    method: 'DELETE',
    path: '/api/v1/sigma/placeholders/{name}',
    tag: 'Sigma',
    summary: 'Forget a stored value list; one of a file counts again',
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: placeholderParams,
    response: z.object({ deleted: z.literal(true) }),
  }),
  listPipelines: route({
    method: 'GET',
    path: '/api/v1/sigma/pipelines',
    tag: 'Sigma',
    summary: 'Processing pipelines in the order in which they are applied',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    response: z.object({ items: z.array(pipelineWire) }),
  }),
  savePipeline: route({
    method: 'PUT',
    path: '/api/v1/sigma/pipelines/{name}',
    tag: 'Sigma',
    summary: "Keep a processing pipeline in pySigma's YAML format",
    description:
      'Takes effect in the running engine. A text with errors is refused with `pipeline_invalid`, line and column.',
    examples: [
      {
        body: {
          yaml: 'name: ecs\ntransformations:\n  - type: field_name_mapping\n    mapping: { Image: process.executable }\n',
          enabled: true,
        },
      },
    ],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: pipelineParams,
    body: z.object({ yaml: pipelineYaml, enabled: z.boolean().default(true) }),
    response: pipelineWire,
  }),
  deletePipeline: route({
    method: 'DELETE',
    path: '/api/v1/sigma/pipelines/{name}',
    tag: 'Sigma',
    summary: 'Forget a stored pipeline',
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: pipelineParams,
    response: z.object({ deleted: z.literal(true) }),
  }),
};
