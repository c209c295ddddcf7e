import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHarrier } from '../test-support/run-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-scan-'));
const rules = join(folder, 'rules');
const evidence = join(folder, 'evidence');

const RULE = `title: Suspicious tool
id: 0a1b2c3d-0000-4000-8000-000000000001
status: test
description: Fires on the tool's name.
author: Test
logsource:
    product: windows
    category: process_creation
detection:
    selection:
        Image|endswith: '\\tool.exe'
    condition: selection
level: high
tags:
    - attack.execution
    - attack.t1059
`;

function record(id: number, image: string): string {
  return JSON.stringify({
    Event: {
      System: {
        Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
        EventID: 1,
        EventRecordID: id,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Computer: 'WS-1',
        TimeCreated: {
          '#attributes': { SystemTime: `2026-01-02T03:04:${String(id % 60).padStart(2, '0')}.000Z` },
        },
      },
      EventData: { Image: image, CommandLine: `${image} --go` },
    },
  });
}

function put(name: string, content: string | Uint8Array): string {
  const path = join(evidence, name);
  writeFileSync(path, content);
  return path;
}

beforeAll(() => {
  mkdirSync(rules);
  mkdirSync(evidence);
  writeFileSync(join(rules, 'tool.yml'), RULE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('harrier scan', () => {
  test('prints one JSON line per match, the same bytes each time, and exits with 1', async () => {
    const lines = Array.from({ length: 500 }, (_, index) =>
      record(index, index % 7 === 0 ? 'C:\\tool.exe' : 'C:\\x.exe'),
    );
    const path = put('good.json', lines.join('\n'));
    const first = await runHarrier(['scan', path, '--rules', rules]);
    const second = await runHarrier(['scan', path, '--rules', rules]);
    expect(first.code).toBe(1);
    expect(second.out).toBe(first.out);
    const matches = first.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(matches).toHaveLength(72);
    expect(matches[1]).toMatchObject({
      rule_id: '0a1b2c3d-0000-4000-8000-000000000001',
      title: 'Suspicious tool',
      level: 'high',
      author: 'Test',
      tags: ['attack.execution', 'attack.t1059'],
      event_ts: '2026-01-02T03:04:07.000Z',
      source_file: path,
      record_id: 7,
      channel: 'Microsoft-Windows-Sysmon/Operational',
      computer: 'WS-1',
      matched: { selection: { Image: 'C:\\tool.exe' } },
    });
    expect(Object.keys(matches[0] ?? {})).toEqual([
      'rule_id',
      'title',
      'level',
      'author',
      'tags',
      'event_ts',
      'source_file',
      'record_id',
      'channel',
      'computer',
      'matched',
      'event',
    ]);
    expect(first.err).toContain('1 ok, 0 empty, 0 partly read, 0 failed');
    expect(first.err).toContain('500 read');
    expect(first.err).toContain('72: 0 critical, 72 high');
    expect(first.err).not.toContain('\r');
  });

  test('a level above the rule leaves it out; nothing found exits with 0', async () => {
    const run = await runHarrier([
      'scan',
      join(evidence, 'good.json'),
      '--rules',
      rules,
      '--min-level',
      'critical',
    ]);
    expect(run).toMatchObject({ out: '' });
    expect(run.code).not.toBe(1);
  });

  test.each(['csv', 'table', 'html'])('--format %s --output writes the file', async (format) => {
    const output = join(folder, `out.${format}`);
    const run = await runHarrier([
      'scan',
      join(evidence, 'good.json'),
      '--rules',
      rules,
      '--format',
      format,
      '--output',
      output,
    ]);
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(readFileSync(output, 'utf8')).toContain('Suspicious tool');
  });

  test('leaves nothing behind', async () => {
    const before = readdirSync(folder);
    await runHarrier(['scan', join(evidence, 'good.json'), '--rules', rules]);
    expect(readdirSync(folder)).toEqual(before);
    expect(existsSync('harrier-data')).toBe(false);
  });
});

describe('bad input: a clear message, the rest goes on, the counts add up', () => {
  const isRoot = process.getuid?.() === 0;

  test('empty, unknown, truncated and damaged files beside a good one', async () => {
    const sub = join(evidence, 'mixed');
    mkdirSync(sub);
    writeFileSync(join(sub, 'a-good.json'), record(1, 'C:\\tool.exe'));
    writeFileSync(join(sub, 'b-empty.json'), '');
    writeFileSync(join(sub, 'c-unknown.bin'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]));
    writeFileSync(
      join(sub, 'd-truncated.json.gz'),
      gzipSync(Array.from({ length: 5000 }, (_, n) => record(n, `C:\\${n}.exe`)).join('\n')).subarray(
        0,
        9000,
      ),
    );
    writeFileSync(
      join(sub, 'e-noise.json'),
      `${record(2, 'C:\\tool.exe')}\n{"broken": \n\0\0\xff\n${record(3, 'C:\\tool.exe')}\n`,
      'latin1',
    );
    writeFileSync(
      join(sub, 'f-cut.evtx'),
      Buffer.concat([Buffer.from('ElfFile\0', 'latin1'), Buffer.alloc(100)]),
    );
    const run = await runHarrier(['scan', sub, '--rules', rules]);
    expect(run.code).toBe(3);
    expect(run.out.trim().split('\n')).toHaveLength(3);
    expect(run.err).toMatch(/1 empty/);
    expect(run.err).toContain('c-unknown.bin');
    expect(run.err).toMatch(/d-truncated\.json\.gz: .*(truncated|incomplete|ends)/i);
    expect(run.err).toMatch(/not understood: .*invalid_json/);
  });

  test('an encrypted zip says that it is', async () => {
    const path = put('locked.zip', encryptedZip());
    const run = await runHarrier(['scan', path, join(evidence, 'good.json'), '--rules', rules]);
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/locked\.zip.*encrypted/i);
    expect(run.out).not.toBe('');
  });

  test('a path that is not there', async () => {
    const run = await runHarrier([
      'scan',
      join(evidence, 'missing.evtx'),
      join(evidence, 'good.json'),
      '--rules',
      rules,
    ]);
    expect(run.code).toBe(3);
    expect(run.err).toContain('missing.evtx');
    expect(run.out).not.toBe('');
  });

  test.skipIf(isRoot)('a file without permission (skipped as root, who may read everything)', async () => {
    const path = put('locked.json', record(1, 'C:\\tool.exe'));
    chmodSync(path, 0o000);
    const run = await runHarrier(['scan', path, '--rules', rules]);
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/permission/i);
  });

  test('a 100 MB line is passed over and its neighbours are read', async () => {
    const path = join(evidence, 'long.json');
    const file = openSync(path, 'w');
    writeSync(file, `${record(1, 'C:\\tool.exe')}\n{"a":"`);
    const block = Buffer.alloc(1024 * 1024, 0x61);
    for (let index = 0; index < 100; index += 1) writeSync(file, block);
    writeSync(file, `"}\n${record(2, 'C:\\tool.exe')}\n`);
    closeSync(file);
    const run = await runHarrier(['scan', path, '--rules', rules]);
    rmSync(path);
    expect(run.out.trim().split('\n')).toHaveLength(2);
    expect(run.err).toMatch(/1 record_too_large/);
  });

  test('a rules folder with broken rules and a YAML bomb: the good ones run, the others are listed', async () => {
    const mixed = join(folder, 'mixed-rules');
    mkdirSync(mixed);
    writeFileSync(join(mixed, 'good.yml'), RULE);
    writeFileSync(join(mixed, 'broken.yml'), 'title: x\ndetection: [\n');
    writeFileSync(join(mixed, 'modifier.yml'), RULE.replace('endswith', 'nonsense').replace('0001', '0002'));
    const lol = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]!}`).join(',')}]`),
    ];
    writeFileSync(join(mixed, 'bomb.yml'), lol.join('\n'));
    const run = await runHarrier(['scan', join(evidence, 'good.json'), '--rules', mixed]);
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/1 loaded, 3 rejected/);
    expect(run.err).toMatch(/broken\.yml:\d+:\d+/);
    expect(run.err).toMatch(/modifier\.yml:\d+:\d+: .*nonsense/);
    expect(run.err).toMatch(/bomb\.yml/);
  });

  test.each([
    ['no evidence', ['scan']],
    ['an unknown format', ['scan', 'x', '--format', 'xml']],
    ['an unknown command', ['frobnicate']],
    ['a rules folder that is not there', ['scan', evidence, '--rules', join(folder, 'none')]],
    [
      'an output that cannot be written',
      ['scan', evidence, '--rules', rules, '--output', join(folder, 'none', 'x')],
    ],
  ])('wrong usage exits with 2: %s', async (_, args) => {
    const run = await runHarrier(args);
    expect(run.code).toBe(2);
    expect(run.err).not.toBe('');
    expect(run.err).not.toMatch(/\n\s+at /);
  });
});

test('an old Node is told which one is needed', async () => {
  const shim = join(folder, 'old.cjs');
  writeFileSync(shim, "Object.defineProperty(process.versions, 'node', { value: '18.0.0' });");
  process.env.NODE_OPTIONS = `--require ${shim}`;
  try {
    const run = await runHarrier(['scan', 'x']);
    expect(run.code).toBe(2);
    expect(run.err).toContain('needs Node 24');
  } finally {
    delete process.env.NODE_OPTIONS;
  }
});

/** A zip with one stored entry whose encryption bit is set (APPNOTE 4.4.4). */
function encryptedZip(): Buffer {
  const name = Buffer.from('a.json');
  const data = Buffer.from('123456789012xx');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(1, 6);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(2, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(1, 8);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(2, 24);
  central.writeUInt16LE(name.length, 28);
  const start = local.length + name.length + data.length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([local, name, data, central, name, end]);
}
