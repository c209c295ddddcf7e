import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineSplitter, type Line } from './line-splitter.ts';

const text = (line: Line | null): string | null =>
  line === null ? null : Buffer.from(line.bytes).toString('latin1');
const bytesOf = (value: string): Uint8Array => Buffer.from(value, 'latin1');

describe('LineSplitter', () => {
  test.each([
    { name: 'LF', input: 'a\nb\n', lines: ['a', 'b'], rest: null },
    { name: 'CR LF', input: 'a\r\nb\r\n', lines: ['a', 'b'], rest: null },
    { name: 'CR alone is content', input: 'a\rb\n', lines: ['a\rb'], rest: null },
    { name: 'empty lines', input: '\n\na\n', lines: ['', '', 'a'], rest: null },
    { name: 'unfinished line', input: 'a\nb', lines: ['a'], rest: 'b' },
    { name: 'unfinished CR is content', input: 'b\r', lines: [], rest: 'b\r' },
    { name: 'NUL and broken UTF-8 untouched', input: 'a\0b\xff\xc0\n', lines: ['a\0b\xff\xc0'], rest: null },
  ])('$name', ({ input, lines, rest }) => {
    const splitter = new LineSplitter(100);
    expect(splitter.push(bytesOf(input)).map(text)).toEqual(lines);
    expect(text(splitter.end())).toBe(rest);
  });

  test('keeps the first bytes of a line over the cap and counts the rest', () => {
    const splitter = new LineSplitter(4);
    const [line, next] = splitter.push(bytesOf('123456789\r\nnext\n'));
    expect(line).toEqual({ bytes: new Uint8Array(bytesOf('1234')), originalBytes: 9, extentBytes: 11 });
    expect(text(next ?? null)).toBe('next');
  });

  test('a line of exactly the cap is whole, also before CR LF', () => {
    const [line] = new LineSplitter(4).push(bytesOf('1234\r\n'));
    expect(line).toEqual({ bytes: new Uint8Array(bytesOf('1234')), originalBytes: 4, extentBytes: 6 });
  });

  test('owns its bytes: the caller may use its buffer again', () => {
    const buffer = Buffer.from('one\ntwo');
    const splitter = new LineSplitter(100);
    const [one] = splitter.push(buffer);
    buffer.fill(0x78);
    expect(text(one ?? null)).toBe('one');
    expect(text(splitter.end())).toBe('two');
  });

  test('the same lines however the stream is cut, and extents that add up', () => {
    const stream = fc.array(fc.constantFrom('a', 'bc', '\r', '\n', '\r\n', '\0', '123456789'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(stream, fc.array(fc.nat({ max: 20 }), { maxLength: 30 }), (parts, cuts) => {
        const input = bytesOf(parts.join(''));
        const whole = new LineSplitter(6);
        const expected = [...whole.push(input), whole.end()];
        const cut = new LineSplitter(6);
        const got: (Line | null)[] = [];
        let at = 0;
        for (const size of cuts) {
          got.push(...cut.push(input.subarray(at, at + size)));
          at = Math.min(input.length, at + size);
        }
        got.push(...cut.push(input.subarray(at)), cut.end());
        expect(got.map((line) => line && { ...line, bytes: text(line) })).toEqual(
          expected.map((line) => line && { ...line, bytes: text(line) }),
        );
        expect(got.reduce((sum, line) => sum + (line?.extentBytes ?? 0), 0)).toBe(input.length);
      }),
    );
  });
});
