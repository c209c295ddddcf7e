import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRules } from '../document/parse-rule.ts';
import type { OracleEvent } from '../testing/correlation-oracle.ts';
import { oracleFirings } from '../testing/correlation-oracle.ts';
import { CorrelationEngine, type CorrelationFiring } from './correlation-engine.ts';
import { LATENESS_MS } from './limits.ts';
import { planCorrelations } from './plan-correlations.ts';
import type { BaseMatch } from './plan.ts';

/** Enough that each of the mistakes tried while writing this was found; about four seconds. */
const RUNS = 600;

const BASE = ['a', 'b', 'c'];

function rulesYaml(): string {
  return BASE.map(
    (name) =>
      `title: ${name}\nid: id-${name}\nname: ${name}\nlevel: low\nlogsource: {product: windows}\n` +
      `detection: {s: {F: ${name}}, condition: s}\n`,
  ).join('---\n');
}

/** An engine over rules a, b and c with the given correlations. */
function engineFor(...correlations: readonly string[]) {
  const documents = parseRules([rulesYaml(), ...correlations].join('---\n'), 'c.yml');
  const errors = documents.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const refusals: string[] = [];
  const plans = planCorrelations({
    ...documents,
    runnable: new Map(documents.rules.map(({ id }) => [id, id])),
    refused: (_, { finding }) => refusals.push(finding.message),
  });
  return { engine: new CorrelationEngine(plans), plans, refusals, documents };
}

function correlationYaml(body: object, id = 'outer', extra = ''): string {
  return `title: ${id}\nid: ${id}\nname: ${id}\nlevel: high\n${extra}correlation: ${JSON.stringify(body)}\n`;
}

function matchesOf(engine: CorrelationEngine, events: readonly OracleEvent[]): BaseMatch[] {
  return events.flatMap(({ id, ts, rules, fields }) =>
    engine.plans.baseRules.flatMap(({ ruleId, fields: names }, rule) =>
      rules.includes(ruleId.slice('id-'.length))
        ? [{ rule, eventId: id, eventTs: ts, values: names.map((name) => fields[name] ?? null) }]
        : [],
    ),
  );
}

function firedBy({ plans }: ReturnType<typeof engineFor>, firings: readonly CorrelationFiring[]) {
  return firings.map(({ correlation, eventId, groupValues }) => {
    const id = plans.correlations[correlation]?.rule.id ?? '';
    return `${id} ${eventId} ${groupValues.map((value) => value.toLowerCase()).join('|')}`;
  });
}

const count = fc.integer({ min: 1, max: 4 });
const amount = fc.integer({ min: -2, max: 12 });
const floor = fc.record({ op: fc.constantFrom('gt', 'gte'), value: count });
const anyOp = fc.record({ op: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'neq'), value: amount });
const condition = ({ op, value }: { op: string; value: number }, more: object = {}) => ({
  condition: { [op]: value, ...more },
});
const inputs = fc.shuffledSubarray(BASE, { minLength: 1 });
const grouping = fc.constantFrom(
  {},
  { 'group-by': ['g'] },
  { 'group-by': ['g', 'h'] },
  {
    'group-by': ['who'],
    aliases: { who: { a: 'g', b: 'h' } },
  },
);
const expressions = fc.constantFrom(
  'a and b',
  'a or b and c',
  'a and not b',
  '(a or b) and not c',
  'a and b and c',
  'not (a or b) and c',
  'c or not (a or not b)',
);
const kinds = fc.oneof(
  floor.map((bound) => ({ type: 'event_count', ...condition({ ...bound, value: bound.value + 1 }) })),
  anyOp.map((bound) => ({
    type: 'event_count',
    ...condition({ ...bound, value: Math.abs(bound.value) + 2 }),
  })),
  floor.map((bound) => ({ type: 'value_count', ...condition(bound, { field: 'v' }) })),
  anyOp.map((bound) => ({
    type: 'value_count',
    ...condition({ ...bound, value: Math.abs(bound.value) + 2 }, { field: ['v', 'h'] }),
  })),
  anyOp.map((bound) => ({ type: 'value_sum', ...condition(bound, { field: 'v' }) })),
  anyOp.map((bound) => ({ type: 'value_avg', ...condition(bound, { field: 'v' }) })),
  anyOp.map((bound) => ({ type: 'value_median', ...condition(bound, { field: 'v' }) })),
  fc.tuple(anyOp, fc.integer({ min: 0, max: 100 })).map(([bound, percentile]) => ({
    type: 'value_percentile',
    ...condition(bound, { field: 'v', percentile }),
  })),
  anyOp.map((bound) => ({
    type: 'value_percentile',
    ...condition({ ...bound, value: bound.value * 10 }, { field: 'v' }),
  })),
  fc.constant({ type: 'temporal' }),
  fc.constant({ type: 'temporal_ordered' }),
  expressions.map((text) => ({ type: 'temporal', rules: BASE, condition: text })),
  expressions.map((text) => ({ type: 'temporal_ordered', rules: BASE, condition: text })),
  fc.integer({ min: 1, max: 3 }).map((gte) => ({ type: 'temporal', rules: BASE, condition: { gte } })),
  fc
    .integer({ min: 1, max: 3 })
    .map((gte) => ({ type: 'temporal_ordered', rules: BASE, condition: { gte } })),
  fc
    .constantFrom('eq', 'lte', 'neq')
    .map((op) => ({ type: 'temporal_ordered', rules: BASE, condition: { [op]: 2 } })),
);

