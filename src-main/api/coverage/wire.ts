import type { ResponseOf } from '#shared/contract/client.ts';
import type { CoverageCell, CoverageGroup } from '#shared/contract/coverage.ts';
import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { isoTime, isoTimeOrNull } from '#shared/wire/time.ts';
import type { GroupTotal, RuleGroup } from '../../query/coverage-groups.ts';
import type { GridCell } from '../../query/coverage.ts';
import type { DatedGrid } from './cache.ts';

/** The grid with its age at `nowMs`. */
export function coverageToWire(
  attack: AttackCatalogue,
  { grid, madeTs }: DatedGrid,
  nowMs: number,
): ResponseOf<'attackCoverage'> {
  const byTactic = Map.groupBy(grid.cells, ({ tactic }) => tactic);
  return {
    attack_version: attack.version,
    generated_at: isoTime(madeTs),
    age_seconds: Math.max(0, Math.round((nowMs - madeTs) / 1000)),
    tactics: attack.tactics.map(({ id, shortName: tactic, name }) => {
      const own = byTactic.get(tactic) ?? [];
      const covered = own.filter((cell) => cell.enabled > 0);
      return { id, tactic, name, technique_count: own.length, covered_count: covered.length };
    }),
    items: grid.cells.map(cellToWire),
    techniques: grid.techniques.map(({ technique, rules, enabled }) => ({
      technique,
      rule_count: rules,
      enabled_count: enabled,
    })),
    unknown_techniques: [...grid.unknown],
  };
}

function cellToWire(cell: GridCell): CoverageCell {
  return {
    tactic: cell.tactic,
    technique: cell.technique,
    name: cell.name,
    parent: cell.parent,
    rule_count: cell.rules,
    enabled_count: cell.enabled,
    data_count: cell.withData,
    ...firesToWire(cell),
    groups: cell.groups.map(groupToWire),
  };
}

function groupToWire({ status, origin, kind, isEnabled, hasData, total }: RuleGroup): CoverageGroup {
  return {
    status,
    origin,
    kind,
    enabled: isEnabled,
    has_data: hasData,
    rules: total.rules,
    ...firesToWire(total),
  };
}

function firesToWire({ fired, firedDay, firedWeek, lastFired }: GroupTotal) {
  return { fired, fired_24h: firedDay, fired_7d: firedWeek, last_fired: isoTimeOrNull(lastFired) };
}
