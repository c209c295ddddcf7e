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

  it.each([
    [
      { field: 'events', value: '5', pattern: 'gte 5 within 10m' },
      3,
      '5 events (gte 5 within 10m) with the same User anna and Computer dc-1, 3 times.',
    ],
    [
      { field: 'sum of Bytes', value: '9000', pattern: 'gt 8000 within 1h' },
      1,
      'Sum of Bytes is 9000 (gt 8000 within 1h) with the same User anna and Computer dc-1, once.',
    ],
  ])('a correlation: %j', (measured, count, expected) => {
    const group = ['User anna', 'Computer dc-1'].map((text) => {
      const [field = '', value = ''] = text.split(' ');
      return { field, value, pattern: 'the same in all events' };
    });
    // As above.
    const alert = {
      rule_kind: 'correlation',
      count,
      events: [{ host: 'dc-1' }],
      evidence: {
        matched: [
          { selection: 'condition', fields: [measured] },
          { selection: 'group', fields: group },
        ],
        event_ids: [],
      },
    } as unknown as AlertDetailWire;
    expect(
      reasonOf(alert)
        .map(({ text }) => text)
        .join(''),
    ).toBe(expected);
  });
});
