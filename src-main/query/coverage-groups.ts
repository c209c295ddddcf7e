import type { RuleFires } from '../store/interface/reader.ts';
import type { MappedRule } from './rule-mapping.ts';

/** Sums over rules of a cell. */
export interface GroupTotal {
  readonly rules: number;
  readonly enabled: number;
  /** Rules whose log source has sent events. */
  readonly withData: number;
  readonly fired: number;
  readonly firedDay: number;
  readonly firedWeek: number;
  /** UTC epoch milliseconds; null when none of them ever fired. */
  readonly lastFired: number | null;
}

/** Rules of one cell that agree in everything a reader may filter by. */
export interface RuleGroup {
  readonly status: string;
  readonly origin: string;
  readonly kind: string;
  readonly isEnabled: boolean;
  readonly hasData: boolean;
  readonly total: GroupTotal;
}

/** What is known of rules besides what they say themselves. */
export interface RuleObservations {
  readonly fires: ReadonlyMap<string, RuleFires>;
  readonly firesOfDay: ReadonlyMap<string, RuleFires>;
  readonly firesOfWeek: ReadonlyMap<string, RuleFires>;
  readonly hasData: (rule: MappedRule) => boolean;
}

const NONE: GroupTotal = {
  rules: 0,
  enabled: 0,
  withData: 0,
  fired: 0,
  firedDay: 0,
  firedWeek: 0,
  lastFired: null,
};

/** The rules of one cell, grouped; order follows the rules. */
export function groupsOf(rules: readonly MappedRule[], facts: RuleObservations): RuleGroup[] {
  const groups = new Map<string, RuleGroup>();
  for (const rule of rules) {
    const hasData = facts.hasData(rule);
    const { status, origin, kind, enabled: isEnabled } = rule;
    const key = JSON.stringify([status, origin, kind, isEnabled, hasData]);
    const group = groups.get(key) ?? { status, origin, kind, isEnabled, hasData, total: NONE };
    groups.set(key, { ...group, total: plus(group.total, ruleTotal(rule, facts, hasData)) });
  }
  return [...groups.values()];
}

/** Sum over the groups of a cell. */
export function totalOf(groups: readonly RuleGroup[]): GroupTotal {
  return groups.reduce((sum, { total }) => plus(sum, total), NONE);
}

function ruleTotal(rule: MappedRule, facts: RuleObservations, hasData: boolean): GroupTotal {
  const fires = facts.fires.get(rule.id);
  return {
    rules: 1,
    enabled: Number(rule.enabled),
    withData: Number(hasData),
    fired: fires?.count ?? 0,
    firedDay: facts.firesOfDay.get(rule.id)?.count ?? 0,
    firedWeek: facts.firesOfWeek.get(rule.id)?.count ?? 0,
    lastFired: fires?.lastFired ?? null,
  };
}

function plus(left: GroupTotal, right: GroupTotal): GroupTotal {
  return {
    rules: left.rules + right.rules,
    enabled: left.enabled + right.enabled,
    withData: left.withData + right.withData,
    fired: left.fired + right.fired,
    firedDay: left.firedDay + right.firedDay,
    firedWeek: left.firedWeek + right.firedWeek,
    lastFired: later(left.lastFired, right.lastFired),
  };
}

function later(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.max(left, right);
}
