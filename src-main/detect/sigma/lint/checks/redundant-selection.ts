import type { Condition } from '../../compile/condition.ts';
import type { Finding, ParsedRule, Selection } from '../../document/rule.ts';
import { parsedConditions } from '../../explain/condition-tree.ts';
import { warning, type RuleCheck } from '../check.ts';
import { selectionImplies } from '../implication.ts';

/** Of two selections side by side, one of which implies the other, one says nothing. */
export const redundantSelection: RuleCheck = {
  id: 'redundant-selection',
  summary: 'A selection beside another one that already says what it says.',
  *check({ rule }) {
    const reported = new Set<string>();
    for (const { condition } of parsedConditions(rule)) yield* walk(condition, rule, reported);
  },
};

function* walk(condition: Condition, rule: ParsedRule, reported: Set<string>): Generator<Finding> {
  if (condition.kind === 'selection') return;
  if (condition.kind === 'not') {
    yield* walk(condition.operand, rule, reported);
    return;
  }
  const beside = condition.operands.flatMap((operand) => selectionsOf(operand, rule));
  for (const narrow of beside) {
    for (const wide of beside) {
      if (narrow === wide || reported.has(narrow.name) || reported.has(wide.name)) continue;
      if (!selectionImplies(narrow, wide)) continue;
      // Beside "and" the wider one adds nothing, beside "or" the narrower one.
      const [idle, other] = condition.kind === 'and' ? [wide, narrow] : [narrow, wide];
      reported.add(idle.name);
      const message = `"${idle.name}" adds nothing: "${other.name}" already ${condition.kind === 'and' ? 'demands' : 'covers'} it.`;
      yield warning(['detection', idle.name], message, 'Remove it, or correct what was meant.');
    }
  }
  for (const operand of condition.operands) yield* walk(operand, rule, reported);
}

function selectionsOf(operand: Condition, { selections }: ParsedRule): readonly Selection[] {
  return operand.kind === 'selection' ? selections.filter(({ name }) => name === operand.name) : [];
}
