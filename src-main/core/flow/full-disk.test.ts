import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import type { ImportWire } from '#shared/contract/imports.ts';
import { total } from '../../pipeline/counters.ts';
import { freePort, sendTcp, ServedHarrier, until, type ServeSetup } from '../test-support/served-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-full-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process may make no file larger than 2 MiB, which to SQLite is a disk that is full; `prlimit` lifts it. */
const SMALL_DISK = "trap '' XFSZ; ulimit -S -f 2048";
const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

const LINES = 12_000;

const QUEUE_MAX = 2_000;

const line = (text: string): string =>
  `<38>1 2026-01-02T03:04:05Z web-1 app 7 - - ${text} ${'x'.repeat(100)}\n`;

/** One read of each receiver at most, as their handles promise: 64 KiB of a socket, 256 KiB of a followed file. */
const HELD_BY_RECEIVERS = Math.ceil(((64 + 256) * 1024) / line('').length);

interface Followed extends ServeSetup {
  readonly file: string;
  readonly tcp: number;
}

async function followed(name: string): Promise<Followed> {
  const home = join(folder, name);
  mkdirSync(home);
  const file = join(home, 'app.log');
  writeFileSync(file, '');
  const tcp = await freePort();
  const config = {
    file_paths: [file],
    syslog_tcp_enabled: true,
    syslog_tcp_port: tcp,
    queue_maxsize: QUEUE_MAX,
  };
  return { dataDir: join(home, 'data'), config, file, tcp };
}

function write(file: string): void {
  appendFileSync(file, Array.from({ length: LINES }, (_, n) => line(`file ${n} `)).join(''));
}

function freeSpace(served: ServedHarrier): void {
  spawnSync('prlimit', ['--pid', String(served.process.pid), '--fsize=unlimited:unlimited']);
}

async function unready(served: ServedHarrier): Promise<string> {
  return until(async () => {
    const response = await served.get('/ready');
    return response.status === 503 ? response.text() : null;
  });
}

async function expectBalance(served: ServedHarrier): Promise<void> {
  for (const books of (await served.stats()).sources)
    expect(books.received).toBe(
      books.committed + total(books.rejected) + total(books.dropped) + books.in_queue,
    );
}

/** The numbers of the stored lines of the followed file, sorted. */
async function storedLines(served: ServedHarrier): Promise<number[]> {
  const messages = (await served.allEvents('source=file')).map(({ message }) =>
    Number(message.split(' ')[1]),
  );
  return messages.sort((a, b) => a - b);
}

const ALL = Array.from({ length: LINES }, (_, n) => n);

describe.skipIf(!hasPrlimit)('a full disk (needs prlimit of Linux)', () => {
  test('stops what comes in, loses nothing, and goes on when there is space', async () => {
    const setup = await followed('goes-on');
    const served = await ServedHarrier.start({ ...setup, shell: SMALL_DISK });
    write(setup.file);
    const sending = sendTcp(setup.tcp, Array.from({ length: LINES }, (_, n) => line(`tcp ${n}`)).join(''));
    expect(await unready(served)).toContain('the disk is full');
    for (let sample = 0; sample < 20; sample += 1) await expectBalance(served);
    expect((await served.stats()).queue_depth).toBeLessThanOrEqual(QUEUE_MAX + HELD_BY_RECEIVERS);

    freeSpace(served);
    await sending;
    await until(async () => ((await served.stats()).events === 2 * LINES ? true : null));
    expect((await served.get('/ready')).status).toBe(200);
    expect(await storedLines(served)).toEqual(ALL);
    await expectBalance(served);
    expect(await served.stop()).toEqual({ code: 0, signal: null });
  });

  test('a stop meanwhile leaves followed files where they were committed', async () => {
    const setup = await followed('stops');
    const full = await ServedHarrier.start({ ...setup, shell: SMALL_DISK });
    write(setup.file);
    await unready(full);
    expect(await full.stop()).toEqual({ code: 0, signal: null });
    const served = await ServedHarrier.start(setup);
    await until(async () => ((await served.source('file-tail'))?.committed === LINES ? true : null));
    expect(await storedLines(served)).toEqual(ALL);
    await served.stop();
  });

  test('an import waits and is then complete', async () => {
    const served = await ServedHarrier.start({ dataDir: join(folder, 'import', 'data'), shell: SMALL_DISK });
    const evidence = join(folder, 'big.json');
    writeFileSync(
      evidence,
      Array.from({ length: LINES }, (_, n) => `{"n":${n},"text":"${'x'.repeat(200)}"}`).join('\n'),
    );
    const { id } = (await served.post('/api/v1/imports', { paths: [evidence] })) as ImportWire;
    await unready(served);
    await expectBalance(served);
    freeSpace(served);
    const report = await until(async () => {
      const now = (await served.json(`/api/v1/imports/${id}`)) as ImportWire;
      return now.state === 'running' ? null : now;
    });
    expect(report).toMatchObject({ state: 'done', report: { events: LINES, files: [{ outcome: 'ok' }] } });
    await served.stop();
  });
});

test('a database that another program holds is waited for', async () => {
  const setup = await followed('held');
  const served = await ServedHarrier.start(setup);
  const db = new DatabaseSync(join(setup.dataDir, 'harrier.db'));
  db.exec('BEGIN IMMEDIATE');
  write(setup.file);
  expect(await unready(served)).toContain('another program holds it');
  await expectBalance(served);
  db.exec('ROLLBACK');
  db.close();
  await until(async () => ((await served.stats()).events === LINES ? true : null));
  expect(await storedLines(served)).toEqual(ALL);
  await served.stop();
});
