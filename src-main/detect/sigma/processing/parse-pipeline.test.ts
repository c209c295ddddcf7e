import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileProblems } from '../compile-rules.ts';
import { parseRules } from '../document/parse-rule.ts';
import { parsePipeline } from './parse-pipeline.ts';

const GOOD = `name: mine
priority: 10
vars: {admins: [a, b]}
transformations:
  - id: first
    type: field_name_mapping
    mapping: {Image: exe}
    rule_conditions:
      - type: logsource
        product: windows
`;

test('a pipeline is read with its name, priority and values', () => {
  const { pipeline, problems } = parsePipeline(GOOD, 'p.yml');
  expect(problems).toEqual([]);
  expect(pipeline).toMatchObject({ name: 'mine', priority: 10, items: [{ id: 'first' }] });
  expect(pipeline?.vars.get('admins')).toEqual(['a', 'b']);
});

test('without a name it has that of its file, and priority 0', () => {
  const { pipeline } = parsePipeline('transformations: []', 'p.yml');
  expect(pipeline).toMatchObject({ name: 'p.yml', priority: 0, items: [] });
});

test('what works on queries is named and does nothing', () => {
  const { pipeline, problems } = parsePipeline(
    `${GOOD}postprocessing: [{type: embed, prefix: x}]\nfinalizers: [{type: concat}, {type: json}]\n`,
    'p.yml',
  );
  expect(pipeline).not.toBeNull();
  expect(problems).toMatchObject([
    { line: 11, severity: 'warning', message: expect.stringContaining('nothing: embed.') as unknown },
    { line: 12, severity: 'warning', message: expect.stringContaining('nothing: concat, json.') as unknown },
  ]);
});

/** What is replaced in the good pipeline, by what, and the error that must follow. */
test.each<readonly [from: string, to: string, place: readonly [number, number], message: string]>([
  ['name: mine', 'name: [', [2, 1], ''],
  ['name: mine', 'nmae: mine', [1, 1], 'has no part "nmae"'],
  ['name: mine', 'name: 5', [1, 1], 'name of a pipeline must be text'],
  ['priority: 10', 'priority: high', [2, 1], 'priority must be a number'],
  ['priority: 10', 'priority: .nan', [2, 1], 'priority must be a number'],
  [
    'type: field_name_mapping',
    'type: add_condition\n    name: two words\n    conditions: {a: b}',
    [7, 5],
    'cannot name a selection',
  ],
  ['{admins: [a, b]}', '{admins: {a: b}}', [3, 8], 'values of "admins"'],
  ['type: field_name_mapping', 'type: field_mapping', [6, 5], 'no transformation "field_mapping"'],
  ['    type: field_name_mapping\n', '', [5, 5], 'has no type'],
  ['mapping: {Image: exe}', 'mapping: {Image: 5}', [7, 15], 'maps "Image"'],
  ['mapping: {Image: exe}', 'maping: {Image: exe}', [5, 5], 'needs "mapping"'],
  ['mapping: {Image: exe}', 'mapping: {Image: exe}\n    extra: 1', [8, 5], 'no parameter "extra"'],
  ['type: logsource', 'type: log_source', [9, 9], 'no condition "log_source"'],
  ['product: windows', 'prodcut: windows', [10, 9], 'no parameter "prodcut"'],
  ['- type: logsource', '- x: logsource', [9, 9], 'has no type'],
  ['    rule_conditions:', '    rule_cond_op: xor\n    rule_conditions:', [8, 5], 'must be "and" or "or"'],
  ['    rule_conditions:', '    rule_cond_expr: a and b\n    rule_conditions:', [8, 5], 'no selection "a"'],
  [
    '    rule_conditions:',
    '    rule_cond_expr: "0"\n    rule_cond_op: or\n    rule_conditions:',
    [8, 5],
    'contradict',
  ],
  ['type: field_name_mapping', 'type: query_expression_placeholders', [6, 5], 'without a query'],
  ['type: field_name_mapping', 'type: http_placeholders', [6, 5], 'never calls out'],
  [
    'type: field_name_mapping',
    'type: add_condition\n    conditions: {a|contians: b}',
    [7, 18],
    'no modifier "contians"',
  ],
  [
    'type: field_name_mapping',
    'type: add_condition\n    conditions: {a|cidr: b}',
    [7, 18],
    'is not a network',
  ],
  [
    'type: field_name_mapping',
    'type: replace_string\n    regex: "("\n    replacement: x',
    [7, 5],
    'not valid',
  ],
  [
    'type: field_name_mapping',
    'type: replace_string\n    regex: (?=x)\n    replacement: x',
    [7, 5],
    'Look-around',
  ],
  [
    'type: field_name_mapping',
    'type: replace_string\n    regex: x\n    replacement: \\2',
    [7, 5],
    'no group "2"',
  ],
  [
    'type: field_name_mapping',
    'type: nest\n    items:\n      - type: nope',
    [8, 9],
    'no transformation "nope"',
  ],
])('%j as %j', (from, to, [line, column], message) => {
  const { pipeline, problems } = parsePipeline(GOOD.replace(from, to), 'p.yml');
  expect(pipeline).toBeNull();
  expect(problems).toMatchObject([
    { file: 'p.yml', severity: 'error', line, column, message: expect.stringContaining(message) as unknown },
  ]);
});

