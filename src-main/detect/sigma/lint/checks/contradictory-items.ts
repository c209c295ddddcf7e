import type { LiteralForm } from '../../compile/pattern.ts';
import type { DetectionItem, Finding } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';
import { keyOf } from '../items.ts';
import { covers, literalOf } from '../value-cover.ts';

/** Lines of one map must all hold, so two that demand different whole values of one field exclude each other. */
export const contradictoryItems: RuleCheck = {
  id: 'contradictory-items',
  summary: 'Lines of one selection that cannot be true together.',
  *check({ rule }) {
    for (const { name, alternatives } of rule.selections) {
      for (const items of alternatives) {
        for (const item of items) yield* ownContradiction(item);
        yield* contradictions(name, items);
      }
    }
  },
};

const HINT = 'This can only be true of a field with several values.';

function* ownContradiction(item: DetectionItem): Generator<Finding> {
  if (!item.modifiers.includes('all')) return;
  const literals = wholeValues(item);
  const differing = literals?.find((one) => one.text !== literals[0]?.text);
  if (differing !== undefined) {
    yield warning(item.path, `"${keyOf(item)}" demands two different values at once.`, HINT);
  }
}

function* contradictions(selection: string, items: readonly DetectionItem[]): Generator<Finding> {
  for (const [index, item] of items.entries()) {
    const whole = item.modifiers.includes('all') ? null : wholeValues(item);
    if (whole === null || item.field === null) continue;
    for (const [otherIndex, other] of items.entries()) {
      if (other.field !== item.field || otherIndex === index) continue;
      const isPair = otherIndex > index || wholeValues(other) === null;
      if (!isPair || !excludesAll(other, whole, item)) continue;
      const message = `In "${selection}", "${keyOf(item)}" and "${keyOf(other)}" exclude each other.`;
      yield warning(other.path, message, HINT);
    }
  }
}

/** True when none of the whole values fits the other item. */
function excludesAll(other: DetectionItem, whole: readonly LiteralForm[], item: DetectionItem): boolean {
  if (other.modifiers.includes('cased') || item.modifiers.includes('cased')) return false;
  const wanted = other.values.map((value) => literalOf(other, value));
  if (!wanted.every((one) => one !== null)) return false;
  const fits = (value: LiteralForm): boolean =>
    other.modifiers.includes('all')
      ? wanted.every((one) => covers(one, value))
      : wanted.some((one) => covers(one, value));
  return !whole.some(fits);
}

/** The values, when each is compared with the whole field; else null. */
function wholeValues(item: DetectionItem): readonly LiteralForm[] | null {
  const literals = item.values.map((value) => literalOf(item, value));
  return literals.every((one) => one?.mode === 'equals') ? literals.filter((one) => one !== null) : null;
}
