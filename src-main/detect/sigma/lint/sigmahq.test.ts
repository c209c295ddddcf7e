import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { attackFacts, createAttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { installPath } from '../../../platform/install-path.ts';
import { checkRules } from './check-rules.ts';

const dataDir = process.env.HARRIER_DATA ?? path.resolve('../shared/data');
const sigmaDir = path.join(dataDir, 'sigma');
const archive = existsSync(sigmaDir)
  ? readdirSync(sigmaDir).find((name) => name.endsWith('.tar.gz'))
  : undefined;
const folder = mkdtempSync(path.join(tmpdir(), 'harrier-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(archive === undefined)(
  `rules of SigmaHQ (skipped without the data set; looked in ${sigmaDir})`,
  () => {
    test('are rarely warned about, and never for what their own review has made sure of', () => {
      execFileSync('tar', ['-xzf', path.join(sigmaDir, archive ?? ''), '-C', folder]);
      const [root = ''] = readdirSync(folder).map((name) => path.join(folder, name));
      const active = readdirSync(root).filter((name) => /^rules(-|$)/.test(name));
      const facts = readFileSync(installPath('resources', 'attack', 'enterprise.json'), 'utf8');
      const attack = createAttackCatalogue(attackFacts.parse(JSON.parse(facts)));
      const paths = active.map((name) => path.join(root, name));
      const { rules, problems } = checkRules(paths, { attack, evidence: null });
      expect(rules.length).toBeGreaterThan(3700);

      const advice = problems.filter(({ stage }) => stage === 'lint');
      // One rule in ten with something to say, nearly all of it about values that others cover.
      expect(advice.length).toBeLessThan(rules.length / 10);
      const found = new Set(advice.map(({ check }) => check));
      const reviewed = [
        'unknown-key',
        'unknown-logsource',
        'unknown-field',
        'unused-selection',
        'attack-tags',
      ];
      const sure = [
        ...reviewed,
        'impossible-condition',
        'contradictory-items',
        'repeated-value',
        'id-is-uuid',
      ];
      expect(sure.filter((check) => found.has(check))).toEqual([]);
    });
  },
);
