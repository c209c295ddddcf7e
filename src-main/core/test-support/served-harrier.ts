import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ResponseOf } from '#shared/contract/client.ts';

const command = fileURLToPath(new URL('../../entry/harrier.cjs', import.meta.url));

/** A test that fails leaves its cores behind; they end with it. */
const started: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

export interface ServeSetup {
  readonly dataDir: string;
  /** Settings besides: a free port, no rate limits, no authentication. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Shell commands before the core takes the shell's place: `ulimit -f 2048`. */
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** How a core's process ended. */
export interface ServeEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Test support: `harrier serve` from the sources in a process of its own. */
export class ServedHarrier {
  readonly process: ChildProcess;
  readonly ended: Promise<ServeEnd>;
  url = '';
  out = '';
  err = '';

  constructor(setup: ServeSetup) {
    mkdirSync(dirname(setup.dataDir), { recursive: true });
    const settings = `${setup.dataDir}.config.json`;
    const defaults = { api_port: 0, api_rate_limit_enabled: false, api_auth_mode: 'disabled' };
    writeFileSync(settings, JSON.stringify({ ...defaults, ...setup.config }));
    const args = [command, 'serve', '--data', setup.dataDir, '--config', settings];
    const env = { ...process.env, HARRIER_FROM_SOURCES: '1', ...setup.env };
    this.process =
      setup.shell === undefined
        ? spawn(process.execPath, args, { env })
        : spawn('bash', ['-c', `${setup.shell}; exec "$@"`, 'bash', process.execPath, ...args], { env });
    started.push(this.process);
    this.process.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    this.ended = once(this.process, 'close').then(([code, signal]) => ({
      // The arguments of the event "close" of a child process.
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }));
  }

  /** Starts and waits for the line that says so. Rejects when the process ends instead. */
  static async start(setup: ServeSetup): Promise<ServedHarrier> {
    const served = new ServedHarrier(setup);
    const outcome = await Promise.race([served.#readyLine(), served.ended]);
    if (typeof outcome !== 'string') throw new Error(`harrier serve ended: ${served.err}`);
    // The line is the command's contract.
    served.url = (JSON.parse(outcome) as { url: string }).url;
    return served;
  }

  get(path: string): Promise<Response> {
    return fetch(`${this.url}${path}`);
  }

  /** The JSON body of an answer; rejects on any status but 2xx. */
  async json(path: string, init?: RequestInit): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  post(path: string, body?: unknown): Promise<unknown> {
    const json = {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    return this.json(path, { method: 'POST', ...(body === undefined ? {} : json) });
  }

  // The contract's types hold: the API's own tests check every answer against its schema.
  stats(): Promise<ResponseOf<'stats'>> {
    return this.json('/api/v1/stats') as Promise<ResponseOf<'stats'>>;
  }

  async source(sourceId: string): Promise<ResponseOf<'stats'>['sources'][number] | undefined> {
    return (await this.stats()).sources.find((one) => one.source_id === sourceId);
  }

  events(query = ''): Promise<ResponseOf<'listEvents'>> {
    return this.json(`/api/v1/events?${query}`) as Promise<ResponseOf<'listEvents'>>;
  }

  /** Every stored event that `query` asks for, page by page. */
  async allEvents(query = ''): Promise<ResponseOf<'listEvents'>['items']> {
    const all: ResponseOf<'listEvents'>['items'] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: ResponseOf<'listEvents'> = await this.events(`limit=500&${query}${after}`);
      all.push(...page.items);
      cursor = page.next_cursor;
    }
    return all;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<ServeEnd> {
    this.process.kill(signal);
    return this.ended;
  }

  async #readyLine(): Promise<string> {
    while (!this.out.includes('\n')) await once(this.process.stdout ?? this.process, 'data');
    return this.out.slice(0, this.out.indexOf('\n'));
  }
}

/** Test support: sends `text` over one TCP connection and closes it; resolves when the other end took it all. */
export async function sendTcp(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.end(text);
  socket.resume();
  await once(socket, 'close');
}

/** Test support: polls until `check` gives something else than null. */
export async function until<T>(check: () => Promise<T | null> | T | null): Promise<T> {
  for (;;) {
    const found = await check();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Test support: a port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}
