import { csvPrinter } from './csv.ts';
import { htmlPrinter } from './html.ts';
import { jsonlPrinter } from './jsonl.ts';
import type { MatchPrinter, ScanFormat } from './printer.ts';
import { tablePrinter } from './table.ts';

/** Every output format by its name on the command line. */
export const printers: Readonly<Record<ScanFormat, MatchPrinter>> = {
  jsonl: jsonlPrinter,
  csv: csvPrinter,
  table: tablePrinter,
  html: htmlPrinter,
};
