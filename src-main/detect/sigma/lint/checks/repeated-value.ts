import { fold } from '../../compile/pattern.ts';
import type { DetectionItem, Finding } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';
import { itemsOf, pathOfValue } from '../items.ts';

/** Case counts only where the item says so. */
export const repeatedValue: RuleCheck = {
  id: 'repeated-value',
  summary: 'A value that its list holds twice.',
  *check({ rule }) {
    for (const item of itemsOf(rule)) yield* repetitions(item);
  },
};

function* repetitions(item: DetectionItem): Generator<Finding> {
  const isCased = ['cased', 're', 'base64', 'base64offset', 'fieldref'].some((name) =>
    item.modifiers.includes(name),
  );
  const seen = new Set<string>();
  for (const [index, value] of item.values.entries()) {
    const key = `${typeof value}:${isCased ? String(value) : fold(String(value))}`;
    if (seen.has(key)) {
      const message = `The value "${String(value)}" is in the list twice.`;
      yield warning(
        pathOfValue(item, index),
        message,
        isCased ? 'Remove one.' : 'Remove one; case does not count.',
      );
    }
    seen.add(key);
  }
}
