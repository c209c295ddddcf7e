import { LEVELS, levelRank } from '#shared/model/severity.ts';
import type { Alert, RuleKind } from '#shared/model/alert.ts';
import type { Fields, LogEvent, LogSource } from '#shared/model/event.ts';
import { parseQuery } from '#shared/query/parser.ts';
import { EVERY_EVENT, type StoreReader } from '../../store/interface/reader.ts';
import type { DraftMaterial } from './draft-rule.ts';
import { sharedPhrases } from './shared-phrases.ts';
import { tellingItems } from './telling-items.ts';

/** True positives of one pattern that make a suggestion (detection.md 4). */
export const MIN_TRUE_POSITIVES = 3;

/** Confirmed alerts that a draft is made from, the newest: more change nothing and take longer to read. */
const MAX_ALERTS = 50;
/** Occurrences of each of them. */
const EVENTS_PER_ALERT = 20;
/** Ordinary events of the same kind that the draft is held against. */
const BACKGROUND_EVENTS = 500;

type SuggestionReader = Pick<
  StoreReader,
  'ruleVerdicts' | 'alertsByVerdict' | 'alertsByIds' | 'alertEvents' | 'pageEvents'
>;

/** Alerts of one rule or detector that analysts confirmed. Its key is the id of that rule. */
export interface ConfirmedPattern {
  readonly key: string;
  readonly ruleKind: RuleKind;
  readonly title: string;
  readonly truePositives: number;
  readonly newest: Alert;
}

/** Patterns with enough confirmed alerts, the most confirmed first. */
export async function confirmedPatterns(reader: SuggestionReader): Promise<readonly ConfirmedPattern[]> {
  const rules = (await reader.ruleVerdicts()).filter(
    ({ truePositive }) => truePositive >= MIN_TRUE_POSITIVES,
  );
  const patterns = await Promise.all(
    rules.map(async ({ ruleId, truePositive }) => {
      const [newest] = await reader.alertsByIds(await reader.alertsByVerdict(ruleId, 'true_positive', 1));
      if (newest === undefined) return null;
      const { ruleKind, title } = newest;
      return { key: ruleId, ruleKind, title, truePositives: truePositive, newest };
    }),
  );
  return patterns
    .filter((pattern) => pattern !== null)
    .sort((left, right) => right.truePositives - left.truePositives || (left.key < right.key ? -1 : 1));
}

/** What a draft of the pattern can be written from, but for its id and date; without items and phrases they share nothing. */
export async function draftMaterial(
  reader: SuggestionReader,
  pattern: ConfirmedPattern,
): Promise<Omit<DraftMaterial, 'id' | 'date'>> {
  const ids = await reader.alertsByVerdict(pattern.key, 'true_positive', MAX_ALERTS);
  const alerts = await reader.alertsByIds(ids);
  const page = { limit: EVENTS_PER_ALERT, offset: 0, cursor: null };
  const pages = await Promise.all(alerts.map(({ id }) => reader.alertEvents(id, page)));
  const events = pages.flatMap(({ items }) => items);
  const logsource = commonLogsource(events);
  const confirmed = new Set(events.map(({ id }) => id));
  const background = (await eventsOf(reader, logsource)).filter(({ id }) => !confirmed.has(id));
  return {
    ruleId: pattern.key,
    title: pattern.title,
    level: highest(alerts),
    tags: [...new Set(alerts.flatMap(({ tags }) => tags))],
    logsource,
    items: tellingItems(events.map(named), background.map(named)),
    phrases: sharedPhrases(messages(events), messages(background)),
    alerts: alerts.length,
    events: events.length,
  };
}

/** The record under the names that rules use: mapped ones before its own. */
function named({ fields, mapped }: LogEvent): Fields {
  return mapped === null ? fields : { ...fields, ...mapped };
}

function messages(events: readonly LogEvent[]): readonly string[] {
  return events.map(({ message }) => message);
}

/** The parts of the logsource in which all events agree. */
function commonLogsource(events: readonly LogEvent[]): LogSource {
  const agreed = (part: keyof LogSource): string | null => {
    const [first, ...others] = new Set(events.map(({ logsource }) => logsource[part]));
    return others.length === 0 ? (first ?? null) : null;
  };
  return { category: agreed('category'), product: agreed('product'), service: agreed('service') };
}

async function eventsOf(reader: SuggestionReader, logsource: LogSource): Promise<readonly LogEvent[]> {
  const parts = Object.entries(logsource).flatMap(([part, value]: [string, unknown]) =>
    typeof value === 'string' ? [`${part}:${JSON.stringify(value)}`] : [],
  );
  const query = parseQuery(parts.join(' and '));
  const page = { limit: BACKGROUND_EVENTS, offset: 0, cursor: null };
  const filter = { ...EVERY_EVENT, query: query.ok ? query.node : null };
  return (await reader.pageEvents(filter, page, 'newest')).items;
}

function highest(alerts: readonly Alert[]): DraftMaterial['level'] {
  return LEVELS[Math.max(0, ...alerts.map(({ severity }) => levelRank(severity)))] ?? 'medium';
}
