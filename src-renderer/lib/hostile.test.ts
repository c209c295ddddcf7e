import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileSegments, hostileText } from './hostile.ts';

describe('hostileText', () => {
  it.each([
    ['plain text', 'plain text'],
    ['a\u0000b', 'a\\0b'],
    ['invoice\u202Efdp.exe', 'invoice\\u202efdp.exe'],
    ['admin\u200b', 'admin\\u200b'],
    ['\u001b[31mred', '\\e[31mred'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['lone \ud83d end', 'lone \\ud83d end'],
    ['emoji 🙂 stays', 'emoji 🙂 stays'],
    ['line\nbreak', 'line\\nbreak'],
  ])('%j reads %s', (input, expected) => {
    expect(hostileText(input)).toBe(expected);
  });

  it('keeps lines and tabs in a block, and still shows carriage returns', () => {
    expect(hostileText('a\n\tb\r', 'block')).toBe('a\n\tb\\r');
  });

  it('marks what it spelled out', () => {
    expect(hostileSegments('a\u202Eb')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'escape', text: '\\u202e' },
      { kind: 'text', text: 'b' },
    ]);
  });

  it('never lets a control or bidirectional character through', () => {
    const forbidden = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(forbidden.test(hostileText(text))).toBe(false);
      }),
    );
  });
});
