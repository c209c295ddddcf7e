import type { coverageRoutes } from '#shared/contract/coverage.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';
import { coverageGrid } from './grid.ts';

type CoverageDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'clock' | 'attack'>;

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
          const covered = own.filter((cell) => cell.enabled_count > 0);
          return { id, tactic, name, technique_count: own.length, covered_count: covered.length };
        }),
        items: [...cells],
        unknown_techniques: [...unknown],
      };
    },
  };
}
