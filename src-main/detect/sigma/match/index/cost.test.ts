import { describe, expect, test } from 'vitest';
import { compileRule } from '../../compile/compile-rule.ts';
import { FieldSlots } from '../../compile/field-slots.ts';
import { ItemPool } from '../../compile/item-pool.ts';
import { ruleOf, ruleYaml } from '../../testing/events.ts';
import { costOf, type RuleCost } from './cost.ts';

function cost(detection: string): RuleCost {
  const pool = new ItemPool({ slots: new FieldSlots(), placeholders: new Map() });
  return costOf(compileRule(ruleOf(ruleYaml(detection)), pool));
}

describe('rules that the index finds', () => {
  test.each([
    ['a long literal', 'sel: {Image|endswith: \\whoami.exe}\ncondition: sel'],
    ['an expression with a literal', "sel: {CommandLine|re: 'mimi(katz|kittenz)\\s'}\ncondition: sel"],
    [
      'a blind expression beside a literal',
      "sel: {Image|endswith: \\cmd.exe, CommandLine|re: '[a-f]{64}'}\ncondition: sel",
    ],
    ['an exclusion beside a literal', 'a: {Image|endswith: \\cmd.exe}\nb: {User: x}\ncondition: a and not b'],
    ['one letter of another script', 'sel: {CommandLine|contains: "а"}\ncondition: sel'],
  ])('%s', (_, detection) => {
    expect(cost(detection).items).toEqual([]);
  });
});

describe('rules that every event of their logsource runs', () => {
  test.each([
    [
      'an expression that requires no literal',
      "sel: {CommandLine|re: '\\w+x\\w'}\ncondition: sel",
      { field: 'CommandLine', modifiers: ['re'], value: '\\w+x\\w', reason: 'regex_without_literal' },
    ],
    [
      'one such alternative among good ones',
      "a: {Image|endswith: \\cmd.exe}\nb: {CommandLine|re: '[a-f]{64}'}\ncondition: 1 of them",
      { field: 'CommandLine', modifiers: ['re'], value: '[a-f]{64}', reason: 'regex_without_literal' },
    ],
    [
      'a keyword of one character',
      "words: ['.', mimikatz]\ncondition: words",
      { field: null, modifiers: [], value: '.', reason: 'common_text' },
    ],
    [
      'a comparison of two fields',
      'sel: {Image|fieldref: ParentImage}\ncondition: sel',
      { field: 'Image', modifiers: ['fieldref'], value: 'ParentImage', reason: 'comparison' },
    ],
    [
      'nothing but an exclusion',
      'sel: {SourceIp|cidr: 10.0.0.0/8}\ncondition: not sel',
      { field: 'SourceIp', modifiers: ['cidr'], value: null, reason: 'excludes' },
    ],
  ])('%s', (_, detection, item) => {
    const { frequency, items } = cost(detection);
    expect(items).toEqual([item]);
    expect(frequency).toBeGreaterThan(0.2);
  });
});
