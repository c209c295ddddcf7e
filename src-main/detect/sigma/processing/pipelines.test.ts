import { describe, expect, test } from 'vitest';
import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '../compile-rules.ts';
import { parseRules } from '../document/parse-rule.ts';
import { eventOf } from '../testing/events.ts';
import { parsePipeline } from './parse-pipeline.ts';

const RULE = `title: Encoded command
id: rule
name: encoded_command
level: high
status: test
tags: [attack.execution]
owner: blue
fields: [CommandLine, User]
logsource: {product: windows, category: process_creation}
detection:
  selection:
    Image|endswith: '\\powershell.exe'
    CommandLine|contains: ' -enc '
  filter:
    User: SYSTEM
  condition: selection and not filter
`;

function engineWith(pipelines: readonly string[], rule = RULE) {
  const parsed = pipelines.map((yaml, index) => parsePipeline(yaml, `p${index}.yml`));
  const problems = parsed.flatMap((one) => one.problems.filter(({ severity }) => severity === 'error'));
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return compileRules(parseRules(rule, 'rule.yml'), {
    anyLogsource: false,
    pipelines: parsed.flatMap(({ pipeline }) => pipeline ?? []),
  });
}

/** A pipeline with one transformation, written as the lines below "- ". */
function one(lines: string): string {
  return `name: test\ntransformations:\n  - ${lines.trim().replaceAll('\n', '\n    ')}\n`;
}

function fires(engine: ReturnType<typeof engineWith>, fields: LogEvent['fields'], parts = {}): boolean {
  return engine.detect([eventOf(fields, parts)]).length > 0;
}

const COMMAND = { Image: 'C:\\powershell.exe', CommandLine: 'x -enc y' };

describe('a team that keeps events in names of ECS', () => {
  const ECS = `name: Windows to ECS
priority: 20
transformations:
  - id: ecs_fields
    type: field_name_mapping
    mapping:
      Image: process.executable
      CommandLine: [process.command_line, process.args_text]
      User: user.name
    rule_conditions:
      - {type: logsource, product: windows, category: process_creation}
  - id: only_security_index
    type: add_condition
    conditions: {event.dataset: 'windows.$category'}
    template: true
    rule_conditions:
      - {type: processing_item_applied, processing_item_id: ecs_fields}
`;
  const ecs = {
    'process.executable': 'C:\\powershell.exe',
    'event.dataset': 'windows.process_creation',
    'user.name': 'bob',
  };

  test('the rule matches on the new names, any of several, and needs the added condition', () => {
    const engine = engineWith([ECS]);
    expect(engine.problems).toEqual([]);
    expect(fires(engine, COMMAND)).toBe(false);
    expect(fires(engine, { ...ecs, 'process.command_line': 'a -enc b' })).toBe(true);
    expect(fires(engine, { ...ecs, 'process.args_text': 'a -enc b' })).toBe(true);
    expect(fires(engine, { ...ecs, 'process.args_text': 'a -enc b', 'user.name': 'SYSTEM' })).toBe(false);
    expect(fires(engine, { ...ecs, 'process.args_text': 'a -enc b', 'event.dataset': 'x' })).toBe(false);
  });

  test('rules of other logsources stay as they are', () => {
    const linux = RULE.replace('product: windows', 'product: linux');
    const engine = engineWith([ECS], linux);
    const logsource = { product: 'linux', category: 'process_creation', service: null };
    expect(fires(engine, COMMAND, { logsource })).toBe(true);
  });

  test('a filter is changed with the rules that it narrows', () => {
    const filter = `title: f
id: f
logsource: {product: windows}
filter: {rules: [encoded_command], s: {User: bob}, condition: not s}
`;
    const engine = engineWith([ECS], `${RULE}---\n${filter}`);
    const fields = { ...ecs, 'process.command_line': 'a -enc b' };
    expect(fires(engine, fields)).toBe(false);
    expect(fires(engine, { ...fields, 'user.name': 'eve' })).toBe(true);
  });
});

