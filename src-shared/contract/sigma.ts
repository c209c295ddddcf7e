import { z } from 'zod';
import { RULE_KINDS } from '../model/rule-kind.ts';
import { attack, csv, level, listOf, logsource, paging, timestamp } from './primitives.ts';
import { route } from './route.ts';

/** Characters of a rule's text; SigmaHQ's largest, the list of vulnerable drivers, has 295,078. */
export const MAX_RULE_TEXT = 524_288;

/** Rules in one request: more than the largest public collection has. */
const MAX_RULES = 10_000;

const place = { line: z.number().int(), column: z.number().int() };

export const ruleProblemWire = z
  .object({
    file: z.string(),
    ...place,
    stage: z.enum(['yaml', 'schema', 'compile', 'lint']),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    hint: z.string(),
    check: z.string().nullable().meta({ description: 'Lint check that found it; null for other stages' }),
  })
  .meta({ id: 'RuleProblem' });

export const ruleWire = z
  .object({
    id: z.string(),
    kind: z.enum(RULE_KINDS),
    name: z.string().nullable(),
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
    edited: z.boolean().meta({ description: 'A shipped or folder rule whose text was replaced here' }),
    version: z.number().int().meta({ description: 'Newest entry of its history; 0 when it has none' }),
    never_matches: z
      .string()
      .nullable()
      .meta({ description: 'Why nothing seen so far could match; null when it could, or nothing was seen' }),
    fired: z.number().int(),
    last_fired_at: timestamp.nullable(),
    verdicts: z
      .object({ true_positive: z.number().int(), false_positive: z.number().int(), benign: z.number().int() })
      .meta({ description: 'Its alerts by the newest feedback on each' }),
  })
  .meta({ id: 'SigmaRule' });

export type RuleWire = z.infer<typeof ruleWire>;

const originalWire = z.object({
  yaml: z.string().nullable().meta({ description: "The file's text now; null when the rule left its file" }),
  changed: z.boolean().meta({ description: 'The file changed since the edit was made' }),
});

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
    original: originalWire
      .nullable()
      .meta({ description: 'What an edited rule replaces; null for any other' }),
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

/** Why someone changed a rule. */
export const changeReason = z
  .string()
  .max(1000)
  .default('')
  .meta({ description: 'Why, for those who read the history' });

export const ruleParams = z.object({ rule_id: z.string().max(256) });

/** Which rules: the list, its export and changes of many rules understand the same filter. */
export const ruleFilter = z.object({
  q: z.string().max(256).optional().meta({ description: 'Substring of title, name, id, author or tag' }),
  kind: z.enum(RULE_KINDS).optional(),
  status: csv.optional(),
  level: csv.optional(),
  tactic: z.string().max(64).optional(),
  technique: z.string().max(32).optional(),
  product: z.string().max(64).optional(),
  category: z.string().max(64).optional(),
  service: z.string().max(64).optional(),
  origin: z.enum(['shipped', 'folder', 'custom']).optional(),
  enabled: z.enum(['true', 'false']).optional(),
  edited: z.enum(['true', 'false']).optional(),
  never_matches: z.enum(['true', 'false']).optional(),
  fired: z.enum(['true', 'false']).optional(),
});

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
    query: ruleFilter.extend({
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
    body: z.object({
      enabled: z.boolean().optional(),
      level: level.nullable().optional(),
      reason: changeReason,
    }),
    response: ruleDetailWire,
  }),
  changeRules: route({
    method: 'POST',
    path: '/api/v1/sigma/rules/bulk',
    tag: 'Sigma',
    summary: 'Enable, disable or override the level of many rules',
    description:
      'Either `ids` or `filter` (that of the list) says which. All are changed or none; a rule that is so already ' +
      'is left alone, and `rule_ids` names those that were changed.',
    examples: [
      { body: { ids: ['e4a3e5f0-0000-4000-8000-000000000001'], enabled: false } },
      { body: { filter: { status: 'experimental' }, level: 'low' } },
    ],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    body: z
      .object({
        ids: z.array(ruleParams.shape.rule_id).min(1).max(MAX_RULES).optional(),
        filter: ruleFilter.optional(),
        enabled: z.boolean().optional(),
        level: level.nullable().optional(),
        reason: changeReason,
      })
      .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'name ids or a filter'),
    response: z.object({ selected: z.number().int(), rule_ids: z.array(z.string()) }),
  }),
  exportRules: route({
    method: 'GET',
    path: '/api/v1/sigma/rules/export',
    tag: 'Sigma',
    summary: 'Rules as one YAML text of several documents',
    description: 'Those that `ids` names, or those that the filter of the list chooses.',
    examples: [{ query: 'origin=custom' }],
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    query: ruleFilter.extend({ ids: csv.optional() }),
    responseType: 'application/yaml',
    response: z.string(),
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
    body: z.object({ yaml: z.string().max(MAX_RULE_TEXT), reason: changeReason }),
    textBody: { types: ['application/yaml', 'application/x-yaml', 'text/yaml'], member: 'yaml' },
    response: ruleVerdictWire,
  }),
};
