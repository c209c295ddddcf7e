import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResponseOf } from '../../src-shared/contract/client.ts';
import { DetectorClient } from '../../src-main/core/detection/detector-client.ts';
import { NO_RULE_SETTINGS } from '../../src-main/pipeline/rule-settings.ts';
import { toColumns } from '../../src-main/pipeline/columns.ts';
import { findRuleFiles } from '../../src-main/detect/sigma/document/rule-files.ts';
import { sampleEvents } from '../../src-main/store/kit/sample-events.ts';
import { silentLogger } from '../../src-main/telemetry/logger.ts';
import { serve } from '../harrier.ts';
import { dataFolder, hasData, report, rounded, temporaryFolder } from '../kit.ts';
import { activeSigmaRules } from '../sigma-rules.ts';

const ARCHIVE = 'sigma/sigma-rules-8eaafff.tar.gz';

/** What an analyst waits for who imports, switches and edits rules beside all of SigmaHQ; and what detection does. */
export async function run(): Promise<void> {
  if (!hasData('rule-life')) return;
  await importing();
  await reloading();
}

async function importing(): Promise<void> {
  const folder = temporaryFolder('rule-life');
  const config = join(folder, 'config.json');
  const settings = { api_auth_mode: 'disabled', api_rate_limit_enabled: false, log_level: 'error' };
  writeFileSync(config, JSON.stringify(settings));
  const core = await serve(join(folder, 'data'), config);
  const rules = `${core.url}/api/v1/sigma/rules`;
  const timed = async (method: string, path: string, body: unknown): Promise<[unknown, number]> => {
    const startMs = performance.now();
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${rules}${path}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return [await response.json(), rounded(performance.now() - startMs)];
  };
  const paths = [join(dataFolder, ARCHIVE)];
  const [, dryMs] = await timed('POST', '/import', { paths, dry_run: true });
  const [answer, importMs] = await timed('POST', '/import', { paths });
  // The core is of this very version.
  const { counts } = answer as ResponseOf<'importRules'>;
  const [, bulkMs] = await timed('POST', '/bulk', { filter: { origin: 'custom' }, enabled: false });
  const yaml = `title: One more\nid: one-more\nlogsource: { product: linux }\ndetection: { k: [x], condition: k }\n`;
  const [, saveMs] = await timed('POST', '', { yaml });
  report('rule-life', 'SigmaHQ imported from its archive', {
    ...counts,
    dry_run_ms: dryMs,
    import_ms: importMs,
  });
  report('rule-life', 'with those rules', { bulk_switch_ms: bulkMs, save_one_rule_ms: saveMs });
  await core.stop();
}

/** How long batches of ten events wait while one file of all is read anew and the engine is swapped. */
async function reloading(): Promise<void> {
  const folderPaths = activeSigmaRules();
  const detector = new DetectorClient({ logger: silentLogger, onLate: () => Promise.resolve() });
  const request = {
    shippedPaths: [],
    folderPaths,
    records: [],
    anyLogsource: false,
    settings: NO_RULE_SETTINGS,
  };
  await detector.load(request);
  const [file = ''] = findRuleFiles(folderPaths).files;
  appendFileSync(file, '# One more line.\n');
  const startMs = performance.now();
  const reload = { isOver: false };
  const loaded = detector.load(request).finally(() => (reload.isOver = true));
  let longestMs = 0;
  while (!reload.isOver) {
    longestMs = Math.max(longestMs, await durationOf(() => detector.detect(toColumns(sampleEvents(10)))));
  }
  const { rules } = await loaded;
  const reloadMs = performance.now() - startMs;
  const lookMs = await durationOf(() => detector.fingerprint(folderPaths));
  report('rule-life', 'one file of SigmaHQ changed', {
    rules: rules.length,
    reload_ms: rounded(reloadMs),
    longest_wait_of_a_batch_ms: rounded(longestMs),
    look_at_files_ms: rounded(lookMs),
  });
  await detector.stop();
}

async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
