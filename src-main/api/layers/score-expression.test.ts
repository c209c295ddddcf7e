import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression } from './score-expression.ts';

const VALUES: Readonly<Record<string, number>> = { a: 6, b: 2, c: -1, d: 0 };

function scoreOf(text: string): number | null {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.score((letter) => VALUES[letter] ?? 0);
}

describe('a score expression', () => {
  it.each([
    ['a', 6],
    ['a+b', 8],
    ['A - B - c', 5],
    ['a + b * 2', 10],
    ['(a + b) * 2', 16],
    ['a / b / 3', 1],
    ['-a + --b', -4],
    ['max(a, b + 7, 1) - min(c)', 10],
    ['a * 0.5', 3],
    ['a / d', null],
    ['max(a, b / d)', null],
  ])('%s is %s', (text, expected) => expect(scoreOf(text)).toBe(expected));

  it('names the layers that it needs', () => {
    expect(parseExpression('b + max(a, b)')).toMatchObject({ ok: true, letters: ['a', 'b'] });
  });

  it.each([
    ['', /missing/],
    ['a +', /ends where/],
    ['a b', /"b" at character 3 is too much/],
    ['a $ b', /"\$" at character 3/],
    ['foo', /"foo" at character 1 is no layer/],
    ['max', /"\(" is missing at the end/],
    ['(a', /"\)" is missing/],
    ['a ** b', /"\*" at character 4 is no layer/],
    ['constructor.constructor', /is not known|is no layer/],
    [`${'('.repeat(40)}a${')'.repeat(40)}`, /nested deeper/],
    ['-'.repeat(100) + 'a', /nested deeper/],
    ['a+'.repeat(200), /longer than/],
  ])('%s is refused', (text, reason) => {
    const parsed = parseExpression(text);
    expect(parsed.ok ? '' : parsed.reason).toMatch(reason);
  });

  it('never throws, and gives a finite number or none', () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(
          fc.constantFrom('a', 'b', 'd', '1', '0', '99999999', '+', '-', '*', '/', '(', ')', ',', 'min', ' '),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (expression) => {
        const parsed = parseExpression(expression);
        if (!parsed.ok) return;
        const score = parsed.score((letter) => VALUES[letter] ?? 0);
        expect(score === null || Number.isFinite(score)).toBe(true);
      }),
    );
  });
});
