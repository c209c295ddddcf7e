import type { ImportSource, RuleImportReport } from '../../pipeline/rule-commands.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import { judgeRules } from '../rule-import/rule-import.ts';
import type { TakenRule } from '../rule-import/messages.ts';
import { inTurn } from './in-turn.ts';
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
  // One after the other: each takes a thread, and all the memory that its rules need.
  const turn = inTurn();
  return (source) => turn(() => judge(source));

  async function judge(source: ImportSource): Promise<Judged> {
    const startMs = clock.monotonic();
    const judged = await judgeRules(source, {
      existing: book.list().map(({ id, file, yaml }) => ({ id, file, yaml })),
      // A store that is too busy to say leaves open what could match.
      census: await reader.fieldCensus().catch(() => []),
      anyLogsource: sources.anyLogsource,
      settings: book.settings,
    });
    return { ...judged, durationMs: clock.monotonic() - startMs };
  }
}
