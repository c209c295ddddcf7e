import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineSplitter, type Line } from './line-splitter.ts';

const seen = ({ bytes, ...rest }: Line) => ({ text: bytes.toString('latin1'), ...rest });
type Seen = ReturnType<typeof seen>;

function split(pieces: readonly Uint8Array[], maxBytes: number): Seen[] {
  const lines: Seen[] = [];
  const splitter = new LineSplitter(maxBytes);
  for (const piece of pieces) splitter.push(piece, (line) => lines.push(seen(line)));
  splitter.end((line) => lines.push(seen(line)));
  return lines;
}

const splitText = (text: string, maxBytes: number): Seen[] => split([Buffer.from(text, 'latin1')], maxBytes);

describe('LineSplitter', () => {
  test.each([
    { name: 'LF', input: 'a\nb\n', lines: ['a', 'b'] },
    { name: 'CR LF', input: 'a\r\nb\r\n', lines: ['a', 'b'] },
    { name: 'CR alone is content', input: 'a\rb\n', lines: ['a\rb'] },
    { name: 'empty lines', input: '\n\na\n', lines: ['', '', 'a'] },
    { name: 'the last line needs no end', input: 'a\nb', lines: ['a', 'b'] },
    { name: 'a CR at the very end is content', input: 'b\r', lines: ['b\r'] },
    { name: 'NUL and broken UTF-8 untouched', input: 'a\0b\xff\xc0\n', lines: ['a\0b\xff\xc0'] },
  ])('$name', ({ input, lines }) => {
    expect(splitText(input, 100).map(({ text }) => text)).toEqual(lines);
  });

  test('says where lines lie', () => {
    expect(splitText('a\r\n\nbc', 10)).toEqual([
      { text: 'a', offset: 0, length: 1, extentBytes: 3, truncated: false },
      { text: '', offset: 3, length: 0, extentBytes: 1, truncated: false },
      { text: 'bc', offset: 4, length: 2, extentBytes: 2, truncated: false },
    ]);
  });

  test('keeps the first bytes of a line over the limit and counts the rest', () => {
    expect(splitText('123456789\r\nnext\n', 4)).toEqual([
      { text: '1234', offset: 0, length: 9, extentBytes: 11, truncated: true },
      { text: 'next', offset: 11, length: 4, extentBytes: 5, truncated: false },
    ]);
  });

  test('a line of exactly the limit is whole, also before CR LF and where the input is cut', () => {
    const whole = { text: '1234', offset: 0, length: 4, extentBytes: 6, truncated: false };
    expect(splitText('1234\r\n', 4)).toEqual([whole]);
    expect(split([Buffer.from('1234\r'), Buffer.from('\n')], 4)).toEqual([whole]);
  });

  test('keeps no view of what was pushed: the caller may use its buffer again', () => {
    const buffer = Buffer.from('one\ntwo');
    const splitter = new LineSplitter(100);
    splitter.push(buffer, () => undefined);
    buffer.fill(0x78);
    expect.assertions(2);
    expect(splitter.pendingBytes).toBe(3);
    splitter.end(({ bytes }) => expect(bytes.toString()).toBe('two'));
  });

  test('100 MB without a newline are not held', () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const splitter = new LineSplitter(64 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    for (let sent = 0; sent < 100; sent += 1) splitter.push(chunk, () => undefined);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
    expect.assertions(3);
    splitter.push(Buffer.from('\n'), (line) => {
      expect(line).toMatchObject({ length: 100 * 1024 * 1024, truncated: true });
      expect(line.bytes.length).toBe(64 * 1024);
    });
  });

  test('where the input is cut never shows, and the extents add up', () => {
    const stream = fc.array(fc.constantFrom('a', 'bc', '\r', '\n', '\r\n', '\0', '123456789'), {
      maxLength: 40,
    });
    const cutting = fc.array(fc.nat(60), { maxLength: 8 });
    fc.assert(
      fc.property(stream, cutting, fc.integer({ min: 1, max: 8 }), (parts, cuts, maxBytes) => {
        const input = Buffer.from(parts.join(''));
        const at = [0, ...cuts.sort((a, b) => a - b), input.length];
        const pieces = at.slice(1).map((to, index) => input.subarray(at[index], to));
        const whole = split([input], maxBytes);
        expect(split(pieces, maxBytes)).toEqual(whole);
        expect(whole.reduce((sum, line) => sum + line.extentBytes, 0)).toBe(input.length);
      }),
      { numRuns: 2000 },
    );
  });
});
