import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const depcruise = join(root, 'node_modules', '.bin', 'depcruise');
const planted = join(root, 'src-main', 'parse', 'planted-violation');

afterAll(() => rmSync(planted, { recursive: true, force: true }));

/** Without this, a tool version that reads no TypeScript would pass everything (it happened with TypeScript 7). */
test('the dependency rules read the whole code base', () => {
  const output = execFileSync(
    depcruise,
    [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'src-main',
      'src-shared',
      'src-renderer',
    ],
    { cwd: root, maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' },
  );
  // The shape of depcruise's own JSON report.
  const report = JSON.parse(output) as { summary: { totalCruised: number; error: number } };
  expect(report.summary.error).toBe(0);
  expect(report.summary.totalCruised).toBeGreaterThan(250);
});

test('a parser that imports the store is refused', () => {
  mkdirSync(planted, { recursive: true });
  writeFileSync(
    join(planted, 'reach.ts'),
    "import type { StoreReader } from '../../store/interface/reader.ts';\nexport type Reach = StoreReader;\n",
  );
  const run = spawnSync(
    depcruise,
    ['--config', '.dependency-cruiser.cjs', 'src-main/parse/planted-violation'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  expect(run.status).not.toBe(0);
  expect(run.stdout).toContain('room-parse');
});
