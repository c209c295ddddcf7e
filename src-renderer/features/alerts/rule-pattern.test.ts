import { describe, expect, it } from 'vitest';
import { parseRulePattern } from './rule-pattern.ts';

describe('parseRulePattern', () => {
  it.each([
    ['4624', 'equals', ['4624'], ['4624']],
    ['endswith \\cmd.exe', 'ends with', ['\\cmd.exe'], ['\\cmd.exe']],
    ['contains  stop ', 'contains', [' stop '], [' stop ']],
    ['contains|all cmd, contains|all /c', 'contains all of', ['cmd', '/c'], ['cmd', '/c']],
    ['*\\lsass.exe', 'equals', ['*\\lsass.exe'], ['\\lsass.exe']],
    ['HackTool found', 'equals', ['HackTool found'], ['HackTool found']],
    ['contains|base64 secret', 'contains', ['secret'], []],
    ['cidr 10.0.0.0/8', 'is in', ['10.0.0.0/8'], []],
  ])('reads %j', (text, comparison, words, marks) => {
    expect(parseRulePattern(text)).toEqual({ comparison, words, marks });
  });

  it('marks nothing for a regular expression', () => {
    expect(parseRulePattern('re (a+)+$').marks).toEqual([]);
  });
});
