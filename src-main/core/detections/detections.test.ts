import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import type { Detection } from '#shared/model/alert.ts';
import type { DetectionRuleText } from '#shared/model/detection-rule.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { toColumns } from '../../pipeline/columns.ts';
import type { Clock } from '../../platform/clock.ts';
import type { PageRequest, StoreReader } from '../../store/interface/reader.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import { sampleEvents } from '../../store/kit/sample-events.ts';
import { openReaderPool } from '../../store/reader-pool.ts';
import { openWriter } from '../../store/writer-client.ts';
import { silentLogger } from '../../telemetry/logger.ts';
import { until } from '../test-support/served-harrier.ts';
import { startDetections, type Detections } from './detections.ts';

const TEXT: DetectionRuleText = {
  name: 'PowerShell download cradle',
  description: '',
  query: 'powershell AND IEX',
  source: null,
  matchSeverity: null,
  host: null,
  alertSeverity: 'high',
  alertTitleTemplate: 'Detection: {rule_name} on {host} {nothing}',
  alertDescriptionTemplate: 'Matched event: {message}',
  autoCreateCase: false,
  enabled: true,
  scheduleEnabled: true,
  scheduleIntervalMinutes: 30,
  mitreTechniques: ['T1059.001'],
  sharingMode: 'team',
  sharedWithRoles: [],
  tags: ['powershell'],
  pivots: [],
};
const PAGE: PageRequest = { limit: 100, offset: 0, cursor: null };
const ANY_ALERT = {
  since: null,
  until: null,
  severities: [],
  ruleId: null,
  entity: null,
  statuses: [],
  text: null,
  technique: null,
  importId: null,
};

/** A clock that the test turns. Its hands start in the future of every event, so that no timer fires by itself. */
const clock: Clock & { ms: number } = { ms: 0, now: () => clock.ms, monotonic: () => clock.ms };
const opened: Detections[] = [];
let folder: string;
let writer: StoreWriter;
let reader: StoreReader;

