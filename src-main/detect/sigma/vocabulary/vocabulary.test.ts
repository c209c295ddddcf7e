import { expect, test } from 'vitest';
import type { LogSource } from '#shared/model/event.ts';
import * as recordTables from '../../../enrich/logsource/record-table.ts';
import { WINDOWS_CHANNELS } from '../../../enrich/logsource/windows-table.ts';
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

/** Every logsource that the enricher's tables of records can give, wherever it stands in them. */
function resolvable(table: unknown): readonly LogSource[] {
  if (typeof table !== 'object' || table === null) return [];
  if ('category' in table && 'product' in table && 'service' in table) return [table as LogSource];
  const inner: readonly unknown[] = table instanceof Map ? [...table.values()] : Object.values(table);
  return inner.flatMap(resolvable);
}

test('the logs that Harrier recognises are known', () => {
  const windows = Object.keys(WINDOWS_CHANNELS).map((service) => ({
    product: 'windows',
    category: null,
    service,
  }));
  const unknown = [...Object.values(recordTables).flatMap(resolvable), ...windows].filter((one) =>
    (['category', 'service'] as const).some((part) => {
      const rows = KNOWN_LOGSOURCES.filter((row) => row[part] === one[part]);
      // Endpoint sensors report registry events under one name of category for every system.
      const isRegistry = one.category?.startsWith('registry_') === true;
      return (
        one[part] !== null && !isRegistry && !rows.some((row) => (row.product ?? one.product) === one.product)
      );
    }),
  );
  expect(unknown).toEqual([]);
});

test('a closed list belongs to its logsource alone', () => {
  const windows = { product: 'windows', category: 'dns_query', service: null };
  expect(taxonomyOf(windows)).toContain('QueryName');
  expect(taxonomyOf({ ...windows, product: 'zeek' })).toBeNull();
  expect(taxonomyOf({ product: 'windows', category: null, service: 'security' })).toBeNull();
  expect(TAXONOMY_LOGSOURCES.every((one) => taxonomyOf(one) !== null)).toBe(true);
  expect(categoriesWith('TargetObject')).toContain('registry_set');
});
