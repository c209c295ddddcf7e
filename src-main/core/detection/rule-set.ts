import { compileProblems } from '../../detect/sigma/compile-rules.ts';
import { loadRules, toLoadedRule } from '../../detect/sigma/document/load.ts';
import { parseRules } from '../../detect/sigma/document/parse-rule.ts';
import { joinDocuments, type SigmaDocuments } from '../../detect/sigma/document/documents.ts';
import type { LoadedRule, RuleProblem, RuleStage, RuleVerdict } from '../../pipeline/rules.ts';
import type { RuleRecord } from '../../store/interface/rules.ts';
import type { RuleSetRequest } from './messages.ts';

/** Rules of every origin before they are compiled. */
export interface RuleSet {
  readonly parsed: SigmaDocuments;
  /** The first of each id, which is the one that the engine takes, with the analyst's overrides applied. */
  readonly rules: readonly LoadedRule[];
  readonly problems: readonly RuleProblem[];
}

/** Reads the rules of a request: shipped first, then folders, then custom; of two with one id the first is kept. */
export function readRuleSet(request: RuleSetRequest): RuleSet {
  const shipped = loadRules(request.shippedPaths);
  const folders = loadRules(request.folderPaths);
  const custom = request.records.flatMap((record) =>
    record.yaml === null ? [] : [parseRules(record.yaml, customFile(record))],
  );
  const byOrigin: readonly [LoadedRule['origin'], SigmaDocuments][] = [
    ['shipped', shipped],
    ['folder', folders],
    ['custom', joinDocuments(custom)],
  ];
  const seen = new Set<string>();
  const overrides = new Map(request.records.map((record) => [record.ruleId, record]));
  return {
    parsed: joinDocuments(byOrigin.map(([, documents]) => documents)),
    rules: byOrigin.flatMap(([origin, { rules, correlations, filters }]) =>
      [...rules, ...correlations, ...filters].flatMap((rule) => {
        if (seen.has(rule.id)) return [];
        seen.add(rule.id);
        return [withOverride(toLoadedRule(rule, origin), overrides.get(rule.id))];
      }),
    ),
    problems: [...shipped.problems, ...folders.problems, ...custom.flatMap((one) => one.problems)],
  };
}

/** Three-stage verdict on the YAML of one rule: what a dry run answers. */
export function verdictOf(yaml: string): RuleVerdict {
  const { problems, ...documents } = parseRules(yaml, 'rule.yml');
  const failed = (stage: RuleStage): boolean =>
    problems.some((problem) => problem.stage === stage && problem.severity === 'error');
  const parsed = !failed('yaml');
  const shaped = parsed && !failed('schema');
  const meaning = shaped ? compileProblems(documents) : [];
  return {
    yaml: parsed,
    schema: parsed ? shaped : null,
    compile: shaped ? !meaning.some((problem) => problem.severity === 'error') : null,
    problems: [...problems, ...meaning],
    ruleId: [...documents.rules, ...documents.correlations, ...documents.filters][0]?.id ?? null,
  };
}

function withOverride(rule: LoadedRule, record: RuleRecord | undefined): LoadedRule {
  if (record === undefined) return rule;
  return { ...rule, enabled: record.enabled, levelOverride: record.levelOverride };
}

function customFile(record: RuleRecord): string {
  return `custom/${record.ruleId}.yml`;
}
