import { expect, test } from 'vitest';
import { createAttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { coverageGrid } from './coverage.ts';

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
  replaced: {},
});

const RULES = [
  { id: 'a', tags: ['attack.persistence', 'attack.t1078'], enabled: true },
  { id: 'b', tags: ['attack.t1078'], enabled: false },
  { id: 'c', tags: ['attack.t9999'], enabled: true },
];

test('a rule counts under the tactic that it names, else under all of its technique', () => {
  const grid = coverageGrid(catalogue, RULES, [
    { ruleId: 'a', count: 3, lastFired: 100 },
    { ruleId: 'b', count: 2, lastFired: 50 },
  ]);
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
