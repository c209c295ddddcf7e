import { readFileSync } from 'node:fs';
import { AppError } from '#shared/errors/app-error.ts';
import { isLoopbackAddress } from '../../platform/loopback.ts';
import { parseYaml } from '../../platform/yaml.ts';
import { configSchema, type Config } from './schema.ts';

/** What the command line may override. */
export interface ConfigOverrides {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
}

/**
 * Effective configuration: defaults, then the file (YAML or JSON), then the command line.
 * Throws `config_invalid` naming the file, the setting and what is wrong with it.
 */
export function loadConfig(file: string | undefined, overrides: ConfigOverrides = {}): Config {
  const fromFile = file === undefined ? {} : readConfigFile(file);
  const parsed = configSchema.safeParse({
    ...fromFile,
    ...(overrides.host === undefined ? {} : { api_host: overrides.host }),
    ...(overrides.port === undefined ? {} : { api_port: overrides.port }),
  });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`,
    );
    throw new AppError('config_invalid', { reason: `${file ?? 'command line'}: ${problems.join('; ')}` });
  }
  refuseOpenApi(parsed.data);
  return parsed.data;
}

function readConfigFile(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('config_invalid', { reason: `${file} cannot be read` }, { cause: error });
  }
  const result = parseYaml(text);
  if (!result.ok) {
    const { line, column, message } = result.failure;
    throw new AppError('config_invalid', { reason: `${file}:${line}:${column}: ${message}` });
  }
  const [document = {}] = result.documents;
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new AppError('config_invalid', { reason: `${file} must hold settings as name: value` });
  }
  return document as Record<string, unknown>;
}

/** Reliability D1 and D5: an API without authentication, or without TLS, never leaves this machine. */
function refuseOpenApi(config: Config): void {
  if (isLoopbackAddress(config.api_host)) return;
  if (config.api_auth_mode === 'disabled') {
    throw new AppError('config_invalid', {
      reason: `api_auth_mode: disabled is only possible on a loopback address, not on ${config.api_host}`,
    });
  }
  throw new AppError('config_invalid', {
    reason: `api_host ${config.api_host} is not a loopback address, and this version does not serve TLS; put a TLS proxy in front of 127.0.0.1`,
  });
}
