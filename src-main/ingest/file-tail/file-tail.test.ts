import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceOffset } from '../../pipeline/batch.ts';
import { createBench, until, type Bench } from '../kit/receiver-bench.ts';
import { startFileTail, type FileTailHandle, type FileTailOptions } from './file-tail.ts';

let folder = '';
let log = '';
const stops: (() => Promise<void>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-tail-'));
  log = join(folder, 'app.log');
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  rmSync(folder, { recursive: true });
});

async function follow(bench: Bench, options: Partial<FileTailOptions> = {}): Promise<FileTailHandle> {
  const handle = await startFileTail({ paths: [log], offsets: [], pollMs: 10, ...options }, bench.context);
  stops.push(() => handle.stop());
  return handle;
}

/** Commits as records come in, until the texts read are `expected`. */
async function reads(bench: Bench, expected: readonly string[]): Promise<void> {
  await until(() => {
    bench.drain();
    return bench.records.length >= expected.length;
  });
  expect(bench.texts()).toEqual(expected);
}

const committed = (bench: Bench): SourceOffset[] => {
  const byKey = new Map<string, SourceOffset>();
  for (const { offset } of bench.records) if (offset !== null) byKey.set(offset.fileKey, offset);
  return [...byKey.values()];
};

const codes = (bench: Bench): string[] => bench.notices.map((notice) => notice.code);

