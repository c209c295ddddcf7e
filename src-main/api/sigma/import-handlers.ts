import type { ruleImportRoutes, RuleImportWire } from '#shared/contract/rule-import.ts';
import type { ImportedRule, RuleImportReport } from '../../pipeline/rule-commands.ts';
import type { Handlers } from '../kit/handler.ts';
import { problemToWire } from '../kit/problem-wire.ts';
import { changeNote, type SigmaDeps } from './rule-detail.ts';

/** Rules from files, folders and archives, by path or uploaded. */
export function ruleImportHandlers({
  commands: { rules },
}: Pick<SigmaDeps, 'commands'>): Handlers<keyof typeof ruleImportRoutes> {
  return {
    importRules: async ({ body, caller }) => {
      const source = { kind: 'paths', paths: body.paths } as const;
      const report = await rules.import(source, body.dry_run, changeNote(caller, body.reason));
      return reportToWire(report, body.dry_run);
    },
    uploadRules: async ({ query, body, caller }) => {
      const source = { kind: 'upload', name: query.name, body } as const;
      const isDry = query.dry_run === 'true';
      return reportToWire(await rules.import(source, isDry, changeNote(caller, query.reason)), isDry);
    },
  };
}

function reportToWire(
  { files, others, rules, durationMs }: RuleImportReport,
  dryRun: boolean,
): RuleImportWire {
  const counts: RuleImportWire['counts'] = {
    added: 0,
    changed: 0,
    unchanged: 0,
    duplicate_id: 0,
    invalid: 0,
    unsupported: 0,
    unreadable: 0,
    never_matches: rules.filter(({ neverMatches }) => neverMatches !== null).length,
  };
  for (const { outcome } of rules) counts[outcome] += 1;
  return {
    dry_run: dryRun,
    files,
    others,
    counts,
    duration_ms: Math.round(durationMs),
    items: rules.map(toWire),
  };
}

function toWire(rule: ImportedRule): RuleImportWire['items'][number] {
  return {
    file: rule.file,
    outcome: rule.outcome,
    rule_id: rule.ruleId,
    title: rule.title,
    changed_fields: [...rule.changedFields],
    reason: rule.reason,
    never_matches: rule.neverMatches,
    problems: rule.problems.map(problemToWire),
  };
}
