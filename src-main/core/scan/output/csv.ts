import { csvLine } from '#shared/text/csv.ts';
import type { MatchPrinter } from './printer.ts';

const COLUMNS = [
  'event_ts',
  'level',
  'title',
  'rule_id',
  'computer',
  'channel',
  'record_id',
  'source_file',
  'author',
  'tags',
  'matched',
  'event',
  'events',
] as const;

/** RFC 4180 with a header line; nested parts as JSON text. A display copy: formulas are defused. */
export const csvPrinter: MatchPrinter = {
  head: () => csvLine(COLUMNS),
  match: (match) =>
    csvLine(
      COLUMNS.map((column) => {
        const value = match[column];
        if (value === undefined) return null;
        if (value === null || typeof value === 'string' || typeof value === 'number') return value;
        return column === 'tags' ? match.tags.join(' ') : JSON.stringify(value);
      }),
    ),
  tail: () => '',
};
