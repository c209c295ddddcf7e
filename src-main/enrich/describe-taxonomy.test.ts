import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installPath } from '../platform/install-path.ts';
import { describeTaxonomy } from './describe-taxonomy.ts';

test('docs/taxonomy.md says what the tables say (UPDATE_DOCS=1 writes it)', () => {
  const file = installPath('docs', 'taxonomy.md');
  const page = describeTaxonomy();
  if (process.env.UPDATE_DOCS === '1') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
});
