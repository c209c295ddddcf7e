import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CORRELATION_TYPES, type ParsedCorrelation } from './correlation.ts';
import { parseRules } from './parse-rule.ts';

const GOOD = `title: Many failures
id: many-failures
level: high
correlation:
  type: event_count
  rules: [failure, other_failure]
  group-by: [user, host]
  timespan: 15m
  aliases:
    user:
      failure: TargetUserName
      other_failure: User
  condition:
    gte: 10
`;

function correlationOf(yaml: string): ParsedCorrelation {
  const { correlations, problems } = parseRules(yaml, 'c.yml');
  const [correlation] = correlations;
  if (correlation === undefined) throw new Error(problems[0]?.message);
  return correlation;
}

test('a correlation says what it counts, of what, and in which time', () => {
  const { problems } = parseRules(GOOD, 'c.yml');
  expect(problems).toEqual([]);
  expect(correlationOf(GOOD)).toMatchObject({
    kind: 'correlation',
    type: 'event_count',
    rules: [{ text: 'failure', path: ['correlation', 'rules', 0] }, { text: 'other_failure' }],
    groupBy: [{ name: 'user' }, { name: 'host' }],
    timespanMs: 900_000,
    aliases: [{ name: 'user', fields: [{ rule: 'failure', field: 'TargetUserName' }, { field: 'User' }] }],
    condition: { kind: 'threshold', bounds: [{ comparison: 'gte', value: 10 }] },
    valueFields: [],
    percentile: null,
    generate: false,
  });
});

