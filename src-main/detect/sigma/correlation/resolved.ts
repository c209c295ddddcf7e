import type { ParsedCorrelation } from '../document/correlation.ts';
import type { ParsedRule } from '../document/rule.ts';

/** What a reference may mean. */
export type Referent =
  | { readonly kind: 'rule'; readonly rule: ParsedRule }
  | { readonly kind: 'correlation'; readonly rule: ParsedCorrelation };

/** A correlation with what its references mean, in the order written. */
export interface ResolvedCorrelation {
  readonly rule: ParsedCorrelation;
  readonly referents: readonly Referent[];
}
