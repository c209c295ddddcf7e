import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from './rule-case.ts';

describe('readRecord', () => {
  it.each([
    ['{"EventID": 1}', true],
    ['[{"EventID": 1}]', false],
    ['"text"', false],
    ['null', false],
    ['{"EventID": 1', false],
    ['', false],
  ])('%s: %s', (text, ok) => {
    expect(readRecord(text).ok).toBe(ok);
  });

  it('gives a record or a reason for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const outcome = readRecord(text);
        if (!outcome.ok) expect(outcome.reason).not.toBe('');
      }),
    );
  });
});
