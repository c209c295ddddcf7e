import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FieldValue, LogEvent } from '#shared/model/event.ts';
import { compileTest } from '#shared/query/evaluate.ts';
import { parseQuery } from '#shared/query/parser.ts';
import { EVERY_EVENT, type EventFilter } from '../interface/reader.ts';
import { SAMPLE_START, sampleBatch, sampleEvents } from '../kit/sample-events.ts';
import { openSqliteReader } from './reader.ts';
import { compileRegex } from './regex.ts';
import type { SyncReader } from './sync-reader.ts';
import { openSqliteWriter } from './writer.ts';

/** Every query here must find in SQLite exactly what the language's evaluator finds in memory. */
const QUERIES = [
  '',
  'mimikatz',
  'MIMIKATZ',
  'katz',
  'ssh2',
  'cmd',
  'a',
  'jörg',
  'JÖRG',
  'Kelvin',
  '10.0.1.4',
  '"10.0.1.4"',
  'powershell -enc',
  '-enc',
  '100%',
  'a_b',
  "'del *.tmp'",
  '"del *"',
  '"50% off"',
  `"""50%"`,
  'Temp\\mimi',
  '"a\tb"',
  'EventID:4625',
  'event_id:4625',
  'event_id:4624..4634',
  'event_id:[4625 TO *]',
  'event_id!=4688',
  'event_id>4625',
  'event_id<=4625',
  'event_id:(4624, 4634)',
  'EventID:"4688"',
  'EventID:468?',
  'user:jsmith',
  'user:JSMITH',
  'user:(jsmith, root)',
  'user!=jsmith',
  `user:o'brien`,
  `user:'svc_sql$'`,
  'user:*',
  'NOT user:*',
  'CommandLine:*',
  'NOT CommandLine:*',
  'CommandLine:""',
  'commandline:*enc*',
  'CommandLine:"*""50% off""*"',
  'Image:*\\cmd.exe',
  'Image:"C:\\Windows\\*"',
  `Image:'C:\\Temp\\mimikatz.exe'`,
  'image:/(cmd|mimikatz)\\.exe$/',
  'image:/CMD/c',
  'message:/port \\d{4} ssh2/',
  '/started by (root|system)/',
  'src_ip:10.0.0.0/8',
  'src_ip:10.0.1.4/32',
  'src_ip:2001:db8::/32',
  'NOT src_ip:10.0.0.0/8',
  'host:DC-01',
  'host:dc-*',
  'host!=DC-01',
  'host:win-ä1',
  'host:*',
  'NOT host:*',
  'host:(DC-01, DC-02)',
  'severity>=13',
  'severity:9',
  'severity:[5 TO 8]',
  'severity!=9',
  'ts>=2026-01-15T08:10:00Z',
  'ts<2026-01-15T08:10:00Z',
  'ts:"2026-01-15T08:10:00Z"',
  'ts:["2026-01-15T08:10:00Z" TO "2026-01-15T08:20:00Z"]',
  'product:windows',
  'product!=windows',
  'service:*',
  'category:process_creation',
  'technique:T1110*',
  'technique!=T1110',
  'tactic:credential-access',
  'source:evtx',
  'source:(evtx, json)',
  'source_id:imp_a',
  'flags:truncated',
  'entity:jsmith',
  'entity:dc-0?',
  'evidence:*.evtx',
  'peer:*',
  'nested.zone:dmz',
  'nested.ports:443',
  'nested.ports>400',
  '"odd ""name""":true',
  '"odd ""name""":x',
  `"odd ""name""":'Y*z'`,
  '"odd ""name""":-0.5',
  '"odd ""name""":*',
  'nothing.like.this:1',
  'deepest',
  'deep:*deepest*',
  'message:failed',
  'message:"failed*root"',
  'message!=failed',
  'failed root OR mimikatz',
  '(failed OR started) NOT (root OR system)',
  'NOT (NOT mimikatz)',
  'mimikatz user:(jsmith OR root) severity>5 NOT host:dc-*',
  '! failed !user:root',
];

