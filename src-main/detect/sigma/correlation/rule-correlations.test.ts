import { expect, test } from 'vitest';
import { compileRules } from '../compile-rules.ts';
import { parseRules } from '../document/parse-rule.ts';
import type { SigmaEngine } from '../engine.ts';
import { eventOf } from '../testing/events.ts';

const FAILURE = `title: Failure
id: failure
name: failure
level: low
logsource: {product: windows}
detection: {s: {Result: failed}, condition: s}
`;

const SUCCESS = FAILURE.replaceAll('ailure', 'uccess')
  .replaceAll('fuccess', 'success')
  .replace('failed', 'ok');

const MANY = `title: Many failures
id: many
name: many
level: high
author: Somebody
tags: [attack.credential-access, attack.t1110]
correlation:
  type: event_count
  rules: [failure]
  group-by: [User]
  timespan: 5m
  condition: {gte: 3}
`;

const THEN = `title: Many failures, then a success
id: then
level: critical
correlation:
  type: temporal_ordered
  rules: [many, success]
  group-by: [User]
  timespan: 10m
`;

function engineOf(...documents: readonly string[]): SigmaEngine {
  return compileRules(parseRules(documents.join('---\n'), 'test.yml'), { anyLogsource: false });
}

function event(second: number, Result: string, User: string | null = 'eve') {
  const fields = User === null ? { Result } : { Result, User };
  return eventOf(fields, { id: `${Result}-${second}`, eventTs: second * 1000, observedTs: second * 1000 });
}

function found(engine: SigmaEngine, ...seconds: readonly number[]) {
  return engine.detect(seconds.map((second) => event(second, 'failed'))).map(({ ruleId }) => ruleId);
}

test('a correlation names its group, what it counted, and the events that made it', () => {
  const [detection, ...others] = engineOf(FAILURE, MANY).detect([1, 2, 3].map((at) => event(at, 'failed')));
  expect(others).toEqual([]);
  expect(detection).toMatchObject({
    ruleId: 'many',
    ruleKind: 'correlation',
    title: 'Many failures',
    level: 'high',
    author: 'Somebody',
    attack: { tactic: 'credential-access', technique: 'T1110' },
    eventId: 'failed-3',
    eventTs: 3000,
    dedupKey: 'correlation:many:eve',
    contributors: ['failed-1', 'failed-2', 'failed-3'],
    matched: [
      { selection: 'condition', fields: [{ field: 'events', value: '3', pattern: '>= 3 within 5m' }] },
      { selection: 'group', fields: [{ field: 'User', value: 'eve' }] },
    ],
  });
});

test('a chain names the events of the correlation below it', () => {
  const engine = engineOf(FAILURE, SUCCESS, MANY, THEN);
  const events = [event(1, 'failed'), event(2, 'failed'), event(3, 'failed'), event(4, 'ok')];
  expect(engine.detect(events)).toMatchObject([
    {
      ruleId: 'then',
      level: 'critical',
      contributors: ['failed-1', 'failed-2', 'failed-3', 'ok-4'],
      dedupKey: 'correlation:then:eve',
    },
  ]);
});

test('rules that are referred to are silent, unless one of those that refer to them asks for them', () => {
  expect(found(engineOf(FAILURE), 1)).toEqual(['failure']);
  expect(found(engineOf(FAILURE, MANY), 1)).toEqual([]);
  expect(found(engineOf(FAILURE, `generate: true\n${MANY}`), 1)).toEqual(['failure']);
  const other = `generate: true\n${MANY.replaceAll('many', 'other')}`;
  expect(found(engineOf(FAILURE, MANY, other), 1)).toEqual(['failure']);
});

test('a correlation that is switched off finds nothing and gives its rules their voice back', () => {
  const engine = engineOf(FAILURE, MANY);
  expect(found(engine, 1, 2)).toEqual([]);
  expect(engine.setEnabled('many', false)).toBe(true);
  expect(found(engine, 3)).toEqual(['failure']);
  engine.setEnabled('many', true);
  expect(found(engine, 4, 5)).toEqual([]);
  expect(engine.setLevel('many', 'low')).toBe(true);
  expect(engine.detect([event(6, 'failed')])).toMatchObject([{ ruleId: 'many', level: 'low' }]);
});

