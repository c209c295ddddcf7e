import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, expect, test, type ElectronApplication } from '@playwright/test';

const project = join(import.meta.dirname, '..', '..');

/** Electron's executable, or null. Without loading the package, which would download it. */
function findElectron(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const record = join(folder, 'path.txt');
  if (!existsSync(record)) return null;
  const binary = join(folder, 'dist', readFileSync(record, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

const binary = findElectron();
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
const isBuilt = existsSync(join(project, 'dist', 'main', 'shell.js'));

test.describe('desktop shell', () => {
  test.skip(
    binary === null,
    'Skipped: the Electron binary is not on this machine, so the shell was not run.',
  );
  test.skip(!hasDisplay, 'Skipped: there is no display, so the shell was not run.');
  test.skip(!isBuilt, 'Skipped: run "npm run build" first; the shell runs from dist/.');

  let app: ElectronApplication;
  let userData: string;

  test.beforeAll(async () => {
    userData = mkdtempSync(join(tmpdir(), 'harrier-shell-'));
    app = await _electron.launch({
      ...(binary === null ? {} : { executablePath: binary }),
      args: [project, `--user-data-dir=${userData}`],
    });
  });

  test.afterAll(async () => {
    await app.close();
    rmSync(userData, { recursive: true, force: true });
  });

  test('shows the workstation under its own scheme', async () => {
    const window = await app.firstWindow();
    expect(window.url()).toMatch(/^app:\/\/harrier\//);
    await expect(window.getByRole('navigation').first()).toBeVisible();
  });

  test('gives the page one function a message, and nothing of Node', async () => {
    const window = await app.firstWindow();
    const page = await window.evaluate(() => ({
      bridge: Object.keys((globalThis as unknown as { harrier: object }).harrier).sort(),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    }));
    expect(page.bridge).toEqual([
      'onCoreState',
      'onOpenEvidence',
      'openEvidence',
      'openEvidenceFolder',
      'openReference',
      'pathForFile',
      'platform',
      'session',
    ]);
    expect(page.node).toEqual([]);
  });

  test('reaches its core with the token of this launch', async () => {
    const window = await app.firstWindow();
    const status = await window.evaluate(async () => {
      const { harrier } = globalThis as unknown as {
        harrier: { session(): Promise<{ url: string; token: string }> };
      };
      const { url, token } = await harrier.session();
      const answer = await fetch(`${url}/api/v1/health`, { headers: { authorization: `Bearer ${token}` } });
      return answer.status;
    });
    expect(status).toBe(200);
  });

  test('stays where it is', async () => {
    const window = await app.firstWindow();
    await window.evaluate(() => {
      location.href = 'https://example.com/';
    });
    await window.evaluate("window.open('https://example.com/')");
    expect(window.url()).toMatch(/^app:\/\/harrier\//);
    expect(app.windows().length).toBe(1);
  });
});
