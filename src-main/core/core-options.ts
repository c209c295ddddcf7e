import type { Logger } from '../telemetry/logger.ts';
import type { Config } from './config/schema.ts';

/** What a core is started with. */
export interface CoreOptions {
  readonly config: Config;
  /** Absolute; created when it is not there. */
  readonly dataDir: string;
  /** Credential of the window that starts this core; null when headless. */
  readonly launchToken: string | null;
  readonly logger: Logger;
}
