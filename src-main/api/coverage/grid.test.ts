import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attackFacts, createAttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { LoadedRule } from '../../pipeline/commands.ts';
import { installPath } from '../../platform/install-path.ts';
import { sampleRule } from '../test-support/samples.ts';
import { coverageGrid } from './grid.ts';

const facts: unknown = JSON.parse(readFileSync(installPath('resources/attack/enterprise.json'), 'utf8'));
const catalogue = createAttackCatalogue(attackFacts.parse(facts));

const rule = (id: string, tags: readonly string[], enabled = true): LoadedRule => ({
  ...sampleRule,
  id,
  tags,
  enabled,
});

/** Cells with at least one rule, as "tactic technique". */
const mapped = (rules: readonly LoadedRule[]) =>
  coverageGrid(catalogue, rules, [])
    .cells.filter(({ rule_count }) => rule_count > 0)
    .map(({ tactic, technique }) => `${tactic} ${technique}`);

describe('coverageGrid', () => {
  it('has a cell for every technique under each of its tactics, covered or not', () => {
    const { cells } = coverageGrid(catalogue, [], []);
    const expected = catalogue.techniques.flatMap(({ tactics }) => tactics).length;
    expect(cells).toHaveLength(expected);
    expect(cells.every(({ rule_count, last_fired }) => rule_count === 0 && last_fired === null)).toBe(true);
  });

  it('puts a technique under the tactic that the rule names', () => {
    expect(mapped([rule('a', ['attack.credential-access', 'attack.t1110.001'])])).toEqual([
      'credential-access T1110.001',
    ]);
  });

  it('puts it under all of its tactics when the rule names none', () => {
    expect(mapped([rule('a', ['attack.t1078'])]).length).toBeGreaterThan(1);
  });

  it('counts a rule once in a cell, however often its tags say the same', () => {
    const { cells } = coverageGrid(catalogue, [rule('a', ['attack.t1110', 'attack.T1110'])], []);
    expect(cells.find(({ technique }) => technique === 'T1110')?.rule_count).toBe(1);
  });

  it('adds up rules, enabled rules, fires and the last one', () => {
    const tags = ['attack.credential-access', 'attack.t1110'];
    const fires = [
      { ruleId: 'a', count: 2, lastFired: 1000 },
      { ruleId: 'b', count: 3, lastFired: 500 },
    ];
    const { cells } = coverageGrid(catalogue, [rule('a', tags), rule('b', tags, false)], fires);
    expect(cells.find(({ technique }) => technique === 'T1110')).toMatchObject({
      rule_count: 2,
      enabled_count: 1,
      fired: 5,
      last_fired: '1970-01-01T00:00:01.000Z',
    });
  });

  it('names techniques that ATT&CK does not have, instead of losing them', () => {
    expect(coverageGrid(catalogue, [rule('a', ['attack.t9999'])], []).unknown).toEqual(['T9999']);
  });
});
