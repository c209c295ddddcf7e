import { costOf, type CostlyItem } from '../../match/index/cost.ts';
import type { DetectionItem } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';
import { itemsOf, keyOf, pathOfValue } from '../items.ts';

/** An expression without a fixed text is run on every event that has the field, because nothing announces it. */
export const slowRegex: RuleCheck = {
  id: 'slow-regex',
  summary: 'A regular expression that is run on every event of its logsource.',
  *check({ rule, compiled }) {
    for (const costly of costOf(compiled).items) {
      if (costly.reason !== 'regex_without_literal') continue;
      const item = itemsOf(rule).find((one) => keyOf(one) === keyOf(costly) && indexIn(one, costly) >= 0);
      if (item === undefined) continue;
      const hint = 'Add a selection with a text that must be there, or make the expression contain one.';
      const message = 'No text of three characters or more must be part of this expression.';
      yield warning(pathOfValue(item, indexIn(item, costly)), message, hint);
    }
  },
};

function indexIn({ values }: DetectionItem, { value }: CostlyItem): number {
  return values.findIndex((one) => String(one) === value);
}
