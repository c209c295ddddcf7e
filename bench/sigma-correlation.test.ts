import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../src-main/detect/sigma/document/load.ts';
import { runHarrier } from '../src-main/core/test-support/run-harrier.ts';
import { dataFolder, unpack } from './kit.ts';

const SPECIFICATION_ARCHIVE = join('sigma-spec', 'sigma-specification-ba9251a.tar.gz');

describe.skipIf(!existsSync(join(dataFolder, SPECIFICATION_ARCHIVE)))(
  'the specification (needs the test data; set HARRIER_DATA)',
  () => {
    test('all examples of correlations are read', () => {
      const root = join(unpack(SPECIFICATION_ARCHIVE), 'sigma-specification-ba9251a');
      const { correlations, problems, files } = loadRules([join(root, 'tests', 'schema', 'correlation')]);
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect([files, correlations.length]).toEqual([8, 8]);
      expect(new Set(correlations.map(({ type }) => type)).size).toBe(7);
    });
  },
);

interface GroundTruth {
  readonly cases: readonly {
    readonly rule: string;
    readonly file: string;
    readonly groups_firing: Readonly<Record<string, number>>;
  }[];
}

const HAYABUSA = join(dataFolder, 'hayabusa', 'correlation');

describe.skipIf(!existsSync(HAYABUSA))(
  "Hayabusa's correlations (needs the test data; set HARRIER_DATA)",
  () => {
    test('fire for the groups, and as often, as an independent evaluator found', async () => {
      const evidence = unpack(join('evtx', 'attack-evtx.tar.gz'));
      const { cases } = JSON.parse(readFileSync(join(HAYABUSA, 'expected.json'), 'utf8')) as GroundTruth;
      for (const { rule, file, groups_firing: expected } of cases) {
        const run = await runHarrier(['scan', fileBelow(evidence, file), '--rules', join(HAYABUSA, rule)]);
        const fired: Record<string, number> = {};
        for (const line of run.out.split('\n').filter(Boolean)) {
          // A line of the command's own output.
          const { matched } = JSON.parse(line) as { matched: { group?: Record<string, string> } };
          const group = Object.values(matched.group ?? {}).join('|');
          fired[group] = (fired[group] ?? 0) + 1;
        }
        expect([rule, fired]).toEqual([rule, expected]);
      }
    });
  },
);

function fileBelow(folder: string, name: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith(name),
  );
  if (found === undefined) throw new Error(`${name} is not in the archive.`);
  return join(folder, found);
}