test('process creation of the Security log: another logsource, other names, a Channel condition', () => {
  const engine = engineWith([
    one(`id: audit
type: nest
rule_conditions: [{type: logsource, product: windows, category: process_creation}]
items:
  - type: field_name_mapping
    mapping: {Image: NewProcessName, User: SubjectUserName}
  - type: add_condition
    conditions: {EventID: 4688, Channel: Security}
  - type: change_logsource
    product: windows
    service: security`),
  ]);
  const logsource = { product: 'windows', service: 'security', category: null };
  const audit = { NewProcessName: COMMAND.Image, CommandLine: COMMAND.CommandLine, Channel: 'Security' };
  expect(fires(engine, { ...audit, EventID: 4688 }, { logsource })).toBe(true);
  expect(fires(engine, { ...audit, EventID: 4689 }, { logsource })).toBe(false);
  expect(fires(engine, { ...COMMAND, ...audit, EventID: 4688 })).toBe(false);
});

test('pipelines are applied by priority, whatever their order', () => {
  const late = `priority: 50\n${one('type: field_name_mapping\nmapping: {image: exe}')}`;
  const early = `priority: 10\n${one('type: field_name_transform\ntransform_func: lower')}`;
  const engine = engineWith([late, early]);
  expect(fires(engine, { exe: COMMAND.Image, commandline: COMMAND.CommandLine })).toBe(true);
});

/** One transformation, and an event that fires then and one that does not. */
test.each<readonly [lines: string, yes: LogEvent['fields'], no: LogEvent['fields']]>([
  [
    'type: field_name_prefix\nprefix: win.',
    { 'win.Image': COMMAND.Image, 'win.CommandLine': COMMAND.CommandLine },
    COMMAND,
  ],
  [
    'type: field_name_suffix\nsuffix: .keyword\nfield_name_conditions: [{type: include_fields, fields: [Image]}]',
    { 'Image.keyword': COMMAND.Image, CommandLine: COMMAND.CommandLine },
    COMMAND,
  ],
  [
    'type: field_name_prefix_mapping\nmapping: {Com: com., Im: [i, j]}',
    { jage: COMMAND.Image, 'com.mandLine': COMMAND.CommandLine },
    COMMAND,
  ],
  [
    'type: drop_detection_item\nfield_name_conditions: [{type: include_fields, fields: [CommandLine]}]',
    { Image: COMMAND.Image },
    { CommandLine: COMMAND.CommandLine },
  ],
  [
    'type: drop_detection_item\nfield_name_conditions: [{type: include_fields, fields: [User]}]',
    { ...COMMAND, User: 'SYSTEM' },
    { Image: 'x' },
  ],
  [
    'type: drop_detection_item\nfield_name_conditions: [{type: exclude_fields, fields: ["^I.*"], mode: re}]',
    { Image: COMMAND.Image, User: 'SYSTEM' },
    { CommandLine: COMMAND.CommandLine },
  ],
  [
    "type: replace_string\nregex: '\\\\'\nreplacement: /",
    { ...COMMAND, Image: '/opt/powershell.exe' },
    COMMAND,
  ],
  [
    "type: replace_string\nregex: '(?P<head>power)(shell)'\nreplacement: '\\2\\g<head>'",
    { ...COMMAND, Image: 'C:\\shellpower.exe' },
    COMMAND,
  ],
  [
    "type: replace_string\nregex: '^.'\nreplacement: '#'\nskip_special: true\nfield_name_conditions: [{type: include_fields, fields: [CommandLine]}]",
    { ...COMMAND, CommandLine: 'x#-enc y' },
    COMMAND,
  ],
  [
    'type: map_string\nmapping: {SYSTEM: [root, admin]}',
    { ...COMMAND, User: 'SYSTEM' },
    { ...COMMAND, User: 'admin' },
  ],
  [
    'type: set_value\nvalue: 7\nfield_name_conditions: [{type: include_fields, fields: [Image]}]',
    { ...COMMAND, Image: 7 },
    COMMAND,
  ],
  ['type: case\nmethod: upper', COMMAND, { ...COMMAND, User: 'system' }],
  ['type: regex\nmethod: plain', COMMAND, { ...COMMAND, CommandLine: 'X -ENC Y' }],
  ['type: regex', { ...COMMAND, CommandLine: 'X -ENC Y' }, { Image: 'x' }],
  [
    'type: set_value\nvalue: x\ndetection_item_conditions: [{type: match_string, cond: any, pattern: ".*enc"}]',
    { ...COMMAND, CommandLine: 'x' },
    COMMAND,
  ],
  [
    'type: set_value\nvalue: x\ndetection_item_conditions: [{type: contains_wildcard}]\ndetection_item_cond_not: true',
    { ...COMMAND, User: 'SYSTEM' },
    { ...COMMAND, User: 'x' },
  ],
  [
    'type: set_value\nvalue: x\ndetection_item_conditions: {a: {type: match_value, value: SYSTEM}, b: {type: is_null}}\ndetection_item_cond_expr: a or b',
    { ...COMMAND, User: 'SYSTEM' },
    { ...COMMAND, User: 'x' },
  ],
  ['type: add_condition\nconditions: {Host|startswith: srv}', { ...COMMAND, Host: 'srv1' }, COMMAND],
  ['type: add_condition\nconditions: {Host: lab}\nnegated: true', COMMAND, { ...COMMAND, Host: 'lab' }],
  ['type: set_custom_attribute\nattribute: a\nvalue: {b: 1}', COMMAND, { Image: 'x' }],
  ['type: add_field\nfield: [a, b]', COMMAND, { Image: 'x' }],
])('%j', (lines, yes, no) => {
  const engine = engineWith([one(lines)]);
  expect(engine.problems).toEqual([]);
  expect([fires(engine, yes), fires(engine, no)]).toEqual([true, false]);
});