const correlation = fc
  .tuple(kinds, inputs, grouping, fc.integer({ min: 5, max: 90 }))
  .map(([kind, rules, group, seconds]) => ({ rules, ...group, timespan: `${seconds}s`, ...kind }))
  // An alias may only name rules that the correlation looks at.
  .filter((body) => !('aliases' in body) || (body.rules.includes('a') && body.rules.includes('b')));

/** Events in the order in which they come: none later than `LATENESS_MS` behind a newer one. */
function arrivals({ isUnique, isPositive }: { isUnique: boolean; isPositive: boolean }) {
  const event = fc.record({
    ts: fc.integer({ min: 0, max: 240 }).map((seconds) => seconds * 1000),
    lateBy: fc.integer({ min: 0, max: LATENESS_MS }),
    rules: fc.subarray(BASE, { minLength: 1 }),
    fields: fc.record(
      {
        g: fc.constantFrom('x', 'X', 'y'),
        h: fc.constantFrom(1, 2),
        v: fc.integer({ min: isPositive ? 0 : -5, max: 9 }),
      },
      { requiredKeys: ['h'] },
    ),
  });
  return fc
    .array(event, { maxLength: 40 })
    .map((events) =>
      events
        .map((one, at) => ({ ...one, id: `e${at}`, ts: isUnique ? one.ts + at : one.ts }))
        .sort((left, right) => left.ts + left.lateBy - (right.ts + right.lateBy)),
    );
}

/** Runs of the engine over `events`, cut into batches of changing size. */
function run(
  built: ReturnType<typeof engineFor>,
  events: readonly OracleEvent[],
  sizes: readonly number[],
  restarts = false,
) {
  const found: CorrelationFiring[] = [];
  let { engine } = built;
  for (let at = 0, turn = 0; at < events.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    found.push(...engine.push(matchesOf(engine, events.slice(at, at + size))));
    at += size;
    if (restarts) {
      const next = new CorrelationEngine(built.plans);
      expect(next.restoreState(engine.exportState())).toBe(built.plans.correlations.length);
      engine = next;
    }
  }
  found.push(...engine.flush());
  return found;
}

const batches = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

