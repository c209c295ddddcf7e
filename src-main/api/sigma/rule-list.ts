import type { RuleWire } from '#shared/contract/sigma.ts';
import { levelRank } from '#shared/model/severity.ts';
import { levelsOf } from '../kit/filters.ts';
import type { Call } from '../kit/handler.ts';

/** Which rules; the list's query is one, with an order. */
export type RuleFilter = Omit<Call<'listRules'>['query'], 'sort' | 'limit' | 'offset' | 'skip' | 'cursor'>;

type RuleOrder = Call<'listRules'>['query']['sort'];

/** The rules that a filter chooses, in order. A few thousand rules in memory need no index. */
export function selectRules(
  rules: readonly RuleWire[],
  query: RuleFilter,
  order: RuleOrder = 'title',
): readonly RuleWire[] {
  const levels = levelsOf(query.level, 'level');
  const text = query.q?.toLowerCase() ?? '';
  return rules
    .filter(
      (rule) =>
        (levels.length === 0 || levels.includes(rule.level)) &&
        matchesText(rule, text) &&
        matchesAttack(rule, query) &&
        matchesLogsource(rule, query) &&
        (query.kind === undefined || rule.kind === query.kind) &&
        (query.status === undefined || query.status.includes(rule.status)) &&
        (query.origin === undefined || rule.origin === query.origin) &&
        isAsAsked(rule.enabled, query.enabled) &&
        isAsAsked(rule.edited, query.edited) &&
        isAsAsked(rule.never_matches !== null, query.never_matches) &&
        isAsAsked(rule.fired > 0, query.fired),
    )
    .sort((a, b) => ORDERS[order](a, b) || compareText(a.title, b.title) || compareText(a.id, b.id));
}

const ORDERS: Readonly<Record<RuleOrder, (a: RuleWire, b: RuleWire) => number>> = {
  title: () => 0,
  level: (a, b) => levelRank(b.level) - levelRank(a.level),
  last_fired: (a, b) => compareText(b.last_fired_at ?? '', a.last_fired_at ?? ''),
  fired: (a, b) => b.fired - a.fired,
};

/** A switch of the query: `true` or `false` as text, or not asked. */
function isAsAsked(value: boolean, asked: 'true' | 'false' | undefined): boolean {
  return asked === undefined || String(value) === asked;
}

function matchesText(rule: RuleWire, text: string): boolean {
  return (
    text === '' ||
    [rule.title, rule.name ?? '', rule.id, rule.author, ...rule.tags].some((part) =>
      part.toLowerCase().includes(text),
    )
  );
}

function matchesAttack(rule: RuleWire, { tactic, technique }: RuleFilter): boolean {
  const wanted = technique?.toUpperCase();
  return (
    (tactic === undefined || rule.attack.some((ref) => ref.tactic === tactic)) &&
    // A technique stands for its sub-techniques too: T1110 finds T1110.001.
    (wanted === undefined ||
      rule.attack.some((ref) => ref.technique === wanted || ref.technique?.startsWith(`${wanted}.`) === true))
  );
}

function matchesLogsource({ logsource }: RuleWire, { product, category, service }: RuleFilter): boolean {
  return (
    (product === undefined || logsource.product === product) &&
    (category === undefined || logsource.category === category) &&
    (service === undefined || logsource.service === service)
  );
}

/** By code unit: the same order on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
