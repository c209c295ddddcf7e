import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { navigatorLayer } from '#shared/attack/navigator-layer.ts';
import { loadAttackCatalogue } from '../src-main/core/attack-facts.ts';
import { loadRules, toLoadedRule } from '../src-main/detect/sigma/document/load.ts';
import { layerOfRules } from '../src-main/query/coverage-layer.ts';
import { coverageGrid } from '../src-main/query/coverage.ts';
import type { MappedRule } from '../src-main/query/rule-mapping.ts';
import { activeRuleFolders, SIGMA_ARCHIVE } from './corpus.ts';
import { dataFolder, unpack } from './kit.ts';

/**
 * Techniques as the text of a rule tags them, found without Harrier's reader of rules: the tags that Sigma's own
 * Navigator layer counts.
 */
function taggedTechniques(file: string): ReadonlySet<string> {
  const tags = readFileSync(file, 'utf8').matchAll(/^\s*-\s*attack\.(t\d{4}(?:\.\d{3})?)\s*(?:#.*)?$/gim);
  return new Set([...tags].map(([, id = '']) => id.toUpperCase()));
}

function ruleFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(folder, name));
}

describe.skipIf(!existsSync(join(dataFolder, SIGMA_ARCHIVE)))(
  'coverage of SigmaHQ (needs the test data; set HARRIER_DATA)',
  () => {
    const catalogue = loadAttackCatalogue();
    let folders: readonly string[];
    let rules: readonly MappedRule[];

    beforeAll(() => {
      folders = activeRuleFolders(unpack(SIGMA_ARCHIVE));
      rules = loadRules(folders).rules.map((rule) => toLoadedRule(rule, 'folder'));
    });

    test('each technique has as many rules as tag it, those of revoked ids with their replacement', () => {
      const expected = new Map<string, number>();
      for (const file of folders.flatMap(ruleFiles)) {
        const current = [...taggedTechniques(file)].map((id) => catalogue.technique(id)?.id ?? id);
        for (const id of new Set(current)) expected.set(id, (expected.get(id) ?? 0) + 1);
      }
      const grid = coverageGrid(catalogue, {
        rules,
        fires: [],
        firesOfDay: [],
        firesOfWeek: [],
        logsources: [],
      });
      const counted = new Map(grid.techniques.map(({ technique, rules: count }) => [technique, count]));
      expect(counted).toEqual(new Map([...expected].sort(([a], [b]) => (a < b ? -1 : 1))));
      expect(grid.unknown).toEqual([]);
      expect(counted.size).toBeGreaterThan(390);
    });

    test('their layer is valid and every entry stands where ATT&CK has the technique', () => {
      const layer = layerOfRules(catalogue, rules, null, { name: 'All', description: '', metadata: {} });
      expect(navigatorLayer.parse(layer)).toEqual(layer);
      for (const { techniqueID, tactic } of layer.techniques)
        expect(catalogue.technique(techniqueID)?.tactics).toContain(tactic);
      expect(layer.techniques.length).toBeGreaterThan(450);
    });
  },
);
