import { createSetupToken, type SetupToken } from '../api/auth/setup-token.ts';
import { buildApi } from '../api/server.ts';
import { systemClock } from '../platform/clock.ts';
import { createIds } from '../platform/ids.ts';
import { loadAttackCatalogue, loadThreats } from './attack-facts.ts';
import type { CoreOptions } from './core-options.ts';
import { startDetections } from './detections/detections.ts';
import { createEvidenceReader } from './evidence/evidence-bytes.ts';
import { createImports } from './importing/imports.ts';
import { startIntake, type Intake } from './intake/intake.ts';
import { SOURCES } from './intake/messages.ts';
import { listen, rendererDir } from './serving.ts';
import { keepSetupToken } from './setup-token-file.ts';
import { startSpine, type Spine } from './spine.ts';
import { createQuestions } from './questions/questions.ts';
import { StopStack } from './stop-stack.ts';
import { Monitor } from './status/monitor.ts';
import { openStore, type Store } from './storage.ts';
import { version } from './version.ts';

export interface RunningCore {
  readonly url: string;
  /** One-time token for the first sign-in; null when a window brought its own or authentication is off. */
  readonly setupToken: string | null;
  /** Stops receiving, commits what is here, closes. */
  stop(): Promise<void>;
}

/**
 * Opens the rooms in the order of the data's path, connects them, and serves. They close in reverse order, also
 * when one of them cannot be opened; that failure is an `AppError` that says what cannot be used.
 */
export async function startCore(options: CoreOptions): Promise<RunningCore> {
  const stops = new StopStack(options.logger);
  try {
    const store = await openStore(options.dataDir, stops);
    const monitor = new Monitor(options.config, await store.reader.sourceCounters());
    const spine = await startSpine(options, store, () => monitor.current(), stops);
    monitor.watchSpine(spine);
    const { url, setupToken } = await serve(options, { store, spine, monitor }, stops);
    return { url, setupToken: setupToken?.token ?? null, stop: () => stops.run() };
  } catch (error) {
    await stops.run();
    throw error;
  }
}

interface Opened {
  readonly store: Store;
  readonly spine: Spine;
  readonly monitor: Monitor;
}

/** Starts what uses the spine: imports, receivers, and the API in front of it all. */
async function serve(
  options: CoreOptions,
  { store, spine, monitor }: Opened,
  stops: StopStack,
): Promise<{ url: string; setupToken: SetupToken | null }> {
  const { config, dataDir, logger } = options;
  const clock = systemClock;
  const newId = createIds();
  const imports = await createImports({ ...store, ...spine, dataDir, clock, newId, logger });
  stops.push(() => imports.stop());
  const intake = await startReceivers(options, store, spine);
  stops.push(() => intake.stop());
  stops.push(() => spine.patient.giveUp());
  monitor.watchIntake(intake);

  const questions = createQuestions({
    rules: spine.rules,
    ...store,
    clock,
    anyLogsource: config.any_logsource,
    settings: spine.settings,
    settingPaths: {
      placeholderPaths: config.placeholder_paths,
      pipelinePaths: config.pipeline_paths,
    },
  });
  stops.push(() => questions.stop());
  const detections = await startDetections({ ...store, raise: spine.raise, clock, logger });
  stops.push(() => detections.stop());

  const setupToken = await newSetupToken(options, stops);
  const api = buildApi({
    ...store,
    commands: {
      imports,
      rules: spine.rules,
      ruleSettings: spine.settings,
      questions,
      detections,
      status: monitor,
      evidence: createEvidenceReader(),
    },
    hub: spine.hub,
    clock,
    newId,
    logger,
    version: version(),
    attack: loadAttackCatalogue(),
    threats: loadThreats(),
    auth: {
      mode: config.api_auth_mode,
      bindHost: config.api_host,
      launchToken: options.launchToken,
      setupToken,
    },
    network: {
      allowedHosts: config.api_allowed_hosts,
      allowedOrigins: config.api_allowed_origins,
      trustProxyHeaders: config.api_trust_proxy_headers,
    },
    rateLimits: {
      enabled: config.api_rate_limit_enabled,
      list: config.api_list_rate_limit,
      detail: config.api_detail_rate_limit,
      coverage: config.api_coverage_rate_limit,
      config: config.api_config_rate_limit,
      auth: config.api_auth_rate_limit,
    },
    rendererDir: rendererDir(),
  });
  stops.push(() => api.close());
  const url = await listen(api, config);
  monitor.markReady();
  return { url, setupToken };
}

async function startReceivers(
  { config, logger }: CoreOptions,
  { reader }: Store,
  spine: Spine,
): Promise<Intake> {
  const options = {
    bindAddr: config.bind_addr,
    syslogUdpPort: config.syslog_udp_enabled ? config.syslog_udp_port : null,
    syslogTcpPort: config.syslog_tcp_enabled ? config.syslog_tcp_port : null,
    filePaths: config.file_paths,
    fileOffsets: await reader.offsets(SOURCES.file),
    queueMax: config.queue_maxsize,
  };
  return startIntake(options, spine.flow, logger);
}

/** A set-up token for the first sign-in of a headless core: printed, and in a file that only its owner reads. */
async function newSetupToken(options: CoreOptions, stops: StopStack): Promise<SetupToken | null> {
  if (options.launchToken !== null || options.config.api_auth_mode === 'disabled') return null;
  const setupToken = createSetupToken(systemClock);
  stops.push(await keepSetupToken(options.dataDir, setupToken.token));
  return setupToken;
}
