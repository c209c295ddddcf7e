import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

describe('preload', () => {
  test('its bundle loads Electron and nothing else: a sandboxed preload has no other module', async () => {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, 'preload.ts')],
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      external: ['electron'],
    });
    const code = outputFiles[0]?.text ?? '';
    expect(new Set([...code.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]))).toEqual(
      new Set(['electron']),
    );
    expect(code).not.toContain('ZodError');
  });
});
