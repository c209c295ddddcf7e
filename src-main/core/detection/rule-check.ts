import { compileProblems } from '../../detect/sigma/compile-rules.ts';
import { parseRules } from '../../detect/sigma/document/parse-rule.ts';
import type { RuleStage, RuleVerdict } from '../../pipeline/rules.ts';
import { documentsOf, ownText } from './rule-set.ts';

/** Three-stage verdict on a YAML text of one or more rules: what a dry run answers. */
export function verdictOf(yaml: string): RuleVerdict {
  const { problems, ...documents } = parseRules(yaml, 'rule.yml');
  const failed = (stage: RuleStage): boolean =>
    problems.some((problem) => problem.stage === stage && problem.severity === 'error');
  const parsed = !failed('yaml');
  const shaped = parsed && !failed('schema');
  const meaning = shaped ? compileProblems(documents) : [];
  const rules = documentsOf(documents).map((document) => {
    const { id, kind, title } = document;
    return { id, kind, title, yaml: ownText(document) };
  });
  return {
    yaml: parsed,
    schema: parsed ? shaped : null,
    compile: shaped ? !meaning.some((problem) => problem.severity === 'error') : null,
    problems: [...problems, ...meaning],
    ruleId: rules[0]?.id ?? null,
    rules,
  };
}
