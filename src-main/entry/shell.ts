import { runShell } from '../app/shell.ts';
import { createLogger } from '../telemetry/logger.ts';

/** Electron's main process. */
runShell(createLogger('info'));
