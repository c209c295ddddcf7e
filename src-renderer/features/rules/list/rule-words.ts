import type { RuleWire } from '#shared/contract/sigma.ts';
import type { RuleKind } from '#shared/model/rule-kind.ts';

/** What a list says of one rule. */
export const KIND_WORDS: Readonly<Record<RuleKind, string>> = {
  sigma: 'Sigma',
  correlation: 'Correlation',
  filter: 'Filter',
};

/** What a count says of many: one, several. */
export const KIND_NOUNS: Readonly<Record<RuleKind, readonly [string, string]>> = {
  sigma: ['Sigma rule', 'Sigma rules'],
  correlation: ['correlation', 'correlations'],
  filter: ['filter', 'filters'],
};

export const ORIGIN_WORDS: Readonly<Record<RuleWire['origin'], string>> = {
  shipped: 'Shipped',
  folder: 'Folder',
  custom: 'Own',
};
