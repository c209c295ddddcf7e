import type { RuleWire } from '#shared/contract/sigma.ts';
import { LEVELS, levelRank, type Level } from '#shared/model/severity.ts';
import type { SortState } from '../../../ui/table/table-props.ts';

/** Names of the filters in the address. */
export const FILTERS = [
  'q',
  'level',
  'kind',
  'status',
  'tactic',
  'technique',
  'product',
  'origin',
  'edited',
  'enabled',
  'fired',
  'matches',
] as const;

/** Filters of the list, all of them text from the address; absent means any. */
export interface RuleFilter {
  readonly q?: string | undefined;
  /** Levels, comma-separated. */
  readonly level?: string | undefined;
  readonly kind?: string | undefined;
  readonly status?: string | undefined;
  readonly tactic?: string | undefined;
  /** Stands for its sub-techniques too: T1110 finds T1110.001. */
  readonly technique?: string | undefined;
  readonly product?: string | undefined;
  readonly origin?: string | undefined;
  readonly enabled?: string | undefined;
  readonly fired?: string | undefined;
  readonly edited?: string | undefined;
  /** `never`: rules that nothing seen so far could match. */
  readonly matches?: string | undefined;
}

/** The rules that pass every filter. A few thousand are filtered here, at once, while somebody types. */
export function selectRules(rules: readonly RuleWire[], filter: RuleFilter): readonly RuleWire[] {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const levels = (filter.level ?? '').split(',').filter(Boolean);
  return rules.filter(
    (rule) =>
      (levels.length === 0 || levels.includes(rule.level)) &&
      hasWords(rule, words) &&
      hasAttack(rule, filter) &&
      is(filter.product, rule.logsource.product) &&
      is(filter.kind, rule.kind) &&
      is(filter.status, rule.status) &&
      is(filter.edited, String(rule.edited)) &&
      is(filter.matches, rule.never_matches === null ? 'possible' : 'never') &&
      is(filter.origin, rule.origin) &&
      is(filter.enabled, String(rule.enabled)) &&
      is(filter.fired, String(rule.fired > 0)),
  );
}

function is(wanted: string | undefined, actual: string | null): boolean {
  return wanted === undefined || wanted === actual;
}

function hasWords(rule: RuleWire, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [rule.title, rule.name ?? '', rule.id, rule.author, ...rule.tags].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

function hasAttack(rule: RuleWire, { tactic, technique }: RuleFilter): boolean {
  const wanted = technique?.toUpperCase();
  return (
    (tactic === undefined || rule.attack.some((ref) => ref.tactic === tactic)) &&
    (wanted === undefined ||
      rule.attack.some((ref) => ref.technique === wanted || ref.technique?.startsWith(`${wanted}.`) === true))
  );
}

/** Share of the judged alerts that were false positives, 0 to 1; null while none are judged. */
export function falsePositiveShare({ verdicts }: Pick<RuleWire, 'verdicts'>): number | null {
  const judged = verdicts.true_positive + verdicts.false_positive + verdicts.benign;
  return judged === 0 ? null : verdicts.false_positive / judged;
}

const ORDERS: Readonly<Record<string, (a: RuleWire, b: RuleWire) => number>> = {
  title: (a, b) => compare(a.title, b.title),
  level: (a, b) => levelRank(a.level) - levelRank(b.level),
  fired: (a, b) => a.fired - b.fired,
  'last-fired': (a, b) => compare(a.last_fired_at ?? '', b.last_fired_at ?? ''),
  enabled: (a, b) => Number(a.enabled) - Number(b.enabled),
  source: (a, b) => compare(sourceText(a), sourceText(b)),
  'false-positives': (a, b) => (falsePositiveShare(a) ?? -1) - (falsePositiveShare(b) ?? -1),
  kind: (a, b) => compare(a.kind, b.kind),
  status: (a, b) => compare(a.status, b.status),
  origin: (a, b) => compare(a.origin, b.origin),
};

/** Sorted by one column, then by title. */
export function sortRules(rules: readonly RuleWire[], sort: SortState): readonly RuleWire[] {
  const order = ORDERS[sort.key] ?? compareTitles;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rules.toSorted((a, b) => sign * order(a, b) || compareTitles(a, b));
}

export function levelCounts(rules: readonly RuleWire[]): Readonly<Record<Level, number>> {
  const counts: Record<Level, number> = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const rule of rules) counts[rule.level] += 1;
  return counts;
}

/** "windows / process_creation", as Sigma's log source says it. */
export function sourceText({ logsource }: Pick<RuleWire, 'logsource'>): string {
  return [logsource.product, logsource.category, logsource.service]
    .filter((part) => part !== null)
    .join(' / ');
}

export const LEVEL_OPTIONS: readonly Level[] = LEVELS.toReversed();

function compareTitles(a: RuleWire, b: RuleWire): number {
  return compare(a.title, b.title);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
