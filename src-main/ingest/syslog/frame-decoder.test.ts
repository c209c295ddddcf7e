import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameDecoder, type Decoded } from './frame-decoder.ts';

const MAX = 100;

function show({ frames, fault }: Decoded): unknown {
  return {
    frames: frames.map((frame) => [Buffer.from(frame.bytes).toString('latin1'), ...frame.flags].join(' | ')),
    fault,
  };
}

function decode(input: string, pieceBytes: number): unknown {
  const decoder = new FrameDecoder(MAX);
  const bytes = Buffer.from(input, 'latin1');
  const frames: Decoded['frames'][number][] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const got = decoder.push(bytes.subarray(at, at + pieceBytes));
    frames.push(...got.frames);
    if (got.fault !== null) return show({ frames, fault: got.fault });
  }
  return show({ frames: [...frames, ...decoder.end().frames], fault: null });
}

const longLine = `<34>${'x'.repeat(200)}`;

const cases: readonly { name: string; input: string; frames: string[]; fault?: string }[] = [
  { name: 'newline framing', input: '<34>a\n<34>b\r\n', frames: ['<34>a', '<34>b'] },
  { name: 'octet counting', input: '5 <34>a6 <34>bc', frames: ['<34>a', '<34>bc'] },
  { name: 'a newline inside a counted frame is text', input: '12 <34>a\n<34>b!', frames: ['<34>a\n<34>b!'] },
  { name: 'newline behind a counted frame', input: '5 <34>a\n5 <34>b\r\n', frames: ['<34>a', '<34>b'] },
  {
    name: 'counted frame of any bytes',
    input: '8 <34>\0\xff\n\n5 <34>b',
    frames: ['<34>\0\xff\n\n', '<34>b'],
  },
  {
    name: 'line that looks counted stays a line',
    input: '<34>a\n9 lives\n5 <34>b\n',
    frames: ['<34>a', '9 lives', '5 <34>b'],
  },
  { name: 'digits without a priority are a line', input: '12 Jan a\n', frames: ['12 Jan a'] },
  { name: 'time stamp first', input: '2024-01-01 a\n', frames: ['2024-01-01 a'] },
  {
    name: 'mixed framing',
    input: '5 <34>a<34>b\n5 <34>c',
    frames: ['<34>a', '<34>b | mixed_framing', '<34>c'],
  },
  { name: 'blank lines', input: '\n\r\n<34>a\n\n', frames: ['<34>a'] },
  { name: 'unfinished line at close', input: '<34>a\n<34>b', frames: ['<34>a', '<34>b | partial'] },
  { name: 'unfinished counted frame at close', input: '9 <34>a', frames: ['<34>a | partial'] },
  { name: 'unfinished count at close', input: '5 <34>a12', frames: ['<34>a', '12 | partial'] },
  {
    name: 'long line truncated',
    input: `${longLine}\n<34>b\n`,
    frames: [`${longLine.slice(0, MAX)} | truncated`, '<34>b'],
  },
  { name: 'count over the cap', input: '101 <34>a', frames: [], fault: 'frame_too_large' },
  { name: 'absurd count', input: '999999999 <34>a', frames: [], fault: 'frame_too_large' },
  {
    name: 'count over the cap later',
    input: '5 <34>a101 <34>b',
    frames: ['<34>a'],
    fault: 'frame_too_large',
  },
  { name: 'no count where one must be', input: '5 <34>axyz', frames: ['<34>a'], fault: 'bad_octet_count' },
  {
    name: 'count with a leading zero',
    input: '5 <34>a05 <34>b',
    frames: ['<34>a'],
    fault: 'bad_octet_count',
  },
  {
    name: 'count with too many digits',
    input: '5 <34>a99999999999 <',
    frames: ['<34>a'],
    fault: 'bad_octet_count',
  },
  { name: 'digits that never end', input: '1'.repeat(64), frames: [`${'1'.repeat(64)} | partial`] },
];

describe('FrameDecoder', () => {
  test.each(cases)('$name', ({ input, frames, fault = null }) => {
    for (const pieceBytes of [1, 2, 3, 7, 1000]) {
      expect(decode(input, pieceBytes)).toEqual({ frames, fault });
    }
  });

  test('counted frames come out as they went in, whatever they hold', () => {
    const body = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.concat([Buffer.from('<34>'), bytes]));
    fc.assert(
      fc.property(
        fc.array(body, { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        (bodies, pieceBytes) => {
          const stream = Buffer.concat(bodies.flatMap((one) => [Buffer.from(`${one.length} `), one]));
          expect(decode(stream.toString('latin1'), pieceBytes)).toEqual({
            frames: bodies.map((one) => one.toString('latin1')),
            fault: null,
          });
        },
      ),
    );
  });

  test('hostile streams: same frames however cut, memory bounded, no byte invented', () => {
    const part = fc.constantFrom(
      '5 <34>a',
      '<34>',
      '\n',
      '\r',
      '7',
      '0',
      ' ',
      '99 ',
      '101 <',
      'x',
      '\0',
      longLine,
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (parts, pieceBytes) => {
        const input = parts.join('');
        expect(decode(input, pieceBytes)).toEqual(decode(input, 100_000));
        const decoder = new FrameDecoder(MAX);
        const { frames } = decoder.push(Buffer.from(input, 'latin1'));
        for (const frame of frames) expect(frame.bytes.length).toBeLessThanOrEqual(MAX);
        expect(frames.reduce((sum, frame) => sum + frame.originalBytes, 0)).toBeLessThanOrEqual(input.length);
      }),
    );
  });
});
