import type { LiteralForm } from '../../compile/pattern.ts';
import type { DetectionItem, Finding } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';
import { itemsOf, pathOfValue } from '../items.ts';
import { covers, literalOf } from '../value-cover.ts';

/** Longer lists are data, not prose: indicators, drivers, domains. */
const MAX_VALUES = 200;

/** Of "foo" and "foobar" under `contains` only the shorter one counts, under `contains|all` only the longer one. */
export const coveredValue: RuleCheck = {
  id: 'covered-value',
  summary: 'A value that another value of its list already covers.',
  *check({ rule }) {
    for (const item of itemsOf(rule)) if (item.values.length <= MAX_VALUES) yield* covered(item);
  },
};

function* covered(item: DetectionItem): Generator<Finding> {
  const isAll = item.modifiers.includes('all');
  const literals = item.values.map((value) => literalOf(item, value));
  for (const [index, one] of literals.entries()) {
    if (one === null) continue;
    const other = literals.findIndex((candidate) => isIdle(one, candidate, isAll));
    if (other === -1) continue;
    const [value, by] = [String(item.values[index]), String(item.values[other])];
    const verb = isAll ? 'demands it already' : 'covers it';
    yield warning(pathOfValue(item, index), `"${value}" adds nothing: "${by}" ${verb}.`, 'Remove it.');
  }
}

/** Equal values are another check's. */
function isIdle(one: LiteralForm, other: LiteralForm | null, isAll: boolean): boolean {
  if (other === null || (one.text === other.text && one.mode === other.mode)) return false;
  return isAll ? covers(one, other) : covers(other, one);
}
