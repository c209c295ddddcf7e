import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const entry = join(import.meta.dirname, '..', '..', 'entry', 'launch.ts');

/** Runs `npm start`'s program with a display and a stand-in for Electron's executable, a shell script. */
async function launch(
  script: string,
  given: readonly string[],
): Promise<{ code: number | null; said: string }> {
  const dist = mkdtempSync(join(folder, 'dist-'));
  writeFileSync(join(dist, 'electron'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(dist, 'electron'), 0o755);
  const child = spawn(process.execPath, [entry, '--no-sandbox', ...given], {
    env: { ...process.env, DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: dist, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-launch-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')(
  'npm start (its stand-ins are shell scripts: not on Windows)',
  () => {
    test('runs Electron on the project, passes arguments on, and ends with its code', async () => {
      const { code, said } = await launch(
        'echo "args $*"; echo "node ${ELECTRON_RUN_AS_NODE:-unset}"; exit 3',
        ['a.evtx'],
      );
      expect(code).toBe(3);
      expect(said).toMatch(/args \S+ --no-sandbox a\.evtx/);
      expect(said).toContain('node unset');
    });

    test('says in one line why there is no window, when Electron cannot run', async () => {
      const { said } = await launch('exit 127', ['--help']);
      expect(said.split('\n')[0]).toBe(
        'No window: Electron could not be run here. The workstation is served to your browser instead.',
      );
    });
  },
);
