import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { compileAll, type CompileOptions } from '../../detect/sigma/compile-rules.ts';
import { parseRules } from '../../detect/sigma/document/parse-rule.ts';
import { lintRules } from '../../detect/sigma/lint/lint-rules.ts';
import type { RuleStage, RuleVerdict } from '../../pipeline/rules.ts';
import { loadAttackCatalogue } from '../attack-facts.ts';
import { documentsOf, ownText } from './rule-set.ts';

/** Read when the first rule is checked. */
let attack: AttackCatalogue | null = null;

/**
 * Three-stage verdict on a YAML text of one or more rules, with what the linter says of those that would run.
 *
 * @param options how rules are compiled where it would run.
 */
export function verdictOf(yaml: string, options: Partial<CompileOptions> = {}): RuleVerdict {
  const { problems, ...documents } = parseRules(yaml, 'rule.yml');
  const failed = (stage: RuleStage): boolean =>
    problems.some((problem) => problem.stage === stage && problem.severity === 'error');
  const parsed = !failed('yaml');
  const shaped = parsed && !failed('schema');
  const compiled = shaped ? compileAll(documents, { anyLogsource: false, ...options }) : null;
  const meaning = compiled?.problems ?? [];
  attack ??= loadAttackCatalogue();
  const advice = lintRules(documents.rules, compiled?.rules ?? [], { attack, evidence: null });
  const rules = documentsOf(documents).map((document) => {
    const { id, kind, title } = document;
    return { id, kind, title, yaml: ownText(document) };
  });
  return {
    yaml: parsed,
    schema: parsed ? shaped : null,
    compile: shaped ? !meaning.some((problem) => problem.severity === 'error') : null,
    problems: [...problems, ...meaning, ...advice],
    ruleId: rules[0]?.id ?? null,
    rules,
  };
}
