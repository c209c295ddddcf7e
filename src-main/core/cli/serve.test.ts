import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, sendTcp, ServedHarrier, until } from '../test-support/served-harrier.ts';
import { runHarrier } from '../test-support/run-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-serve-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const dataDir = (): string => join(folder, `data-${(made += 1)}`);

function syslogLines(name: string, count: number): string {
  return Array.from(
    { length: count },
    (_, n) => `<13>1 2026-01-02T03:04:05Z web-1 app - - - ${name} ${n}\n`,
  ).join('');
}

interface Counters {
  readonly received: number;
  readonly committed: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
  readonly in_queue: number;
}

function imbalance(books: Counters): number {
  const left = [
    ...Object.values(books.rejected),
    ...Object.values(books.dropped),
    books.committed,
    books.in_queue,
  ];
  return books.received - left.reduce((sum, count) => sum + count, 0);
}

describe('harrier serve', () => {
  test('prints one line, and its set-up token works once', async () => {
    const data = dataDir();
    const served = await ServedHarrier.start({ dataDir: data, config: { api_auth_mode: 'required' } });
    const file = join(data, 'setup-token');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const token = readFileSync(file, 'utf8').trim();
    await until(() => (served.err.includes(token) ? true : null));
    expect((await served.get('/api/v1/stats')).status).toBe(401);
    const exchange = (): Promise<Response> =>
      fetch(`${served.url}/api/v1/auth/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ setup_token: token }),
      });
    const first = await exchange();
    expect(first.status).toBe(200);
    const { access_token: access } = (await first.json()) as { access_token: string };
    expect((await exchange()).status).toBe(404);
    const headers = { authorization: `Bearer ${access}` };
    expect((await fetch(`${served.url}/api/v1/stats`, { headers })).status).toBe(200);
    expect(await served.stop()).toEqual({ code: 0, signal: null });
    expect(served.out).toBe(`${JSON.stringify({ ready: true, url: served.url })}\n`);
    expect(() => statSync(file)).toThrow();
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'stops on %s while traffic flows: what the counters committed is there afterwards',
    async (signal) => {
      const [tcp, udp] = [await freePort(), await freePort()];
      const config = {
        syslog_tcp_enabled: true,
        syslog_tcp_port: tcp,
        syslog_udp_enabled: true,
        syslog_udp_port: udp,
      };
      const setup = { dataDir: dataDir(), config };
      const served = await ServedHarrier.start(setup);
      const datagrams = createSocket('udp4');
      for (let n = 0; n < 200; n += 1)
        datagrams.send(`<13>1 - web-1 app - - - datagram ${n}`, udp, '127.0.0.1');
      const sending = sendTcp(tcp, syslogLines('first', 20_000)).catch(() => undefined);
      let samples = 0;
      await until(async () => {
        const { sources } = await served.stats();
        for (const books of sources) expect(imbalance(books)).toBe(0);
        samples += 1;
        return sources.some((books) => books.source_id === 'syslog-tcp' && books.committed >= 3_000)
          ? true
          : null;
      });
      expect(samples).toBeGreaterThan(1);
      const end = served.stop(signal);
      // Terminals and npm pass one Ctrl+C on twice: the second must not cut the first stop short.
      served.process.kill(signal);
      // A stop that takes over 5 s is forced and ends with 3.
      expect(await end).toEqual({ code: 0, signal: null });
      await sending;
      datagrams.close();

      const again = await ServedHarrier.start(setup);
      const stats = await again.stats();
      for (const books of stats.sources) {
        expect(imbalance(books)).toBe(0);
        expect(books).toMatchObject({ rejected: {}, dropped: {}, in_queue: 0 });
      }
      const committed = stats.sources.reduce((sum, books) => sum + books.committed, 0);
      expect(stats.events).toBe(committed);
      const stored = await again.allEvents('q=first&order=oldest');
      // In order and without a hole: the connection was cut at one place only.
      expect(stored.map(({ message }) => message)).toEqual(stored.map((_, n) => `first ${n}`));
      expect(stored.length).toBeGreaterThanOrEqual(3_000);
      await again.stop();
    },
  );

  test('everything that one connection sent before the stop is committed', async () => {
    const tcp = await freePort();
    const setup = { dataDir: dataDir(), config: { syslog_tcp_enabled: true, syslog_tcp_port: tcp } };
    const served = await ServedHarrier.start(setup);
    await sendTcp(tcp, syslogLines('all', 5_000));
    expect((await served.stop()).code).toBe(0);
    const again = await ServedHarrier.start(setup);
    expect(await again.source('syslog-tcp')).toMatchObject({ received: 5_000, committed: 5_000 });
    expect((await again.stats()).events).toBe(5_000);
    await again.stop();
  });
});

describe('what cannot be used is said in one line, with exit code 2', () => {
  let taken: Server;
  let port: number;
  const holder = new Promise<ServedHarrier>((resolve, reject) => {
    beforeAll(async () => {
      taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      // A server that listens on TCP has this kind of address.
      port = (taken.address() as AddressInfo).port;
      ServedHarrier.start({ dataDir: join(folder, 'held') }).then(resolve, reject);
    });
  });
  afterAll(async () => {
    taken.close();
    await (await holder).stop();
  });

  function settings(values: Record<string, unknown>): string {
    const path = join(folder, `settings-${(made += 1)}.json`);
    writeFileSync(path, JSON.stringify({ api_port: 0, ...values }));
    return path;
  }

  const cases: readonly [string, () => string[] | Promise<string[]>, () => string][] = [
    [
      'the port of the API is taken',
      () => ['--data', dataDir(), '--port', String(port)],
      () => `Port ${port} on 127.0.0.1 is in use. Choose another`,
    ],
    [
      'the port of a receiver is taken',
      () => ['--data', dataDir(), '--config', settings({ syslog_tcp_enabled: true, syslog_tcp_port: port })],
      () =>
        `Port ${port} on 127.0.0.1 is in use. Choose another: with --port for the API, in the settings for a receiver.`,
    ],
    [
      'receivers cannot listen on an address that is not here',
      () => ['--data', dataDir(), '--config', settings({ syslog_udp_enabled: true, bind_addr: '192.0.2.1' })],
      () => 'The receiver on 192.0.2.1:5514 is not ready: ',
    ],
    [
      'the API cannot listen on an address that is not here',
      () => ['--data', dataDir(), '--config', settings({}), '--host', 'localhost.invalid'],
      () => 'The configuration is not valid: api_host localhost.invalid is not a loopback address',
    ],
    [
      'the data folder lies below a file',
      () => ['--data', join(settings({}), 'data'), '--port', '0'],
      () => 'The data folder ',
    ],
    [
      'another core uses the data folder',
      async () => {
        await holder;
        return ['--data', join(folder, 'held'), '--port', '0'];
      },
      () => 'another Harrier is using it; stop that one or choose another folder.',
    ],
    [
      'a setting is misspelt',
      () => ['--data', dataDir(), '--config', settings({ syslog_upd_enabled: true })],
      () => 'syslog_upd_enabled',
    ],
    [
      'the API would leave this machine',
      () => ['--data', dataDir(), '--port', '0', '--host', '0.0.0.0'],
      () => 'api_host 0.0.0.0 is not a loopback address',
    ],
    [
      'the settings are not there',
      () => ['--data', dataDir(), '--config', join(folder, 'none.yml')],
      () => 'none.yml cannot be read',
    ],
    ['the port is no port', () => ['--port', '70000'], () => 'A port is a number from 0 to 65535.'],
    [
      'the database is of a newer Harrier',
      async () => {
        const data = dataDir();
        await (await ServedHarrier.start({ dataDir: data })).stop();
        const db = new DatabaseSync(join(data, 'harrier.db'));
        db.exec('PRAGMA user_version = 999');
        db.close();
        return ['--data', data, '--port', '0'];
      },
      () => 'newer Harrier',
    ],
  ];

  test.each(cases)('%s', async (_, args, message) => {
    const run = await runHarrier(['serve', ...(await args())]);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain(message());
    expect(run.err).not.toMatch(/\n\s+at |node:internal/);
    const problem = run.err.split('\n').filter((line) => /^(harrier|error): /.test(line));
    expect(problem).toHaveLength(1);
  });
});
