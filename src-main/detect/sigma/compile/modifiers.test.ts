import { expect, test } from 'vitest';
import type { Fields } from '#shared/model/event.ts';
import { compileRules } from '../compile-rules.ts';
import { engineOf, eventOf, ruleOf, ruleYaml } from '../testing/events.ts';
import { oracleMatches } from '../testing/oracle/oracle.ts';

/** Item, an event that it is true of, an event that it is false of. */
const cases: readonly (readonly [item: string, yes: Fields, no: Fields])[] = [
  // Plain values
  ['F: value', { F: 'VALUE' }, { F: 'values' }],
  ["F: ''", { F: '' }, { F: ' ' }],
  ["F: ''", { F: '' }, {}],
  ['F: null', {}, { F: '' }],
  ['F: null', { F: null }, { F: 0 }],
  ['F: null', { F: ['a', null] }, { F: ['a'] }],
  ['F: 4688', { F: 4688 }, { F: 46880 }],
  ['F: 4688', { F: '4688' }, { F: 'x4688' }],
  ['F: 16', { F: '0x10' }, { F: '10' }],
  ["F: '4688'", { F: 4688 }, { F: 4689 }],
  ["F: '007'", { F: '007' }, { F: '7' }],
  ['F: true', { F: true }, { F: false }],
  ['F: true', { F: 'True' }, { F: 'yes' }],
  ['F: [a, b]', { F: 'B' }, { F: 'c' }],
  ['F: a', { F: ['x', 'A'] }, { F: ['x', 'y'] }],
  ['F: a', { F: ['x', ['a']] }, { F: [] }],
  ['F: x', { F: 'x' }, { F: { F: 'x' } }],
  ['a.b: x', { 'a.b': 'X' }, { 'a.b': 'y' }],
  ['a.b: x', { a: { b: 'x' } }, { a: { c: 'x' } }],
  ['a.b.c: x', { a: [{ b: { c: 'y' } }, { b: { c: 'x' } }] }, { a: [{ b: { c: 'y' } }] }],
  ['constructor: x', { constructor: 'x' }, { toString: 'x' }],
  // Wildcards and escapes
  ["F: 'a*c'", { F: 'abbbc' }, { F: 'abcd' }],
  ["F: 'a*b*c'", { F: 'aXbXbXc' }, { F: 'acb' }],
  ["F: 'ab*ba'", { F: 'abba' }, { F: 'aba' }],
  ["F: '*a'", { F: 'bA' }, { F: 'ab' }],
  ["F: 'a*'", { F: 'Ab' }, { F: 'ba' }],
  ["F: '*a*'", { F: 'bab' }, { F: 'bbb' }],
  ["F: '*'", { F: '' }, {}],
  ["F: 'a?c'", { F: 'abc' }, { F: 'ac' }],
  ["F: '?b*d?'", { F: 'abccdd' }, { F: 'abccd' }],
  ["F: 'a\\*c'", { F: 'a*c' }, { F: 'abc' }],
  ["F: 'a\\?c'", { F: 'a?c' }, { F: 'abc' }],
  ["F: 'a\\\\*'", { F: 'a\\x' }, { F: 'a*' }],
  ["F: 'a\\\\\\*'", { F: 'a\\*' }, { F: 'a\\x' }],
  ["F: 'C:\\Windows'", { F: 'c:\\windows' }, { F: 'c:windows' }],
  ["F: 'a\\\\b'", { F: 'a\\b' }, { F: 'a\\\\b' }],
  ["F: 'a\\\\\\'", { F: 'a\\\\' }, { F: 'a\\' }],
  // Text beyond ASCII
  ['F|contains: 😀', { F: 'a😀b' }, { F: 'a😁b' }],
  ['F|contains: ÄÖ', { F: 'xäöx' }, { F: 'xaox' }],
  ['F|contains: mimikatz', { F: 'é MIMIKATZ é' }, { F: 'é mimi katz' }],
  ['F|contains: kelvin', { F: '\u212aelvin' }, { F: 'elvin' }],
  ['F|endswith: σ', { F: 'ΟΔΟΣ' }, { F: 'ΟΔΟ' }],
  // Placement
  ['F|contains: bc', { F: 'aBCd' }, { F: 'bd' }],
  ['F|startswith: ab', { F: 'ABc' }, { F: 'cab' }],
  ['F|endswith: bc', { F: 'aBC' }, { F: 'bca' }],
  ['F|contains: 46', { F: 4688 }, { F: 4788 }],
  ["F|contains: 'a*d'", { F: 'xabcdx' }, { F: 'xdax' }],
  ['F|contains|all: [ab, cd]', { F: 'cdab' }, { F: 'ab' }],
  ['F|contains|all: [ab, cd]', { F: ['ab', 'cd'] }, { F: ['ab', 'x'] }],
  [
    `F|contains: [${Array.from({ length: 40 }, (_, n) => `needle${n}x`).join(', ')}]`,
    { F: 'a NEEDLE17X' },
    { F: 'needle' },
  ],
  [`F: [${Array.from({ length: 40 }, (_, n) => `v${n}`).join(', ')}]`, { F: 'V39' }, { F: 'v40' }],
  [
    'F|contains: a-literal-that-is-longer-than-any-index-part',
    { F: 'xA-literal-that-is-longer-than-any-index-partx' },
    { F: 'another-that-is-longer-than-any-index-part' },
  ],
  // cased, neq, exists
  ['F|cased: Value', { F: 'Value' }, { F: 'value' }],
  ['F|cased|contains: B', { F: 'aBc' }, { F: 'abc' }],
  ['F|contains|cased: B', { F: 'aBc' }, { F: 'abc' }],
  ['F|neq: a', { F: 'b' }, { F: 'A' }],
  ['F|neq: a', {}, { F: ['b', 'a'] }],
  ['F|contains|neq: a', { F: 'b' }, { F: 'xax' }],
  ['F|exists: true', { F: null }, {}],
  ['F|exists: true', { F: '' }, { G: 1 }],
  ['F|exists: false', {}, { F: '' }],
  // Numbers
  ['F|lt: 10', { F: 9 }, { F: 10 }],
  ['F|lte: 10', { F: '10' }, { F: 10.5 }],
  ['F|gt: 10', { F: '11' }, { F: 'eleven' }],
  ['F|gte: 10', { F: [1, 10] }, { F: [1, 9] }],
  ['F|gt: 10', { F: 11 }, {}],
  // Regular expressions
  ["F|re: 'a.c'", { F: 'xabcx' }, { F: 'ABC' }],
  ["F|re: '^a+$'", { F: 'aaa' }, { F: 'aab' }],
  ["F|re: '(?i)abc'", { F: 'xABC' }, { F: 'ab' }],
  ['F|re|i: abc', { F: 'xABC' }, { F: 'ab' }],
  ["F|re|m: '^b'", { F: 'a\nb' }, { F: 'ab' }],
  ["F|re|s: 'a.b'", { F: 'a\nb' }, { F: 'ab' }],
  ["F|re: 'a.b'", { F: 'a-b' }, { F: 'a\nb' }],
  ["F|re|startswith: 'b|c'", { F: 'cab' }, { F: 'abc' }],
  ["F|re|endswith: 'b|c'", { F: 'abc' }, { F: 'cba' }],
  ["F|re: 'foobar\\x41|baz'", { F: 'baz' }, { F: 'foobar' }],
  ["F|re: '(one|two)three?'", { F: 'twothre' }, { F: 'three' }],
  ["F|re: 'colou?r{2,}'", { F: 'colorr' }, { F: 'color' }],
  // windash
  ["F|windash|contains: ' -e '", { F: 'x /e y' }, { F: 'x e y' }],
  ["F|contains|windash: ' -e '", { F: 'x —e y' }, { F: 'x +e y' }],
  ["F|contains|windash: ' -a -b-c'", { F: ' /a –b-c' }, { F: ' /a –b/c' }],
  ['F|endswith|windash: -all', { F: 'x ―all' }, { F: 'x =all' }],
  // cidr
  ['F|cidr: 10.0.0.0/8', { F: '10.255.0.1' }, { F: '11.0.0.1' }],
  ['F|cidr: 192.0.2.1/32', { F: '192.0.2.1' }, { F: '192.0.2.2' }],
  ['F|cidr: [10.0.0.0/8, 172.16.0.0/12]', { F: '172.31.1.1' }, { F: '172.32.1.1' }],
  ["F|cidr: '::1/128'", { F: '0:0:0:0:0:0:0:1' }, { F: '::2' }],
  ["F|cidr: '2001:db8::/64'", { F: '2001:db8::ff' }, { F: '2001:db8:0:1::' }],
  ["F|cidr: 'fe80::/10'", { F: 'febf::1%eth0' }, { F: 'fec0::1' }],
  ['F|cidr: 10.0.0.0/8', { F: '::ffff:10.1.1.1' }, { F: 'ten' }],
  // base64 and encodings
  ['F|base64: foobar', { F: 'Zm9vYmFy' }, { F: 'foobar' }],
  ['F|base64offset|contains: foobar', { F: Buffer.from('xxfoobaryy').toString('base64') }, { F: 'Zm9v' }],
  ['F|base64offset|contains: foobar', { F: Buffer.from('xfoobar').toString('base64') }, { F: 'foobar' }],
  [
    'F|wide|base64offset|contains: ping',
    { F: Buffer.from('a ping b', 'utf16le').toString('base64') },
    { F: Buffer.from('a ping b').toString('base64') },
  ],
  ['F|utf16|base64|contains: hi', { F: Buffer.from('\ufeffhi', 'utf16le').toString('base64') }, { F: 'hi' }],
  ['F|utf16be|base64: hi', { F: 'AGgAaQ==' }, { F: 'aABpAA==' }],
  ['F|wide|contains: hi', { F: 'xh\0i\0' }, { F: 'hi' }],
  // fieldref
  ['F|fieldref: G', { F: 'A', G: 'a' }, { F: 'a', G: 'b' }],
  ['F|fieldref: G', { F: 'a', G: ['x', 'a'] }, { F: 'a' }],
  ['F|fieldref|neq: G', { F: 'a', G: 'b' }, { F: 'a', G: 'A' }],
  ['F|fieldref|contains: G', { F: 'xay', G: 'A' }, { F: 'x', G: 'a' }],
  ['F|fieldref|startswith: G', { F: 'ab', G: 'a' }, { F: 'ab', G: 'b' }],
  ['F|fieldref|endswith: G', { F: 'ab', G: 'b' }, { F: 'ab', G: 'a' }],
  // Time parts
  ['F|hour: 3', { F: '2024-02-29T03:59:00Z' }, { F: '2024-02-29T04:00:00Z' }],
  ['F|minute|gte: 30', { F: '2024-02-29 03:30:01.5' }, { F: '2024-02-29 03:29:59' }],
  ['F|day: 29', { F: '2024-02-29' }, { F: 'the 29th' }],
  ['F|week: 1', { F: '2024-12-30T00:00:00Z' }, { F: '2024-12-29T00:00:00Z' }],
  ['F|month|lt: 3', { F: '2024-02-29T00:00:00Z' }, { F: '2024-03-01T00:00:00Z' }],
  ['F|year: 2024', { F: '2024-01-01T00:00:00Z' }, { F: '2023-12-31T00:00:00Z' }],
];

