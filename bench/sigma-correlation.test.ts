import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../src-main/detect/sigma/document/load.ts';
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
