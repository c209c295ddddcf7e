import { parsedConditions } from '../../explain/condition-tree.ts';
import type { Condition } from '../../compile/condition.ts';
import { warning, type RuleCheck } from '../check.ts';

/** A selection that no condition names is usually a filter that somebody forgot. */
export const unusedSelection: RuleCheck = {
  id: 'unused-selection',
  summary: 'A selection that no condition uses.',
  *check({ rule }) {
    const used = new Set(parsedConditions(rule).flatMap(({ condition }) => namesIn(condition)));
    for (const { name } of rule.selections) {
      if (used.has(name)) continue;
      const hint = 'Name it in the condition, or remove it.';
      yield warning(['detection', name], `The condition does not use the selection "${name}".`, hint);
    }
  },
};

function namesIn(condition: Condition): readonly string[] {
  if (condition.kind === 'selection') return [condition.name];
  return condition.kind === 'not' ? namesIn(condition.operand) : condition.operands.flatMap(namesIn);
}
