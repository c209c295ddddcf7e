import { z } from 'zod';
import { RULE_ACTIONS } from '../model/rule-history.ts';
import { level, noContent, timestamp } from './primitives.ts';
import { route } from './route.ts';
import { changeReason, MAX_RULE_TEXT, ruleDetailWire, ruleParams } from './sigma.ts';

const entryWire = z
  .object({
    version: z.number().int(),
    at: timestamp,
    author: z.string().meta({ description: "Name of the caller's token; empty for Harrier itself" }),
    action: z.enum(RULE_ACTIONS),
    reason: z.string(),
    enabled: z.boolean(),
    level_override: level.nullable(),
    has_text: z.boolean().meta({ description: 'False for an entry that left the text as it was' }),
  })
  .meta({ id: 'RuleVersion' });

export type RuleVersionWire = z.infer<typeof entryWire>;

const versionParams = ruleParams.extend({ version: z.coerce.number<number | string>().int().min(1) });

export const ruleHistoryRoutes = {
  updateRule: route({
    method: 'PUT',
    path: '/api/v1/sigma/rules/{rule_id}',
    tag: 'Sigma',
    summary: 'Replace the text of a rule',
    description:
      'A shipped or folder rule keeps its origin and its file; the text here runs in its place until it is given ' +
      'back with DELETE. The text must hold this one rule under its own id. With `base_version`, a text that ' +
      'someone else saved since is not overwritten: 409 says who and when.',
    examples: [{ body: { yaml: 'title: ...', reason: 'less noise', base_version: 3 } }],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    body: z.object({
      yaml: z.string().max(MAX_RULE_TEXT),
      reason: changeReason,
      base_version: z.number().int().min(0).optional().meta({
        description: '`version` of the rule whose text was edited; left out, nothing is compared',
      }),
    }),
    response: ruleDetailWire,
  }),
  deleteRule: route({
    method: 'DELETE',
    path: '/api/v1/sigma/rules/{rule_id}',
    tag: 'Sigma',
    summary: 'Remove a rule of your own, or give an edited rule its own text back',
    description:
      "Alerts keep the rule's title and id, and its history stays: a version can be restored. A shipped or folder " +
      'rule that was not edited is not removed (409); disable it instead.',
    permission: 'detections:write',
    bucket: 'detail',
    status: 204,
    params: ruleParams,
    query: z.object({ reason: changeReason }),
    response: noContent,
  }),
  ruleVersions: route({
    method: 'GET',
    path: '/api/v1/sigma/rules/{rule_id}/versions',
    tag: 'Sigma',
    summary: 'What happened to a rule here, newest first',
    description: 'Texts, switches and levels, with author and reason; also of a rule that no longer exists.',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    response: z.object({ rule_id: z.string(), exists: z.boolean(), items: z.array(entryWire) }),
  }),
  ruleVersion: route({
    method: 'GET',
    path: '/api/v1/sigma/rules/{rule_id}/versions/{version}',
    tag: 'Sigma',
    summary: 'The text of a rule at one version, and the text before it',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    params: versionParams,
    response: entryWire.extend({
      rule_id: z.string(),
      yaml: z
        .string()
        .nullable()
        .meta({ description: 'Text in force then; null when only the file of the rule had it' }),
      previous_version: z.number().int().nullable(),
      previous_yaml: z.string().nullable(),
    }),
  }),
  restoreRule: route({
    method: 'POST',
    path: '/api/v1/sigma/rules/{rule_id}/restore',
    tag: 'Sigma',
    summary: 'Save the text of an earlier version again',
    description: 'Also brings back a rule of your own that was deleted.',
    examples: [{ body: { version: 2, reason: 'the exclusion was too broad' } }],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    body: z.object({ version: z.number().int().min(1), reason: changeReason }),
    response: ruleDetailWire,
  }),
};
