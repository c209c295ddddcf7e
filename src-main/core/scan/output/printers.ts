import { loadAttackCatalogue } from '../../attack-facts.ts';
import { csvPrinter } from './csv.ts';
import { htmlPrinter } from './html.ts';
import { jsonlPrinter } from './jsonl.ts';
import { createNavigatorPrinter } from './navigator.ts';
import type { MatchPrinter, ScanFormat } from './printer.ts';
import { tablePrinter } from './table.ts';

/** Formats that print each match as it comes. */
export const printers: Readonly<Record<Exclude<ScanFormat, 'navigator'>, MatchPrinter>> = {
  jsonl: jsonlPrinter,
  csv: csvPrinter,
  table: tablePrinter,
  html: htmlPrinter,
};

/** The printer for one run of a format, by its name on the command line. */
export function printerFor(format: ScanFormat): MatchPrinter {
  return format === 'navigator' ? createNavigatorPrinter(loadAttackCatalogue()) : printers[format];
}
