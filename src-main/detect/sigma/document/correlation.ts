import type { YamlPath } from '../../../platform/yaml.ts';
import type { ConditionText, DocumentMetadata, RuleReference } from './rule.ts';

/** The types of specification 2.1, and `value_median`, which its reference tools know. */
export const CORRELATION_TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const;

export type CorrelationType = (typeof CORRELATION_TYPES)[number];

export const COMPARISONS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;

export type Comparison = (typeof COMPARISONS)[number];

/** One side of a threshold. */
export interface Bound {
  readonly comparison: Comparison;
  readonly value: number;
}

/** When a correlation matches. */
export type CorrelationCondition =
  /** Nothing is written: a temporal correlation then needs all of its rules. */
  | { readonly kind: 'all' }
  /** What is counted or measured keeps all bounds. */
  | { readonly kind: 'threshold'; readonly bounds: readonly Bound[]; readonly path: YamlPath }
  /** Temporal types: rules joined by and, or, not and brackets. */
  | ({ readonly kind: 'expression' } & ConditionText);

/** Another name for a field that the correlated rules call differently. */
export interface FieldAlias {
  readonly name: string;
  /** By the id or name of a rule: what its events call the field. */
  readonly fields: readonly { readonly rule: string; readonly field: string; readonly path: YamlPath }[];
}

/** A field name as the correlation writes it: an alias, or what the events call it. */
export interface FieldReference {
  readonly name: string;
  readonly path: YamlPath;
}

/** A correlation whose text has the right shape. Which rules it means is the planner's business. */
export interface ParsedCorrelation extends DocumentMetadata {
  readonly type: CorrelationType;
  /** The rules and correlations that it looks at, in the order written; each once. */
  readonly rules: readonly RuleReference[];
  /** Empty: all events are one group. */
  readonly groupBy: readonly FieldReference[];
  readonly aliases: readonly FieldAlias[];
  readonly timespanMs: number;
  readonly condition: CorrelationCondition;
  /** Fields whose values are counted or measured; several are counted together, as one value. */
  readonly valueFields: readonly FieldReference[];
  /** 0-100; null where the specification's form is used, whose bound is the share of one value in percent. */
  readonly percentile: number | null;
  /** Whether the rules that it refers to make detections of their own. */
  readonly generate: boolean;
}

/** True for the types that ask which rules matched, not how often or with what value. */
export function isTemporal(type: CorrelationType): boolean {
  return type === 'temporal' || type === 'temporal_ordered';
}
