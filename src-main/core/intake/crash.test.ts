import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { freePort, sendTcp, ServedHarrier, until } from '../test-support/served-harrier.ts';

/** Enough that kills fall into different moments; the store's own crash test does many more. */
const ROUNDS = 4;
const LINES_PER_ROUND = 4_000;

const folder = mkdtempSync(join(tmpdir(), 'harrier-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function line(text: string): string {
  return `<38>1 2026-01-02T03:04:05Z web-1 sshd 7 - - ${text}\n`;
}

test('killed again and again: every line of a followed file is stored exactly once, and the counters agree', async () => {
  const followed = join(folder, 'app.log');
  writeFileSync(followed, '');
  const tcp = await freePort();
  const dataDir = join(folder, 'data');
  const setup = {
    dataDir,
    config: { file_paths: [followed], syslog_tcp_enabled: true, syslog_tcp_port: tcp },
  };
  let written = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const served = await ServedHarrier.start(setup);
    const before = await served.stats();
    const burst = Array.from({ length: LINES_PER_ROUND }, (_, n) => `tcp ${round} ${n}`);
    const sending = sendTcp(tcp, burst.map(line).join('')).catch(() => undefined);
    for (let n = 0; n < LINES_PER_ROUND; n += 1, written += 1) {
      // Some lines match a rule, always the same one.
      const text = written % 500 === 0 ? `maximum authentication attempts exceeded for ${written}` : 'file';
      appendFileSync(followed, line(`${text} #${written}`));
    }
    // Some rounds are killed early, some late in the burst.
    const some = before.events + 500 + round * 1_500;
    await until(async () => ((await served.stats()).events >= some ? true : null));
    await served.stop('SIGKILL');
    await sending;
    const db = new DatabaseSync(join(dataDir, 'harrier.db'));
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    db.close();
  }

  const served = await ServedHarrier.start(setup);
  await until(async () => (((await served.source('file-tail'))?.committed ?? 0) >= written ? true : null));
  const stats = await served.stats();
  expect(stats.events).toBe(stats.sources.reduce((sum, books) => sum + books.committed, 0));
  for (const { received, committed, rejected, dropped, in_queue: inQueue } of stats.sources)
    expect({ received, rejected, dropped, inQueue }).toEqual({
      received: committed,
      rejected: {},
      dropped: {},
      inQueue: 0,
    });
  const numbers = (await served.allEvents('source=file')).map(({ message }) => Number(message.split('#')[1]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: written }, (_, n) => n));
  const fromTcp = (await served.allEvents('source=syslog')).map(({ message }) => message);
  expect(new Set(fromTcp).size).toBe(fromTcp.length);
  const { items } = (await served.json('/api/v1/alerts')) as { items: { count: number; rule_id: string }[] };
  const guesses = items.filter((alert) => alert.rule_id === '233d50bb-1c7e-4067-89e7-bdfd32486db0');
  expect(guesses.reduce((sum, alert) => sum + alert.count, 0)).toBe(written / 500);
  expect((await served.stop()).code).toBe(0);
});