test('an event without the field that groups does not count, and that is counted', () => {
  const engine = engineOf(FAILURE, MANY);
  const events = [1, 2, 3].map((second) => event(second, 'failed', null));
  expect(engine.detect(events)).toEqual([]);
  expect(engine.correlationStatus()).toMatchObject([{ ruleId: 'many', missingField: 3, groups: 0 }]);
});

test('values that should be numbers and are none are left out, and counted', () => {
  const sum = MANY.replace('event_count', 'value_sum').replace('{gte: 3}', '{gte: 3, field: Bytes}');
  const engine = engineOf(FAILURE, sum);
  const values = ['2', 'many', 0x1].map((Bytes, at) =>
    eventOf({ Result: 'failed', User: 'eve', Bytes }, { id: `e${at}`, eventTs: at, observedTs: at }),
  );
  expect(engine.detect(values)).toMatchObject([{ eventId: 'e2', contributors: ['e0', 'e2'] }]);
  expect(engine.correlationStatus()).toMatchObject([{ notNumeric: 1 }]);
});

test('a time in the future is not believed, so it cannot make all that follows late', () => {
  const engine = engineOf(FAILURE, MANY);
  const forged = { ...event(1, 'failed'), id: 'forged', eventTs: Date.UTC(2099, 0) };
  expect(engine.detect([forged])).toEqual([]);
  expect(found(engine, 2, 3)).toEqual(['many']);
});

test('what comes too late is not placed, and counted', () => {
  const engine = engineOf(FAILURE, MANY);
  expect(found(engine, 100, 101)).toEqual([]);
  expect(found(engine, 60)).toEqual([]);
  expect(engine.correlationStatus()).toMatchObject([{ tooLate: 1, events: 2 }]);
});

test.each<
  readonly [what: string, from: string, to: string, problem: readonly [line: number, message: string]]
>([
  ['an unknown rule', '[failure]', '[failures]', [16, 'There is no rule']],
  ['a rule that cannot be run', '[failure]', '[broken]', [16, '"broken" cannot be run']],
  ['itself', '[failure]', '[many]', [16, 'is built on this one']],
  [
    'an alias for another rule',
    '  timespan',
    '  aliases: {User: {success: Name}}\n  timespan',
    [18, 'called "success"'],
  ],
  ['a number never reached', 'gte: 3', 'gte: 100001', [19, 'never reached']],
])('%s is refused with its place', (_, from, to, [line, message]) => {
  const broken = FAILURE.replaceAll('failure', 'broken').replace('condition: s', 'condition: t');
  const text = [FAILURE, MANY.replace(from, to)].join('---\n');
  const documents = parseRules(`${text}---\n${broken}`, 'test.yml');
  const engine = compileRules(documents, { anyLogsource: false });
  expect(engine.ruleIds).toEqual(['failure']);
  expect(engine.problems).toContainEqual(
    expect.objectContaining({ line, message: expect.stringContaining(message) as unknown }),
  );
});

test('a circle of correlations is refused as a whole', () => {
  const circle =
    MANY.replace('[failure]', '[back]') +
    '---\n' +
    MANY.replaceAll('many', 'back').replace('[failure]', '[many]');
  const engine = compileRules(parseRules(circle, 'test.yml'), { anyLogsource: false });
  expect(engine.ruleIds).toEqual([]);
  expect(engine.problems.filter(({ severity }) => severity === 'error')).toHaveLength(2);
});

test('collected matches give the same as a live stream, whatever came between', () => {
  const engine = engineOf(FAILURE, MANY);
  found(engine, 1, 2);
  const { detections, matches } = engine.collect([11, 12, 13].map((second) => event(second, 'failed')));
  expect(detections).toEqual([]);
  expect(engine.correlate(matches)).toMatchObject([{ eventId: 'failed-13', contributors: { length: 3 } }]);
  expect(found(engine, 3)).toEqual(['many']);
});
