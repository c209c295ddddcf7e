import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { isTar, readTar, type TarMember } from './tar.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-tar-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LONG = `${'folder-with-a-long-name/'.repeat(8)}rule.yml`;

/** An archive as the system's own tar writes it. */
function tarOf(files: Readonly<Record<string, string>>, format: string): Buffer {
  const root = mkdtempSync(join(folder, 'in-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return execFileSync('tar', [`--format=${format}`, '-cf', '-', '-C', root, ...Object.keys(files)]);
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function members(
  bytes: Buffer,
  pieceBytes = 1000,
): Promise<{ found: TarMember[]; damage: string | null }> {
  const found: TarMember[] = [];
  let damage: string | null = null;
  const options = {
    wants: (name: string) => name.endsWith('.yml'),
    damaged: (reason: string) => (damage = reason),
  };
  for await (const member of readTar(inPieces(bytes, pieceBytes), options)) found.push(member);
  return { found, damage };
}

describe('readTar', () => {
  test.each(['ustar', 'gnu', 'pax', 'v7'])('reads what tar writes as %s', async (format) => {
    const files = { 'a.yml': 'title: a', 'b.txt': 'x'.repeat(2000), 'c.yml': 'y'.repeat(512), 'd.yml': '' };
    const bytes = tarOf(files, format);
    expect(isTar(bytes)).toBe(true);
    const { found, damage } = await members(bytes);
    expect(found.map(({ name, bytes: content }) => [name, content?.toString() ?? null])).toEqual([
      ['a.yml', files['a.yml']],
      ['b.txt', null],
      ['c.yml', files['c.yml']],
      ['d.yml', ''],
    ]);
    expect(damage).toBeNull();
  });

  test.each(['ustar', 'gnu', 'pax'])('reads long names of %s', async (format) => {
    const { found } = await members(tarOf({ [LONG]: 'title: a', 'b.yml': 'title: b' }, format));
    expect(found.map(({ name }) => name)).toEqual([LONG, 'b.yml']);
  });

  test('hands out what is readable of an archive that is cut or damaged', async () => {
    const bytes = tarOf({ 'a.yml': 'title: a', 'b.yml': 'y'.repeat(5000) }, 'ustar');
    const cut = await members(bytes.subarray(0, 3000));
    expect(cut.found.map(({ name }) => name)).toEqual(['a.yml']);
    expect(cut.damage).toMatch(/ends in the middle/);
    const damaged = Buffer.from(bytes);
    damaged[1024] = 0x7f;
    expect((await members(damaged)).damage).toMatch(/wrong checksum/);
  });

  test('reads the same however the stream is cut, and ends on any bytes', async () => {
    const whole = tarOf({ 'a.yml': 'title: a', [LONG]: 'y'.repeat(700) }, 'pax');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }).map((random) => Buffer.from(random)),
      fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) => {
        const changed = Buffer.from(whole);
        changed[at] = byte;
        return changed;
      }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 3000 }), async (input, size) => {
        expect(await members(input, size)).toEqual(await members(input, input.length + 1));
      }),
      { numRuns: 300 },
    );
  });
});
