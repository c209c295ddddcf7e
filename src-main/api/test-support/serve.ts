import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { attackFacts, createAttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { threatFacts } from '#shared/model/threat.ts';
import type { Clock } from '../../platform/clock.ts';
import { createIds } from '../../platform/ids.ts';
import { installPath } from '../../platform/install-path.ts';
import { createHub, type Hub } from '../../publish/hub.ts';
import { silentLogger } from '../../telemetry/logger.ts';
import { createSetupToken, type SetupToken } from '../auth/setup-token.ts';
import type { ApiDeps } from '../deps.ts';
import { buildApi } from '../server.ts';
import { createFakeCore, type FakeCore } from './fake-core.ts';
import { NOW } from './samples.ts';

export const LAUNCH_TOKEN = 'L'.repeat(43);

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export function createTestClock(): TestClock {
  let elapsedMs = 0;
  return {
    now: () => NOW + elapsedMs,
    monotonic: () => elapsedMs,
    advance: (ms) => (elapsedMs += ms),
  };
}

type CallInit = Omit<RequestInit, 'headers'> & {
  readonly headers?: Readonly<Record<string, string>>;
  /** Demanded by fetch for a streamed body; the DOM's types do not know it. */
  readonly duplex?: 'half';
};

export interface ServedApi {
  readonly app: FastifyInstance;
  readonly core: FakeCore;
  readonly clock: TestClock;
  readonly hub: Hub;
  readonly setupToken: SetupToken;
  readonly port: number;
  readonly url: string;
  /** fetch against this server with the launch token. */
  call(path: string, init?: CallInit): Promise<Response>;
  stop(): Promise<void>;
}

/** Document 000's defaults, and ours beside them. */
const DOCUMENTED_LIMITS: ApiDeps['rateLimits'] = {
  enabled: true,
  list: '60/minute',
  detail: '300/minute',
  coverage: '10/minute',
  config: '60/minute',
  auth: '10/minute',
};

type Overrides = Partial<Omit<ApiDeps, 'auth' | 'network' | 'rateLimits'>> & {
  readonly auth?: Partial<ApiDeps['auth']>;
  readonly network?: Partial<ApiDeps['network']>;
  readonly rateLimits?: Partial<ApiDeps['rateLimits']>;
};

function readFacts(name: string): unknown {
  return JSON.parse(readFileSync(installPath('resources', 'attack', name), 'utf8'));
}

/** The real API on a real socket over a core in memory. */
export async function serveApi(overrides: Overrides = {}): Promise<ServedApi> {
  const core = createFakeCore();
  const clock = createTestClock();
  const setupToken = createSetupToken(clock);
  const hub = createHub({ status: () => core.commands.status.current(), clock, logger: silentLogger });
  const app = buildApi({
    ...core,
    clock,
    hub,
    newId: createIds(),
    logger: silentLogger,
    version: '0.0.0-test',
    attack: createAttackCatalogue(attackFacts.parse(readFacts('enterprise.json'))),
    threats: threatFacts.parse(readFacts('threats.json')).threats,
    rendererDir: null,
    ...overrides,
    auth: {
      mode: 'required',
      bindHost: '127.0.0.1',
      launchToken: LAUNCH_TOKEN,
      setupToken,
      ...overrides.auth,
    },
    network: { allowedHosts: [], allowedOrigins: [], trustProxyHeaders: false, ...overrides.network },
    rateLimits: { ...DOCUMENTED_LIMITS, ...overrides.rateLimits },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  // A server that listens on TCP has this kind of address.
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    app,
    core,
    clock,
    hub,
    setupToken,
    port,
    url,
    call: (path, init = {}) =>
      fetch(url + path, { ...init, headers: { authorization: `Bearer ${LAUNCH_TOKEN}`, ...init.headers } }),
    stop: () => app.close(),
  };
}
