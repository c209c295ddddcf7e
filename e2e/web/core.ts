import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';

/** A headless core of its own on a free port, with a data folder that goes away afterwards. */
export interface Core {
  readonly url: string;
  /** Goes away with the core; for the evidence that a test writes. */
  readonly folder: string;
  /** The process of this moment; another one after `startAgain`. */
  readonly process: ChildProcess;
  /** Calls the API with the core's token and expects success. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Opens the workstation signed in, at a route such as "/alerts". */
  open(page: Page, route: string): Promise<void>;
  /** Imports the sample case and waits until it is in. */
  openSample(): Promise<void>;
  /** Writes one JSON object a line, imports the file and waits until it is in. */
  importRecords(name: string, records: Iterable<object>): Promise<void>;
  /** Ends the process as Ctrl+C would. */
  shutDown(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  startAgain(): Promise<void>;
}

/** Starts `harrier serve` as a user would; `settings` go into its configuration file. */
export async function startCore(
  settings: Readonly<Record<string, unknown>> = {},
): Promise<{ core: Core; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'harrier-e2e-'));
  // JSON is YAML; rate limits would make a fast test wait a minute.
  const config = { api_rate_limit_enabled: false, log_level: 'warn', ...settings };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  let child = spawnCore(folder, '0');
  const url = await readyUrl(child);
  const isOpen = settings.api_auth_mode === 'disabled';
  const token = isOpen ? null : await exchangeSetupToken(url, readSetupToken(folder));
  const api = (method: string, path: string, body?: unknown) => callApi(`${url}${path}`, method, token, body);
  const core: Core = {
    url,
    folder,
    api,
    get process() {
      return child;
    },
    async open(page, route) {
      if (token !== null)
        await page.addInitScript((value) => sessionStorage.setItem('harrier.token', value), token);
      await page.goto(`${url}/#${route}`);
    },
    async openSample() {
      await imported(api, await api('POST', '/api/v1/imports/sample'));
    },
    async importRecords(name, records) {
      const path = join(folder, name);
      writeFileSync(path, Array.from(records, (record) => `${JSON.stringify(record)}\n`).join(''));
      await imported(api, await api('POST', '/api/v1/imports', { paths: [path] }));
    },
    async shutDown() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
    async startAgain() {
      child = spawnCore(folder, new URL(url).port);
      await readyUrl(child);
    },
  };
  return {
    core,
    stop: async () => {
      await core.shutDown();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The one-time token of the latest start. */
export function readSetupToken(folder: string): string {
  return readFileSync(join(folder, 'data', 'setup-token'), 'utf8').trim();
}

function spawnCore(folder: string, port: string): ChildProcess {
  const entry = join(import.meta.dirname, '..', '..', 'src-main', 'entry', 'harrier.cjs');
  const places = ['--data', join(folder, 'data'), '--config', join(folder, 'config.yml')];
  return spawn(process.execPath, [entry, 'serve', '--port', port, ...places], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function callApi(url: string, method: string, token: string | null, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Waits until an import that was just started is done. */
async function imported(api: Core['api'], started: unknown): Promise<void> {
  const { id } = started as { id: string };
  for (;;) {
    const { state } = (await api('GET', `/api/v1/imports/${id}`)) as { state: string };
    if (state === 'done') return;
    if (state !== 'queued' && state !== 'running') throw new Error(`The import ended as ${state}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const lines = child.stdout;
  if (lines === null) throw new Error('serve has no standard output.');
  let text = '';
  // Not `for await`: leaving that loop would close the pipe under the process.
  while (!text.includes('\n')) {
    if (child.exitCode !== null) break;
    const [chunk] = (await Promise.race([once(lines, 'data'), once(lines, 'end')])) as [Buffer?];
    if (chunk === undefined) break;
    text += chunk.toString();
  }
  const ready = JSON.parse(text || '{}') as { ready?: boolean; url?: string };
  if (ready.ready !== true || ready.url === undefined) throw new Error(`serve did not get ready: ${text}`);
  lines.resume();
  return ready.url;
}

async function exchangeSetupToken(url: string, setupToken: string): Promise<string> {
  const body = { setup_token: setupToken, name: 'e2e' };
  const answer = await callApi(`${url}/api/v1/auth/setup`, 'POST', null, body);
  return (answer as { access_token: string }).access_token;
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
