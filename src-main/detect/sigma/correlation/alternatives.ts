import { parseCondition, type Condition } from '../compile/condition.ts';
import type { ParsedCorrelation } from '../document/correlation.ts';
import { RuleRejected, type ConditionText } from '../document/rule.ts';
import type { Alternative } from './condition.ts';

/** Ways to fulfil one expression; each is looked at for each event, so a hostile one must not have thousands. */
const MAX_ALTERNATIVES = 64;

/** The ways to fulfil a temporal expression: its disjunctive form, over the places of the correlation's rules. */
export function alternativesOf(
  { rules }: ParsedCorrelation,
  { text, path }: ConditionText,
): readonly Alternative[] {
  const names = rules.map((reference) => reference.text);
  const outcome = parseCondition(text, names);
  if (!outcome.ok)
    throw new RuleRejected(path, outcome.message, 'Join the rules with and, or, not and brackets.');
  const alternatives = expand(outcome.condition, (name) => names.indexOf(name), path).filter(isPossible);
  if (alternatives.length === 0) {
    throw new RuleRejected(path, 'No events fulfil this condition.', 'Remove what contradicts itself.');
  }
  if (alternatives.some(({ required }) => required.length === 0)) {
    const hint = 'Require at least one rule beside those that must not match.';
    throw new RuleRejected(path, 'This condition is true when nothing happens.', hint);
  }
  return alternatives.map(inOrder);
}

function expand(
  condition: Condition,
  placeOf: (name: string) => number,
  path: ConditionText['path'],
  isNegated = false,
): readonly Alternative[] {
  if (condition.kind === 'selection') {
    const place = [placeOf(condition.name)];
    return [isNegated ? { required: [], absent: place } : { required: place, absent: [] }];
  }
  if (condition.kind === 'not') return expand(condition.operand, placeOf, path, !isNegated);
  const parts = condition.operands.map((operand) => expand(operand, placeOf, path, isNegated));
  const isAny = (condition.kind === 'or') !== isNegated;
  const ways = isAny
    ? parts.reduce((sum, part) => sum + part.length, 0)
    : parts.reduce((factor, part) => factor * part.length, 1);
  if (ways <= MAX_ALTERNATIVES) return isAny ? parts.flat() : parts.reduce(product);
  const message = `The condition can be fulfilled in more than ${MAX_ALTERNATIVES} ways.`;
  throw new RuleRejected(path, message, 'Split it into several correlations.');
}

function product(left: readonly Alternative[], right: readonly Alternative[]): readonly Alternative[] {
  return left.flatMap((one) =>
    right.map((other) => ({
      required: [...one.required, ...other.required],
      absent: [...one.absent, ...other.absent],
    })),
  );
}

function isPossible({ required, absent }: Alternative): boolean {
  return required.every((place) => !absent.includes(place));
}

/** Each rule once, in the order in which the correlation lists them. */
function inOrder({ required, absent }: Alternative): Alternative {
  const ascending = (places: readonly number[]): readonly number[] =>
    [...new Set(places)].sort((left, right) => left - right);
  return { required: ascending(required), absent: ascending(absent) };
}
