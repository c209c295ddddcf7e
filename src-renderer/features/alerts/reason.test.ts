import { describe, expect, it } from 'vitest';
import type { AlertDetailWire } from '#shared/contract/alerts.ts';
import { reasonOf } from './reason.ts';

type Matched = AlertDetailWire['evidence']['matched'];

const IMAGE = { field: 'Image', value: 'C:\\cmd.exe', pattern: 'endswith \\cmd.exe' };
const LINE = { field: 'CommandLine', value: 'cmd /c x', pattern: 'contains /c' };

function sentence(fields: Matched[number]['fields'], count: number, host: string): string {
  // Only what the sentence is made of; an alert has much more.
  const alert = {
    count,
    events: host === '' ? [] : [{ host }],
    evidence: { matched: [{ selection: 'selection', fields }], event_ids: [] },
  } as unknown as AlertDetailWire;
  return reasonOf(alert)
    .map(({ text }) => text)
    .join('');
}

describe('reasonOf', () => {
  it.each([
    [[IMAGE], 1, 'WS-1', 'On WS-1, Image ends with \\cmd.exe, once.'],
    [[IMAGE, LINE], 1200, '', 'Image ends with \\cmd.exe and CommandLine contains /c, 1,200 times.'],
    [
      [IMAGE, LINE, IMAGE],
      2,
      'WS-1',
      'On WS-1, Image ends with \\cmd.exe and CommandLine contains /c, with one more condition, 2 times.',
    ],
    [[], 1, '', 'The rule matched, once.'],
  ])('%j %d times on %j', (fields, count, host, expected) => {
    expect(sentence(fields, count, host)).toBe(expected);
  });
});
