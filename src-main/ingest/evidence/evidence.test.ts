import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it, test } from 'vitest';
import { detectFormat } from '../../parse/formats.ts';
import { buildZip } from './build-zip.ts';
import { planEvidence } from './plan.ts';
import { readEvidence, type FileReport, type ReadOptions } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-evidence-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;

function file(content: string | Uint8Array): string {
  made += 1;
  const path = join(folder, `case-${made}`);
  writeFileSync(path, content);
  return path;
}

interface Reading {
  readonly report: FileReport;
  /** Member `n` of each event with the label of its file, in order. */
  readonly seen: readonly (readonly [string, unknown])[];
}

async function read(path: string, options: Partial<ReadOptions> = {}): Promise<Reading> {
  const seen: [string, unknown][] = [];
  const report = await readEvidence(
    { path, sizeBytes: 0 },
    {
      detect: (head) => detectFormat(head),
      nowMs: Date.UTC(2026, 0, 1),
      onOutcomes: (outcomes, position) => {
        for (const outcome of outcomes) {
          if (outcome.ok) seen.push([position.path.slice(path.length), outcome.event.fields.n]);
        }
      },
      ...options,
    },
  );
  return { report, seen };
}

const numbers = (reading: Reading): unknown[] => reading.seen.map(([, n]) => n);

/** A record of 1 KiB: megabytes of short ones would measure the parser. */
const longLine = `{"n":"${'x'.repeat(1015)}"}\n`;

function lines(count: number, from = 1): string {
  return Array.from({ length: count }, (_, index) => `{"n":${from + index}}\n`).join('');
}

describe('plan', () => {
  test('folders in order of names, hidden files included, links inside not followed', async () => {
    const root = join(folder, 'tree');
    mkdirSync(join(root, 'b', 'c'), { recursive: true });
    for (const name of ['z.log', 'B.log', '.hidden', join('b', 'c', 'deep'), join('b', 'a')]) {
      writeFileSync(join(root, name), 'x');
    }
    symlinkSync(folder, join(root, 'loop'));
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
    const plan = await planEvidence([root, join(root, 'z.log'), join(root, 'missing')]);
    expect(plan.inputs.map((input) => input.path.slice(root.length + 1))).toEqual([
      '.hidden',
      'B.log',
      join('b', 'a'),
      join('b', 'c', 'deep'),
      'z.log',
    ]);
    expect(plan.skipped.map((skipped) => skipped.path)).toEqual([join(root, 'dangling'), join(root, 'loop')]);
    expect(plan.unreadable).toEqual([
      { path: join(root, 'missing'), reason: 'it does not exist, or was removed meanwhile' },
    ]);
  });

  test.skipIf(process.getuid?.() === 0)(
    'what may not be read is named, the rest goes on (skipped as root, who may read everything)',
    async () => {
      const root = join(folder, 'locked');
      mkdirSync(join(root, 'closed'), { recursive: true });
      writeFileSync(join(root, 'a'), '{}');
      writeFileSync(join(root, 'b'), '{}');
      chmodSync(join(root, 'a'), 0);
      chmodSync(join(root, 'closed'), 0);
      const plan = await planEvidence([root]);
      chmodSync(join(root, 'closed'), 0o700);
      expect(plan.inputs.map((input) => input.path)).toEqual([join(root, 'b')]);
      expect(plan.unreadable.map((entry) => entry.reason)).toEqual([
        'permission denied',
        'permission denied',
      ]);
    },
  );

  test('a device is not evidence', async () => {
    const plan = await planEvidence(['/dev/null']);
    expect(plan.inputs).toEqual([]);
    expect(plan.unreadable[0]?.reason).toContain('not a file');
  });
});

