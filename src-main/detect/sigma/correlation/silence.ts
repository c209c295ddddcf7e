import type { CorrelationPlans } from './plan.ts';

/** Places of base rules and correlations that make no detections of their own. */
export interface Silenced {
  readonly rules: ReadonlySet<number>;
  readonly correlations: ReadonlySet<number>;
}

/**
 * What only serves correlations: referenced by one that runs, and by none that runs and asks for matches of its
 * rules (`generate`). A correlation that is switched off gives its rules their voice back.
 */
export function silencedBy(plans: CorrelationPlans, isEnabled: (correlation: number) => boolean): Silenced {
  const quiet = { rule: new Set<number>(), correlation: new Set<number>() };
  const heard = { rule: new Set<number>(), correlation: new Set<number>() };
  for (const [number, { rule, inputs }] of plans.correlations.entries()) {
    if (!isEnabled(number)) continue;
    for (const { source } of inputs) (rule.generate ? heard : quiet)[source.kind].add(source.number);
  }
  return {
    rules: without(quiet.rule, heard.rule),
    correlations: without(quiet.correlation, heard.correlation),
  };
}

function without(places: ReadonlySet<number>, taken: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...places].filter((place) => !taken.has(place)));
}
