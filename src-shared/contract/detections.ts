import { z } from 'zod';
import { SHARING_MODES } from '../model/detection-rule.ts';
import { eventWire } from './events.ts';
import { level, listOf, noContent, paging, timestamp } from './primitives.ts';
import { route } from './route.ts';

/** Shorter intervals would search the same minutes again and again; a week is the longest that makes sense. */
const INTERVAL_MINUTES = { min: 1, max: 7 * 24 * 60 };

/** `T1059` or `T1059.001` */
const technique = z.string().regex(/^[Tt]\d{4}(?:\.\d{3})?$/);
const word = z.string().trim().min(1).max(128);

/** What an analyst says of a rule: the names of document 001. */
const ruleFields = {
  name: z.string().trim().min(1).max(256),
  description: z.string().max(4000),
  query: z.string().max(4096).meta({ description: 'Filter in the hunt language' }),
  source: word.nullable(),
  match_severity: word.nullable().meta({ description: 'At least this severe; a word or 1 to 24' }),
  host: z.string().max(256).nullable(),
  alert_severity: level,
  alert_title_template: z.string().max(256),
  alert_description_template: z.string().max(1024),
  auto_create_case: z.boolean().meta({ description: 'Kept; cases are not opened yet' }),
  enabled: z.boolean(),
  schedule_enabled: z.boolean(),
  schedule_interval_minutes: z.number().int().min(INTERVAL_MINUTES.min).max(INTERVAL_MINUTES.max),
  mitre_techniques: z.array(technique).max(50),
  sharing_mode: z.enum(SHARING_MODES),
  shared_with_roles: z.array(word).max(50),
  tags: z.array(word).max(50),
  pivots: z.array(word).max(20),
};

const ruleBody = z.object({
  ...ruleFields,
  description: ruleFields.description.default(''),
  source: ruleFields.source.default(null),
  match_severity: ruleFields.match_severity.default(null),
  host: ruleFields.host.default(null),
  alert_severity: ruleFields.alert_severity.default('medium'),
  alert_title_template: ruleFields.alert_title_template.default('{rule_name}'),
  alert_description_template: ruleFields.alert_description_template.default(''),
  auto_create_case: ruleFields.auto_create_case.default(false),
  enabled: ruleFields.enabled.default(true),
  schedule_enabled: ruleFields.schedule_enabled.default(false),
  schedule_interval_minutes: ruleFields.schedule_interval_minutes.default(60),
  mitre_techniques: ruleFields.mitre_techniques.default([]),
  sharing_mode: ruleFields.sharing_mode.default('private'),
  shared_with_roles: ruleFields.shared_with_roles.default([]),
  tags: ruleFields.tags.default([]),
  pivots: ruleFields.pivots.default([]),
});

/** A rule with everything stated: what a change makes of the rule that it changes. */
export const completeDetectionRule = z.object(ruleFields);

export type DetectionRuleBody = z.output<typeof completeDetectionRule>;

export const detectionRuleWire = z
  .object({
    id: z.string(),
    kind: z.literal('scheduled'),
    ...ruleFields,
    owner: z.string(),
    created_at: timestamp,
    updated_at: timestamp,
    last_run_at: timestamp.nullable(),
    next_run_at: timestamp.nullable(),
  })
  .meta({ id: 'DetectionRule' });

export type DetectionRuleWire = z.infer<typeof detectionRuleWire>;

const runWire = z
  .object({
    id: z.string(),
    trigger_mode: z.enum(['manual', 'scheduled']),
    status: z.enum(['completed', 'partial', 'failed']),
    reason: z.string().nullable(),
    started_at: timestamp,
    finished_at: timestamp,
    match_count: z.number().int(),
    suppressed_count: z.number().int(),
    alert_count: z.number().int(),
    sample_log_ids: z.array(z.string()),
  })
  .meta({ id: 'DetectionRun' });

export const detectionParams = z.object({ rule_id: z.string().max(64) });
export const detectionCommon = { tag: 'Detections', bucket: 'detail' } as const;
const EXAMPLE = {
  name: 'PowerShell download cradle',
  description: 'High-signal PowerShell execution on workstations',
  query: 'powershell.exe',
  source: 'endpoint_security',
  match_severity: 'warning',
  host: 'ws-042',
  alert_severity: 'high',
  auto_create_case: true,
  schedule_enabled: true,
  schedule_interval_minutes: 30,
  mitre_techniques: ['T1059.001'],
  sharing_mode: 'team',
} as const;

export const detectionRoutes = {
  listDetectionRules: route({
    ...detectionCommon,
    method: 'GET',
    path: '/api/v1/detections/rules',
    summary: 'Saved queries that run on demand or by the clock',
    permission: 'detections:read',
    status: 200,
    query: z.object(paging),
    response: listOf(detectionRuleWire),
  }),
  createDetectionRule: route({
    ...detectionCommon,
    method: 'POST',
    path: '/api/v1/detections/rules',
    summary: 'Create a detection rule',
    description:
      'A scheduled rule looks at what was stored since its last run; matches become alerts of kind `scheduled`, an ' +
      'event at most once a rule. After a stop of the core one run makes up for what was missed.',
    examples: [{ body: EXAMPLE }],
    permission: 'detections:write',
    status: 201,
    body: ruleBody,
    response: detectionRuleWire,
  }),
  patchDetectionRule: route({
    ...detectionCommon,
    method: 'PATCH',
    path: '/api/v1/detections/rules/{rule_id}',
    summary: 'Change a detection rule; what is left out stays as it is',
    examples: [{ body: { enabled: false } }],
    permission: 'detections:write',
    status: 200,
    params: detectionParams,
    body: completeDetectionRule.partial(),
    response: detectionRuleWire,
  }),
  deleteDetectionRule: route({
    ...detectionCommon,
    method: 'DELETE',
    path: '/api/v1/detections/rules/{rule_id}',
    summary: 'Remove a detection rule and its suppressions; its alerts stay',
    permission: 'detections:write',
    status: 204,
    params: detectionParams,
    response: noContent,
  }),
  runDetectionRule: route({
    ...detectionCommon,
    method: 'POST',
    path: '/api/v1/detections/rules/{rule_id}/run',
    summary: 'Look for the matches of a rule among everything stored; raises no alert',
    permission: 'siem:search',
    status: 200,
    params: detectionParams,
    response: z.object({
      rule: detectionRuleWire,
      total: z.number().int(),
      suppressed_count: z.number().int(),
      run: runWire,
      logs: z.array(eventWire),
    }),
  }),
  listDetectionRuns: route({
    ...detectionCommon,
    method: 'GET',
    path: '/api/v1/detections/rules/{rule_id}/runs',
    summary: 'Runs of a rule, newest first; the newest 500 are kept',
    permission: 'detections:read',
    status: 200,
    params: detectionParams,
    query: z.object(paging),
    response: listOf(runWire),
  }),
  detectionMetrics: route({
    ...detectionCommon,
    method: 'GET',
    path: '/api/v1/detections/metrics',
    summary: 'Detection rules over the last 24 hours',
    permission: 'detections:read',
    status: 200,
    response: z.object({
      total_rules: z.number().int(),
      enabled_rules: z.number().int(),
      scheduled_rules: z.number().int(),
      runs_24h: z.number().int(),
      matches_24h: z.number().int(),
      suppressed_24h: z.number().int(),
      top_rules_by_matches: z.array(
        z.object({ rule_id: z.string(), name: z.string(), matches: z.number().int() }),
      ),
      noisiest_rules: z.array(
        z.object({ rule_id: z.string(), name: z.string(), false_positives: z.number().int() }),
      ),
    }),
  }),
};