let folder: string;
let reader: SyncReader;
const events = [...sampleEvents(6000), deeplyNested()];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-differential-'));
  const writer = openSqliteWriter(folder);
  for (let at = 0; at < events.length; at += 700) writer.commit(sampleBatch(events.slice(at, at + 700)));
  writer.close();
  reader = openSqliteReader(folder);
});

afterAll(() => {
  reader.close();
  rmSync(folder, { recursive: true });
});

describe('SQLite finds what the language means', () => {
  test.each(QUERIES)('%s', (text) => {
    const expected = meant(text);
    expect(found({ ...EVERY_EVENT, query: parsed(text) })).toEqual(expected);
  });

  test('the cases are worth something: most queries find some events and not all', () => {
    const counts = QUERIES.map((text) => meant(text).length);
    expect(counts.filter((count) => count > 0 && count < events.length).length).toBeGreaterThan(80);
  });

  test.each<[string, Partial<EventFilter>, (event: LogEvent) => boolean]>([
    ['since', { since: SAMPLE_START + 600_000 }, (event) => event.eventTs >= SAMPLE_START + 600_000],
    ['until', { until: SAMPLE_START + 600_000 }, (event) => event.eventTs < SAMPLE_START + 600_000],
    ['entity by value', { entity: 'ROOT' }, (event) => event.entities.some(({ value }) => value === 'root')],
    [
      'entity by uuid',
      { entity: events[0]?.entities[0]?.uuid ?? '' },
      (event) => event.entities.some(({ uuid }) => uuid === events[0]?.entities[0]?.uuid),
    ],
    ['unknown entity', { entity: 'nobody' }, () => false],
    ['source', { source: 'evtx' }, (event) => event.source === 'evtx'],
    ['severity', { severityMin: 9, severityMax: 12 }, (event) => event.severity >= 9 && event.severity <= 12],
    ['import', { importId: 'imp_b' }, (event) => event.sourceId === 'imp_b'],
    ['template', { template: 'drain_0001' }, () => false],
  ])('filter by %s, with and without a query', (_, filter, isWanted) => {
    const wanted = events.filter(isWanted);
    expect(found({ ...EVERY_EVENT, ...filter })).toEqual(newestFirst(wanted));
    const query = parsed('failed NOT user:root');
    const both = meant('failed NOT user:root', wanted);
    expect(found({ ...EVERY_EVENT, ...filter, query })).toEqual(both);
  });
});

function parsed(text: string) {
  const result = parseQuery(text);
  if (!result.ok) throw new Error(`${text}: ${result.message}`);
  return result.node;
}

function meant(text: string, among: readonly LogEvent[] = events): string[] {
  const matches = compileTest(parsed(text), { nowMs: Date.now(), regex: compileRegex });
  return newestFirst(among.filter(matches));
}

/** Events of one millisecond stay in the order of their arrival, which "newest first" turns around. */
function newestFirst(list: readonly LogEvent[]): string[] {
  return list.map((event) => event.id).reverse();
}

/** All pages of a filter, by cursor. */
function found(filter: EventFilter): string[] {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = reader.pageEvents(filter, { limit: 500, offset: 0, cursor }, 'newest');
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    if (cursor === null) expect(page.total).toBe(ids.length);
  } while (cursor !== null);
  return ids;
}

/** A record nested as deeply as JSON.stringify goes along with: it must not end a query by exhausting the stack. */
function deeplyNested(): LogEvent {
  const [event] = sampleEvents(1, 3);
  let value: FieldValue = 'deepest';
  for (let depth = 0; depth < 2000; depth += 1) value = depth % 2 === 0 ? [value] : { inner: value };
  return {
    ...event!,
    id: 'ZZZZZZZZZZZZZZZZZZZZZZZZZZ',
    eventTs: SAMPLE_START + 10_000_000,
    fields: { deep: value },
  };
}
