import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { scan, type MatchLine } from '../harrier.ts';
import { dataFolder, hasData, report, temporaryFolder } from '../kit.ts';
import { activeSigmaRules } from '../sigma-rules.ts';
import { windowsXmlToJson } from '../windows-xml.ts';

interface RegressionCase {
  readonly rule_id: string;
  readonly dir: string;
  readonly files: readonly string[];
  readonly min_expected_matches: number;
}

/**
 * Known attacks against the rules that were written for them, end to end through `harrier scan`: SigmaHQ's
 * regression samples with all active rules loaded, from EVTX and from JSON, and Hayabusa's rules with their
 * own sample events. The upstream rule asks for at least match_count matches.
 */
export async function run(): Promise<void> {
  if (!hasData('scan-truth')) return;
  await regression('evtx');
  await regression('json');
  await hayabusa();
}

async function regression(kind: 'evtx' | 'json'): Promise<void> {
  const root = join(dataFolder, 'sigma-regression');
  const index = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8')) as { cases: RegressionCase[] };
  const cases = index.cases.flatMap((one) => {
    const file = one.files.find((name) => name.endsWith(`.${kind}`));
    return file === undefined ? [] : [{ ...one, path: join(root, one.dir, file) }];
  });
  const { matches } = await scan(
    cases.map((one) => one.path),
    activeSigmaRules(),
  );
  const counts = countBy(matches);
  const failed = cases.filter(
    (one) => (counts.get(`${one.path} ${one.rule_id}`) ?? 0) < one.min_expected_matches,
  );
  report('scan-truth', `sigma-regression ${kind}`, {
    passed: cases.length - failed.length,
    total: cases.length,
    failed: failed.map((one) => one.rule_id),
  });
}

async function hayabusa(): Promise<void> {
  const root = join(dataFolder, 'hayabusa', 'hayabusa');
  const folder = temporaryFolder('hayabusa');
  const cases = readdirSync(root, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    if (!name.endsWith('.yml')) return [];
    // Hayabusa's own rule files, shaped by its project.
    const rule = load(readFileSync(join(root, name), 'utf8')) as { id: string; 'sample-evtx'?: string };
    const xml = rule['sample-evtx'];
    if (xml === undefined) return [];
    const path = join(folder, `${rule.id}.json`);
    writeFileSync(path, windowsXmlToJson(xml));
    return [{ ruleId: rule.id, path }];
  });
  const { matches } = await scan([folder], [root]);
  const counts = countBy(matches);
  const failed = cases.filter((one) => !counts.has(`${one.path} ${one.ruleId}`));
  report('scan-truth', 'hayabusa', {
    passed: cases.length - failed.length,
    total: cases.length,
    failed: failed.map((one) => one.ruleId),
  });
}

function countBy(matches: readonly MatchLine[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { source_file: file, rule_id: rule } of matches) {
    const key = `${file} ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
