import { resolve } from 'node:path';
import { createLogger } from '../../telemetry/logger.ts';
import { startCore, type RunningCore } from '../start-core.ts';
import { loadConfig } from '../config/load.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** A graceful stop ends within this time or is forced (reliability F25). */
const STOP_LIMIT_MS = 5_000;

export interface ServeOptions {
  readonly data?: string;
  readonly config?: string;
  readonly host?: string;
  readonly port?: number;
}

/**
 * Runs the headless core until SIGTERM or SIGINT. Prints one line `{"ready":true,"url":"..."}` on standard
 * output when it serves; the one-time set-up token goes to standard error and into `<data>/setup-token`.
 */
export async function serveCommand(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const config = loadConfig(options.config, { host: options.host, port: options.port });
  const asked = nextSignal();
  const core = await startCore({
    config,
    dataDir: resolve(options.data ?? 'harrier-data'),
    launchToken: null,
    logger: createLogger(config.log_level),
  });
  await terminal.out(`${JSON.stringify({ ready: true, url: core.url })}\n`);
  if (core.setupToken !== null) {
    terminal.err(`Set-up token, valid once and for 15 minutes: ${core.setupToken}\n`);
    terminal.err(`Open ${core.url}/#setup=${core.setupToken} in a browser on this machine.\n`);
  }
  await asked;
  return stopInTime(core, terminal);
}

/** Later signals change nothing: npm passes one Ctrl+C on a second time, and a stop takes 5 s at most. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGTERM', () => resolve());
    process.on('SIGINT', () => resolve());
  });
}

async function stopInTime(core: RunningCore, terminal: Terminal): Promise<ExitCode> {
  const force = setTimeout(() => {
    terminal.err(
      'harrier: stopping took over 5 s and was forced; what was not acknowledged may be missing.\n',
    );
    process.exit(EXIT.unreadable);
  }, STOP_LIMIT_MS);
  await core.stop();
  clearTimeout(force);
  return EXIT.ok;
}
