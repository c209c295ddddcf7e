import { isTemporal, type Bound, type CorrelationType } from '../document/correlation.ts';

/** One way to fulfil a temporal expression: places of inputs that must have been seen, and of those that must not. */
export interface Alternative {
  readonly required: readonly number[];
  readonly absent: readonly number[];
}

/** When a correlation matches, with its rules found. */
export type MatchCondition =
  | { readonly kind: 'threshold'; readonly bounds: readonly Bound[] }
  | { readonly kind: 'alternatives'; readonly alternatives: readonly Alternative[] };

/** A test of one number against all bounds. */
export function thresholdTest(bounds: readonly Bound[]): (measure: number) => boolean {
  const tests = bounds.map(boundTest);
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : (measure) => tests.every((test) => test(measure));
}

function boundTest({ comparison, value }: Bound): (measure: number) => boolean {
  switch (comparison) {
    case 'gt':
      return (measure) => measure > value;
    case 'gte':
      return (measure) => measure >= value;
    case 'lt':
      return (measure) => measure < value;
    case 'lte':
      return (measure) => measure <= value;
    case 'eq':
      return (measure) => measure === value;
    case 'neq':
      return (measure) => measure !== value && !Number.isNaN(measure);
  }
}

/** Types whose measure only grows with more events. A sum does unless there are negative numbers, which are rare. */
const GROWING: readonly CorrelationType[] = ['event_count', 'value_count', 'value_sum'];

/** True when more events in a window can make the condition true but never false. */
export function onlyGrows(type: CorrelationType, condition: MatchCondition): boolean {
  if (condition.kind === 'alternatives')
    return condition.alternatives.every(({ absent }) => absent.length === 0);
  const isFloor = condition.bounds.every(({ comparison }) => comparison === 'gt' || comparison === 'gte');
  return isFloor && (GROWING.includes(type) || isTemporal(type));
}

/** Events that decide whether the bounds are reached; infinite where each one changes the answer. */
export function enoughEvents(type: CorrelationType, condition: MatchCondition): number {
  if (type !== 'event_count' || condition.kind !== 'threshold' || !onlyGrows(type, condition))
    return Infinity;
  return Math.max(
    ...condition.bounds.map(({ comparison, value }) => (comparison === 'gt' ? value + 1 : value)),
  );
}

/** Words for a bound, as an explanation shows it. */
export function boundText({ comparison, value }: Bound): string {
  const signs = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=', neq: '!=' } as const;
  return `${signs[comparison]} ${value}`;
}
