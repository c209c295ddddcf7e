import { coreToShell, shellToCore, type CoreToShell } from '#shared/ipc/core-messages.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { createLogger } from '../telemetry/logger.ts';
import { startCore, type RunningCore } from './start-core.ts';
import { configSchema } from './config/schema.ts';

/** Origin of the desktop app's own page (src-main/app/protocol.ts). */
const SHELL_ORIGIN = 'app://harrier';

/** The channel to the shell inside a utility process: Electron's `process.parentPort`, as far as it is used here. */
export interface ShellPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

/** Runs the core for the desktop shell: starts when told, on a free loopback port, and ends with the process. */
export function hostCore(port: ShellPort): void {
  let core: Promise<RunningCore> | null = null;
  const tell = (message: CoreToShell): void => port.postMessage(coreToShell.parse(message));

  port.on('message', ({ data }) => {
    const message = shellToCore.parse(data);
    if (message.type === 'stop') {
      void stop(core);
      return;
    }
    core ??= startCore({
      config: configSchema.parse({ api_port: 0, api_allowed_origins: [SHELL_ORIGIN] }),
      dataDir: message.dataDir,
      launchToken: message.token,
      logger: createLogger('info'),
    });
    core.then(
      ({ url }) => tell({ type: 'ready', url }),
      (error: unknown) => {
        tell({ type: 'failed', ...describe(error) });
        process.exitCode = 1;
      },
    );
  });
}

/** The shell sees a graceful stop as exit code 0 (src-main/app/core-supervisor.ts). */
async function stop(core: Promise<RunningCore> | null): Promise<void> {
  const running = await core?.catch(() => null);
  await running?.stop();
  process.exit(0);
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
