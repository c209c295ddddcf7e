import { acceptsLogsource } from '#shared/model/logsource.ts';
import { CONDITION_WORDS, LEVEL_WORDS, RULE_KEYS, STATUSES } from '../../detect/sigma/vocabulary/keys.ts';
import { KNOWN_LOGSOURCES } from '../../detect/sigma/vocabulary/logsources.ts';
import { MODIFIERS } from '../../detect/sigma/vocabulary/modifiers.ts';
import { TAXONOMY_LOGSOURCES, taxonomyOf } from '../../detect/sigma/vocabulary/taxonomy.ts';
import type { RuleVocabulary, VocabularyLogsource } from '../../pipeline/rule-questions.ts';
import type { RuleSettingsCommands } from '../../pipeline/rule-settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { LogsourceFields } from '../../store/interface/field-census.ts';

/** How long a census of the stored fields serves: an editor asks at each opening, and new fields are rare. */
const CENSUS_AGE_MS = 60_000;

export interface VocabularyOptions {
  readonly reader: Pick<StoreReader, 'fieldCensus'>;
  readonly settings: Pick<RuleSettingsCommands, 'placeholders'>;
  readonly clock: Clock;
}

/** Everything an editor may offer; what stored events have is read at most once a minute. */
export function createVocabulary({
  reader,
  settings,
  clock,
}: VocabularyOptions): () => Promise<RuleVocabulary> {
  let census: Promise<readonly LogsourceFields[]> | null = null;
  let takenAt = 0;
  const current = (): Promise<readonly LogsourceFields[]> => {
    if (census === null || clock.monotonic() - takenAt > CENSUS_AGE_MS) {
      takenAt = clock.monotonic();
      census = reader.fieldCensus();
      // A failed census is asked for again by the next call.
      census.catch(() => (census = null));
    }
    return census;
  };
  return async () => {
    const [seen, placeholders] = await Promise.all([current(), settings.placeholders()]);
    return { ...vocabularyOf(seen), placeholders: placeholders.map(({ name }) => name) };
  };
}

function vocabularyOf(seen: readonly LogsourceFields[]): Omit<RuleVocabulary, 'placeholders'> {
  return {
    keys: RULE_KEYS,
    modifiers: MODIFIERS,
    conditions: CONDITION_WORDS,
    logsources: joined(seen),
    seen,
    taxonomy: TAXONOMY_LOGSOURCES.map((logsource) => ({
      ...logsource,
      fields: [...new Set(taxonomyOf(logsource))].sort(),
    })),
    statuses: STATUSES,
    levels: LEVEL_WORDS,
  };
}

/** Known logsources with the events that fit them, then those that only the data have. */
function joined(seen: readonly LogsourceFields[]): readonly VocabularyLogsource[] {
  const known = KNOWN_LOGSOURCES.map((logsource) => ({
    ...logsource,
    known: true,
    events: seen
      .filter((one) => acceptsLogsource(logsource, one))
      .reduce((sum, { events }) => sum + events, 0),
  }));
  const others = seen.filter(
    (one) => !KNOWN_LOGSOURCES.some((logsource) => acceptsLogsource(logsource, one)),
  );
  return [
    ...known,
    ...others.map(({ product, category, service, events }) => ({
      product,
      category,
      service,
      known: false,
      events,
    })),
  ];
}
