import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionParts } from './condition-parts.ts';
import { ruleLogic } from './rule-logic.ts';

describe('ruleLogic', () => {
  it('reads maps, lists of maps and keywords', () => {
    const logic = ruleLogic(
      `detection:
    process:
        Image|endswith:
            - '\\cmd.exe'
            - '\\powershell.exe'
        EventID: 1
    either:
        - User: root
        - LogonId|exists: false
    words:
        - mimikatz
        - 4711
    loud:
        '|all': [a, b]
    condition: process and 1 of e*
`,
      'x',
    );
    expect(logic).toEqual({
      kind: 'sigma',
      conditions: ['process and 1 of e*'],
      selections: [
        {
          name: 'process',
          alternatives: [
            [
              { field: 'Image', modifiers: ['endswith'], values: ['\\cmd.exe', '\\powershell.exe'] },
              { field: 'EventID', modifiers: [], values: ['1'] },
            ],
          ],
        },
        {
          name: 'either',
          alternatives: [
            [{ field: 'User', modifiers: [], values: ['root'] }],
            [{ field: 'LogonId', modifiers: ['exists'], values: ['false'] }],
          ],
        },
        { name: 'words', alternatives: [[{ field: null, modifiers: [], values: ['mimikatz', '4711'] }]] },
        { name: 'loud', alternatives: [[{ field: null, modifiers: ['all'], values: ['a', 'b'] }]] },
      ],
    });
  });

  it('takes the document with the id out of several', () => {
    const yaml = `id: a
detection: { s: { x: 1 }, condition: s }
---
id: b
correlation:
    type: value_count
    rules: [failed_logon]
    group-by: [User]
    timespan: 5m
    condition: { gte: 3, lt: 10, field: Host }
    aliases: { src: { failed_logon: IpAddress } }
`;
    expect(ruleLogic(yaml, 'b')).toEqual({
      kind: 'correlation',
      type: 'value_count',
      rules: ['failed_logon'],
      groupBy: ['User'],
      timespan: '5m',
      condition: '≥ 3 and < 10',
      fields: ['Host'],
      aliases: [['src', [['failed_logon', 'IpAddress']]]],
      generate: false,
    });
  });

  it.each([
    ['filter: { rules: any, s: { x: 1 }, condition: not s }', null],
    ['filter: { rules: [a, b], s: { x: 1 }, condition: not s }', ['a', 'b']],
  ])('%s is a filter', (yaml, targets) => {
    expect(ruleLogic(yaml, 'x')).toMatchObject({ kind: 'filter', targets, conditions: ['not s'] });
  });

  it('draws nothing of what is no rule, whatever it is', () => {
    for (const yaml of ['', '[1, 2]', 'detection: 3', '{', 'a: &a [*a]'])
      expect(ruleLogic(yaml, 'x')).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json(), (text, json) => {
        ruleLogic(text, 'x');
        ruleLogic(`detection: ${json}`, 'x');
        ruleLogic(`correlation: ${json}`, 'x');
      }),
    );
  });
});

describe('conditionParts', () => {
  const names = ['selection_a', 'selection_b', '_hidden', 'filter'];

  it.each([
    ['selection_a and not filter', [['selection_a'], ['filter']]],
    ['1 of selection_*', [['selection_a', 'selection_b']]],
    ['all of them', [['selection_a', 'selection_b', 'filter']]],
    ['1 of s*_b', [['selection_b']]],
    ['1 of *', [['selection_a', 'selection_b', 'filter']]],
    ['missing', []],
  ])('%s', (condition, expected) => {
    const parts = conditionParts(condition, names);
    expect(parts.filter(({ kind }) => kind === 'selection').map((part) => part.names)).toEqual(expected);
  });

  it('keeps every character', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(
          conditionParts(text, names)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
