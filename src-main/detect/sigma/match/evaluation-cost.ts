import type { Requirement } from '../compile/requirement.ts';
import type { ValueTest } from '../compile/value-test.ts';

/**
 * What one value costs to compare, in units of a comparison of numbers, as measured on command lines: a search
 * in the text a few of them, an expression a hundred.
 */
const COSTS: Readonly<Record<ValueTest['kind'], number>> = {
  null: 1,
  exists: 1,
  equalsNumber: 1,
  number: 1,
  pattern: 3,
  forms: 9,
  fieldref: 3,
  time: 5,
  cidr: 5,
  regex: 100,
};

/** Parts in the order in which they decide for the least work; the order says nothing about their truth. */
export function cheapestFirst(parts: readonly Requirement[]): readonly Requirement[] {
  const costs = new Map(parts.map((part) => [part, costOf(part)]));
  return [...parts].sort((left, right) => (costs.get(left) ?? 0) - (costs.get(right) ?? 0));
}

function costOf(requirement: Requirement): number {
  switch (requirement.kind) {
    case 'item':
      return requirement.item.plan.values.reduce((sum, { test }) => sum + COSTS[test.kind], 0);
    case 'not':
      return costOf(requirement.part);
    case 'and':
    case 'or':
      return requirement.parts.reduce((sum, part) => sum + costOf(part), 0);
  }
}