describe('files', () => {
  test('a plain file: events, offsets, hash of its bytes', async () => {
    const content = lines(50_000);
    const path = file(content);
    const offsets: number[] = [];
    const { report } = await read(path, {
      onOutcomes: (outcomes) => {
        for (const outcome of outcomes) if (outcome.ok) offsets.push(outcome.event.offset);
      },
    });
    expect(report).toEqual({
      path,
      format: 'json',
      outcome: 'ok',
      reason: null,
      sizeBytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      events: 50_000,
      rejected: {},
      members: [],
    });
    expect(content.slice(offsets[49_999])).toBe('{"n":50000}\n');
  });

  test('the next piece is read when the last batch was taken', async () => {
    let running = 0;
    const { report } = await read(file(lines(100_000)), {
      onOutcomes: async () => {
        running += 1;
        expect(running).toBe(1);
        await new Promise(setImmediate);
        running -= 1;
      },
    });
    expect(report.events).toBe(100_000);
  });

  it.each<[string, string | Uint8Array, FileReport['outcome'], RegExp]>([
    ['nothing', '', 'empty', /holds no records/],
    ['blank lines', '\n \r\n', 'empty', /holds no records/],
    ['an empty array', '[]', 'empty', /holds no records/],
    ['a large program', `MZ${'\0'.repeat(600_000)}`, 'failed', /a Windows program/],
    ['a program', 'MZ\x90\0\x03\0\0\0', 'failed', /a Windows program/],
    ['a PDF document', '%PDF-1.7\n', 'failed', /a PDF document/],
    ['a 7-Zip archive', Buffer.from('377abcaf271c0004', 'hex'), 'failed', /7-Zip archive; unpack it first/],
    ['a RAR archive', 'Rar!\x1a\x07\0', 'failed', /RAR archive; unpack it first/],
    ['zero bytes', new Uint8Array(5000), 'failed', /nothing but zero bytes/],
    [
      'random bytes',
      createHash('shake256', { outputLength: 20_000 }).update('x').digest(),
      'failed',
      /encrypted/,
    ],
    ['prose', 'Dear diary,\ntoday was quiet.\n', 'failed', /text in a format that is not read yet/],
    [
      'some bad lines',
      `${lines(3)}oops\n${lines(3)}`,
      'partly_read',
      /^1 record was not understood \(invalid_json 1\)/,
    ],
    ['only bad lines', '{"n":\n', 'failed', /record_truncated 1/],
  ])('%s', async (_, content, outcome, reason) => {
    const { report } = await read(file(content));
    expect(report.outcome).toBe(outcome);
    expect(report.reason).toMatch(reason);
    expect(report.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  });

  test('gone, or a folder by now', async () => {
    expect((await read(join(folder, 'gone'))).report).toMatchObject({
      outcome: 'failed',
      reason: 'It cannot be read: it does not exist, or was removed meanwhile.',
      sha256: null,
    });
    expect((await read(folder)).report.reason).toBe('It cannot be read: it is a folder.');
  });

  test('an abort ends the reading; what a taker throws comes out', async () => {
    const path = file(lines(200_000));
    const controller = new AbortController();
    const aborted = read(path, { signal: controller.signal, onOutcomes: () => controller.abort() });
    await expect(aborted).rejects.toThrow(/abort/i);
    const broken = read(path, {
      onOutcomes: () => {
        throw new Error('the store is gone');
      },
    });
    await expect(broken).rejects.toThrow('the store is gone');
  });
});

describe('gzip', () => {
  const content = lines(20_000);

  test('members one behind the other, each with a name, and padding', async () => {
    const named = gzipSync('{"n":2}\n');
    const withName = Buffer.concat([
      named.subarray(0, 3),
      Uint8Array.of(0x08),
      named.subarray(4, 10),
      Buffer.from('a.json\0'),
      named.subarray(10),
    ]);
    const path = file(
      Buffer.concat([gzipSync('{"n":1}\n'), withName, gzipSync('{"n":3}\n'), Buffer.alloc(600)]),
    );
    const reading = await read(path);
    expect(numbers(reading)).toEqual([1, 2, 3]);
    expect(reading.report).toMatchObject({ outcome: 'ok', format: 'json' });
  });

  test('cut off: the good prefix is kept and the file is called incomplete', async () => {
    const packed = gzipSync(content);
    for (const length of [packed.length - 1, packed.length - 8, packed.length - 9, packed.length >> 1]) {
      const reading = await read(file(packed.subarray(0, length)));
      expect(reading.report.outcome).toBe('partly_read');
      expect(reading.report.reason).toMatch(/^Incomplete: the file ends/);
      expect(numbers(reading)).toEqual(
        Array.from({ length: reading.report.events }, (_, index) => index + 1),
      );
      expect(reading.report.events).toBeGreaterThan(length < packed.length - 9 ? 5_000 : 19_999);
    }
  });

  test('a wrong checksum or damage inside costs what is behind it only', async () => {
    const packed = gzipSync(content);
    const wrong = Buffer.from(packed);
    wrong.writeUInt32LE(1, wrong.length - 8);
    const whole = await read(file(wrong));
    expect(whole.report).toMatchObject({ outcome: 'partly_read', events: 20_000 });
    expect(whole.report.reason).toMatch(/checksum does not match/);
    const small = gzipSync('{"n":1}\n');
    small.writeUInt32LE(1, small.length - 8);
    expect(numbers(await read(file(small)))).toEqual([1]);
    const torn = Buffer.from(gzipSync(lines(200_000)));
    torn.fill(0xff, torn.length >> 1, (torn.length >> 1) + 64);
    const part = await read(file(torn));
    expect(part.report.outcome).toBe('partly_read');
    expect(part.report.events).toBeGreaterThan(50_000);
  });

  test('a bomb is stopped, what came before is kept, memory stays', async () => {
    const line = longLine;
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, line), { level: 9 });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const before = process.memoryUsage().rss;
    const { report } = await read(file(bomb), { onOutcomes: () => undefined });
    expect(report.outcome).toBe('partly_read');
    expect(report.reason).toMatch(/more than 200 times its size/);
    expect(report.events * line.length).toBeGreaterThan(60 * 1024 * 1024);
    expect(report.events * line.length).toBeLessThan(100 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  test('repetitive logs below 64 MiB pass whatever their ratio', async () => {
    const packed = gzipSync(Buffer.alloc(32 * 1024 * 1024, longLine), { level: 9 });
    expect((await read(file(packed), { onOutcomes: () => undefined })).report.outcome).toBe('ok');
  });

  test('gzip inside gzip is refused', async () => {
    expect((await read(file(gzipSync(gzipSync(content))))).report).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/gzip file inside a compressed file/) as string,
    });
  });
});

