import type { ParsedCorrelation } from '../document/correlation.ts';
import type { MatchCondition } from './condition.ts';

/** A field of an event, or of what a correlation found, as it is grouped and counted. */
export type CarriedValue = string | number | null;

/** What correlations need of one rule's events. */
export interface BaseRulePlan {
  readonly ruleId: string;
  /** Fields to read from each of its events; `BaseMatch.values` has their values in this order. */
  readonly fields: readonly string[];
}

/** Where the inputs of a correlation come from: a place among the base rules, or among the correlations. */
export interface InputSource {
  readonly kind: 'rule' | 'correlation';
  readonly number: number;
}

/** One rule or correlation that a correlation looks at. Places are those among the source's values. */
export interface InputPlan {
  readonly source: InputSource;
  readonly groupBy: readonly number[];
  /** Fields that are counted or measured. */
  readonly measured: readonly number[];
  /** What correlations above this one need to know. */
  readonly carried: readonly number[];
}

/** A correlation whose rules are found and whose order is known. */
export interface CorrelationPlan {
  readonly rule: ParsedCorrelation;
  readonly inputs: readonly InputPlan[];
  readonly condition: MatchCondition;
  /** Digest of everything that decides when it matches: state of another meaning must not be used. */
  readonly fingerprint: string;
}

export interface CorrelationPlans {
  readonly baseRules: readonly BaseRulePlan[];
  /** What is referenced stands before what refers to it. */
  readonly correlations: readonly CorrelationPlan[];
}

/** One event that a base rule matched: all that correlations need of it. */
export interface BaseMatch {
  /** Place among the plan's base rules. */
  readonly rule: number;
  readonly eventId: string;
  /** UTC epoch milliseconds. */
  readonly eventTs: number;
  readonly values: readonly CarriedValue[];
}
