import type { CoverageCell } from '#shared/contract/coverage.ts';
import type { RuleChoice } from './coverage-choice.ts';

/** Rules and fires of a cell, or of a technique with its sub-techniques, among the rules that somebody chose. */
export interface CellCounts {
  readonly total: number;
  readonly enabled: number;
  /** Enabled, and their log source has sent events. */
  readonly ready: number;
  /** Rules whose log source has sent events. */
  readonly withData: number;
  readonly fired: number;
  readonly firedDay: number;
  readonly firedWeek: number;
  /** ISO time; empty when none ever fired. */
  readonly lastFired: string;
}

export const NO_COUNTS: CellCounts = {
  total: 0,
  enabled: 0,
  ready: 0,
  withData: 0,
  fired: 0,
  firedDay: 0,
  firedWeek: 0,
  lastFired: '',
};

export function countsOf(cell: CoverageCell, choice: RuleChoice): CellCounts {
  return cell.groups
    .filter(
      (group) =>
        allows(choice.statuses, group.status) &&
        allows(choice.origins, group.origin) &&
        allows(choice.kinds, group.kind) &&
        (choice.enabled === null || String(group.enabled) === choice.enabled),
    )
    .map((group): CellCounts => ({
      total: group.rules,
      enabled: group.enabled ? group.rules : 0,
      ready: group.enabled && group.has_data ? group.rules : 0,
      withData: group.has_data ? group.rules : 0,
      fired: group.fired,
      firedDay: group.fired_24h,
      firedWeek: group.fired_7d,
      lastFired: group.last_fired ?? '',
    }))
    .reduce(addCounts, NO_COUNTS);
}

export function addCounts(left: CellCounts, right: CellCounts): CellCounts {
  return {
    total: left.total + right.total,
    enabled: left.enabled + right.enabled,
    ready: left.ready + right.ready,
    withData: left.withData + right.withData,
    fired: left.fired + right.fired,
    firedDay: left.firedDay + right.firedDay,
    firedWeek: left.firedWeek + right.firedWeek,
    // ISO times of one zone and length sort as text.
    lastFired: left.lastFired > right.lastFired ? left.lastFired : right.lastFired,
  };
}

function allows(chosen: readonly string[], value: string): boolean {
  return chosen.length === 0 || chosen.includes(value);
}
