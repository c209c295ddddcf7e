import { isTemporal } from '../document/correlation.ts';
import { enoughEvents, onlyGrows, thresholdTest } from './condition.ts';
import type { OnFiring } from './group.ts';
import { LATENESS_MS } from './limits.ts';
import type { CorrelationPlan } from './plan.ts';
import type { SlidingShape, TemporalShape } from './shape.ts';
import { SlidingGroup } from './sliding-group.ts';
import { TemporalGroup } from './temporal-group.ts';

export type AnyGroup = SlidingGroup | TemporalGroup;

/**
 * Events that a count keeps beyond those that decide it, so that matches name the true number where it is worth
 * reading.
 */
const COUNTED_EVENTS = 1_000;

export interface GroupFactory {
  readonly newGroup: (values: readonly string[]) => AnyGroup;
  readonly isImmediate: boolean;
}

/** Makes the groups of one correlation; `isReferenced` when others are built on it. */
export function newGroupFactory(
  plan: CorrelationPlan,
  isReferenced: boolean,
  onFiring: OnFiring,
): GroupFactory {
  const shape = shapeOf(plan, isReferenced);
  const { isImmediate } = shape;
  return {
    isImmediate,
    newGroup: (values) =>
      'inputs' in shape
        ? new TemporalGroup(values, shape, onFiring)
        : new SlidingGroup(values, shape, onFiring),
  };
}

function shapeOf(
  { rule, condition, inputs }: CorrelationPlan,
  isReferenced: boolean,
): SlidingShape | TemporalShape {
  const { type, timespanMs, percentile } = rule;
  const common = {
    timespanMs,
    latenessMs: LATENESS_MS,
    isImmediate: onlyGrows(type, condition),
    isReferenced,
    keeps: {
      measured: rule.valueFields.length > 0,
      carried: inputs.some(({ carried }) => carried.length > 0),
    },
    holds: condition.kind === 'threshold' ? thresholdTest(condition.bounds) : () => true,
  };
  if (isTemporal(type)) {
    const alternatives = condition.kind === 'alternatives' ? condition.alternatives : null;
    return { ...common, inputs: inputs.length, isOrdered: type === 'temporal_ordered', alternatives };
  }
  const hasChainedInputs = inputs.some(({ source }) => source.kind === 'correlation');
  return {
    ...common,
    type,
    percentile,
    enoughEvents: Math.max(enoughEvents(type, condition), COUNTED_EVENTS),
    mayRepeat: inputs.length > 1 || hasChainedInputs,
    hasChainedInputs,
  };
}
