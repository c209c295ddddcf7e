import type { MatchPrinter } from './printer.ts';

/** One JSON object per match and line; the form for machines. Keys keep the order of `ScanMatch`. */
export const jsonlPrinter: MatchPrinter = {
  head: () => '',
  match: (match) => `${JSON.stringify(match)}\n`,
  tail: () => '',
};
