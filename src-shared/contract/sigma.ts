import { z } from 'zod';
import { attack, csv, level, listOf, logsource, paging, timestamp } from './primitives.ts';
import { route } from './route.ts';

const place = { line: z.number().int(), column: z.number().int() };

export const ruleProblemWire = z
  .object({
    file: z.string(),
    ...place,
    stage: z.enum(['yaml', 'schema', 'compile']),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    hint: z.string(),
  })
  .meta({ id: 'RuleProblem' });

export const ruleWire = z
  .object({
    id: z.string(),
    title: z.string(),
    level,
    status: z.string(),
    author: z.string(),
    tags: z.array(z.string()),
    tactic: z.string().nullable(),
    technique: z.string().nullable(),
    attack: z.array(attack),
    logsource,
    origin: z.enum(['shipped', 'folder', 'custom']),
    enabled: z.boolean(),
    level_override: level.nullable(),
    fired: z.number().int(),
    last_fired_at: timestamp.nullable(),
  })
  .meta({ id: 'SigmaRule' });

export type RuleWire = z.infer<typeof ruleWire>;

export const ruleDetailWire = ruleWire
  .extend({
    description: z.string(),
    references: z.array(z.string()),
    false_positives: z.array(z.string()),
    fields: z.array(z.string()),
    file: z.string(),
    date: z.string().nullable(),
    modified: z.string().nullable(),
    yaml_source: z.string(),
  })
  .meta({ id: 'SigmaRuleDetail' });

export type RuleDetailWire = z.infer<typeof ruleDetailWire>;

/** Three-stage verdict; a stage that was not reached is null. */
export const ruleVerdictWire = z
  .object({
    dry_run: z.boolean(),
    valid: z.boolean(),
    stages: z.object({
      yaml: z.boolean().nullable(),
      schema: z.boolean().nullable(),
      compile: z.boolean().nullable(),
    }),
    problems: z.array(ruleProblemWire),
    rule_id: z.string().nullable(),
    rule: ruleDetailWire.nullable(),
  })
  .meta({ id: 'RuleVerdict' });

export type RuleVerdictWire = z.infer<typeof ruleVerdictWire>;

const ruleParams = z.object({ rule_id: z.string().max(256) });

export const sigmaRoutes = {
  listRules: route({
    method: 'GET',
    path: '/api/v1/sigma/rules',
    tag: 'Sigma',
    summary: 'Loaded rules',
    description:
      '`rejected` lists every problem of rules that were not loaded, with the place and what to do.',
    examples: [{ query: 'tactic=credential-access&level=high,critical&enabled=true&sort=last_fired' }],
    permission: 'detections:read',
    bucket: 'list',
    status: 200,
    query: z.object({
      q: z.string().max(256).optional().meta({ description: 'Substring of title, id, author or tag' }),
      level: csv.optional(),
      tactic: z.string().max(64).optional(),
      technique: z.string().max(32).optional(),
      product: z.string().max(64).optional(),
      category: z.string().max(64).optional(),
      service: z.string().max(64).optional(),
      origin: z.enum(['shipped', 'folder', 'custom']).optional(),
      enabled: z.enum(['true', 'false']).optional(),
      fired: z.enum(['true', 'false']).optional(),
      sort: z.enum(['title', 'level', 'last_fired', 'fired']).default('title'),
      ...paging,
      limit: z.coerce.number<number | string>().int().min(1).max(5000).default(50),
    }),
    response: listOf(ruleWire).extend({ rejected: z.array(ruleProblemWire) }),
  }),
  getRule: route({
    method: 'GET',
    path: '/api/v1/sigma/rules/{rule_id}',
    tag: 'Sigma',
    summary: 'One rule with its YAML',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    response: ruleDetailWire,
  }),
  ruleTimeline: route({
    method: 'GET',
    path: '/api/v1/sigma/rules/{rule_id}/timeline',
    tag: 'Sigma',
    summary: 'How often the rule fired',
    description: 'Whole buckets that end with the current one, empty ones included.',
    examples: [{ query: 'bucket=hour&window=24h' }],
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    query: z.object({
      bucket: z.enum(['hour', 'day']).default('hour'),
      window: z.string().max(16).default('24h'),
    }),
    response: z.object({
      rule_id: z.string(),
      bucket: z.enum(['hour', 'day']),
      window: z.string(),
      buckets: z.array(z.object({ ts: timestamp, count: z.number().int() })),
    }),
  }),
  patchRule: route({
    method: 'PATCH',
    path: '/api/v1/sigma/rules/{rule_id}',
    tag: 'Sigma',
    summary: 'Enable, disable or override the level',
    description: 'What is left out stays as it is; a level of null gives the rule its own level back.',
    examples: [{ body: { enabled: false } }, { body: { level: 'low' } }],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    body: z.object({ enabled: z.boolean().optional(), level: level.nullable().optional() }),
    response: ruleDetailWire,
  }),
  createRule: route({
    method: 'POST',
    path: '/api/v1/sigma/rules',
    tag: 'Sigma',
    summary: 'Save a rule of your own; dry_run=true only checks it',
    permission: 'detections:write',
    bucket: 'detail',
    status: 201,
    alternateStatus: 200,
    description:
      'With dry_run=true nothing is written and the answer (200) says how far the rule got: read as YAML, valid ' +
      'as a Sigma rule, compiled. Without it a rule that does not pass is refused with rule_invalid. The rule may ' +
      'also be sent as it is, as application/yaml.',
    examples: [{ query: 'dry_run=true', body: { yaml: 'title: ...' } }],
    query: z.object({ dry_run: z.enum(['true', 'false']).default('false') }),
    body: z.object({ yaml: z.string().max(262_144) }),
    textBody: { types: ['application/yaml', 'application/x-yaml', 'text/yaml'], member: 'yaml' },
    response: ruleVerdictWire,
  }),
};