test.each(['', '- 1', '5', 'a: 1\n---\nb: 2', 'transformations: 5', 'transformations: [5]', 'vars: 5'])(
  '%j is no pipeline, and it is said',
  (yaml) => {
    const { pipeline, problems } = parsePipeline(yaml, 'p.yml');
    expect(pipeline).toBeNull();
    expect(problems).toHaveLength(1);
  },
);

const TYPES = [
  ...['field_name_mapping', 'field_name_prefix_mapping', 'field_name_prefix', 'field_name_suffix', 'nest'],
  ...[
    'field_name_transform',
    'drop_detection_item',
    'add_condition',
    'change_logsource',
    'set_custom_attribute',
  ],
  ...['replace_string', 'map_string', 'set_value', 'convert_type', 'regex', 'case', 'value_placeholders'],
  ...['wildcard_placeholders', 'hashes_fields', 'add_field', 'remove_field', 'set_field', 'rule_failure'],
  ...['detection_item_failure', 'strict_field_mapping_failure', 'set_state', 'constructor', '__proto__'],
];
const scalar = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('(', '\\1', '.*', '%a%', 'F', 'x', '*', '\\'),
);
const mapping = fc.dictionary(
  fc.constantFrom('F', 'G', 'x', 'null', 'F|re', 'a|all', 'constructor'),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
  { maxKeys: 3 },
);
const parameter = fc.oneof(scalar, mapping, fc.array(scalar, { maxLength: 3 }));
const condition = fc.record(
  {
    type: fc.constantFrom(
      ...['logsource', 'contains_field', 'contains_detection_item', 'tag', 'rule_attribute', 'is_null'],
      ...['match_string', 'match_value', 'include_fields', 'exclude_fields', 'processing_state', 'toString'],
    ),
    product: scalar,
    field: scalar,
    fields: fc.array(scalar, { maxLength: 2 }),
    value: scalar,
    tag: scalar,
    pattern: scalar,
    cond: fc.constantFrom('any', 'all', 'x'),
    mode: fc.constantFrom('re', 'plain'),
  },
  { requiredKeys: ['type'] },
);
const item = fc.record(
  {
    type: fc.constantFrom(...TYPES),
    mapping,
    prefix: scalar,
    suffix: scalar,
    conditions: mapping,
    regex: scalar,
    replacement: scalar,
    value: parameter,
    message: scalar,
    field: parameter,
    fields: parameter,
    method: scalar,
    target_type: fc.constantFrom('str', 'num'),
    valid_hash_algos: parameter,
    include: parameter,
    attribute: scalar,
    key: scalar,
    template: scalar,
    negated: scalar,
    name: scalar,
    rule_conditions: fc.array(condition, { maxLength: 2 }),
    detection_item_conditions: fc.array(condition, { maxLength: 2 }),
    field_name_conditions: fc.array(condition, { maxLength: 2 }),
  },
  { requiredKeys: ['type'] },
);
/** Items whose parameters fit their type, so that pipelines are applied and not only refused. */
const fitting = fc.oneof(
  fc.record({ type: fc.constant('field_name_mapping'), mapping: fc.constant({ F: ['G', 'H'], null: 'M' }) }),
  fc.record({ type: fc.constantFrom('field_name_prefix'), prefix: fc.string({ maxLength: 4 }) }),
  fc.record({
    type: fc.constant('replace_string'),
    regex: fc.constantFrom('a', '.', '(x)|', '\\\\', '%'),
    replacement: fc.constantFrom('', '\\\\', '*', '\\g<0>\\g<0>', '%b%'),
    skip_special: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('add_condition'),
    conditions: fc.constant({ 'F|contains': 'a', G: [1, 2] }),
  }),
  fc.record({ type: fc.constantFrom('drop_detection_item', 'case', 'regex', 'wildcard_placeholders') }),
  fc.record({ type: fc.constant('set_value'), value: scalar }),
  fc.record({ type: fc.constant('convert_type'), target_type: fc.constantFrom('str', 'num') }),
);

test('any pipeline is applied to any rule, or it is said why not, with a place', () => {
  const key = fc.constantFrom(
    'F',
    'G',
    '',
    'F|contains',
    'F|re',
    'G|expand',
    'F|fieldref',
    'F|windash',
    'Hashes',
  );
  const selection = fc.dictionary(key, fc.oneof(scalar, fc.array(scalar, { minLength: 1, maxLength: 3 })), {
    minKeys: 1,
    maxKeys: 3,
  });
  let applied = 0;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(item, fitting, fitting), { maxLength: 4 }),
      fc.record({ a: selection, b: selection }),
      fc.constantFrom('a', 'a and b', 'a and not b', '1 of them', 'not (a or b)'),
      (transformations, selections, text) => {
        const { pipeline, problems } = parsePipeline(JSON.stringify({ transformations }), 'p.yml');
        for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        if (pipeline === null) {
          expect(problems).not.toEqual([]);
          return;
        }
        const detection = { ...selections, condition: text };
        const rule = { title: 't', id: 'x', logsource: { product: 'windows' }, detection };
        const documents = parseRules(JSON.stringify(rule), 'r.yml');
        const found = compileProblems(documents, { pipelines: [pipeline] });
        for (const { line, column } of found) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        if (transformations.length > 0 && found.length === 0) applied += 1;
      },
    ),
    { numRuns: 1500 },
  );
  // A generator of pipelines that are all refused would prove nothing.
  expect(applied).toBeGreaterThan(100);
});
