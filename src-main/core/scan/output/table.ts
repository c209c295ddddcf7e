import { visible } from '#shared/text/visible.ts';
import type { ScanMatch } from '../match.ts';
import type { MatchPrinter } from './printer.ts';

/** Columns of the table: heading, width in characters, and what stands in them. */
const COLUMNS: readonly { heading: string; width: number; text: (match: ScanMatch) => string }[] = [
  { heading: 'time (UTC)', width: 23, text: (match) => match.event_ts.replace('T', ' ').replace('Z', '') },
  { heading: 'level', width: 13, text: (match) => match.level },
  { heading: 'computer', width: 20, text: (match) => match.computer },
  { heading: 'rule', width: 52, text: (match) => match.title },
  {
    heading: 'record',
    width: 8,
    text: (match) => (match.record_id === null ? '-' : String(match.record_id)),
  },
  { heading: 'file', width: 0, text: (match) => match.source_file },
];

/** Aligned columns for reading on a terminal; what could drive the terminal is shown as an escape. */
export const tablePrinter: MatchPrinter = {
  head: () => line(COLUMNS.map((column) => column.heading)),
  match: (match) => line(COLUMNS.map((column) => visible(column.text(match)))),
  tail: () => '',
};

function line(cells: readonly string[]): string {
  const padded = cells.map((cell, index) => fit(cell, COLUMNS[index]?.width ?? 0));
  return `${padded.join('  ').trimEnd()}\n`;
}

/** Cut in the middle: both ends of a path or a title tell more than its start alone. Width 0 leaves it whole. */
function fit(text: string, width: number): string {
  if (width === 0) return text;
  if (text.length <= width) return text.padEnd(width);
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
