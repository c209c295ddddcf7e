import type { coverageRoutes } from '#shared/contract/coverage.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';
import { CoverageCache } from './cache.ts';
import { coverageLayer } from './layer.ts';
import { coverageToWire } from './wire.ts';

type CoverageDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'clock' | 'attack'>;

/** The ATT&CK grid, and the same numbers as a layer of the Navigator. */
export function coverageHandlers(deps: CoverageDeps): Handlers<keyof typeof coverageRoutes> {
  const { attack, clock, commands, reader } = deps;
  const cache = new CoverageCache({ attack, clock, reader, commands });
  return {
    attackCoverage: async ({ query }) =>
      coverageToWire(attack, await cache.get(query.refresh === 'true'), clock.now()),
    coverageLayer: ({ query }) => coverageLayer(deps, query),
  };
}
