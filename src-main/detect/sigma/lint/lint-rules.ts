import type { RuleProblem } from '../../../pipeline/rules.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import { problemAt } from '../document/parse-rule.ts';
import { warning, type LintContext } from './check.ts';
import { RULE_CHECKS } from './checks.ts';

/** What is worth saying about rules that would run. All of it warnings of the stage `lint`. */
export function lintRules(compiled: readonly CompiledRule[], context: LintContext): readonly RuleProblem[] {
  const problems = compiled.flatMap((one) => lintRule(one, context));
  return [...problems, ...sameTitles(compiled)];
}

function lintRule(compiled: CompiledRule, context: LintContext): readonly RuleProblem[] {
  const { rule } = compiled;
  return RULE_CHECKS.flatMap(({ id, check }) =>
    Array.from(check({ rule, compiled }, context), (finding) => ({
      ...problemAt(rule, 'lint', finding),
      check: id,
    })),
  );
}

/** Two rules with one title cannot be told apart in a list of alerts. */
function sameTitles(compiled: readonly CompiledRule[]): readonly RuleProblem[] {
  const first = new Map<string, string>();
  return compiled.flatMap(({ rule }) => {
    const title = rule.title.trim().toLowerCase();
    const file = first.get(title);
    if (file === undefined) {
      first.set(title, rule.file);
      return [];
    }
    const finding = warning(['title'], `The title is also that of ${file}.`, 'Say what tells the two apart.');
    return [{ ...problemAt(rule, 'lint', finding), check: 'same-title' }];
  });
}
