import { expect, test } from 'vitest';
import type { Entity } from '#shared/model/entity.ts';
import type { LogSource } from '#shared/model/event.ts';
import { compileRules } from './compile-rules.ts';
import { dedupKeyOf } from './dedup-key.ts';
import { acceptsLogsource } from '#shared/model/logsource.ts';
import { engineOf, eventOf, ruleOf } from './testing/events.ts';

function rule(id: string, logsource: string, detection: string) {
  return ruleOf(
    `title: Rule ${id}\nid: ${id}\nlevel: high\ntags: [attack.execution, attack.t1059.001]\n` +
      `logsource: ${logsource}\ndetection: ${detection}\n`,
  );
}

const SYSMON: LogSource = { category: 'process_creation', product: 'windows', service: 'sysmon' };
const REGISTRY: LogSource = { category: 'registry_set', product: 'windows', service: 'sysmon' };

test('detections come in event order, then in the order of rule ids, with all that an alert needs', () => {
  const rules = ['b', 'a', 'c'].map((id) =>
    rule(id, '{product: windows}', `{s: {F: ${id === 'c' ? 'y' : 'x'}}, condition: s}`),
  );
  const engine = compileRules({ rules }, { anyLogsource: false });
  const events = [eventOf({ F: 'y' }, { id: '1' }), eventOf({ F: ['x', 'y'] }, { id: '2' })];
  const detections = engine.detect(events);
  expect(detections.map(({ eventId, ruleId }) => `${eventId}${ruleId}`)).toEqual(['1c', '2a', '2b', '2c']);
  expect(detections[1]).toEqual({
    ruleId: 'a',
    ruleKind: 'sigma',
    title: 'Rule a',
    level: 'high',
    author: '',
    tags: ['attack.execution', 'attack.t1059.001'],
    attack: { tactic: 'execution', technique: 'T1059.001' },
    eventId: '2',
    eventTs: 1,
    entities: [],
    dedupKey: 'sigma:a:WS01',
    matched: [{ selection: 's', fields: [{ field: 'F', value: 'x', pattern: 'x' }] }],
  });
});

test.each<[rule: Partial<LogSource>, event: LogSource, accepted: boolean]>([
  [{ product: 'windows' }, SYSMON, true],
  [{ category: 'process_creation' }, SYSMON, true],
  [{ category: 'process_creation', product: 'windows' }, { ...SYSMON, service: 'security' }, true],
  [{ category: 'process_creation', product: 'linux' }, SYSMON, false],
  [{ service: 'security', product: 'windows' }, { ...SYSMON, service: 'security' }, true],
  [{ service: 'security', product: 'windows' }, SYSMON, false],
  [{ category: 'registry_event' }, REGISTRY, true],
  [{ category: 'registry_set' }, { ...REGISTRY, category: 'registry_add' }, false],
  [{ service: 'syslog', product: 'linux' }, { category: null, product: 'linux', service: 'sshd' }, true],
  [{ service: 'sshd', product: 'linux' }, { category: null, product: 'linux', service: 'syslog' }, false],
  [{ service: 'constructor' }, { category: null, product: null, service: 'toString' }, false],
  [{ product: 'windows' }, { category: null, product: null, service: null }, false],
  [{ product: 'zeek' }, { category: null, product: 'Zeek', service: 'dns' }, true],
])('logsource %j and event %j', (stated, event, accepted) => {
  const none = { category: null, product: null, service: null };
  expect(acceptsLogsource({ ...none, ...stated }, event)).toBe(accepted);
});

test('logsources are enforced unless asked otherwise', () => {
  const linux = rule('a', '{product: linux}', '{s: {F: x}, condition: s}');
  const event = eventOf({ F: 'x' });
  expect(compileRules({ rules: [linux] }, { anyLogsource: false }).detect([event])).toHaveLength(0);
  expect(compileRules({ rules: [linux] }, { anyLogsource: true }).detect([event])).toHaveLength(1);
});