/** Rule conditions, and whether they accept the rule. */
test.each<readonly [conditions: string, accepts: boolean]>([
  ['[{type: logsource, product: windows}]', true],
  ['[{type: logsource, service: sysmon}]', false],
  ['[{type: contains_field, field: User}]', true],
  ['[{type: contains_field, field: user}]', false],
  ['[{type: contains_detection_item, field: User, value: SYSTEM}]', true],
  ["[{type: contains_detection_item, field: Image, value: '*\\powershell.exe'}]", true],
  ['[{type: contains_detection_item, field: User, value: root}]', false],
  ['[{type: is_sigma_rule}]', true],
  ['[{type: is_sigma_correlation_rule}]', false],
  ['[{type: tag, tag: attack.execution}]', true],
  ['[{type: tag, tag: attack.impact}]', false],
  ['[{type: rule_attribute, attribute: level, value: medium, op: gte}]', true],
  ['[{type: rule_attribute, attribute: level, value: critical, op: gte}]', false],
  ['[{type: rule_attribute, attribute: tags, value: attack.execution, op: in}]', true],
  ['[{type: rule_attribute, attribute: owner, value: blue}]', true],
  ['[{type: rule_attribute, attribute: nothing, value: blue}]', false],
  ['[{type: processing_state, key: k, val: 5, op: lt}]', true],
  ['[{type: processing_state, key: k, val: 3, op: lt}]', false],
  ['[{type: processing_item_applied, processing_item_id: state}]', true],
  ['[{type: processing_item_applied, processing_item_id: other}]', false],
  ['[{type: is_sigma_rule}, {type: tag, tag: x.y}]\n    rule_cond_op: or', true],
  ['[{type: is_sigma_rule}, {type: tag, tag: x.y}]', false],
  ['[{type: is_sigma_rule}]\n    rule_condition_negation: true', false],
  ['{a: {type: is_sigma_rule}, b: {type: tag, tag: x.y}}\n    rule_cond_expr: a and not b', true],
])('%s', (conditions, accepts) => {
  const engine = engineWith([
    `transformations:
  - {id: state, type: set_state, key: k, val: 4}
  - type: rule_failure
    message: stopped here
    rule_conditions: ${conditions}
`,
  ]);
  expect(engine.problems.map(({ message }) => message)).toEqual(
    accepts ? ['A pipeline refuses the rule: stopped here'] : [],
  );
});

test('what asks for absence has to hold of all fields that it is mapped to', () => {
  const rule = (line: string) =>
    `title: n\nid: n\nlogsource: {product: windows}\ndetection:\n  s:\n    ${line}\n  condition: s\n`;
  const both = one('type: field_name_mapping\nmapping: {User: [a, b]}');
  for (const line of ['User|neq: x', 'User: null', 'User|exists: false']) {
    const engine = engineWith([both], rule(line));
    expect(fires(engine, { other: 1 })).toBe(true);
    expect(fires(engine, { b: 'x' })).toBe(false);
    expect(fires(engine, { a: 'x' })).toBe(false);
  }
});

