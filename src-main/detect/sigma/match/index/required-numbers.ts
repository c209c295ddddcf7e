import { numericLiteral } from '../../compile/number-text.ts';
import { foldedPattern, literalForm } from '../../compile/pattern.ts';
import type { EngineItem, Requirement } from '../../compile/requirement.ts';
import type { ValueTest } from '../../compile/value-test.ts';

/**
 * The numbers of which a field must state one for `requirement` to be true; null when it may be true of others,
 * or of none. Like `wakeOf` it may only ever widen.
 */
export function requiredNumbers(requirement: Requirement, slot: number): ReadonlySet<number> | null {
  switch (requirement.kind) {
    case 'item':
      return itemNumbers(requirement.item, slot);
    case 'not':
      return null;
    case 'and':
      return fewest(requirement.parts.map((part) => requiredNumbers(part, slot)));
    case 'or':
      return union(requirement.parts.map((part) => requiredNumbers(part, slot)));
  }
}

function itemNumbers({ plan }: EngineItem, slot: number): ReadonlySet<number> | null {
  if (plan.slot !== slot || plan.negated) return null;
  // With `all` each value is required, so all of them together are more than enough.
  return union(plan.values.map(({ test }) => valueNumber(test)));
}

function valueNumber(test: ValueTest): ReadonlySet<number> | null {
  if (test.kind === 'equalsNumber') return new Set([test.value]);
  const literal = test.kind === 'pattern' ? literalForm(foldedPattern(test.pattern)) : null;
  const number = literal?.mode === 'equals' ? numericLiteral(literal.text) : Number.NaN;
  return Number.isNaN(number) ? null : new Set([number]);
}

function fewest(sets: readonly (ReadonlySet<number> | null)[]): ReadonlySet<number> | null {
  let best: ReadonlySet<number> | null = null;
  for (const set of sets) if (set !== null && (best === null || set.size < best.size)) best = set;
  return best;
}

function union(sets: readonly (ReadonlySet<number> | null)[]): ReadonlySet<number> | null {
  const all = new Set<number>();
  for (const set of sets) {
    if (set === null) return null;
    for (const number of set) all.add(number);
  }
  return all;
}
