import type { systemRoutes } from '#shared/contract/system.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isoTimeOrNull } from '#shared/wire/time.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';
import { componentToWire, countersToWire, databaseToWire, overallState, uptimeSeconds } from './wire.ts';

type SystemDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'clock' | 'version'> & {
  /** The document that describes this API; made once. */
  readonly openApi: Readonly<Record<string, unknown>>;
};

/** Health, readiness, counters, settings and the description of the API itself. */
export function systemHandlers(deps: SystemDeps): Handlers<keyof typeof systemRoutes> {
  const { commands } = deps;
  return {
    health: () => ({ status: 'ok' }),
    ready: () => {
      const reason = commands.status.obstacle();
      if (reason === null) return { ready: true };
      throw new AppError('not_ready', { what: 'The core', reason });
    },
    healthDetail: () => healthDetail(deps),
    stats: () => stats(deps),
    config: () => ({ ...commands.status.config() }),
    openapi: () => ({ ...deps.openApi }),
  };
}

async function healthDetail({ reader, commands, clock, version }: SystemDeps) {
  const status = commands.status.current();
  // A database that does not answer is what this page is for: it is reported, not an error of the page.
  const extent = await reader.extent().catch(() => null);
  const database = databaseToWire(extent);
  const states = [database.state, ...[...status.receivers, ...status.detectors].map(({ state }) => state)];
  return {
    status: overallState(states),
    version,
    uptime_seconds: uptimeSeconds(status, clock.now()),
    dependencies: {
      database,
      receivers: status.receivers.map(componentToWire),
      detectors: status.detectors.map(componentToWire),
    },
  };
}

async function stats({ reader, commands, clock }: SystemDeps) {
  const status = commands.status.current();
  const extent = await reader.extent();
  return {
    throughput_eps: status.throughputEps,
    queue_depth: status.queueDepth,
    queue_max: status.queueMax,
    dedup_count: status.dedupCount,
    events: extent.events,
    alerts: extent.alerts,
    first_event_ts: isoTimeOrNull(extent.first),
    last_event_ts: isoTimeOrNull(extent.last),
    database_bytes: extent.sizeBytes,
    rules_loaded: status.rulesLoaded,
    rules_rejected: status.rulesRejected,
    receivers: status.receivers.map(componentToWire),
    detectors: status.detectors.map(componentToWire),
    sources: status.sources.map(countersToWire),
    uptime_seconds: uptimeSeconds(status, clock.now()),
  };
}