test('conditions see which items were applied to a comparison and to a field name', () => {
  const engine = engineWith([
    `transformations:
  - {id: named, type: field_name_mapping, mapping: {Image: exe}}
  - type: set_value
    value: by item
    detection_item_conditions: [{type: processing_item_applied, processing_item_id: named}]
  - type: field_name_suffix
    suffix: .x
    field_name_conditions: [{type: processing_item_applied, processing_item_id: named}]
`,
  ]);
  expect(fires(engine, { 'exe.x': 'by item', CommandLine: COMMAND.CommandLine })).toBe(true);
});

test('hashes are split into fields of their own, of which one has to match', () => {
  const rule = `title: h\nid: h\nlogsource: {product: windows}\ndetection:
  s:
    Hashes|contains: ['SHA1=aa', 'MD5=bb', 'IMPHASH=cc']
    Image: x
  condition: s
`;
  const split = one(
    'type: hashes_fields\nvalid_hash_algos: [SHA1, MD5]\nfield_prefix: File\nfield_name_conditions: [{type: include_fields, fields: [Hashes]}]',
  );
  const engine = engineWith([split], rule);
  expect(fires(engine, { Image: 'x', FileMD5: 'bb' })).toBe(true);
  expect(fires(engine, { Image: 'x', FileSHA1: 'AA' })).toBe(true);
  expect(fires(engine, { Image: 'x', FileMD5: 'aa' })).toBe(false);
  expect(fires(engine, { FileMD5: 'bb' })).toBe(false);
  expect(fires(engine, { Image: 'x', Hashes: 'MD5=bb' })).toBe(false);
});

test('placeholders: values of the pipeline, wildcards for the rest', () => {
  const rule = `title: p\nid: p\nlogsource: {product: windows}\ndetection:
  s: {User|expand: '%admins%', Host|expand: 'x\\\\%hosts%'}
  condition: s
`;
  const engine = engineWith(
    [
      `vars: {admins: ['adm_*', 50%, 7]}
transformations:
  - {type: value_placeholders, include: [admins]}
  - {type: wildcard_placeholders}
`,
    ],
    rule,
  );
  expect(engine.problems).toEqual([]);
  expect(fires(engine, { User: 'adm_x', Host: 'x\\srv' })).toBe(true);
  expect(fires(engine, { User: '50%', Host: 'x\\' })).toBe(true);
  expect(fires(engine, { User: '7', Host: 'x\\' })).toBe(true);
  expect(fires(engine, { User: 'bob', Host: 'x\\srv' })).toBe(false);
  expect(fires(engine, { User: 'adm_x', Host: 'srv' })).toBe(false);
});

/** A transformation, and why the rule is rejected; the line is that of the rule. */
test.each<readonly [lines: string, line: number, message: string]>([
  [
    'type: detection_item_failure\nmessage: no users\nfield_name_conditions: [{type: include_fields, fields: [User]}]',
    15,
    'no users',
  ],
  ['type: strict_field_mapping_failure', 12, 'No pipeline maps the field "Image"'],
  ['type: convert_type\ntarget_type: num', 12, 'cannot make a number'],
  ['type: drop_detection_item', 16, 'drop all that the condition asks for'],
  ['type: add_condition\nname: filter\nconditions: {a: b}', 14, 'has already'],
  ['type: hashes_fields\nvalid_hash_algos: [MD5]', 12, 'finds no hash'],
  ["type: replace_string\nregex: 'e'\nreplacement: '" + 'e'.repeat(40_000) + "'", 1, 'longer than'],
  ['type: map_string\nmapping: {SYSTEM: []}', 15, 'no value'],
])('%s', (lines, line, message) => {
  const { problems, ruleIds } = engineWith([one(lines)]);
  expect(ruleIds).toEqual([]);
  expect(problems).toMatchObject([
    { file: 'rule.yml', line, message: expect.stringContaining(message) as unknown },
  ]);
});

test('mapping to ever more fields ends', () => {
  const doubling = '  - {type: field_name_mapping, mapping: {Image: [Image, Image]}}\n'.repeat(60);
  const { problems } = engineWith([`transformations:\n${doubling}`]);
  expect(problems).toMatchObject([{ message: expect.stringContaining('more than 10000') as unknown }]);
});
