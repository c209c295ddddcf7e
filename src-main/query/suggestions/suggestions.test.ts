import { describe, expect, test } from 'vitest';
import { parseRules } from '../../detect/sigma/document/parse-rule.ts';
import { compileRules } from '../../detect/sigma/compile-rules.ts';
import { logEvent } from '#shared/test-support/log-event.ts';
import { draftRule, type DraftMaterial } from './draft-rule.ts';
import { sharedPhrases } from './shared-phrases.ts';
import { tellingItems } from './telling-items.ts';

const MATERIAL: DraftMaterial = {
  id: '5a1b6c1e-6c5f-4a3e-9d6e-0d2c6f5b7a10',
  ruleId: '6a1b6c1e-6c5f-4a3e-9d6e-0d2c6f5b7a10',
  title: "Dump of a process: it's here",
  level: 'high',
  tags: ['attack.credential-access', 'attack.t1003.001'],
  logsource: { category: 'process_creation', product: 'windows', service: 'sysmon' },
  items: [],
  phrases: [],
  alerts: 3,
  events: 5,
  date: '2026-01-02',
};

describe('tellingItems', () => {
  const dump = (user: string, id: number) => ({
    EventID: 1,
    Image: `C:\\Users\\${user}\\procdump.exe`,
    OriginalFileName: 'procdump',
    User: user,
    ProcessId: id,
    nested: { Signed: false },
  });
  const confirmed = [dump('a', 1), dump('bob', 2), dump('carol', 3)];
  const background = Array.from({ length: 20 }, (_, index) => ({
    ...dump('a', index),
    Image: `C:\\Windows\\tool${index % 3}.exe`,
    OriginalFileName: index % 4 === 0 ? 'procdump' : 'tool',
    nested: { Signed: true },
  }));

  test('takes what is shared and rare, not who, where and when', () => {
    expect(tellingItems(confirmed, background)).toEqual([
      { field: 'Image', modifier: 'endswith', values: ['\\procdump.exe'] },
      { field: 'nested.Signed', modifier: null, values: [false] },
    ]);
  });

  test('finds nothing where nothing is shared or everything is ordinary', () => {
    expect(tellingItems([{ a: 'x1' }, { b: 'x2' }], [])).toEqual([]);
    expect(tellingItems([{ Kind: 'x' }], [{ Kind: 'x' }, { Kind: 'x' }])).toEqual([]);
    expect(tellingItems([], [])).toEqual([]);
  });

  test('a few values that come again are a list', () => {
    const values = ['mimi.exe', 'mimi.exe', 'lazagne.exe', 'LaZagne.exe'];
    expect(
      tellingItems(
        values.map((Product) => ({ Product })),
        [],
      ),
    ).toEqual([{ field: 'Product', modifier: null, values: ['mimi.exe', 'LaZagne.exe'] }]);
  });
});

test('sharedPhrases: words that all messages have, unless every ordinary message has them too', () => {
  const messages = [
    'Failed password for root from 10.0.0.1 port 22',
    'Failed password for bob from 10.0.0.9 port 23',
  ];
  expect(sharedPhrases(messages, ['Accepted password for bob'])).toEqual([
    'Failed password for',
    'from 10.0.0.',
  ]);
  expect(sharedPhrases(messages, ['x failed password for y from 10.0.0.3'])).toEqual([]);
});

describe('draftRule', () => {
  test.each([
    ['C:\\x.exe', 'c:\\X.exe', true],
    ['\\\\server\\share', '\\\\server\\share', true],
    ['a*b', 'axb', false],
    ['a*b', 'a*b', true],
    ['what?\\', 'what?\\', true],
    ['what?', 'whatx', false],
    ['back\\*slash', 'back\\*slash', true],
    ["it's: #1", "it's: #1", true],
    ['tab\tand\nline', 'tab\tand\nline', true],
    ['true', 'true', true],
  ])('the value %j means itself: %j fits is %j', (value, seen, expected) => {
    const items = [{ field: 'Some Field', modifier: null, values: [value] }];
    const { rules, problems } = parseRules(draftRule({ ...MATERIAL, items }), 'draft.yml');
    expect(problems).toEqual([]);
    const engine = compileRules({ rules }, { anyLogsource: false });
    expect(engine.problems).toEqual([]);
    const event = logEvent({ logsource: MATERIAL.logsource, fields: { 'Some Field': seen } });
    expect(engine.detect([event]).length > 0).toBe(expected);
  });

  test('phrases are keywords that have to come together', () => {
    const yaml = draftRule({ ...MATERIAL, phrases: ['Failed password', 'from 10.0.0.'] });
    const engine = compileRules(parseRules(yaml, 'draft.yml'), { anyLogsource: true });
    const fires = (message: string) => engine.detect([logEvent({ message })]).length > 0;
    expect(fires('sshd: failed PASSWORD for x from 10.0.0.7')).toBe(true);
    expect(fires('sshd: failed PASSWORD for x')).toBe(false);
  });
});
