/** Kinds of Sigma documents that are kept as rules: plain rules, correlations over them, and filters on them. */
export const RULE_KINDS = ['sigma', 'correlation', 'filter'] as const;

export type RuleKind = (typeof RULE_KINDS)[number];
