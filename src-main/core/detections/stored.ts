import { z } from 'zod';
import { SHARING_MODES, type DetectionRule, type Suppression } from '#shared/model/detection-rule.ts';
import { LEVELS } from '#shared/model/severity.ts';
import type { RecordKind, WorkspaceRecord } from '../../store/interface/records.ts';

const text = z.string();
const texts = z.array(text);
const instant = z.number();

const storedRule = z.object({
  id: text,
  name: text,
  description: text,
  query: text,
  source: text.nullable(),
  matchSeverity: text.nullable(),
  host: text.nullable(),
  alertSeverity: z.enum(LEVELS),
  alertTitleTemplate: text,
  alertDescriptionTemplate: text,
  autoCreateCase: z.boolean(),
  enabled: z.boolean(),
  scheduleEnabled: z.boolean(),
  scheduleIntervalMinutes: z.number(),
  mitreTechniques: texts,
  sharingMode: z.enum(SHARING_MODES),
  sharedWithRoles: texts,
  tags: texts,
  pivots: texts,
  owner: text,
  createdTs: instant,
  updatedTs: instant,
  lastRunTs: instant.nullable(),
  nextRunTs: instant.nullable(),
  examinedUpTo: z.number(),
}) satisfies z.ZodType<DetectionRule>;

const storedSuppression = z.object({
  id: text,
  ruleId: text,
  name: text,
  reason: text,
  criteria: z.record(text, text),
  owner: text,
  createdTs: instant,
  expiresTs: instant.nullable(),
}) satisfies z.ZodType<Suppression>;

export function readRule({ body }: WorkspaceRecord): DetectionRule {
  return storedRule.parse(JSON.parse(body));
}

export function readSuppression({ body }: WorkspaceRecord): Suppression {
  return storedSuppression.parse(JSON.parse(body));
}

export function toRecord(kind: RecordKind, value: { readonly id: string }, nowMs: number): WorkspaceRecord {
  return { kind, name: value.id, body: JSON.stringify(value), updatedTs: nowMs };
}
