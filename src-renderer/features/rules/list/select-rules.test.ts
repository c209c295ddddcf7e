import { describe, expect, it } from 'vitest';
import type { RuleWire } from '#shared/contract/sigma.ts';
import { levelCounts, selectRules, sortRules } from './select-rules.ts';

function rule(id: string, change: Partial<RuleWire> = {}): RuleWire {
  return {
    id,
    title: `Rule ${id}`,
    level: 'medium',
    status: 'test',
    author: 'Somebody',
    tags: [],
    tactic: null,
    technique: null,
    attack: [],
    logsource: { product: 'windows', category: 'process_creation', service: null },
    origin: 'shipped',
    enabled: true,
    level_override: null,
    kind: 'sigma',
    name: null,
    edited: false,
    version: 0,
    never_matches: null,
    fired: 0,
    last_fired_at: null,
    verdicts: { true_positive: 0, false_positive: 0, benign: 0 },
    ...change,
  };
}

const RULES = [
  rule('a', {
    level: 'high',
    attack: [{ tactic: 'credential-access', technique: 'T1110.001' }],
    fired: 3,
    edited: true,
  }),
  rule('b', { enabled: false, origin: 'custom', kind: 'correlation', name: 'many_failures' }),
  rule('c', {
    logsource: { product: 'linux', category: null, service: 'auth' },
    author: 'Ann',
    status: 'stable',
    never_matches: 'No event has the field pam_user.',
  }),
];

describe('selectRules', () => {
  it.each([
    [{}, 'abc'],
    [{ q: 'RULE ann' }, 'c'],
    [{ q: 'ann' }, 'c'],
    [{ level: 'high,low' }, 'a'],
    [{ technique: 't1110' }, 'a'],
    [{ technique: 'T111' }, ''],
    [{ tactic: 'credential-access' }, 'a'],
    [{ product: 'linux' }, 'c'],
    [{ enabled: 'false' }, 'b'],
    [{ fired: 'true' }, 'a'],
    [{ origin: 'custom', enabled: 'true' }, ''],
    [{ kind: 'correlation' }, 'b'],
    [{ status: 'stable' }, 'c'],
    [{ edited: 'true' }, 'a'],
    [{ matches: 'never' }, 'c'],
    [{ matches: 'possible' }, 'ab'],
    [{ q: 'many_failures' }, 'b'],
  ])('%j leaves %s', (filter, expected) => {
    expect(
      selectRules(RULES, filter)
        .map(({ id }) => id)
        .join(''),
    ).toBe(expected);
  });
});

describe('sortRules', () => {
  it('sorts by a column, then by title', () => {
    const ids = sortRules(RULES, { key: 'fired', direction: 'descending' }).map(({ id }) => id);
    expect(ids).toEqual(['a', 'b', 'c']);
  });
});

describe('levelCounts', () => {
  it('counts every level, absent ones as nothing', () => {
    expect(levelCounts(RULES)).toEqual({ informational: 0, low: 0, medium: 2, high: 1, critical: 0 });
  });
});
