import { expect, test } from 'vitest';
import { navigatorLayer } from '#shared/attack/navigator-layer.ts';
import { createAttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { layerOfDetections, layerOfRules } from './coverage-layer.ts';
import type { MappedRule } from './rule-mapping.ts';

const catalogue = createAttackCatalogue({
  versions: { v18: '18.1', v19: '19' },
  tactics: [
    { id: 'TA0005', shortName: 'stealth', name: 'Stealth' },
    { id: 'TA0112', shortName: 'defense-impairment', name: 'Defense Impairment' },
    { id: 'TA0006', shortName: 'credential-access', name: 'Credential Access' },
  ],
  techniques: [
    { id: 'T1110', name: 'Brute Force', tactics: ['credential-access'], tacticsV18: ['credential-access'] },
    { id: 'T1110.001', name: 'Guessing', tactics: ['credential-access'], tacticsV18: ['credential-access'] },
    {
      id: 'T1556',
      name: 'Modify Authentication Process',
      tactics: ['defense-impairment', 'credential-access'],
      tacticsV18: ['defense-evasion', 'credential-access'],
    },
    { id: 'T1685', name: 'Disable or Modify Tools', tactics: ['defense-impairment'], tacticsV18: [] },
  ],
  replaced: { 'T1562.001': 'T1685' },
});

function rule(id: string, tags: readonly string[], enabled = true): MappedRule {
  const logsource = { category: null, product: 'windows', service: null };
  return {
    id,
    title: `Rule ${id}`,
    tags,
    enabled,
    status: 'test',
    origin: 'shipped',
    kind: 'sigma',
    logsource,
  };
}

const RULES = [
  rule('a', ['attack.credential-access', 'attack.t1110']),
  rule('b', ['attack.credential-access', 'attack.t1110', 'attack.t1110.001'], false),
  // Tags of release 18: the tactic that 19 split, and a technique that it revoked.
  rule('c', ['attack.defense-evasion', 'attack.t1562.001']),
  rule('d', ['attack.defense_evasion', 'attack.t1556']),
];

const HEADING = { name: 'Mine', description: 'Of mine.', metadata: { source: 'rules' } };

const FIRES = [
  { ruleId: 'a', count: 3, lastFired: Date.UTC(2026, 4, 13) },
  { ruleId: 'b', count: 4, lastFired: Date.UTC(2026, 4, 12) },
  { ruleId: 'gone', count: 9, lastFired: 0 },
];

test('a layer of rules is what format 4.5 says, in the names of the newest release', () => {
  const layer = layerOfRules(catalogue, RULES, FIRES, HEADING);
  expect(navigatorLayer.parse(layer)).toEqual(layer);
  expect(layer.versions).toEqual({ attack: '19', navigator: '4.9.0', layer: '4.5' });
  expect(
    layer.techniques.map(({ techniqueID, tactic, score, enabled }) => [techniqueID, tactic, score, enabled]),
  ).toEqual([
    ['T1110', 'credential-access', 2, true],
    ['T1110.001', 'credential-access', 1, false],
    ['T1556', 'defense-impairment', 1, true],
    ['T1685', 'defense-impairment', 1, true],
  ]);
  expect(layer.techniques[1]).toEqual({
    techniqueID: 'T1110.001',
    tactic: 'credential-access',
    score: 1,
    enabled: false,
    comment: 'Rule b',
    metadata: [
      { name: 'enabled', value: '0' },
      { name: 'total', value: '1' },
      { name: 'last_fired', value: '2026-05-12T00:00:00.000Z' },
    ],
    links: [{ label: 'ATT&CK', url: 'https://attack.mitre.org/techniques/T1110/001/' }],
    showSubtechniques: false,
  });
  expect(layer.techniques[3]?.metadata).toContainEqual({ name: 'last_fired', value: 'never' });
});

test('a layer of detections counts what fired, of rules that are loaded', () => {
  const layer = layerOfDetections(catalogue, RULES, FIRES, HEADING);
  expect(navigatorLayer.parse(layer)).toEqual(layer);
  expect(layer.techniques.map(({ techniqueID, score, comment }) => [techniqueID, score, comment])).toEqual([
    ['T1110', 7, 'Rule b (4)\nRule a (3)'],
    ['T1110.001', 4, 'Rule b (4)'],
  ]);
  expect(layer.gradient).toMatchObject({ minValue: 1, maxValue: 7 });
  expect(layer.legendItems.map(({ label }) => label)).toEqual([
    '1 detection',
    '4 detections',
    '7 detections',
  ]);
});

test('without any rule the layer still has a gradient that the format allows', () => {
  const layer = layerOfRules(catalogue, [], null, HEADING);
  expect(navigatorLayer.parse(layer)).toEqual(layer);
  expect(layer.techniques).toEqual([]);
});

test('a comment lists the first titles and counts the others', () => {
  const many = Array.from({ length: 25 }, (_, index) => rule(String(index), ['attack.t1110']));
  const [first] = layerOfRules(catalogue, many, null, HEADING).techniques;
  expect(first?.score).toBe(25);
  expect(first?.comment.split('\n')).toHaveLength(21);
  expect(first?.comment).toMatch(/and 5 more$/);
});
