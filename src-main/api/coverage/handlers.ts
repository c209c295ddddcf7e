import type { CoverageCell, coverageRoutes } from '#shared/contract/coverage.ts';
import { isoTime, isoTimeOrNull } from '#shared/wire/time.ts';
import { coverageGrid, type GridCell } from '../../query/coverage.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';

type CoverageDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'clock' | 'attack'>;

/** The ATT&CK grid. */
export function coverageHandlers(deps: CoverageDeps): Handlers<keyof typeof coverageRoutes> {
  const { attack, clock, commands, reader } = deps;
  return {
    attackCoverage: async () => {
      const { cells, unknown } = coverageGrid(attack, commands.rules.list(), await reader.ruleFires());
      return {
        attack_version: attack.version,
        generated_at: isoTime(clock.now()),
        tactics: attack.tactics.map(({ id, shortName: tactic, name }) => {
          const own = cells.filter((cell) => cell.tactic === tactic);
          const covered = own.filter((cell) => cell.enabled > 0);
          return { id, tactic, name, technique_count: own.length, covered_count: covered.length };
        }),
        items: cells.map(cellToWire),
        unknown_techniques: [...unknown],
      };
    },
  };
}

function cellToWire({ rules, enabled, lastFired, ...cell }: GridCell): CoverageCell {
  return { ...cell, rule_count: rules, enabled_count: enabled, last_fired: isoTimeOrNull(lastFired) };
}
