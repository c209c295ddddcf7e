import type { RuleProblem } from '../../../pipeline/rules.ts';
import { jsonFindings } from './json.ts';
import { sarifFindings } from './sarif.ts';
import { textFindings } from './text.ts';

export const FINDING_FORMATS = ['text', 'json', 'sarif'] as const;

export type FindingFormat = (typeof FINDING_FORMATS)[number];

/** Problems of rules as one text, in each format. */
export const findingPrinters: Readonly<Record<FindingFormat, (problems: readonly RuleProblem[]) => string>> =
  {
    text: textFindings,
    json: jsonFindings,
    sarif: sarifFindings,
  };