describe('file tail', () => {
  test('reads what is there and what is appended, bytes untouched', async () => {
    writeFileSync(log, Buffer.from('one\r\n\ntwo\0\xff\n', 'latin1'));
    const bench = createBench();
    await follow(bench);
    await reads(bench, ['one', 'two\0\xff']);
    appendFileSync(log, 'three\n');
    await reads(bench, ['one', 'two\0\xff', 'three']);
    expect(bench.records.map((record) => record.offset?.offset)).toEqual([5, 12, 18]);
    expect(bench.counters()).toMatchObject({ received: 3, committed: 3, inQueue: 0 });
  });

  test('holds an unfinished line, and never stores an offset behind it', async () => {
    writeFileSync(log, 'whole\nhal');
    const bench = createBench();
    const handle = await follow(bench);
    await reads(bench, ['whole']);
    await until(() => handle.files()[0]?.unfinishedBytes === 3);
    expect(committed(bench)[0]?.offset).toBe(6);
    appendFileSync(log, 'f\n');
    await reads(bench, ['whole', 'half']);
  });

  test('continues at the right byte after a restart', async () => {
    writeFileSync(log, 'one\ntwo\nthr');
    const before = createBench();
    await (await follow(before)).stop();
    await reads(before, ['one', 'two']);
    appendFileSync(log, 'ee\nfour\n');
    const after = createBench();
    await follow(after, { offsets: committed(before) });
    await reads(after, ['three', 'four']);
  });

  test('rename: the old file is read to its end, then dropped', async () => {
    writeFileSync(log, 'one\n');
    const bench = createBench();
    const handle = await follow(bench, { rotateWaitMs: 200 });
    await reads(bench, ['one']);
    renameSync(log, `${log}.1`);
    appendFileSync(`${log}.1`, 'two\nlast words');
    writeFileSync(log, 'three\n');
    await until(() => {
      bench.drain();
      return handle.files().length === 1 && bench.records.length === 4;
    });
    expect(bench.texts().sort()).toEqual(['last words', 'one', 'three', 'two']);
    expect(bench.records.find((record) => record.flags.includes('partial'))?.originalBytes).toBe(10);
  });

  test('a file renamed while nobody looked is read to its end', async () => {
    writeFileSync(log, 'one\n');
    const before = createBench();
    await (await follow(before)).stop();
    await reads(before, ['one']);
    appendFileSync(log, 'two\n');
    renameSync(log, `${log}.1`);
    writeFileSync(log, 'three\n');
    const after = createBench();
    await follow(after, { offsets: committed(before) });
    await reads(after, ['two', 'three']);
  });

  test('copytruncate: starts over, and says that lines may be lost', async () => {
    writeFileSync(log, 'one\ntwo\n');
    const bench = createBench();
    await follow(bench);
    await reads(bench, ['one', 'two']);
    truncateSync(log);
    appendFileSync(log, 'three\n');
    await reads(bench, ['one', 'two', 'three']);
    expect(codes(bench)).toEqual(['file_truncated']);
  });

  test('rewritten in place to at least the same length: noticed by its first bytes', async () => {
    writeFileSync(log, 'one\n');
    const bench = createBench();
    await follow(bench);
    await reads(bench, ['one']);
    writeFileSync(log, 'new one\nnew two\n');
    await reads(bench, ['one', 'new one', 'new two']);
    expect(codes(bench)).toEqual(['file_truncated']);
  });

  test('an inode that was used again for other content is another file', async () => {
    writeFileSync(log, 'a first line of some length\n');
    const before = createBench();
    await (await follow(before)).stop();
    await reads(before, ['a first line of some length']);
    // Rewriting keeps the inode, whatever the file system does with freed ones.
    writeFileSync(log, 'quite another line, longer than the first\n');
    const after = createBench();
    await follow(after, { offsets: committed(before) });
    await reads(after, ['quite another line, longer than the first']);
    expect(codes(after)).toEqual(['file_replaced']);
  });

  test('a missing path is reported once, and followed when it is there', async () => {
    const bench = createBench();
    const handle = await follow(bench);
    await until(() => handle.files()[0]?.state === 'missing');
    expect(handle.status()).toMatchObject({
      state: 'degraded',
      detail: `Following 0 files. ${log} is missing.`,
    });
    writeFileSync(log, 'one\n');
    await reads(bench, ['one']);
    expect(handle.status().state).toBe('ok');
    expect(codes(bench)).toEqual(['file_missing']);
  });

  test('a file that vanishes and comes back continues at its offset', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    writeFileSync(join(disk, 'a.log'), 'one\n');
    const bench = createBench();
    const handle = await follow(bench, { paths: [join(disk, '*.log')], rotateWaitMs: 0 });
    await reads(bench, ['one']);
    renameSync(disk, `${disk}-away`);
    await until(() => handle.files().length === 0);
    appendFileSync(join(`${disk}-away`, 'a.log'), 'two\n');
    renameSync(`${disk}-away`, disk);
    await reads(bench, ['one', 'two']);
  });

  test('globs, with what is excluded left out', async () => {
    for (const name of ['a.log', 'b.log', 'b.copy.log', 'c.txt'])
      writeFileSync(join(folder, name), `${name}\n`);
    const bench = createBench();
    await follow(bench, { paths: [join(folder, '*.log')], exclude: [join(folder, '*.copy.log')] });
    await reads(bench, ['a.log', 'b.log']);
    writeFileSync(join(folder, 'd.log'), 'd.log\n');
    await reads(bench, ['a.log', 'b.log', 'd.log']);
  });

  test('a deleted file is read to its end', async () => {
    writeFileSync(log, 'one\n');
    const bench = createBench();
    await follow(bench, { rotateWaitMs: 50 });
    await reads(bench, ['one']);
    appendFileSync(log, 'two\n');
    unlinkSync(log);
    await reads(bench, ['one', 'two']);
  });

  test('a 10 MB line is truncated and marked, and the file is followed on', async () => {
    writeFileSync(log, `${'x'.repeat(10_000_000)}\nnext\n`);
    const bench = createBench();
    await follow(bench);
    await until(() => {
      bench.drain();
      return bench.records.length === 2;
    });
    expect(bench.records[0]).toMatchObject({ flags: ['truncated'], originalBytes: 10_000_000 });
    expect(bench.records[1]?.offset?.offset).toBe(10_000_006);
  });

  test('a full sink stops the reading, not the file', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index}`);
    writeFileSync(log, `${lines.join('\n')}\n`);
    const bench = createBench(10);
    const handle = await follow(bench);
    await until(() => handle.held() > 0);
    expect(bench.queue.counts().depth).toBe(1_000);
    await reads(bench, lines);
  });
});
