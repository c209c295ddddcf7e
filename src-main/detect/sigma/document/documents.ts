import type { ParsedCorrelation } from './correlation.ts';
import type { ParsedFilter, ParsedRule } from './rule.ts';

/** The documents of a rule set by kind. */
export interface SigmaDocuments {
  readonly rules: readonly ParsedRule[];
  readonly correlations: readonly ParsedCorrelation[];
  readonly filters: readonly ParsedFilter[];
}

/** Several sets as one, in their order. */
export function joinDocuments(sets: readonly SigmaDocuments[]): SigmaDocuments {
  return {
    rules: sets.flatMap(({ rules }) => rules),
    correlations: sets.flatMap(({ correlations }) => correlations),
    filters: sets.flatMap(({ filters }) => filters),
  };
}