describe('the engine finds what computing every window anew finds', () => {
  test('one correlation', () => {
    fc.assert(
      fc.property(
        correlation,
        arrivals({ isUnique: false, isPositive: true }),
        batches,
        (body, events, sizes) => {
          const built = engineFor(correlationYaml(body));
          const expected = oracleFirings(built.documents.correlations, events);
          const found = run(built, events, sizes);
          expect(firedBy(built, found).sort()).toEqual(
            expected.map((one) => `${one.correlation} ${one.eventId} ${one.group}`).sort(),
          );
          const restarted = run(engineFor(correlationYaml(body)), events, sizes, true);
          expect(firedBy(built, restarted).sort()).toEqual(firedBy(built, found).sort());
          for (const firing of found) {
            const group = firing.groupValues.map((value) => value.toLowerCase()).join('|');
            const one = expected.find((each) => each.eventId === firing.eventId && each.group === group);
            const { ids, times } = firing.contributors;
            expect(one?.window).toEqual(expect.arrayContaining([...ids]));
            expect(ids).toContain(firing.eventId);
            const timespanMs = built.plans.correlations[0]?.rule.timespanMs ?? 0;
            expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThanOrEqual(timespanMs);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  test('correlations of correlations', () => {
    const chain = fc.record({
      inner: correlation,
      outer: correlation,
      events: arrivals({ isUnique: true, isPositive: true }),
    });
    fc.assert(
      fc.property(chain, batches, ({ inner, outer, events }, sizes) => {
        const [first = 'a'] = outer.rules;
        const swap = (text: string) => text.replace(/\ba\b/g, 'inner').replaceAll('"id-inner"', '"id-a"');
        const body = JSON.parse(swap(JSON.stringify(outer))) as typeof outer;
        if (!outer.rules.includes('a'))
          body.rules = ['inner', ...body.rules.filter((rule) => rule !== first)];
        const built = engineFor(
          correlationYaml(body, 'outer', 'generate: true\n'),
          correlationYaml(inner, 'inner'),
        );
        expect(built.refusals).toEqual([]);
        const ordered = built.plans.correlations.map(({ rule }) => rule);
        const expected = oracleFirings(ordered, events);
        expect(firedBy(built, run(built, events, sizes)).sort()).toEqual(
          expected.map((one) => `${one.correlation} ${one.eventId} ${one.group}`).sort(),
        );
      }),
      { numRuns: RUNS },
    );
  });
});

describe('state', () => {
  const YAML = correlationYaml({ type: 'event_count', rules: ['a'], timespan: '60s', condition: { gte: 3 } });
  const event = (id: string, ts: number) => ({ id, ts, rules: ['a'], fields: {} });

  test('of a correlation whose meaning changed is not used', () => {
    const before = engineFor(YAML).engine;
    before.push(matchesOf(before, [event('e1', 1), event('e2', 2)]));
    const renamed = engineFor(YAML.replace('title: outer', 'title: other')).engine;
    expect(renamed.restoreState(before.exportState())).toBe(1);
    expect(renamed.push(matchesOf(renamed, [event('e3', 3)]))).toHaveLength(1);
    const changed = engineFor(YAML.replace('60s', '61s')).engine;
    expect(changed.restoreState(before.exportState())).toBe(0);
    expect(changed.push(matchesOf(changed, [event('e3', 3)]))).toEqual([]);
  });

  test('that was damaged is refused', () => {
    const { engine } = engineFor(YAML);
    const bytes = engine.exportState();
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(bytes, (byte, place) => (place === at ? byte ^ change : byte));
        expect(engine.restoreState(damaged)).toBeNull();
      }),
    );
    expect(engine.restoreState(new Uint8Array(0))).toBeNull();
  });
});

describe('limits', () => {
  const GROUPED = correlationYaml({
    type: 'event_count',
    rules: ['a'],
    'group-by': ['g'],
    timespan: '1h',
    condition: { gte: 1000 },
  });

  test.each([
    [
      'groups',
      { groups: 10, groupEvents: 1000, events: 1000 },
      { groups: 10, groupsEvicted: 90, eventsEvicted: 90 },
    ],
    ['events in all', { groups: 1000, groupEvents: 1000, events: 25 }, { events: 25, groupsEvicted: 75 }],
  ])('%s are bounded, and what went is counted', (_, limits, expected) => {
    const { plans } = engineFor(GROUPED);
    const engine = new CorrelationEngine(plans, limits);
    const events = Array.from({ length: 100 }, (__, at) => {
      return { id: `e${at}`, ts: at, rules: ['a'], fields: { g: `g${at}` } };
    });
    engine.push(matchesOf(engine, events));
    expect(engine.stats()).toMatchObject([expected]);
  });

  test('events of one group are bounded, and what went is counted', () => {
    const { plans } = engineFor(GROUPED);
    const engine = new CorrelationEngine(plans, { groups: 10, groupEvents: 40, events: 1000 });
    const events = Array.from({ length: 100 }, (_, at) => ({
      id: `e${at}`,
      ts: at,
      rules: ['a'],
      fields: { g: 1 },
    }));
    engine.push(matchesOf(engine, events));
    expect(engine.stats()).toMatchObject([{ groups: 1, events: 40, eventsEvicted: 60 }]);
  });

  test('a group that nothing can join any more is forgotten', () => {
    const { engine } = engineFor(GROUPED);
    engine.push(matchesOf(engine, [{ id: 'e1', ts: 0, rules: ['a'], fields: { g: 'x' } }]));
    engine.push([], 3_600_000 + LATENESS_MS);
    expect(engine.stats()).toMatchObject([{ groups: 1 }]);
    engine.push([], 3_600_001 + LATENESS_MS);
    expect(engine.stats()).toMatchObject([{ groups: 0, events: 0, groupsEvicted: 0 }]);
  });
});
