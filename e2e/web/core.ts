import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';

/** A headless core of its own on a free port, with a data folder that goes away afterwards. */
export interface Core {
  readonly url: string;
  /** Calls the API with the core's token and expects success. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Opens the workstation signed in, at a route such as "/alerts". */
  open(page: Page, route: string): Promise<void>;
  /** Imports the sample case and waits until it is in. */
  openSample(): Promise<void>;
  readonly process: ChildProcess;
}

/** Starts `harrier serve` as a user would; `settings` go into its configuration file. */
export async function startCore(
  settings: Readonly<Record<string, unknown>> = {},
): Promise<{ core: Core; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'harrier-e2e-'));
  const config = join(folder, 'config.yml');
  // JSON is YAML; rate limits would make a fast test wait a minute.
  writeFileSync(config, JSON.stringify({ api_rate_limit_enabled: false, log_level: 'warn', ...settings }));
  const data = join(folder, 'data');
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '..', '..', 'src-main', 'entry', 'harrier.cjs'),
      'serve',
      '--port',
      '0',
      '--data',
      data,
      '--config',
      config,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await readyUrl(child);
  const token = await exchangeSetupToken(url, readFileSync(join(data, 'setup-token'), 'utf8').trim());
  const api = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const core: Core = {
    url,
    process: child,
    api,
    async open(page, route) {
      await page.addInitScript((value) => sessionStorage.setItem('harrier.token', value), token);
      await page.goto(`${url}/#${route}`);
    },
    async openSample() {
      const { id } = (await api('POST', '/api/v1/imports/sample')) as { id: string };
      for (;;) {
        const { state } = (await api('GET', `/api/v1/imports/${id}`)) as { state: string };
        if (state === 'done') return;
        if (state !== 'queued' && state !== 'running') throw new Error(`The sample case ended as ${state}.`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
  return {
    core,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  const ready = JSON.parse(text || '{}') as { ready?: boolean; url?: string };
  if (ready.ready !== true || ready.url === undefined) throw new Error(`serve did not get ready: ${text}`);
  child.stdout?.resume();
  return ready.url;
}

async function exchangeSetupToken(url: string, setupToken: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/auth/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ setup_token: setupToken, name: 'e2e' }),
  });
  if (!response.ok) throw new Error(`set-up failed: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

/** `test` with a core that holds the sample case, shared by the tests of one file. */
export const test = base.extend<object, { core: Core }>({
  core: [
    // Playwright wants the fixtures object, even when none is used.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { core, stop } = await startCore();
      await core.openSample();
      await use(core);
      await stop();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
