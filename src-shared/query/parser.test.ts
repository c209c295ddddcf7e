import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { QueryNode, QueryValue } from './ast.ts';
import { parseQuery } from './parser.ts';
import { printQuery } from './printer.ts';

/** The query as Harrier prints it back, or `error@position: message`. */
function read(text: string): string {
  const parsed = parseQuery(text);
  return parsed.ok ? printQuery(parsed.node) : `error@${parsed.position}: ${parsed.message}`;
}

describe('what is written and how it is read', () => {
  test.each([
    ['', ''],
    ['  ', ''],
    ['powershell -enc', 'powershell -enc'],
    ['a AND b', 'a b'],
    ['a && b || c', '(a b) OR c'],
    ['a or b and c', 'a OR (b c)'],
    ['(a or b) c', '(a OR b) c'],
    ['((a b) c)', 'a b c'],
    ['NOT a', 'NOT a'],
    ['!a not b', 'NOT a NOT b'],
    ['!(a b)', 'NOT (a b)'],
    ['not not a', 'NOT NOT a'],
    ['"and"', '"and"'],
    ['notepad', 'notepad'],
    ['orange', 'orange'],
    ['user:jsmith', 'user:jsmith'],
    ['user = jsmith', 'user:jsmith'],
    ['user == jsmith', 'user:jsmith'],
    ['user != jsmith', 'user!=jsmith'],
    ['user:(jsmith, root)', 'user:(jsmith, root)'],
    ['user in (jsmith OR root)', 'user:(jsmith, root)'],
    ['check in progress', 'check "in" progress'],
    ['event_id:4624..4634', 'event_id:[4624 TO 4634]'],
    ['event_id:[4624 TO *]', 'event_id:[4624 TO *]'],
    ['severity>=13', 'severity>=13'],
    ['ts > -24h', 'ts>-24h'],
    ['ts>=2024-01-01T00:00:00Z', 'ts>="2024-01-01T00:00:00Z"'],
    ['src_ip:10.0.0.0/8', 'src_ip:10.0.0.0/8'],
    ['src_ip:2001:db8::/32', 'src_ip:2001:db8::/32'],
    ["src_ip:'10.0.0.0/8'", "src_ip:'10.0.0.0/8'"],
    ['user:*', 'user:*'],
    ['user:"*"', 'user:"*"'],
    ['message:/port \\d{4} ssh2/', 'message:/port \\d{4} ssh2/'],
    ['/a\\/b/c', 'message:/a\\/b/c'],
    [`path:'C:\\Temp\\'`, `path:'C:\\Temp\\'`],
    [`path:"say ""hi"""`, `path:"say ""hi"""`],
    [`'it''s'`, `'it''s'`],
    ['C:\\Windows\\*.exe', '"C:\\Windows\\*.exe"'],
    ['path:C:\\Windows\\*.exe', 'path:"C:\\Windows\\*.exe"'],
    ['http://example.org/x', '"http://example.org/x"'],
    ['fe80::1', '"fe80::1"'],
    ['"Process Name":cmd.exe', '"Process Name":cmd.exe'],
    ['"Process Name" cmd.exe', '"Process Name" cmd.exe'],
    ['12:34:56', '"12:34:56"'],
    ['DC-*', 'DC-*'],
    ['zürich', '"zürich"'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('what is refused, and where', () => {
  test.each([
    ['(a', 'error@2: A bracket is not closed.'],
    ['a)', 'error@1: ")" is not expected here.'],
    ['a AND', 'error@5: The query stops too early.'],
    ['OR a', 'error@0: OR has nothing on one of its sides.'],
    ['user:', 'error@5: The query stops too early.'],
    ['user:"x', 'error@5: A quote is not closed.'],
    ['user:/x', 'error@5: A regular expression is not closed.'],
    ['user:()', 'error@6: ")" is not expected here.'],
    ['user:(a b)', 'error@8: The list is not closed.'],
    ['severity > abc', 'error@11: abc is not a number or a time (field severity).'],
    ['severity:[a TO 9]', 'error@10: A bound of a range must be a number or a time.'],
    ['severity:[1 9]', 'error@12: The range has no TO.'],
    ['a | stats count', 'error@2: Only the filter part of a query works here.'],
    ['('.repeat(100) + 'a', 'error@65: The query is nested too deeply.'],
    ['a'.repeat(5000), 'error@4096: The query is too long.'],
  ])('%s', (text, expected) => {
    expect(read(text)).toContain(expected);
  });
});

const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom(
    'and',
    'in',
    '4625',
    '*',
    'a..b',
    '1..2',
    "it's",
    '"',
    '\\',
    'C:\\x',
    'a/b',
    '10.0.0.0/8',
    '-1h',
  ),
);
const pattern = fc.record({ text, literal: fc.boolean() });
const number = fc.integer().map((value) => ({ kind: 'number', value, text: String(value) }) as const);
const simpleValue: fc.Arbitrary<QueryValue> = fc.oneof(
  pattern.map((value) => ({ kind: 'pattern', pattern: value }) as const),
  number,
  fc.record({ kind: fc.constant('exists' as const) }),
  fc.record({
    kind: fc.constant('range' as const),
    from: fc.constantFrom(null, '1', '-24h'),
    to: fc.constantFrom(null, '9.5'),
  }),
  fc.record({
    kind: fc.constant('cidr' as const),
    network: fc.constantFrom('10.0.0.0', 'fe80::'),
    bits: fc.nat(32),
  }),
  fc.record({
    kind: fc.constant('regex' as const),
    source: fc.constantFrom('a', 'a\\/b', '[^ ]+', '"c"', "'"),
    caseSensitive: fc.boolean(),
  }),
);
const value = fc.oneof(
  simpleValue,
  fc.record({ kind: fc.constant('list' as const), values: fc.array(simpleValue, { minLength: 1 }) }),
);
const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), pattern, position: fc.constant(0) }),
  fc.record({
    kind: fc.constant('compare' as const),
    field: fc.oneof(fc.constantFrom('user', 'c', 'fe80', 'and', 'Process Name', 'a:b'), text),
    op: fc.constantFrom('=' as const, '!=' as const),
    value,
    position: fc.constant(0),
  }),
);
const { node } = fc.letrec<{ node: QueryNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constant('not' as const), node: tie('node') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      nodes: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

/** A tree as the parser builds it: groups of one kind joined, positions left out. */
function shape(tree: QueryNode): unknown {
  if (tree.kind === 'not') return ['not', shape(tree.node)];
  if (tree.kind === 'text') return ['text', tree.pattern];
  if (tree.kind === 'compare') return [tree.field, tree.op, tree.value];
  const flat = (inner: QueryNode): unknown[] =>
    inner.kind === tree.kind ? inner.nodes.flatMap(flat) : [shape(inner)];
  return [tree.kind, ...flat(tree)];
}

test('a printed tree parses to the same tree', () => {
  fc.assert(
    fc.property(node, (tree) => {
      const printed = printQuery(tree);
      fc.pre(printed.length <= 4096);
      const parsed = parseQuery(printed);
      if (!parsed.ok || parsed.node === null)
        throw new Error(`not parsed: ${printed} ${JSON.stringify(parsed)}`);
      expect(shape(parsed.node)).toEqual(shape(tree));
      expect(printQuery(parsed.node)).toBe(printed);
    }),
    { numRuns: 2000 },
  );
});

test('no text makes the parser throw, and every position lies in the text', () => {
  const noise = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.constantFrom(
          '(',
          ')',
          '"',
          "'",
          '/',
          'a',
          ':',
          '!=',
          ' ',
          'NOT',
          'OR',
          '[',
          ']',
          '|',
          '&&',
          ',',
          '*',
          '\\',
        ),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(noise, (input) => {
      const parsed = parseQuery(input);
      if (!parsed.ok) {
        expect(parsed.position).toBeGreaterThanOrEqual(0);
        expect(parsed.position).toBeLessThanOrEqual(input.length);
      } else if (parsed.node !== null) {
        const printed = printQuery(parsed.node);
        const again = parseQuery(printed);
        expect(again.ok && printQuery(again.node)).toBe(printed);
      }
    }),
    { numRuns: 3000 },
  );
});
