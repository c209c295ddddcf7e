import type { ImportSource, RuleImportReport } from '../../pipeline/rule-commands.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import { judgeRules } from '../rule-import/rule-import.ts';
import type { TakenRule } from '../rule-import/messages.ts';
import type { RuleBook } from './rule-book.ts';

export interface JudgementParts {
  readonly book: RuleBook;
  readonly reader: Pick<StoreReader, 'fieldCensus'>;
  readonly sources: { readonly anyLogsource: boolean };
  readonly clock: Clock;
}

/** The report on an import, and the texts that it would keep. */
export interface Judged extends RuleImportReport {
  readonly taken: readonly TakenRule[];
}

/** Judges imports against the rules and settings that run and the events that are stored; changes nothing. */
export function createJudgement({
  book,
  reader,
  sources,
  clock,
}: JudgementParts): (source: ImportSource) => Promise<Judged> {
  return async (source) => {
    const startMs = clock.monotonic();
    const judged = await judgeRules(source, {
      existing: book.list().map(({ id, file, yaml }) => ({ id, file, yaml })),
      census: await reader.fieldCensus(),
      anyLogsource: sources.anyLogsource,
      settings: book.settings,
    });
    return { ...judged, durationMs: clock.monotonic() - startMs };
  };
}
