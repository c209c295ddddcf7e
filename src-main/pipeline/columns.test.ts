import { expect, test } from 'vitest';
import type { LogEvent } from '#shared/model/event.ts';
import { fromColumns, toColumns } from './columns.ts';

const base: LogEvent = {
  id: '01J',
  eventTs: 1,
  observedTs: 2,
  source: 'syslog',
  sourceId: 's',
  severity: 9,
  host: 'h',
  message: 'm',
  logsource: { category: null, product: 'linux', service: 'sshd' },
  fields: { a: 'b', n: [1, null, { x: true }] },
  mapped: null,
  entities: [{ type: 'file', value: 'a|b', uuid: 'u' }],
  attack: null,
  raw: Uint8Array.of(1, 2, 3),
  evidence: null,
  peer: '127.0.0.1:1',
  flags: ['truncated', 'time_assumed'],
};

test('events survive the trip through columns, with and without raw bytes', () => {
  const events: LogEvent[] = [
    base,
    {
      ...base,
      id: '01K',
      raw: null,
      mapped: { Image: 'x' },
      flags: [],
      entities: [],
      evidence: { evidenceId: 'e', path: 'p', offset: 5, length: 6, recordId: 7 },
      attack: { tactic: 'impact', technique: null },
    },
    { ...base, id: '01L', raw: new Uint8Array(0) },
    { ...base, id: '01M', raw: Uint8Array.of(9) },
  ];
  expect(fromColumns(structuredClone(toColumns(events)))).toEqual(events);
});
