import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attackFacts, createAttackCatalogue } from './attack-catalogue.ts';

const text = readFileSync(new URL('../../resources/attack/enterprise.json', import.meta.url), 'utf8');
const facts = attackFacts.parse(JSON.parse(text));
const catalogue = createAttackCatalogue(facts);

describe('the shipped facts', () => {
  it('hold the v19 matrix', () => {
    expect(catalogue.tactics.map((tactic) => tactic.shortName)).toEqual([
      'reconnaissance',
      'resource-development',
      'initial-access',
      'execution',
      'persistence',
      'privilege-escalation',
      'stealth',
      'defense-impairment',
      'credential-access',
      'discovery',
      'lateral-movement',
      'collection',
      'command-and-control',
      'exfiltration',
      'impact',
    ]);
    // 18.1 has 691; 19 revoked 17 and gave 16 new ids.
    expect(catalogue.techniques.length).toBeGreaterThan(680);
  });

  it('name only known tactics and end every revocation at a living technique', () => {
    for (const technique of catalogue.techniques) {
      expect(technique.tactics.length, technique.id).toBeGreaterThan(0);
      for (const tactic of technique.tactics) expect(catalogue.tacticOrder(tactic)).toBeGreaterThanOrEqual(0);
    }
    for (const [old, current] of Object.entries(facts.replaced)) {
      expect(catalogue.technique(old)?.id, old).toBe(current);
    }
  });
});

describe('look-ups', () => {
  it.each([
    ['T1110.001', 'T1110.001', 'T1110'],
    ['t1059.001', 'T1059.001', 'T1059'],
    ['T1086', 'T1059.001', 'T1059'],
    ['T1562.001', 'T1685', null],
    ['T1070.001', 'T1685.005', 'T1685'],
  ])('technique %s is %s', (asked, id, parent) => {
    expect(catalogue.technique(asked)).toMatchObject({ id, parent });
  });

  it('knows what it does not know', () => {
    expect(catalogue.technique('T9999')).toBeUndefined();
    expect(catalogue.tacticOrder('cooking')).toBe(-1);
  });

  it.each([
    ['defense-evasion', undefined, 'stealth'],
    ['defense-evasion', 'T1562.001', 'defense-impairment'],
    ['defense-evasion', 'T1112', 'defense-impairment'],
    ['defense-evasion', 'T1036', 'stealth'],
    ['impact', 'T1036', 'impact'],
  ])('%s of %s is %s in v19', (tactic, technique, expected) => {
    expect(catalogue.toV19(tactic, technique)).toBe(expected);
  });

  it('goes back to v18', () => {
    expect(['stealth', 'defense-impairment', 'impact'].map((name) => catalogue.toV18(name))).toEqual([
      'defense-evasion',
      'defense-evasion',
      'impact',
    ]);
  });
});

describe('rule tags', () => {
  it.each([
    [
      ['attack.credential-access', 'attack.t1003.001'],
      { tactic: 'credential-access', technique: 'T1003.001' },
    ],
    [['attack.persistence', 'attack.execution', 'attack.t1059'], { tactic: 'execution', technique: 'T1059' }],
    [['attack.defense_evasion', 'attack.t1562.001'], { tactic: 'defense-impairment', technique: 'T1685' }],
    [['attack.t1003'], { tactic: 'credential-access', technique: 'T1003' }],
    [['attack.impact'], { tactic: 'impact', technique: null }],
    [['attack.t9999'], { tactic: null, technique: 'T9999' }],
    [['cve.2021-44228', 'attack.g0010', 'detection.threat-hunting'], null],
  ])('%j', (tags, expected) => {
    expect(catalogue.refOfTags(tags)).toEqual(expected);
  });

  it('lists all of them in matrix order', () => {
    const tags = ['attack.impact', 'attack.initial-access', 'attack.t1486', 'attack.t1190', 'attack.t1486'];
    expect(catalogue.namesOfTags(tags)).toEqual({
      tactics: ['initial-access', 'impact'],
      techniques: ['T1486', 'T1190'],
    });
  });
});
