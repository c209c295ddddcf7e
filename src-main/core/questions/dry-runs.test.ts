import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logEvent } from '#shared/test-support/log-event.ts';
import type { DryRunRequest } from '../../pipeline/rule-questions.ts';
import { NO_RULE_SETTINGS } from '../../pipeline/rule-settings.ts';
import { systemClock } from '../../platform/clock.ts';
import { createIds } from '../../platform/ids.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import { sampleBatch } from '../../store/kit/sample-events.ts';
import { openReaderPool } from '../../store/reader-pool.ts';
import { openWriter } from '../../store/writer-client.ts';
import { DryRuns } from './dry-runs.ts';
import type { QuestionedRules } from './messages.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 15);
const COUNT = 5000;

let folder: string;
let writer: StoreWriter;
let reader: StoreReader;
let dryRuns: DryRuns;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-dry-run-'));
  writer = await openWriter(folder);
  reader = await openReaderPool(folder, 2);
  dryRuns = new DryRuns({ reader, clock: systemClock });
  const newId = createIds();
  const events = Array.from({ length: COUNT }, (_, index) =>
    logEvent({
      id: newId(),
      eventTs: START + index * 1000,
      sourceId: index % 2 === 0 ? 'even' : 'odd',
      logsource: { category: 'process_creation', product: index < 2500 ? 'windows' : 'linux', service: null },
      fields: { Image: index % 10 === 0 ? 'C:\\whoami.exe' : 'C:\\other.exe' },
    }),
  );
  await writer.commit(sampleBatch(events));
});

afterAll(async () => {
  await dryRuns.stop();
  await reader.close();
  await writer.close();
  rmSync(folder, { recursive: true });
});

const YAML = [
  'title: t',
  'id: the-rule',
  'logsource: {product: windows, category: process_creation}',
  "detection: {s: {Image|endswith: '\\whoami.exe'}, condition: s}",
].join('\n');

function run(yaml = YAML, parts: Partial<DryRunRequest> = {}, signal = new AbortController().signal) {
  const rules: QuestionedRules = {
    sources: [{ file: 'rule.yml', yaml }],
    ruleId: null,
    anyLogsource: false,
    settings: NO_RULE_SETTINGS,
  };
  const rule = { kind: 'yaml', yaml, ruleId: null } as const;
  const request = { rule, since: null, until: null, importId: null, sample: 3, ...parts };
  return dryRuns.run(rules, request, signal);
}

test('counts what the rule would have matched, by hour, and shows the newest', async () => {
  const outcome = await run();
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
  const { report } = outcome;
  expect(report).toMatchObject({ ruleId: 'the-rule', matched: 250, limit: null });
  expect(report.byHour).toEqual([{ start: START, count: 250 }]);
  expect(report.sample.map(({ eventTs }) => (eventTs - START) / 1000)).toEqual([2490, 2480, 2470]);
  // The other logsource was excluded by the store, not by the engine.
  expect(report.examined).toBeLessThanOrEqual(2500);
});

test('looks at a span or an import only', async () => {
  const since = START + 1000 * 1000;
  expect(await run(YAML, { since, until: since + HOUR_MS })).toMatchObject({ report: { matched: 150 } });
  expect(await run(YAML, { importId: 'odd' })).toMatchObject({ report: { matched: 0 } });
  expect(await run(YAML, { importId: 'even' })).toMatchObject({ report: { matched: 250 } });
});

test('gives the problems of a rule that does not run', async () => {
  const outcome = await run(YAML.replace('condition: s}', 'condition: t}'));
  expect(outcome).toMatchObject({ ok: false, problems: [{ stage: 'compile' }] });
});

test('gives a correlation all events in the order of their time', async () => {
  const correlation = [
    'title: many',
    'id: many',
    'correlation:',
    '  type: event_count',
    '  rules: [the-rule]',
  ];
  const limits = ['  timespan: 10s', '  condition: {gte: 2}'];
  const outcome = await run(`${YAML}\n---\n${[...correlation, ...limits].join('\n')}\n`);
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
  // One match each ten seconds: each but the first sees the one before it at the window's edge.
  expect(outcome.report).toMatchObject({ ruleId: 'many', matched: 249, limit: null });
});

test('ends when nobody waits any more, and refuses more than two at a time', async () => {
  const gone = new AbortController();
  const first = run(YAML, {}, gone.signal).catch((error: unknown) => error);
  const second = run(YAML, {}, gone.signal).catch((error: unknown) => error);
  await expect(run()).rejects.toMatchObject({ code: 'not_ready' });
  gone.abort();
  expect(await first).toMatchObject({ code: 'not_ready' });
  expect(await second).toMatchObject({ code: 'not_ready' });
  expect(await run()).toMatchObject({ report: { matched: 250 } });
});
