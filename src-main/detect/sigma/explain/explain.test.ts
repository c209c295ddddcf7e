import { describe, expect, it } from 'vitest';
import type { Fields } from '#shared/model/event.ts';
import { engineOf, eventOf } from '../testing/events.ts';
import type { EngineExplanation } from './explain-rule.ts';

function explained(detection: string, fields: Fields): EngineExplanation {
  const explanation = engineOf(detection).explain('rule-1', eventOf(fields));
  if (explanation === null) throw new Error('The rule is gone.');
  return explanation;
}

const FILTERED = [
  'sel:',
  "  Image|endswith: ['\\cmd.exe', '\\sh.exe']",
  '  Args|contains|all: [a, b]',
  'filter:',
  '  User: SYSTEM',
  'condition: sel and not filter',
].join('\n');

describe('an explanation', () => {
  it('shows the condition as a tree with the outcome of each node', () => {
    const { conditions, matched } = explained(FILTERED, { Image: 'C:\\CMD.exe', Args: 'ab' });
    expect(matched).toBe(true);
    expect(conditions).toEqual([
      {
        text: 'sel and not filter',
        root: {
          kind: 'and',
          holds: true,
          selection: null,
          operands: [
            { kind: 'selection', holds: true, selection: 'sel', operands: [] },
            {
              kind: 'not',
              holds: true,
              selection: null,
              operands: [{ kind: 'selection', holds: false, selection: 'filter', operands: [] }],
            },
          ],
        },
      },
    ]);
  });

  it('names each line with its place, the values of both sides and whether it held', () => {
    const { selections } = explained(FILTERED, { Image: 'C:\\CMD.exe', Args: 'xa' });
    expect(selections.map(({ name, holds, role }) => [name, holds, role])).toEqual([
      ['sel', false, 'needed'],
      ['filter', false, 'excluding'],
    ]);
    expect(selections[0]?.alternatives[0]?.items[0]).toEqual({
      field: 'Image',
      modifiers: ['endswith'],
      values: ['\\cmd.exe', '\\sh.exe'],
      valueCount: 2,
      exists: true,
      found: ['C:\\CMD.exe'],
      holds: true,
      fitting: '\\cmd.exe',
      sentence: 'Image is "C:\\CMD.exe", which ends with "\\cmd.exe".',
      line: 6,
      column: 5,
    });
  });

  it('says what would have to change: the nearest miss', () => {
    const { summary, changes } = explained(FILTERED, { Image: 'C:\\CMD.exe', Args: 'xa' });
    expect(changes).toMatchObject([{ selection: 'sel', field: 'Args', mustHold: true, line: 7 }]);
    expect(summary).toBe('sel does not hold: Args is "xa", which does not contain all of "a", "b".');
  });

  it('names the filter that excluded the event', () => {
    const result = explained(FILTERED, { Image: 'x\\cmd.exe', Args: 'ab', User: 'system' });
    expect(result).toMatchObject({ matched: false, excludedBy: ['filter'] });
    expect(result.changes).toMatchObject([{ selection: 'filter', mustHold: false }]);
    expect(result.summary).toBe('Excluded by filter: User is "system", which equals "SYSTEM".');
  });

  it('chooses the alternative that comes closest', () => {
    const detection = 's:\n  - {A: x, B: y, C: z}\n  - {A: x, B: q}\ncondition: s';
    const { changes } = explained(detection, { A: 'x', B: 'other' });
    expect(changes).toMatchObject([{ field: 'B', sentence: 'B is "other", which does not equal "q".' }]);
  });

  it('says in which part the logsources differ', () => {
    const explanation = engineOf('s: {A: x}\ncondition: s').explain(
      'rule-1',
      eventOf({ A: 'x' }, { logsource: { category: null, product: 'linux', service: 'sshd' } }),
    );
    expect(explanation).toMatchObject({
      matched: false,
      logsource: { accepted: false, differences: [{ part: 'product', rule: 'windows', event: 'linux' }] },
    });
    expect(explanation?.summary).toContain('windows/-/-');
  });

  it('marks selections that no condition names', () => {
    const { selections } = explained('s: {A: x}\nspare: {B: y}\ncondition: s', { A: 'x' });
    expect(selections.map(({ role }) => role)).toEqual(['needed', 'unused']);
  });

  it('is null for a rule that the engine does not hold', () => {
    expect(engineOf('s: {A: x}\ncondition: s').explain('nobody', eventOf({}))).toBeNull();
  });
});

describe('the sentence of an item', () => {
  it.each([
    ['A: x', { A: 'y' }, 'A is "y", which does not equal "x".'],
    ['A: x', {}, 'The event has no A; the rule wants one that equals "x".'],
    ['A|startswith: x', { A: 'xy' }, 'A is "xy", which starts with "x".'],
    ["A|re: '^a+$'", { A: 'b' }, 'A is "b", which does not match the expression "^a+$".'],
    ['A|cidr: 10.0.0.0/8', { A: '192.0.2.1' }, 'A is "192.0.2.1", which is not in the network "10.0.0.0/8".'],
    ['A|gt: 5', { A: 3 }, 'A is "3", which is not more than "5".'],
    ['A|exists: true', {}, 'A is missing.'],
    ['A: null', {}, 'The event has no A, which the rule accepts.'],
    ['A|neq: x', { A: 'x' }, 'A is "x", which equals "x".'],
    [
      'A|contains: [a, b, c, d]',
      { A: 'z' },
      'A is "z", which does not contain any of "a", "b", "c" and 1 more.',
    ],
    ["A: ''", { A: '' }, 'A is "", which equals "".'],
  ])('%s of %j', (item, fields, sentence) => {
    const { selections } = explained(`s: {${item}}\ncondition: s`, fields);
    expect(selections[0]?.alternatives[0]?.items[0]?.sentence).toBe(sentence);
  });

  it('speaks of the record where the rule has keywords', () => {
    const { selections } = explained("s: ['mimikatz', 'other']\ncondition: s", { A: 'x MIMIKATZ y' });
    expect(selections[0]?.alternatives[0]?.items[0]?.sentence).toBe('The record contains "mimikatz".');
  });
});
