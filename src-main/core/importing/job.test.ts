import { expect, test, vi } from 'vitest';
import { isConserved } from '../../pipeline/counters.ts';
import { createLedger } from '../../pipeline/ledger.ts';
import { systemClock } from '../../platform/clock.ts';
import { queuedImport } from '../../store/interface/imports.ts';
import { silentLogger } from '../../telemetry/logger.ts';
import type { IncomingBatch } from '../flow/flow.ts';
import { ImportJob } from './job.ts';

const entry = new URL('../test-support/hostile-import.ts', import.meta.url);

/** Longer than a busy machine takes to start a thread. */
const SILENCE_LIMIT_MS = 2_000;

function job(paths: readonly string[]) {
  const ledger = createLedger();
  const commits: (() => void)[] = [];
  let isSlow = false;
  const submit = async ({ events }: IncomingBatch) => {
    if (isSlow) await new Promise<void>((resolve) => commits.push(resolve));
    return { events: events.id.length, replayed: false, alertIds: [], created: 1, orphaned: 0 };
  };
  const record = { ...queuedImport('imp_1', paths, 0), state: 'running' as const };
  const running = new ImportJob({
    record,
    entry,
    flow: { submit },
    book: ledger.book(record.id),
    clock: systemClock,
    logger: silentLogger,
    isKnown: () => Promise.resolve(false),
    silenceLimitMs: SILENCE_LIMIT_MS,
  });
  return { running, ledger, commits, holdCommits: () => (isSlow = true) };
}

test('files that hang or crash their reader are blamed, the others are read, and the counts add up', async () => {
  const { running, ledger } = job(['a', 'stuck', 'b', 'crash', 'c']);
  const report = await running.finished;
  expect(report).toMatchObject({ state: 'done', events: 50, alerts: 5, rejected: { odd: 10 } });
  expect(
    report.files.map(({ path, outcome, events, rejected }) => [path, outcome, events, rejected]),
  ).toEqual([
    ['a', 'ok', 10, 2],
    ['stuck', 'failed', 10, 2],
    ['b', 'ok', 10, 2],
    ['crash', 'failed', 10, 2],
    ['c', 'ok', 10, 2],
  ]);
  expect(report.files[1]?.reason).toContain('no progress');
  expect(report.files[3]?.reason).toContain('crashed');
  const [books] = ledger.snapshot();
  expect(books).toMatchObject({ received: 60, committed: 50, rejected: { odd: 10 }, inQueue: 0 });
  expect(isConserved(books!)).toBe(true);
});

test('a commit that waits for the disk is not the fault of the file', async () => {
  const { running, commits, holdCommits } = job(['a', 'b']);
  holdCommits();
  await vi.waitFor(() => expect(commits).toHaveLength(1), { timeout: 30_000 });
  const since = systemClock.monotonic();
  await vi.waitFor(() => expect(systemClock.monotonic() - since).toBeGreaterThan(1.5 * SILENCE_LIMIT_MS), {
    timeout: 30_000,
  });
  commits.shift()?.();
  await vi.waitFor(() => expect(commits).toHaveLength(1), { timeout: 30_000 });
  commits.shift()?.();
  expect((await running.finished).files.map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
});

test('an import that does not hear the cancel is ended', async () => {
  const { running } = job(['a', 'stuck', 'b']);
  await vi.waitFor(() => expect(running.progress().events).toBe(20), { timeout: 30_000 });
  running.cancel();
  const report = await running.finished;
  expect(report).toMatchObject({ state: 'cancelled', events: 20 });
  expect(report.files.map(({ path, outcome, events }) => [path, outcome, events])).toEqual([
    ['a', 'ok', 10],
    ['stuck', 'cancelled', 10],
  ]);
});
