import { expect, test } from 'vitest';
import { compileProblems } from '../compile-rules.ts';
import { parseRules } from '../document/parse-rule.ts';
import { KNOWN_LOGSOURCES } from './logsources.ts';
import { MODIFIERS } from './modifiers.ts';
import { categoriesWith, TAXONOMY_LOGSOURCES, taxonomyOf } from './taxonomy.ts';

test('every modifier that is offered is one that the compiler knows', () => {
  const unknown = MODIFIERS.filter(({ name }) => {
    const yaml = `title: t\nlogsource: {product: x}\ndetection:\n  s: {F|${name}: x}\n  condition: s\n`;
    return compileProblems(parseRules(yaml, 't.yml')).some(({ message }) =>
      message.includes('has no modifier'),
    );
  });
  expect(unknown).toEqual([]);
  expect(MODIFIERS).toHaveLength(34);
});

test('no logsource is listed twice, and none is empty', () => {
  const keys = KNOWN_LOGSOURCES.map((one) => JSON.stringify(one));
  expect(new Set(keys).size).toBe(keys.length);
  expect(KNOWN_LOGSOURCES.every((one) => Object.values(one).some((part) => part !== null))).toBe(true);
});

test('a closed list belongs to its logsource alone', () => {
  const windows = { product: 'windows', category: 'dns_query', service: null };
  expect(taxonomyOf(windows)).toContain('QueryName');
  expect(taxonomyOf({ ...windows, product: 'zeek' })).toBeNull();
  expect(taxonomyOf({ product: 'windows', category: null, service: 'security' })).toBeNull();
  expect(TAXONOMY_LOGSOURCES.every((one) => taxonomyOf(one) !== null)).toBe(true);
  expect(categoriesWith('TargetObject')).toContain('registry_set');
});