test.each(cases)('%s', (item, yes, no) => {
  const detection = `sel:\n  ${item}\ncondition: sel`;
  const engine = engineOf(detection);
  expect(engine.detect([eventOf(yes)])).toHaveLength(1);
  expect(engine.detect([eventOf(no)])).toHaveLength(0);
  // The opposite, which no index can announce, must be the opposite.
  const opposite = engineOf(`sel:\n  ${item}\ncondition: not sel`);
  expect(opposite.detect([eventOf(yes)])).toHaveLength(0);
  expect(opposite.detect([eventOf(no)])).toHaveLength(1);
});

test('the oracle agrees on every case that it knows', () => {
  const unknown =
    /\|(?:hour|minute|day|week|month|year|utf16|wide\|contains)|re\|(?:starts|ends)with|σ|kelvin|fe80/;
  for (const [item, yes, no] of cases.filter(([item]) => !unknown.test(item))) {
    const rule = ruleOf(ruleYaml(`sel:\n  ${item}\ncondition: sel`));
    expect([item, oracleMatches(rule, eventOf(yes)), oracleMatches(rule, eventOf(no))]).toEqual([
      item,
      true,
      false,
    ]);
  }
});

test.each([
  ['F|contians: a', 'no modifier "contians"'],
  ['F|cidr|contains: 10.0.0.0/8', 'does not go together'],
  ['F|cidr: 10.0.0.0/33', 'is not a network'],
  ['F|contains|startswith: a', 'contradicts'],
  ['F|contains|re: a', 'must come before'],
  ['F|contains|base64: a', 'must come before'],
  ['F|base64|wide: a', 'must come before'],
  ["F|base64: 'a*'", 'wildcards cannot be encoded'],
  ['F|i: a', 'may only follow "re"'],
  ['F|contains|all: a', 'at least two values'],
  ['F|exists: maybe', 'true or false'],
  ['F|exists|neq: true', 'stands alone'],
  ['F|lt: ten', 'is not a number'],
  ['F|contains: null', 'null cannot be combined'],
  ["F|fieldref: 'G*'", 'or have wildcards'],
  ["F|re: '(?=a)b'", 'Look-around'],
  ["F|re: '(a)\\1'", 'Back-references'],
  ["F|re: 'a('", 'not valid'],
  ["F|expand: '%users%'", 'placeholder %users% has no values'],
])('%s is rejected in its line', (item, message) => {
  const rule = ruleOf(ruleYaml(`sel:\n  ${item}\ncondition: sel`));
  const { problems, ruleIds } = compileRules({ rules: [rule] }, { anyLogsource: false });
  expect(ruleIds).toEqual([]);
  expect(problems).toMatchObject([{ stage: 'compile', severity: 'error', line: 6, column: 5 }]);
  expect(problems[0]?.message).toContain(message);
});

test('placeholders take the values they are given, wildcards included', () => {
  const rule = ruleOf(ruleYaml("sel:\n  F|expand: 'x\\%%users%'\ncondition: sel"));
  const placeholders = new Map([['users', ['alice', 'bob*']]]);
  const engine = compileRules({ rules: [rule] }, { anyLogsource: false, placeholders });
  expect(engine.problems).toEqual([]);
  const matches = (F: string) => engine.detect([eventOf({ F })]).length === 1;
  expect([matches('x%alice'), matches('x%bobby'), matches('x%users%')]).toEqual([true, true, false]);
});

test('percent signs mean nothing without expand', () => {
  const engine = engineOf("sel:\n  F|contains: '%users%'\ncondition: sel");
  expect(engine.detect([eventOf({ F: 'a %USERS% b' })])).toHaveLength(1);
});
