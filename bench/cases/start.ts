import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../harrier.ts';
import { hasData, report, rounded, temporaryFolder } from '../kit.ts';
import { activeSigmaRules } from '../sigma-rules.ts';

const RUNS = 3;

/** Seconds from `harrier serve` to its ready line with all SigmaHQ rules loaded, on a data folder that exists. */
export async function run(): Promise<void> {
  if (!hasData('start')) return;
  const folder = temporaryFolder('start');
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ rule_paths: activeSigmaRules(), log_level: 'error' }));
  const seconds: number[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    const core = await serve(join(folder, 'data'), config);
    seconds.push(core.secondsToReady);
    await core.stop();
  }
  report('start', 'serve to ready with all SigmaHQ rules', {
    seconds: rounded(Math.min(...seconds)),
    runs: seconds.map(rounded),
  });
}
