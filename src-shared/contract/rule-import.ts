import { z } from 'zod';
import { route } from './route.ts';
import { changeReason, ruleProblemWire } from './sigma.ts';

const OUTCOMES = [
  'added',
  'changed',
  'unchanged',
  'duplicate_id',
  'invalid',
  'unsupported',
  'unreadable',
] as const;

const importedRuleWire = z
  .object({
    file: z.string(),
    outcome: z.enum(OUTCOMES),
    rule_id: z.string().nullable(),
    title: z.string(),
    changed_fields: z.array(z.string()).meta({ description: 'Of a changed rule: its parts that differ' }),
    reason: z.string(),
    never_matches: z.string().nullable().meta({
      description: 'Why no stored event could match: its logsource, or the fields of the newest events of it',
    }),
    problems: z.array(ruleProblemWire),
  })
  .meta({ id: 'ImportedRule' });

const reportWire = z
  .object({
    dry_run: z.boolean(),
    files: z.number().int().meta({ description: 'Rule files that were read' }),
    others: z.number().int().meta({ description: 'Members of archives that are no rule files' }),
    counts: z.object({
      added: z.number().int(),
      changed: z.number().int(),
      unchanged: z.number().int(),
      duplicate_id: z.number().int(),
      invalid: z.number().int(),
      unsupported: z.number().int(),
      unreadable: z.number().int(),
      never_matches: z.number().int(),
    }),
    duration_ms: z.number().int(),
    items: z.array(importedRuleWire),
  })
  .meta({ id: 'RuleImport' });

export type RuleImportWire = z.infer<typeof reportWire>;

const dryRun = z.enum(['true', 'false']).default('false');

const DESCRIPTION =
  'A rule that is new becomes one of your own, one that is known gets the new text, also a shipped or folder rule ' +
  '(as PUT does); comments and layout are no change. `invalid` is no rule, `unsupported` is one that the engine ' +
  'cannot run; both name line and column, and neither is kept. Of two rules with one id the first is taken. All ' +
  'are saved or none.';

export const ruleImportRoutes = {
  importRules: route({
    method: 'POST',
    path: '/api/v1/sigma/rules/import',
    tag: 'Sigma',
    summary: "Import rules from files, folders and archives on the core's machine",
    description: `${DESCRIPTION} Archives are zip, tar and tar.gz.`,
    examples: [{ body: { paths: ['/srv/sigma-rules.zip'], dry_run: true } }],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    body: z.object({
      paths: z.array(z.string().min(1).max(4096)).min(1).max(100),
      dry_run: z.boolean().default(false),
      reason: changeReason,
    }),
    response: reportWire,
  }),
  uploadRules: route({
    method: 'POST',
    path: '/api/v1/sigma/rules/import/upload',
    tag: 'Sigma',
    summary: 'Upload a rule file or an archive of rules and import it',
    description: `${DESCRIPTION} The body is a YAML file, a zip, tar or tar.gz of up to 64 MiB.`,
    examples: [{ query: 'name=sigma-rules.zip&dry_run=true' }],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    query: z.object({ name: z.string().min(1).max(512), dry_run: dryRun, reason: changeReason }),
    bodyType: 'application/octet-stream',
    response: reportWire,
  }),
};
