import { z } from 'zod';
import { configSchema } from './schema.ts';

/** What JSON Schema says of one setting, as far as the page needs it. */
interface SettingSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly unknown[];
}

/** The settings page of the documentation, from the schema itself. */
export function describeConfig(): string {
  // toJSONSchema's own output shape for an object schema.
  const schema = z.toJSONSchema(configSchema, { io: 'input' }) as {
    properties: Record<string, SettingSchema>;
  };
  const rows = Object.entries(schema.properties).map(
    ([name, setting]) =>
      `| \`${name}\` | ${setting.enum?.join(', ') ?? setting.type ?? ''} | \`${JSON.stringify(setting.default)}\` | ${setting.description ?? ''} |`,
  );
  return [
    '# Configuration',
    '',
    '`harrier serve --config FILE` reads these settings from a YAML or JSON file. A name that is not listed here is refused. `--host` and `--port` go before `api_host` and `api_port`. This page is made from `src-main/core/config/schema.ts`; `UPDATE_DOCS=1 npx vitest run src-main/core/config` writes it anew.',
    '',
    '| setting | type | default | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
