import type { Network } from './cidr.ts';
import type { Comparison, Placement, TimePart } from './modifier-chain.ts';
import type { Pattern } from './pattern.ts';
import type { LinearRegex } from './regex.ts';

/** What one value of an item asks of a field. Data, so that the index, the tests and explanations can read it. */
export type ValueTest =
  | { readonly kind: 'pattern'; readonly pattern: Pattern; readonly cased: boolean }
  /** Forms of one value (its offsets in base64) where the item wants all of its values, but any form of each. */
  | { readonly kind: 'forms'; readonly patterns: readonly Pattern[]; readonly cased: boolean }
  | { readonly kind: 'equalsNumber'; readonly value: number }
  | { readonly kind: 'null' }
  | { readonly kind: 'exists'; readonly expected: boolean }
  | { readonly kind: 'number'; readonly comparison: Comparison; readonly value: number }
  | {
      readonly kind: 'time';
      readonly part: TimePart;
      readonly comparison: Comparison;
      readonly value: number;
    }
  | { readonly kind: 'regex'; readonly regex: LinearRegex }
  | { readonly kind: 'cidr'; readonly network: Network }
  | {
      readonly kind: 'fieldref';
      readonly slot: number;
      readonly placement: Placement | null;
      readonly cased: boolean;
    };
