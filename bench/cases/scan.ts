import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { scan } from '../harrier.ts';
import { dataFolder, hasData, report, rounded, unpack } from '../kit.ts';
import { activeSigmaRules } from '../sigma-rules.ts';

interface IndexedFile {
  readonly path: string;
  readonly derived_rule_matches: Readonly<Record<string, number>>;
}

const RUNS = 3;

/**
 * The 295 attack EVTX files with all SigmaHQ rules: wall time and peak memory of the whole process (best of
 * three), and where the matches differ from those that an independent evaluator derived.
 */
export async function run(): Promise<void> {
  if (!hasData('scan')) return;
  const folder = unpack('evtx/attack-evtx.tar.gz');
  const rules = activeSigmaRules();
  const runs = [];
  for (let index = 0; index < RUNS; index += 1) runs.push(await scan([folder], rules));
  const best = runs.reduce((a, b) => (a.seconds <= b.seconds ? a : b));
  report('scan', 'attack-evtx with all SigmaHQ rules', {
    seconds: rounded(best.seconds),
    peak_mb: rounded(Math.max(...runs.map((one) => one.peakMb))),
    matches: best.matches.length,
  });

  const indexFile = join(dataFolder, 'evtx', 'attack-evtx.index.json');
  const index = JSON.parse(readFileSync(indexFile, 'utf8')) as { files: IndexedFile[] };
  const counts = new Map<string, number>();
  for (const { source_file: file, rule_id: rule } of best.matches) {
    const key = `${withoutTop(relative(folder, file))} ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  reportDifferences(index.files, counts);
}

function reportDifferences(files: readonly IndexedFile[], counts: ReadonlyMap<string, number>): void {
  const differences = new Map<string, { fewer: number; more: number }>();
  const note = (rule: string, difference: number): void => {
    if (difference === 0) return;
    const entry = differences.get(rule) ?? { fewer: 0, more: 0 };
    if (difference < 0) entry.fewer -= difference;
    else entry.more += difference;
    differences.set(rule, entry);
  };
  const derived = new Map<string, number>(
    files.flatMap((file) =>
      Object.entries(file.derived_rule_matches).map(
        ([rule, n]) => [`${withoutTop(file.path)} ${rule}`, n] as const,
      ),
    ),
  );
  let same = 0;
  for (const [key, n] of derived) {
    const ours = counts.get(key) ?? 0;
    same += Math.min(ours, n);
    note(key.slice(key.lastIndexOf(' ') + 1), ours - n);
  }
  for (const [key, n] of counts) if (!derived.has(key)) note(key.slice(key.lastIndexOf(' ') + 1), n);
  report('scan', 'against derived_rule_matches', {
    same,
    rules_that_differ: differences.size,
    differences: [...differences].map(([rule, { fewer, more }]) => ({ rule, fewer, more })),
  });
}

/** The archive may or may not have a folder of its own at its top. */
function withoutTop(path: string): string {
  return path.replace(/^attack-evtx\//, '');
}
