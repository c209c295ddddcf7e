import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileRules } from './compile-rules.ts';
import { parseRules } from './document/parse-rule.ts';
import { parsePipeline } from './processing/parse-pipeline.ts';
import { eventOf } from './testing/events.ts';

const text = fc.constantFrom(
  'a',
  'b',
  'F',
  '%L%',
  '*',
  'x.exe',
  '',
  '1 of them',
  'a and not b',
  '5m',
  'rule-1',
);
const scalar = fc.oneof(text, fc.integer({ min: -5, max: 5 }), fc.constant(null), fc.boolean(), fc.string());
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(text, scalar, { maxKeys: 2 }),
);
const selection = fc.oneof(
  fc.dictionary(fc.constantFrom('F', 'G|contains', 'F|expand', 'H|re', '|all', 'I|fieldref|neq'), value, {
    minKeys: 1,
    maxKeys: 3,
  }),
  fc.array(scalar, { maxLength: 3 }),
  value,
);
const logsource = fc.oneof(
  fc.constant({ product: 'windows' }),
  fc.dictionary(text, scalar, { maxKeys: 2 }),
  scalar,
);
const searches = {
  a: selection,
  b: selection,
  condition: fc.oneof(fc.constantFrom('a', 'not a', 'a and not b', '1 of them'), value),
};
const references = fc.oneof(
  fc.array(fc.constantFrom('rule-0', 'rule-1', 'name', 'nowhere'), { maxLength: 3 }),
  fc.constantFrom('any', 'all', 'rule-1'),
  value,
);
const metadata = {
  title: fc.oneof(fc.constant('t'), scalar),
  id: fc.oneof(fc.constantFrom('rule-0', 'rule-1', 'rule-2'), scalar),
  name: fc.oneof(fc.constantFrom('name', 'other'), scalar),
  level: fc.oneof(fc.constant('high'), scalar),
  tags: value,
  related: value,
  date: scalar,
  action: fc.option(fc.constantFrom('global', 'repeat', 'reset', 'x'), { freq: 6, nil: undefined }),
};
const rule = fc.record(
  { ...metadata, logsource, detection: fc.record(searches) },
  { requiredKeys: ['title', 'detection'] },
);
const filter = fc.record(
  { ...metadata, logsource, filter: fc.record({ rules: references, ...searches }) },
  { requiredKeys: ['title', 'filter', 'logsource'] },
);
const correlation = fc.record(
  {
    ...metadata,
    generate: scalar,
    correlation: fc.record(
      {
        type: fc.constantFrom('event_count', 'value_count', 'temporal', 'temporal_ordered', 'value_avg', 'x'),
        rules: references,
        'group-by': fc.oneof(fc.constant(['F']), value),
        timespan: fc.oneof(fc.constantFrom('5m', '1d', '0s', '5x'), scalar),
        condition: fc.oneof(fc.constant({ gte: 1 }), fc.constant({ gte: 1, field: 'F' }), value),
        aliases: value,
      },
      { requiredKeys: ['type', 'rules'] },
    ),
  },
  { requiredKeys: ['title', 'correlation'] },
);
/** Documents without a fault, so that the engine has something to run. */
const sound = fc.constantFrom(
  {
    title: 't',
    id: 'rule-0',
    name: 'name',
    logsource: { product: 'windows' },
    detection: { a: { F: 'a' }, condition: 'a' },
  },
  {
    title: 'f',
    id: 'filter',
    logsource: { product: 'windows' },
    filter: { rules: 'any', a: { G: 'b' }, condition: 'not a' },
  },
  {
    title: 'c',
    id: 'many',
    correlation: { type: 'event_count', rules: ['name'], timespan: '5m', condition: { gte: 2 } },
  },
);
const pipeline = fc.constantFrom(
  'transformations: []',
  'transformations: [{type: field_name_mapping, mapping: {F: [F, X], G: Y}}]',
  'transformations: [{type: drop_detection_item, field_name_conditions: [{type: include_fields, fields: [F]}]}]',
  'transformations: [{type: wildcard_placeholders}, {type: add_condition, conditions: {Z: 1}, negated: true}]',
);

test('whatever documents say, an engine stands, runs, and tells what it left out and where', () => {
  let running = 0;
  const events = [eventOf({ F: 'a', G: 'a' }, { id: '1' }), eventOf({ F: ['a', 5], X: 'b' }, { id: '2' })];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(rule, filter, correlation, sound, sound), { minLength: 1, maxLength: 5 }),
      pipeline,
      (documents, pipelineYaml) => {
        const yaml = documents.map((document) => JSON.stringify(document)).join('\n---\n');
        const { problems, ...parsed } = parseRules(yaml, 'r.yml');
        const { pipeline: applied } = parsePipeline(pipelineYaml, 'p.yml');
        const engine = compileRules(parsed, {
          anyLogsource: false,
          placeholders: new Map([['L', ['a', 'b*']]]),
          pipelines: applied === null ? [] : [applied],
        });
        for (const { line, column } of [...problems, ...engine.problems]) {
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        }
        const read = parsed.rules.length + parsed.correlations.length + parsed.filters.length;
        const left = engine.ruleIds.length + engine.filterIds.length;
        const errors = engine.problems.filter(({ severity }) => severity === 'error').length;
        expect(left + errors).toBeGreaterThanOrEqual(read);
        const found = engine.detect(events);
        for (const { ruleId } of found) engine.explain(ruleId, events[0] ?? eventOf({}));
        if (found.length > 0) running += 1;
      },
    ),
    { numRuns: 1_500 },
  );
  // Documents that are all refused, or never match, would prove nothing.
  expect(running).toBeGreaterThan(150);
});
