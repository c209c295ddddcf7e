import type { ScanMatch } from '../match.ts';

export const SCAN_FORMATS = ['jsonl', 'csv', 'table', 'html', 'navigator'] as const;

export type ScanFormat = (typeof SCAN_FORMATS)[number];

/** Turns matches into text, piece by piece, in the order in which they come. */
export interface MatchPrinter {
  head(): string;
  match(match: ScanMatch): string;
  tail(): string;
}
