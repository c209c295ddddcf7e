import type { DocumentMetadata } from './rule.ts';

/** A meta rule over the matches of other rules (specification, "Correlation"). */
export type ParsedCorrelation = DocumentMetadata;
