import type { Condition } from '../../compile/condition.ts';
import { parsedConditions } from '../../explain/condition-tree.ts';
import type { ParsedRule } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';
import { selectionImplies } from '../implication.ts';

/** Selections up to which every combination is tried; SigmaHQ's longest condition has more, and is no puzzle. */
const MAX_SELECTIONS = 12;

/** Tries every combination of true and false selections that their contents allow. */
export const impossibleCondition: RuleCheck = {
  id: 'impossible-condition',
  summary: 'A condition that no event can fulfil, or that every event does.',
  *check({ rule }) {
    if (rule.selections.length > MAX_SELECTIONS) return;
    const combinations = possibleCombinations(rule);
    for (const [index, { condition }] of parsedConditions(rule).entries()) {
      const path = rule.conditions[index]?.path ?? ['detection', 'condition'];
      const outcomes = combinations.map((holds) => outcomeOf(condition, holds));
      if (!outcomes.includes(true)) {
        const hint = 'Look at what is excluded: it covers everything that is selected.';
        yield warning(path, 'No event can fulfil this condition.', hint);
      } else if (!outcomes.includes(false)) {
        yield warning(path, 'Every event of the logsource fulfils this condition.', 'Narrow it.');
      }
    }
  },
};

type Combination = ReadonlyMap<string, boolean>;

/** Combinations in which no selection holds without those that it implies. */
function possibleCombinations({ selections }: ParsedRule): readonly Combination[] {
  const implied = selections.map((narrow) =>
    selections.map((wide) => narrow !== wide && selectionImplies(narrow, wide)),
  );
  const combinations: Combination[] = [];
  for (let bits = 0; bits < 1 << selections.length; bits++) {
    const holds = (index: number): boolean => (bits & (1 << index)) !== 0;
    const isPossible = implied.every((row, narrow) =>
      row.every((isImplied, wide) => !isImplied || !holds(narrow) || holds(wide)),
    );
    if (isPossible) combinations.push(new Map(selections.map(({ name }, index) => [name, holds(index)])));
  }
  return combinations;
}

function outcomeOf(condition: Condition, holds: Combination): boolean {
  switch (condition.kind) {
    case 'selection':
      return holds.get(condition.name) === true;
    case 'not':
      return !outcomeOf(condition.operand, holds);
    case 'and':
      return condition.operands.every((operand) => outcomeOf(operand, holds));
    case 'or':
      return condition.operands.some((operand) => outcomeOf(operand, holds));
  }
}
