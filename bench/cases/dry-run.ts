import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { DryRuns } from '../../src-main/core/questions/dry-runs.ts';
import { askedEvent } from '../../src-main/core/questions/asked-event.ts';
import type { LogEvent } from '../../src-shared/model/event.ts';
import { NO_RULE_SETTINGS } from '../../src-main/pipeline/rule-settings.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { createIds } from '../../src-main/platform/ids.ts';
import { sampleBatch } from '../../src-main/store/kit/sample-events.ts';
import { openReaderPool } from '../../src-main/store/reader-pool.ts';
import { openSqliteWriter } from '../../src-main/store/sqlite/writer.ts';
import { hasData, report, rounded, temporaryFolder } from '../kit.ts';
import { ndjsonFile } from '../ndjson.ts';

const EVENTS = 1_000_000;
const BATCH = 1000;

/** Rules from one that the store's index answers nearly alone to one that every event has to be read for. */
const RULES: Readonly<Record<string, string>> = {
  rare_text: "s: {CommandLine|contains: 'Invoke-Mimikatz'}",
  process_image: "s: {Image|endswith: '\\powershell.exe'}",
  everything: 's: {Channel|re: "^S"}',
};

/** Time of dry runs over a million stored events (aim: seconds), and how many of them had to be read. */
export async function run(): Promise<void> {
  if (!hasData('dry-run')) return;
  const folder = temporaryFolder('dry-run');
  await fill(folder);
  const reader = await openReaderPool(folder, 2);
  const dryRuns = new DryRuns({ reader, clock: systemClock });
  for (const [name, selection] of Object.entries(RULES)) {
    const category = name === 'everything' ? '' : ', category: process_creation';
    const yaml = `title: t\nid: r\nlogsource: {product: windows${category}}\ndetection: {${selection}, condition: s}\n`;
    const outcome = await dryRuns.run(
      {
        sources: [{ file: 'rule.yml', yaml }],
        ruleId: null,
        anyLogsource: false,
        settings: NO_RULE_SETTINGS,
      },
      { rule: { kind: 'yaml', yaml, ruleId: null }, since: null, until: null, importId: null, sample: 20 },
      new AbortController().signal,
    );
    if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
    const { examined, matched, elapsedMs, limit } = outcome.report;
    report('dry-run', name, { events: EVENTS, examined, matched, elapsed_ms: rounded(elapsedMs), limit });
  }
  await dryRuns.stop();
  await reader.close();
}

/** Stores the OTRF attack simulations, repeated, as they are received. */
async function fill(folder: string): Promise<void> {
  const writer = openSqliteWriter(folder);
  const newId = createIds();
  const lines = createInterface({ input: createReadStream(ndjsonFile(EVENTS).path) });
  let batch: LogEvent[] = [];
  let stored = 0;
  for await (const line of lines) {
    if (line === '') continue;
    const record = JSON.parse(line) as Readonly<Record<string, unknown>>; // Made by ndjsonFile.
    batch.push({
      ...askedEvent({ kind: 'record', record, logsource: null }, Date.now()),
      id: newId(),
      raw: null,
    });
    if (batch.length < BATCH) continue;
    writer.commit(sampleBatch(batch));
    stored += batch.length;
    batch = [];
    if (stored >= EVENTS) break;
  }
  writer.close();
}
