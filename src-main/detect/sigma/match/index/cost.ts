import type { CompiledRule } from '../../compile/compile-rule.ts';
import type { EngineItem, Requirement } from '../../compile/requirement.ts';
import type { ValueTest } from '../../compile/value-test.ts';
import { wakeOf } from './wake.ts';

/** Why the index cannot see coming that an item is true. */
export type BlindSpot =
  /** True where something is missing or different, which no event announces. */
  | 'excludes'
  /** An expression that no telling literal must be part of. */
  | 'regex_without_literal'
  /** Texts so short, or wildcards so many, that a good part of all events has them. */
  | 'common_text'
  /** A comparison of numbers, times, addresses or two fields: asked of every event that has the field. */
  | 'comparison';

/** An item that makes its rule be looked at far more often than it matches. */
export interface CostlyItem {
  /** Null for keywords. */
  readonly field: string | null;
  readonly modifiers: readonly string[];
  /** The rule's value, as text; of several the first that is costly. Null when none by itself is to blame. */
  readonly value: string | null;
  readonly reason: BlindSpot;
}

export interface RuleCost {
  /**
   * Guessed share, 0 to 1, of the events of its logsource for which the rule's condition is run. The sum over
   * its literals: a long list of rare ones says much more than is true.
   */
  readonly frequency: number;
  /** What keeps the rule from being found by what events say; empty when nothing does. */
  readonly items: readonly CostlyItem[];
}

/** Share of events from which on a value is called costly: what a literal of three characters is guessed at. */
const COSTLY_FREQUENCY = 0.2;

/** What a rule costs the events that it does not match, and which of its items are to blame. Pure. */
export function costOf({ requirement }: Pick<CompiledRule, 'requirement'>): RuleCost {
  const frequency = frequencyOf(requirement);
  return { frequency, items: frequency > COSTLY_FREQUENCY ? blamed(requirement) : [] };
}

function frequencyOf(requirement: Requirement): number {
  return Math.min(wakeOf(requirement)?.frequency ?? 1, 1);
}

/** Of parts that are all needed the rarest one is what to improve; of alternatives each that is not rare. */
function blamed(requirement: Requirement): readonly CostlyItem[] {
  switch (requirement.kind) {
    case 'item':
      return blamedItem(requirement.item);
    case 'not':
      return [costlyItem(firstItem(requirement.part), null, 'excludes')];
    case 'and': {
      const [rarest] = [...requirement.parts].sort((left, right) => frequencyOf(left) - frequencyOf(right));
      return rarest === undefined ? [] : blamed(rarest);
    }
    case 'or':
      return requirement.parts.filter((part) => frequencyOf(part) > COSTLY_FREQUENCY).flatMap(blamed);
  }
}

/** Nothing when each value is rare by itself and only their number adds up. */
function blamedItem(item: EngineItem): readonly CostlyItem[] {
  const { plan } = item;
  if (plan.negated) return [costlyItem(item, null, 'excludes')];
  const costly = plan.values.find((value) => {
    const alone = { ...item, plan: { ...plan, values: [value] } };
    return frequencyOf({ kind: 'item', item: alone }) > COSTLY_FREQUENCY;
  });
  return costly === undefined ? [] : [costlyItem(item, String(costly.written), blindSpotOf(costly.test))];
}

function blindSpotOf(test: ValueTest): BlindSpot {
  switch (test.kind) {
    case 'regex':
      return 'regex_without_literal';
    case 'pattern':
    case 'forms':
    case 'equalsNumber':
      return 'common_text';
    case 'null':
      return 'excludes';
    case 'exists':
      return test.expected ? 'comparison' : 'excludes';
    case 'number':
    case 'time':
    case 'cidr':
    case 'fieldref':
      return 'comparison';
  }
}

function costlyItem({ plan }: EngineItem, value: string | null, reason: BlindSpot): CostlyItem {
  return { field: plan.field, modifiers: plan.modifiers, value, reason };
}

function firstItem(requirement: Requirement): EngineItem {
  if (requirement.kind === 'item') return requirement.item;
  const part = requirement.kind === 'not' ? requirement.part : requirement.parts[0];
  if (part === undefined) throw new Error('A requirement without parts.');
  return firstItem(part);
}
