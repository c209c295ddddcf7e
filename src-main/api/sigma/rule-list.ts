import type { RuleWire } from '#shared/contract/sigma.ts';
import { levelRank } from '#shared/model/severity.ts';
import { levelsOf } from '../kit/filters.ts';
import type { Call } from '../kit/handler.ts';

type RuleQuery = Call<'listRules'>['query'];

/** The rules that a query asks for, in its order. A few thousand rules in memory need no index. */
export function selectRules(rules: readonly RuleWire[], query: RuleQuery): readonly RuleWire[] {
  const levels = levelsOf(query.level, 'level');
  const text = query.q?.toLowerCase() ?? '';
  return rules
    .filter(
      (rule) =>
        (levels.length === 0 || levels.includes(rule.level)) &&
        matchesText(rule, text) &&
        matchesAttack(rule, query) &&
        matchesLogsource(rule, query) &&
        (query.origin === undefined || rule.origin === query.origin) &&
        (query.enabled === undefined || String(rule.enabled) === query.enabled) &&
        (query.fired === undefined || String(rule.fired > 0) === query.fired),
    )
    .sort((a, b) => ORDERS[query.sort](a, b) || compareText(a.title, b.title) || compareText(a.id, b.id));
}

const ORDERS: Readonly<Record<RuleQuery['sort'], (a: RuleWire, b: RuleWire) => number>> = {
  title: () => 0,
  level: (a, b) => levelRank(b.level) - levelRank(a.level),
  last_fired: (a, b) => compareText(b.last_fired_at ?? '', a.last_fired_at ?? ''),
  fired: (a, b) => b.fired - a.fired,
};

function matchesText(rule: RuleWire, text: string): boolean {
  return (
    text === '' ||
    [rule.title, rule.id, rule.author, ...rule.tags].some((part) => part.toLowerCase().includes(text))
  );
}

function matchesAttack(rule: RuleWire, { tactic, technique }: RuleQuery): boolean {
  const wanted = technique?.toUpperCase();
  return (
    (tactic === undefined || rule.attack.some((ref) => ref.tactic === tactic)) &&
    // A technique stands for its sub-techniques too: T1110 finds T1110.001.
    (wanted === undefined ||
      rule.attack.some((ref) => ref.technique === wanted || ref.technique?.startsWith(`${wanted}.`) === true))
  );
}

function matchesLogsource({ logsource }: RuleWire, { product, category, service }: RuleQuery): boolean {
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