describe('zip', () => {
  const json = (n: number): Buffer => Buffer.from(`{"n":${n}}\n`);

  test('members by name; gzip members unpacked; names are labels only', async () => {
    const path = file(
      buildZip([
        { name: 'b/', content: Buffer.alloc(0), method: 0 },
        { name: 'b/two.json', content: json(2) },
        { name: '../../etc/passwd', content: json(0), method: 0 },
        { name: 'c.json.gz', content: gzipSync(json(3)) },
        { name: 'a.log', content: json(1) },
      ]),
    );
    const reading = await read(path);
    expect(reading.seen).toEqual([
      ['!../../etc/passwd', 0],
      ['!a.log', 1],
      ['!b/two.json', 2],
      ['!c.json.gz', 3],
    ]);
    expect(reading.report).toMatchObject({ outcome: 'ok', format: 'zip', events: 4 });
    expect(reading.report.members).toHaveLength(4);
    expect(reading.report.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('members that cannot be read are named with the reason, the others are read', async () => {
    const inner = buildZip([{ name: 'x', content: json(9) }]);
    const whole = deflateRawSync(Buffer.from(lines(20_000)));
    const path = file(
      buildZip([
        { name: 'encrypted', content: json(1), flags: 1 },
        { name: 'good', content: json(2) },
        { name: 'inner.zip', content: inner },
        { name: 'link', content: Buffer.from('/etc/passwd'), mode: 0o120777, method: 0 },
        { name: 'lzma', content: json(3), method: 14 },
        { name: 'sum', content: json(4), crc: 1 },
        { name: 'torn', content: Buffer.from(lines(20_000)), packed: whole.subarray(0, whole.length >> 1) },
        { name: 'empty', content: Buffer.alloc(0), method: 0 },
      ]),
    );
    const { report } = await read(path);
    const reasons = Object.fromEntries(
      report.members.map((member) => [member.path.slice(path.length + 1), [member.outcome, member.reason]]),
    );
    expect(reasons).toMatchObject({
      encrypted: ['failed', 'It was not read: it is encrypted; unpack the archive with its password first.'],
      good: ['ok', null],
      'inner.zip': ['failed', expect.stringMatching(/zip archive inside a compressed file/) as string],
      link: ['failed', 'It was not read: it is a symbolic link.'],
      lzma: ['failed', expect.stringMatching(/method 14/) as string],
      sum: ['partly_read', 'Incomplete: its checksum does not match its content.'],
      torn: ['partly_read', expect.stringMatching(/damaged or cut off/) as string],
      empty: ['empty', 'It holds no records.'],
    });
    expect(report.outcome).toBe('partly_read');
  });

  test('a bomb stops itself, not its neighbours; a damaged directory is one clear sentence', async () => {
    const bomb = Buffer.alloc(100 * 1024 * 1024, longLine);
    const zip = buildZip([
      { name: 'bomb', content: bomb },
      { name: 'good', content: json(2) },
    ]);
    const { report } = await read(file(zip), { onOutcomes: () => undefined });
    expect(report.members.map((member) => member.outcome)).toEqual(['partly_read', 'ok']);
    const damaged = await read(file(zip.subarray(0, zip.length - 30)));
    expect(damaged.report).toMatchObject({ outcome: 'failed', events: 0 });
    expect(damaged.report.reason).toMatch(/^The zip archive is damaged: /);
  });

  test('bytes behind the end of the archive are no reason to refuse it', async () => {
    const zip = buildZip([{ name: 'a', content: json(1) }]);
    for (const behind of ['\n', 'x'.repeat(70_000)]) {
      const path = file(Buffer.concat([zip, Buffer.from(behind)]));
      expect(numbers(await read(path))).toEqual([1]);
    }
  });

  test('at most 10,000 members are read', async () => {
    const many = Array.from({ length: 10_003 }, (_, index) => ({
      name: `${index}`,
      content: json(1),
      method: 0,
    }));
    const { report } = await read(file(buildZip(many)), { onOutcomes: () => undefined });
    expect(report.events).toBe(10_000);
    expect(report.reason).toMatch(/3 members beyond the limit/);
  });

  test('no bytes make it throw', async () => {
    const seed = buildZip([
      { name: 'a', content: json(1) },
      { name: 'b.gz', content: gzipSync(json(2)) },
    ]);
    const packed = gzipSync(lines(50));
    const damage = fc.tuple(
      fc.constantFrom(seed, packed),
      fc.nat(),
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
    );
    const path = file('');
    await fc.assert(
      fc.asyncProperty(damage, async ([bytes, at, patch]) => {
        const copy = Buffer.from(bytes);
        copy.set(patch.subarray(0, copy.length - (at % copy.length)), at % copy.length);
        writeFileSync(path, copy);
        const { report } = await read(path);
        expect(['ok', 'empty', 'partly_read', 'failed']).toContain(report.outcome);
      }),
      { numRuns: 300 },
    );
  });
});
