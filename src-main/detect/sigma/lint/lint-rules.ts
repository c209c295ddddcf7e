import type { RuleProblem } from '../../../pipeline/rules.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import { problemAt } from '../document/parse-rule.ts';
import type { ParsedRule } from '../document/rule.ts';
import { warning, type LintContext, type LintedRule } from './check.ts';
import { RULE_CHECKS } from './checks.ts';

/**
 * What is worth saying about rules that would run. All of it warnings of the stage `lint`.
 *
 * @param rules as their authors wrote them; pipelines may have changed what was compiled.
 */
export function lintRules(
  rules: readonly ParsedRule[],
  compiled: readonly CompiledRule[],
  context: LintContext,
): readonly RuleProblem[] {
  const byId = new Map(compiled.map((one) => [one.rule.id, one]));
  const linted = rules.flatMap((rule): LintedRule[] => {
    const own = byId.get(rule.id);
    return own === undefined ? [] : [{ rule, compiled: own }];
  });
  return [...linted.flatMap((one) => lintRule(one, context)), ...sameTitles(linted)];
}

function lintRule(linted: LintedRule, context: LintContext): readonly RuleProblem[] {
  const { rule } = linted;
  return RULE_CHECKS.flatMap(({ id, check }) =>
    Array.from(check(linted, context), (finding) => ({
      ...problemAt(rule, 'lint', finding),
      check: id,
    })),
  );
}

/** Two rules with one title cannot be told apart in a list of alerts. */
function sameTitles(linted: readonly LintedRule[]): readonly RuleProblem[] {
  const first = new Map<string, string>();
  return linted.flatMap(({ rule }) => {
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
