import { z } from 'zod';
import { DETECTION_VERDICTS } from '../model/detection-rule.ts';
import { detectionCommon, detectionParams } from './detections.ts';
import { listOf, noContent, paging, timestamp } from './primitives.ts';
import { route } from './route.ts';

const suppressionWire = z
  .object({
    id: z.string(),
    name: z.string(),
    reason: z.string(),
    criteria: z.record(z.string(), z.string()),
    owner: z.string(),
    active: z.boolean(),
    created_at: timestamp,
    expires_at: timestamp.nullable(),
  })
  .meta({ id: 'Suppression' });

const detectionFeedbackWire = z
  .object({
    id: z.string(),
    verdict: z.enum(DETECTION_VERDICTS),
    alert_id: z.string().nullable(),
    case_id: z.string().nullable(),
    siem_log_id: z.string().nullable(),
    notes: z.string(),
    metadata: z.record(z.string(), z.json()),
    actor: z.string(),
    created_at: timestamp,
  })
  .meta({ id: 'DetectionFeedback' });

/** What analysts say of detection rules: matches to leave out for a while, and whether a rule was right. */
export const detectionVerdictRoutes = {
  listSuppressions: route({
    ...detectionCommon,
    method: 'GET',
    path: '/api/v1/detections/rules/{rule_id}/suppressions',
    summary: 'Active and expired suppressions of a rule',
    permission: 'detections:read',
    status: 200,
    params: detectionParams,
    query: z.object(paging),
    response: listOf(suppressionWire),
  }),
  createSuppression: route({
    ...detectionCommon,
    method: 'POST',
    path: '/api/v1/detections/rules/{rule_id}/suppressions',
    summary: 'Keep matches from raising alerts; dry_run=true only counts what it would cover',
    examples: [
      {
        body: {
          name: 'Suppress sandbox host',
          reason: 'Lab machine generates known test traffic',
          criteria: { host: 'sandbox-01' },
          suppress_for_hours: 24,
        },
      },
    ],
    permission: 'detections:write',
    status: 201,
    alternateStatus: 200,
    params: detectionParams,
    query: z.object({ dry_run: z.enum(['true', 'false']).default('false') }),
    body: z.object({
      name: z.string().trim().min(1).max(256),
      reason: z.string().trim().min(1).max(4000),
      criteria: z
        .record(z.string().min(1).max(128), z.string().max(1024))
        .refine((criteria) => Object.keys(criteria).length > 0, 'name at least one field'),
      suppress_for_hours: z
        .number()
        .positive()
        .max(24 * 366)
        .nullable()
        .default(null),
    }),
    response: suppressionWire.extend({
      id: z.string().nullable().meta({ description: 'Null for a dry run' }),
      preview: z.object({
        matches: z.number().int().meta({ description: 'Matches stored now that nothing else suppresses' }),
        covered: z.number().int().meta({ description: 'Those of them that this suppression covers' }),
      }),
    }),
  }),
  deleteSuppression: route({
    ...detectionCommon,
    method: 'DELETE',
    path: '/api/v1/detections/rules/{rule_id}/suppressions/{suppression_id}',
    summary: 'Remove a suppression',
    permission: 'detections:write',
    status: 204,
    params: z.object({ rule_id: z.string().max(64), suppression_id: z.string().max(64) }),
    response: noContent,
  }),
  listDetectionFeedback: route({
    ...detectionCommon,
    method: 'GET',
    path: '/api/v1/detections/rules/{rule_id}/feedback',
    summary: 'What analysts said of a rule, newest first',
    permission: 'detections:read',
    status: 200,
    params: detectionParams,
    query: z.object(paging),
    response: listOf(detectionFeedbackWire),
  }),
  addDetectionFeedback: route({
    ...detectionCommon,
    method: 'POST',
    path: '/api/v1/detections/rules/{rule_id}/feedback',
    summary: 'Say that a rule was right, wrong or needs tuning',
    description: 'With the id of an alert, a verdict on the rule is one on the alert too.',
    examples: [
      {
        body: {
          verdict: 'false_positive',
          alert_id: 'alert-uuid',
          case_id: 'case-uuid',
          siem_log_id: 'log-uuid',
          notes: 'Expected administrative automation',
          metadata: { source: 'siem_workspace' },
        },
      },
    ],
    permission: 'detections:write',
    status: 201,
    params: detectionParams,
    body: z.object({
      verdict: z.enum(DETECTION_VERDICTS),
      alert_id: z.string().max(64).nullable().default(null),
      case_id: z.string().max(64).nullable().default(null),
      siem_log_id: z.string().max(64).nullable().default(null),
      notes: z.string().max(4000).default(''),
      metadata: z.record(z.string().max(128), z.json()).default({}),
    }),
    response: detectionFeedbackWire,
  }),
};
