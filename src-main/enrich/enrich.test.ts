import { describe, expect, it } from 'vitest';
import type { Origin } from '../pipeline/enriching.ts';
import type { ParsedEvent } from '../pipeline/parsing.ts';
import { createEnricher } from './enrich.ts';

const OBSERVED = Date.UTC(2025, 2, 10, 12);
const DAY_MS = 86_400_000;

const origin: Origin = {
  id: '01JP0000000000000000000000',
  observedTs: OBSERVED,
  source: 'evtx',
  sourceId: 'import-1',
  raw: null,
  evidence: null,
  peer: null,
};

function parsed(change: Partial<ParsedEvent>): ParsedEvent {
  return {
    eventTs: OBSERVED,
    severity: 9,
    host: 'WS-014.example.test',
    message: 'Process Create',
    logsource: { category: null, product: 'windows', service: null },
    fields: {
      Channel: 'Security',
      EventID: 4688,
      NewProcessName: 'C:\\a\\b.exe',
      SubjectUserName: 'analyst',
    },
    recordId: 1,
    offset: 0,
    length: 10,
    flags: ['nul_replaced'],
    ...change,
  };
}

describe('createEnricher', () => {
  it('completes a record to an event', () => {
    const event = createEnricher()(parsed({}), origin);
    expect(event).toMatchObject({
      id: origin.id,
      eventTs: OBSERVED,
      logsource: { category: 'process_creation', product: 'windows', service: 'security' },
      mapped: { Image: 'C:\\a\\b.exe', User: 'analyst' },
      attack: null,
      flags: ['nul_replaced'],
    });
    expect(event.entities.map((entity) => entity.value)).toEqual([
      'analyst',
      'ws-014.example.test',
      'c:\\a\\b.exe',
    ]);
  });

  it.each<[name: string, eventTs: number | null, ts: number, flags: string[]]>([
    ['no time', null, OBSERVED, ['nul_replaced', 'time_assumed']],
    [
      'a time 11 years back',
      OBSERVED - 11 * 366 * DAY_MS,
      OBSERVED - 11 * 366 * DAY_MS,
      ['nul_replaced', 'time_suspect'],
    ],
    ['a time two days ahead', OBSERVED + 2 * DAY_MS, OBSERVED + 2 * DAY_MS, ['nul_replaced', 'time_suspect']],
    ['a clock that runs an hour ahead', OBSERVED + 3_600_000, OBSERVED + 3_600_000, ['nul_replaced']],
  ])('%s', (_name, eventTs, ts, flags) => {
    const event = createEnricher()(parsed({ eventTs }), origin);
    expect(event.eventTs).toBe(ts);
    expect(event.flags).toEqual(flags);
  });
});
