import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from './lines.ts';

interface Seen {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  readonly truncated: boolean;
}

function split(pieces: readonly Uint8Array[], maxBytes: number): Seen[] {
  const seen: Seen[] = [];
  const splitter = new LineSplitter(maxBytes);
  for (const piece of pieces) {
    splitter.push(piece, ({ bytes, ...place }) => seen.push({ text: bytes.toString('latin1'), ...place }));
  }
  splitter.end(({ bytes, ...place }) => seen.push({ text: bytes.toString('latin1'), ...place }));
  return seen;
}

test('LF and CRLF end a line, the last needs no end', () => {
  expect(split([Buffer.from('a\r\n\nbc\rd')], 10)).toEqual([
    { text: 'a', offset: 0, length: 1, truncated: false },
    { text: '', offset: 3, length: 0, truncated: false },
    { text: 'bc\rd', offset: 4, length: 4, truncated: false },
  ]);
});

test('a long line keeps its beginning and its true length', () => {
  expect(split([Buffer.from('abcdef\r\nx\n')], 4)).toEqual([
    { text: 'abcd', offset: 0, length: 6, truncated: true },
    { text: 'x', offset: 8, length: 1, truncated: false },
  ]);
  expect(split([Buffer.from('abcd\r\n')], 4)[0]).toMatchObject({ text: 'abcd', truncated: false });
});

test('100 MB without a newline are not held', () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  const splitter = new LineSplitter(64 * 1024);
  const before = process.memoryUsage().arrayBuffers;
  for (let sent = 0; sent < 100; sent += 1) splitter.push(chunk, () => undefined);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  splitter.push(Buffer.from('\n'), (line) => {
    expect(line).toMatchObject({ length: 100 * 1024 * 1024, truncated: true });
    expect(line.bytes.length).toBe(64 * 1024);
  });
});

test('where the input is cut never shows', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', '\r\n'), maxLength: 60 });
  fc.assert(
    fc.property(
      text,
      fc.array(fc.nat(60), { maxLength: 8 }),
      fc.integer({ min: 1, max: 8 }),
      (input, cuts, max) => {
        const bytes = Buffer.from(input);
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((to, index) => bytes.subarray(at[index], to));
        expect(split(pieces, max)).toEqual(split([bytes], max));
      },
    ),
    { numRuns: 2000 },
  );
});
