import { existsSync } from 'node:fs';
import { AppError } from '#shared/errors/app-error.ts';
import { installPath } from '../platform/install-path.ts';
import type { Config } from './config/schema.ts';

/** The built renderer; null when it has not been built, and only the API is served. */
export function rendererDir(): string | null {
  const folder = installPath('dist', 'renderer');
  return existsSync(folder) ? folder : null;
}

/** What listening needs of the API server. */
interface Listener {
  listen(options: { host: string; port: number }): Promise<string>;
}

/** Listens where the settings say and returns the origin. Throws `port_in_use`. */
export async function listen(api: Listener, config: Config): Promise<string> {
  const { api_host: host, api_port: port } = config;
  try {
    return await api.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new AppError('port_in_use', { host, port }, { cause: error });
    if (code === 'EACCES') {
      const reason = `port ${port} needs more rights than Harrier has; choose one above 1023`;
      throw new AppError('config_invalid', { reason }, { cause: error });
    }
    throw error;
  }
}