test('a rule is switched off and on, and its level changed, in the running engine', () => {
  const engine = engineOf('s: {F: x}\ncondition: s');
  const levels = () => engine.detect([eventOf({ F: 'x' })]).map(({ level }) => level);
  expect(engine.setLevel('rule-1', 'critical')).toBe(true);
  expect(levels()).toEqual(['critical']);
  engine.setLevel('rule-1', null);
  expect(levels()).toEqual(['medium']);
  engine.setEnabled('rule-1', false);
  expect(levels()).toEqual([]);
  engine.setEnabled('rule-1', true);
  expect(levels()).toEqual(['medium']);
  expect([engine.setEnabled('nobody', false), engine.setLevel('nobody', 'low')]).toEqual([false, false]);
});

test('rules that nothing seen could match are named with the reason', () => {
  const rules = [
    rule('a-linux', '{product: linux}', '{s: {F: x}, condition: s}'),
    rule('b-field', '{product: windows}', '{s: {Absent: x, F: x}, condition: s}'),
    rule('c-either', '{product: windows}', '{s: [{Absent: x}, {F: x}], condition: s}'),
    rule('d-null', '{product: windows}', '{s: {Absent: null}, condition: s}'),
    rule('e-not', '{product: windows}', '{s: {Absent: x}, condition: not s}'),
  ];
  const engine = compileRules({ rules }, { anyLogsource: false });
  engine.detect([eventOf({ F: 1 }), eventOf({ F: 2 })]);
  expect(engine.unmatchable()).toEqual([
    { ruleId: 'a-linux', reason: 'No event had the logsource linux/-/-.' },
    { ruleId: 'b-field', reason: 'No event of windows/-/- had Absent.' },
  ]);
  expect(engine.seen()).toEqual([{ logsource: SYSMON, events: 2, fields: ['F'] }]);
});

const entity = (type: Entity['type'], value: string): Entity => ({ type, value, uuid: value });

test.each<[expected: string, entities: readonly Entity[]]>([
  [
    '192.0.2.7',
    [
      entity('host', 'ws01'),
      entity('user', 'alice'),
      entity('ipv4', '127.0.0.1'),
      entity('ipv4', '192.0.2.7'),
    ],
  ],
  ['alice', [entity('host', 'ws01'), entity('user', 'alice'), entity('ipv4', '127.0.0.1')]],
  ['ws01', [entity('host', 'ws01'), entity('user', 'NT AUTHORITY\\SYSTEM'), entity('user', 'WS01$')]],
  ['WS01', [entity('process', 'cmd.exe')]],
])('alerts fold by %s', (expected, entities) => {
  expect(dedupKeyOf('r', eventOf({}, { entities }))).toBe(`sigma:r:${expected}`);
});

test('a mapped name wins over the record’s own, and names keep their case', () => {
  const engine = engineOf("s: {Image: 'new'}\ncondition: s");
  expect(engine.detect([eventOf({ Image: 'old' }, { mapped: { Image: 'new' } })])).toHaveLength(1);
  expect(engine.detect([eventOf({ Image: 'new' }, { mapped: { Image: 'old' } })])).toHaveLength(0);
  expect(engine.detect([eventOf({ image: 'new' })])).toHaveLength(0);
});

test('keywords are found in the message and in any value of the record', () => {
  const engine = engineOf("s: [mimikatz, 'a*z']\ncondition: s");
  const matches = (fields: Parameters<typeof eventOf>[0], message = 'm') =>
    engine.detect([eventOf(fields, { message })]).length === 1;
  expect(matches({}, 'ran MIMIKATZ once')).toBe(true);
  expect(matches({ deep: [{ er: 'x Mimikatz' }] })).toBe(true);
  expect(matches({ F: 'xxabczxx' })).toBe(true);
  expect(matches({ mimikatz: 'only a name' })).toBe(false);
  const all = engineOf("s: {'|all': [one, two]}\ncondition: s");
  expect(all.detect([eventOf({ F: 'two' }, { message: 'one' })])).toHaveLength(1);
  expect(all.detect([eventOf({ F: 'three' }, { message: 'one' })])).toHaveLength(0);
});
