import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRules } from '../compile-rules.ts';
import { RuleRejected } from '../document/rule.ts';
import { ruleOf, ruleYaml } from '../testing/events.ts';
import { compileRegex } from './regex.ts';

function testOf(source: string, flags = ''): (text: string) => boolean {
  const regex = compileRegex(source, flags, []);
  return (text) => regex.test(text);
}

/** Patterns and texts that a backtracking engine never finishes, or that cost an automaton most. */
const HOSTILE: readonly (readonly [pattern: string, text: (length: number) => string])[] = [
  ['^(a+)+$', (length) => `${'a'.repeat(length)}b`],
  ['^c?(a|a|aa|a?)*c$', (length) => `c${'a'.repeat(length)}b`],
  ['(x+x+)+y$', (length) => `y${'x'.repeat(length)}`],
  ['(.*)(.*)(.*)(.*)(.*)z$', (length) => `z${'a'.repeat(length)}`],
  ['(a|b|c|d)*(a|b|c|d)*(a|b|c|d)*z$', (length) => `z${'abcd'.repeat(length / 4)}`],
  ['a[^b]{900}b', (length) => 'ab'.repeat(length / 2)],
  ['[01]*1[01]{14}2$', (length) => `2${'0110100'.repeat(length / 7)}`],
  ['(?i)(\\pL|\\pN){100}!$', (length) => `!${'é'.repeat(length)}`],
];

/** Processor time of one test in ms: the least of several, and none of it that of other processes. */
function costMs(fits: (text: string) => boolean, text: string): number {
  const runs = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    fits(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

describe('hostile expressions', () => {
  test.each(HOSTILE)('%s takes time in proportion to the text', (pattern, text) => {
    const fits = testOf(pattern);
    const [short, long] = [text(20_000), text(160_000)];
    // Eight times the text: a square would cost 64 times as much. Below a millisecond there is only noise.
    expect(costMs(fits, long)).toBeLessThan(24 * Math.max(costMs(fits, short), 1));
  });

  test.each([
    ['a longer pattern than any honest one', 'a'.repeat(1001), 'longer than 1000'],
    ['a megabyte', '(a|b)'.repeat(200_000), 'longer than 1000'],
    ['a huge repeat', 'a{1001}', 'not valid'],
    ['repeats that multiply', '((a{100}){100}){100}', 'not valid'],
    ['brackets without end', '('.repeat(1000), 'not valid'],
    ['brackets too deep', `${'('.repeat(499)}a${')'.repeat(499)}*`, ''],
    ['look-ahead', 'a(?=b)', 'Look-around'],
    ['look-behind', '(?<!a)b', 'Look-around'],
    ['a back-reference', '(a)\\1', 'Back-references'],
    ['a named back-reference', '(?P<n>a)\\k<n>', 'Back-references'],
    ['an atomic group', '(?>a)', 'not valid'],
  ])('%s is refused in its line and column, or runs', (_what, pattern, message) => {
    const rule = ruleOf(ruleYaml(`sel:\n  F|re:\n    - fine\n    - '${pattern}'\ncondition: sel`));
    const { problems, ruleIds } = compileRules({ rules: [rule] }, { anyLogsource: false });
    if (message === '') expect(ruleIds.length + problems.length).toBe(1);
    else {
      expect(problems).toMatchObject([{ line: 8, column: 10, severity: 'error' }]);
      expect(problems[0]?.message).toContain(message);
    }
  });
});

test('any text ends as an expression or as a message, and any expression with an answer', () => {
  const piece = fc.constantFrom(
    ...['a', 'b', '(', ')', '[', ']', '^', '$', '*', '+', '?', '{2}', '{2,', '|', '.', '\\', '\\d', '\\pL'],
    ...[
      '(?i)',
      '(?:',
      '(?=',
      '\\1',
      '\\Q',
      '\\E',
      '\\x{10FFFF}',
      '[^',
      '[:alpha:]',
      '-',
      'é',
      '😀',
      '\u0000',
    ],
  );
  const pattern = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  let accepted = 0;
  fc.assert(
    fc.property(pattern, fc.constantFrom('', 'i', 'm', 's', 'ims'), fc.string(), (source, flags, text) => {
      try {
        expect(typeof testOf(source, flags)(text)).toBe('boolean');
        accepted++;
      } catch (error) {
        if (!(error instanceof RuleRejected)) throw error;
        expect(error.finding.message).not.toBe('');
      }
    }),
    { numRuns: 2000 },
  );
  // Were all of them refused, nothing would be known of those that run.
  expect(accepted).toBeGreaterThan(200);
});