test.each([
  ['90s', 90_000],
  ['15m', 900_000],
  ['1h', 3_600_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
  ['1M', 2_629_746_000],
  ['1y', 31_556_952_000],
])('a timespan of %s', (timespan, timespanMs) => {
  expect(correlationOf(GOOD.replace('15m', timespan)).timespanMs).toBe(timespanMs);
});

test('two bounds make a range; the group may be absent; one rule needs no list', () => {
  const yaml = GOOD.replace('gte: 10', 'gt: 100\n    lte: 200')
    .replace('[failure, other_failure]', 'failure')
    .replace(/ {2}group-by.*\n/, '')
    .replace(/ {2}aliases:\n(?: {4}.*\n)+/, '');
  expect(correlationOf(yaml)).toMatchObject({
    rules: [{ text: 'failure' }],
    groupBy: [],
    condition: {
      bounds: [
        { comparison: 'gt', value: 100 },
        { comparison: 'lte', value: 200 },
      ],
    },
  });
});

test.each(CORRELATION_TYPES.filter((type) => type.startsWith('value_')))('%s looks at a field', (type) => {
  const yaml = GOOD.replace('event_count', type).replace('gte: 10', 'gte: 1.5\n    field: Bytes');
  expect(correlationOf(yaml)).toMatchObject({ type, valueFields: [{ name: 'Bytes' }] });
});

test('value_count takes several fields, value_percentile a percentile', () => {
  const several = GOOD.replace('event_count', 'value_count').replace('gte: 10', 'gte: 10\n    field: [a, b]');
  expect(correlationOf(several).valueFields.map(({ name }) => name)).toEqual(['a', 'b']);
  const percentile = GOOD.replace('event_count', 'value_percentile').replace(
    'gte: 10',
    'gte: 10\n    field: a\n    percentile: 95',
  );
  expect(correlationOf(percentile).percentile).toBe(95);
});

test('a temporal correlation takes all of its rules, an expression, or a number of them', () => {
  const temporal = GOOD.replace('event_count', 'temporal').replace(/ {2}condition:\n.*\n/, '');
  expect(correlationOf(temporal).condition).toEqual({ kind: 'all' });
  const counted = GOOD.replace('event_count', 'temporal_ordered').replace('gte: 10', 'gte: 1');
  expect(correlationOf(counted).condition).toMatchObject({ kind: 'threshold' });
  const named = temporal.replace(/ {2}rules.*\n/, '  condition: failure and not (b or failure)\n');
  expect(correlationOf(named)).toMatchObject({
    condition: { kind: 'expression', text: 'failure and not (b or failure)' },
    rules: [{ text: 'failure' }, { text: 'b' }],
  });
});

test.each([
  [`generate: true\n${GOOD}`, true],
  [GOOD.replace('type:', 'generate: true\n  type:'), true],
  [GOOD.replace('type:', 'generate: false\n  type:'), false],
])('generate is read beside the correlation and inside of it', (yaml, generate) => {
  expect(correlationOf(yaml).generate).toBe(generate);
});

describe('what has no meaning is refused with its place', () => {
  test.each<readonly [from: string | RegExp, to: string, line: number, message: string]>([
    ['event_count', 'event_counts', 5, '"event_counts" is no type'],
    [/ {2}type.*\n/, '', 4, 'There is no type'],
    [/ {2}rules.*\n/, '', 4, 'names no rule'],
    ['[failure, other_failure]', '[failure, failure]', 6, 'listed twice'],
    ['[failure, other_failure]', '[failure, 5]', 6, 'must be text'],
    ['group-by', 'group_by', 7, 'has no "group_by"'],
    ['15m', '15', 8, 'not a timespan'],
    ['15m', '1h30m', 8, 'not a timespan'],
    ['15m', '0m', 8, 'timespan is empty'],
    ['15m', '11y', 8, 'too long'],
    [/ {2}timespan.*\n/, '', 4, 'no timespan'],
    [/ {2}condition:\n.*\n/, '', 4, 'needs a condition'],
    ['gte: 10', 'gte: ten', 14, 'followed by a number'],
    ['gte: 10', 'atleast: 10', 14, 'has no "atleast"'],
    ['gte: 10', 'gt: 10\n    lt: 5', 15, 'No number fulfils'],
    ['gte: 10', 'gt: 10\n    lt: 11', 15, 'No number fulfils'],
    ['gte: 10', 'eq: 3\n    neq: 3', 15, 'No number fulfils'],
    ['gte: 10', 'lt: 1', 14, 'No number fulfils'],
    ['gte: 10', 'gte: 10\n    field: User', 15, 'looks at no field'],
    ['gte: 10', 'gte: 10\n    percentile: 5', 15, 'has no percentile'],
    [/condition:\n.*\n/, 'condition: failure and b\n', 13, 'takes no expression'],
    ['event_count', 'value_sum', 13, 'needs a field'],
    ['failure: TargetUserName', 'failure: [a]', 11, 'must be text'],
    ['title', 'generate: 1\ntitle', 1, 'true or false'],
    ['title', 'generate: true\ntitle', 6, 'given twice'],
  ])('%s as %j', (from, to, line, message) => {
    const yaml = GOOD.replace(from, to);
    const doubled = message === 'given twice' ? yaml.replace('type:', 'generate: false\n  type:') : yaml;
    const { correlations, problems } = parseRules(doubled, 'c.yml');
    expect(correlations).toEqual([]);
    expect(problems).toMatchObject([
      { stage: 'schema', severity: 'error', line, message: expect.stringContaining(message) as unknown },
    ]);
  });
});

test.each<readonly [from: string, to: string, line: number, message: string]>([
  ['gte: 10', 'gte: 2.5', 14, 'never 2.5'],
  ['[user, host]', '[host]', 10, 'is used neither'],
])('%s as %j is worth a warning', (from, to, line, message) => {
  const { problems } = parseRules(GOOD.replace(from, to), 'c.yml');
  expect(problems).toMatchObject([
    { severity: 'warning', line, message: expect.stringContaining(message) as unknown },
  ]);
});

test('whatever stands in a correlation, it ends as one or as an error', () => {
  const part = fc.oneof(fc.jsonValue(), fc.constantFrom('temporal', 'gte', ['a', 'b'], '5m', { gte: 1 }));
  const keys = fc.constantFrom('type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate');
  fc.assert(
    fc.property(fc.dictionary(keys, part), (correlation) => {
      const { correlations, problems } = parseRules(JSON.stringify({ title: 'T', correlation }), 'c.yml');
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(correlations.length + errors.length).toBe(1);
    }),
    { numRuns: 500 },
  );
});
