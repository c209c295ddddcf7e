/**
 * The filter part of the hunt language as a tree; text and chips in the UI are two views of it. Pipes extend it
 * later. `position` is the offset in the source text, for errors and completion.
 */
export type QueryNode =
  | { readonly kind: 'and'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'or'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly node: QueryNode }
  /** Free text: substring of message and fields, case-insensitive. */
  | { readonly kind: 'text'; readonly pattern: TextPattern; readonly position: number }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly op: CompareOp;
      readonly value: QueryValue;
      readonly position: number;
    };

export type CompareOp = '=' | '!=' | '>' | '>=' | '<' | '<=';

export type QueryValue =
  | { readonly kind: 'pattern'; readonly pattern: TextPattern }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'list'; readonly values: readonly QueryValue[] }
  | { readonly kind: 'range'; readonly from: string | null; readonly to: string | null }
  | { readonly kind: 'cidr'; readonly network: string; readonly bits: number }
  | { readonly kind: 'regex'; readonly source: string; readonly caseSensitive: boolean }
  /** `field:*`: the field is present. */
  | { readonly kind: 'exists' };

/** Text in which `*` and `?` may be wildcards: literal parts with the wildcards between them. */
export interface TextPattern {
  /** As written, without quotes. */
  readonly text: string;
  /** True when `text` is literal: no wildcards. */
  readonly literal: boolean;
}
