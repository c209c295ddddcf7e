import { expect, test } from 'vitest';
import { createAttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { coverageGrid, type CoverageInput } from './coverage.ts';
import type { MappedRule } from './rule-mapping.ts';

const catalogue = createAttackCatalogue({
  versions: { v18: '18.1', v19: '19.0' },
  tactics: [
    { id: 'TA0001', shortName: 'initial-access', name: 'Initial Access' },
    { id: 'TA0003', shortName: 'persistence', name: 'Persistence' },
  ],
  techniques: [
    { id: 'T1078', name: 'Valid Accounts', tactics: ['initial-access', 'persistence'], tacticsV18: [] },
    { id: 'T1078.001', name: 'Default Accounts', tactics: ['persistence'], tacticsV18: [] },
  ],
  replaced: { T1000: 'T1078' },
});

function rule(id: string, tags: readonly string[], change: Partial<MappedRule> = {}): MappedRule {
  return {
    id,
    title: id,
    tags,
    enabled: true,
    status: 'test',
    origin: 'shipped',
    kind: 'sigma',
    logsource: { category: null, product: 'windows', service: 'security' },
    ...change,
  };
}

const RULES = [
  rule('a', ['attack.persistence', 'attack.t1078']),
  rule('b', ['attack.t1078'], { enabled: false, status: 'stable' }),
  rule('c', ['attack.t9999']),
];

const NOTHING: CoverageInput = { rules: RULES, fires: [], firesOfDay: [], firesOfWeek: [], logsources: [] };

function cellOf(input: CoverageInput, tactic: string, technique: string) {
  return coverageGrid(catalogue, input).cells.find(
    (cell) => cell.tactic === tactic && cell.technique === technique,
  );
}

test('a rule counts under the tactic that it names, else under all of its technique', () => {
  const grid = coverageGrid(catalogue, {
    ...NOTHING,
    fires: [
      { ruleId: 'a', count: 3, lastFired: 100 },
      { ruleId: 'b', count: 2, lastFired: 50 },
    ],
  });
  expect(
    grid.cells.map(({ tactic, technique, rules, enabled, fired, lastFired }) => [
      tactic,
      technique,
      rules,
      enabled,
      fired,
      lastFired,
    ]),
  ).toEqual([
    ['initial-access', 'T1078', 1, 0, 2, 50],
    ['persistence', 'T1078', 2, 1, 5, 100],
    ['persistence', 'T1078.001', 0, 0, 0, null],
  ]);
  expect(grid.unknown).toEqual(['T9999']);
});

test('a technique counts each rule once, however many of its tactics show it', () => {
  const rules = [rule('a', ['attack.t1078', 'attack.initial-access', 'attack.persistence', 'attack.t1000'])];
  expect(coverageGrid(catalogue, { ...NOTHING, rules }).techniques).toEqual([
    { technique: 'T1078', rules: 1, enabled: 1 },
  ]);
});

test('fires of a day and a week are kept apart from those of all time', () => {
  const fires = (count: number) => [{ ruleId: 'a', count, lastFired: 100 }];
  const input = { ...NOTHING, fires: fires(30), firesOfDay: fires(1), firesOfWeek: fires(7) };
  expect(cellOf(input, 'persistence', 'T1078')).toMatchObject({ fired: 30, firedDay: 1, firedWeek: 7 });
});

test('rules whose log source sends nothing are counted apart', () => {
  const linux = rule('d', ['attack.t1078.001'], {
    logsource: { category: null, product: 'linux', service: null },
  });
  const rules = [rule('e', ['attack.t1078.001']), linux];
  const input = {
    ...NOTHING,
    rules,
    logsources: [{ category: null, product: 'linux', service: 'sshd' }],
  };
  const cell = cellOf(input, 'persistence', 'T1078.001');
  expect(cell).toMatchObject({ rules: 2, withData: 1 });
  expect(cell?.groups.map(({ hasData, total }) => [hasData, total.rules])).toEqual([
    [false, 1],
    [true, 1],
  ]);
});

test('groups split a cell by everything that a reader filters by, and add up to it', () => {
  const cell = cellOf(NOTHING, 'persistence', 'T1078');
  expect(cell?.groups.map(({ status, isEnabled, total }) => [status, isEnabled, total.rules])).toEqual([
    ['test', true, 1],
    ['stable', false, 1],
  ]);
  expect(cell).toMatchObject({ rules: 2, enabled: 1 });
});