beforeEach(async () => {
  clock.ms = Date.UTC(2026, 0, 2);
  folder = mkdtempSync(join(tmpdir(), 'harrier-detections-'));
  writer = await openWriter(folder);
  reader = await openReaderPool(folder, 1);
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
  await reader.close();
  await writer.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(from: StoreReader = reader): Promise<Detections> {
  const raise = async (found: readonly Detection[]): Promise<number> =>
    (await writer.commit(batch([], found))).alertIds.length;
  const detections = await startDetections({ reader: from, writer, raise, clock, logger: silentLogger });
  opened.push(detections);
  return detections;
}

function batch(events: readonly LogEvent[], detections: readonly Detection[] = []) {
  return { events: toColumns(events), detections, offsets: [], counters: [], rejects: [] };
}

let made = 0;

/** Stores one event for each message, on the host named before the colon. */
async function store(...texts: readonly string[]): Promise<readonly string[]> {
  made += 1;
  const events = sampleEvents(texts.length, made).map((event, index) => {
    const [host = '', message = ''] = (texts[index] ?? '').split(': ');
    return { ...event, source: 'syslog' as const, host, message, fields: {} };
  });
  await writer.commit(batch(events));
  return events.map(({ id }) => id);
}

async function runsWhen(detections: Detections, ruleId: string, count: number) {
  clock.ms = detections.get(ruleId)?.nextRunTs ?? clock.ms;
  // Any change of a rule makes the scheduler look at the clock again.
  const other = await detections.create({ ...TEXT, name: 'Other', scheduleEnabled: false }, 'test');
  await detections.remove(other.id);
  return until(async () => {
    const runs = await reader.detectionRuns(ruleId, PAGE);
    return runs.items.length === count ? runs.items : null;
  });
}

test('a run on demand looks at everything stored and raises nothing', async () => {
  const ids = await store('ws-1: powershell IEX', 'ws-2: powershell iex again', 'ws-3: notepad');
  const detections = await start();
  const rule = await detections.create(TEXT, 'analyst');
  const { run, matches } = await detections.run(rule.id);
  expect(run).toMatchObject({ trigger: 'manual', status: 'completed', matches: 2, suppressed: 0, alerts: 0 });
  expect(matches.map(({ id }) => id).sort()).toEqual(ids.slice(0, 2).sort());
  expect((await reader.detectionRuns(rule.id, PAGE)).items).toEqual([run]);
  expect((await reader.pageAlerts(ANY_ALERT, PAGE)).total).toBe(0);
  expect(detections.get(rule.id)?.lastRunTs).toBe(run.finishedTs);
});

test('the clock runs a rule on what came since, also over a restart, and no event alerts twice', async () => {
  await store('ws-1: powershell IEX before the rule');
  let detections = await start();
  const rule = await detections.create(TEXT, 'analyst');
  expect(rule.nextRunTs).toBe(clock.ms + 30 * 60_000);
  await store('ws-2: powershell IEX', 'ws-2: powershell IEX once more', 'ws-3: nothing');
  expect(await runsWhen(detections, rule.id, 1)).toMatchObject([
    { trigger: 'scheduled', status: 'completed', matches: 2, alerts: 1 },
  ]);
  const [alert] = (await reader.pageAlerts(ANY_ALERT, PAGE)).items;
  expect(alert).toMatchObject({
    ruleKind: 'scheduled',
    ruleId: rule.id,
    severity: 'high',
    title: 'Detection: PowerShell download cradle on ws-2 {nothing}',
    attack: { tactic: null, technique: 'T1059.001' },
    tags: ['attack.t1059.001', 'powershell'],
    count: 2,
  });
  await detections.stop();
  await store('ws-9: powershell IEX while nobody looked');
  detections = await start();
  expect(await runsWhen(detections, rule.id, 2)).toMatchObject([{ matches: 1, alerts: 1 }, { matches: 2 }]);
  expect((await reader.pageAlerts(ANY_ALERT, PAGE)).total).toBe(2);
});

test('suppressed matches are counted and raise nothing; expired suppressions let them through', async () => {
  const detections = await start();
  const rule = await detections.create(TEXT, 'analyst');
  await store('sandbox-01: powershell IEX', 'ws-1: powershell IEX');
  const criteria = { host: 'sandbox-01' };
  const text = { name: 'Lab', reason: 'Known test traffic', criteria, expiresTs: clock.ms + 40 * 60_000 };
  expect(await detections.previewSuppression(rule.id, text)).toEqual({ matches: 2, covered: 1 });
  await detections.suppress(rule.id, text, 'analyst');
  expect(await runsWhen(detections, rule.id, 1)).toMatchObject([{ matches: 2, suppressed: 1, alerts: 1 }]);
  await store('sandbox-01: powershell IEX after the lab closed');
  expect((await runsWhen(detections, rule.id, 2))[0]).toMatchObject({ matches: 1, suppressed: 0, alerts: 1 });
  const [suppression] = detections.suppressions(rule.id);
  expect(await detections.removeSuppression('other', suppression?.id ?? '')).toBe(false);
  expect(await detections.removeSuppression(rule.id, suppression?.id ?? '')).toBe(true);
  expect(detections.suppressions(rule.id)).toEqual([]);
});

test('source, host and severity narrow the query', async () => {
  const detections = await start();
  await store('ws-1: powershell IEX', 'ws-2: powershell IEX');
  const count = async (change: Partial<DetectionRuleText>): Promise<number> => {
    const rule = await detections.create({ ...TEXT, ...change }, 'analyst');
    return (await detections.run(rule.id)).run.matches;
  };
  expect(await count({ host: 'WS-2' })).toBe(1);
  expect(await count({ source: 'no such source' })).toBe(0);
  expect(await count({ source: 'syslog' })).toBe(2);
  expect(await count({ matchSeverity: 'fatal' })).toBe(0);
  expect(await count({ matchSeverity: 'trace', query: '' })).toBe(2);
});

test('what is not understood is refused when it is saved', async () => {
  const detections = await start();
  await expect(detections.create({ ...TEXT, query: 'host:(' }, 'a')).rejects.toThrow(/query, character/);
  await expect(detections.create({ ...TEXT, matchSeverity: 'loud' }, 'a')).rejects.toThrow(/match_severity/);
  await expect(detections.run('nothing')).rejects.toThrow(/does not exist/);
  const rule = await detections.create(TEXT, 'a');
  await expect(detections.update(rule.id, { ...TEXT, query: 'a AND' })).rejects.toThrow(/query/);
  expect(await detections.update(rule.id, { ...TEXT, enabled: false })).toMatchObject({ nextRunTs: null });
});

test('a failed search is kept as a failed run, and the next one looks at the same events', async () => {
  const failing: StoreReader = {
    ...reader,
    pageEvents: (filter, page, order) =>
      filter.stored !== null && fails
        ? Promise.reject(new AppError('query_timeout', { seconds: 10 }))
        : reader.pageEvents(filter, page, order),
  };
  let fails = true;
  const detections = await start(failing);
  const rule = await detections.create(TEXT, 'analyst');
  await store('ws-1: powershell IEX');
  expect(await runsWhen(detections, rule.id, 1)).toMatchObject([{ status: 'failed', matches: 0 }]);
  fails = false;
  expect((await runsWhen(detections, rule.id, 2))[0]).toMatchObject({
    status: 'completed',
    matches: 1,
    alerts: 1,
  });
});
