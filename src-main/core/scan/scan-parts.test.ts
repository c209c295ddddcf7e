import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { navigatorLayer, type NavigatorLayer } from '#shared/attack/navigator-layer.ts';
import { createInOrder } from './in-order.ts';
import type { ScanMatch } from './match.ts';
import { printerFor, printers } from './output/printers.ts';
import { progressLine } from './progress.ts';
import { renderReport } from './report.ts';

const match: ScanMatch = {
  rule_id: 'r1',
  title: 'Evil <script> rule',
  level: 'high',
  author: 'someone',
  tags: ['attack.execution'],
  event_ts: '2026-01-02T03:04:05.678Z',
  source_file: 'a.evtx',
  record_id: 7,
  channel: 'Security',
  computer: '\u001b[31mWS',
  matched: { selection: { CommandLine: '=cmd|"/c calc"' } },
  event: { CommandLine: 'x' },
};

test('results leave in the order of their inputs, whatever the order in which they came', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (order) => {
      const inOrder = createInOrder<string>();
      const out: string[] = [];
      for (const index of order) {
        inOrder.add(index, [`${index}a`]);
        inOrder.add(index, [`${index}b`]);
        inOrder.finish(index);
        out.push(...inOrder.take());
      }
      expect(out).toEqual([0, 1, 2, 3, 4, 5].flatMap((index) => [`${index}a`, `${index}b`]));
      expect(inOrder.held()).toBe(0);
    }),
  );
});

describe('output formats', () => {
  test('jsonl is one object a line and round-trips', () => {
    const line = printers.jsonl.match(match);
    expect(line.endsWith('\n')).toBe(true);
    expect(JSON.parse(line)).toEqual(match);
  });

  test('csv has as many cells as its header and keeps quotes', () => {
    expect(printers.csv.head().split(',')).toHaveLength(13);
    expect(printers.csv.match(match)).toContain('"{""selection"":{""CommandLine"":""=cmd|');
  });

  test('the table shows what would drive the terminal as an escape', () => {
    expect(printers.table.match(match)).not.toContain('\u001b');
    expect(printers.table.match(match)).toContain('\\e[31mWS');
  });

  test('html cannot be broken out of', () => {
    const html = printers.html.head() + printers.html.match(match) + printers.html.tail();
    expect(html).not.toContain('<script');
    expect(html).toContain('Evil &lt;script&gt; rule');
  });

  test('a Navigator layer counts the matches, and every run counts its own', () => {
    const print = (...matches: readonly ScanMatch[]): NavigatorLayer => {
      const printer = printerFor('navigator');
      const texts = [printer.head(), ...matches.map((one) => printer.match(one)), printer.tail()];
      return navigatorLayer.parse(JSON.parse(texts.join('')));
    };
    const tagged = { ...match, tags: ['attack.execution', 'attack.t1059.001'] };
    const earlier = { ...tagged, event_ts: '2026-01-01T00:00:00.000Z' };
    const other = { ...tagged, rule_id: 'r2', title: 'Other' };
    expect(print(tagged, earlier, other, { ...match, rule_id: 'r3' }).techniques).toMatchObject([
      {
        techniqueID: 'T1059.001',
        tactic: 'execution',
        score: 3,
        comment: 'Evil <script> rule (2)\nOther (1)',
        metadata: [
          { name: 'rules_fired', value: '2' },
          { name: 'last_fired', value: '2026-01-02T03:04:05.678Z' },
        ],
      },
    ]);
    expect(print().techniques).toEqual([]);
  });
});

test('the report says what was read, what was not, and why', () => {
  const text = renderReport({
    files: [
      { path: 'a.evtx', outcome: 'ok', reason: null, events: 10, rejected: {} },
      { path: 'b.evtx', outcome: 'failed', reason: 'permission denied', events: 0, rejected: {} },
      {
        path: 'c.log',
        outcome: 'partly_read',
        reason: 'truncated gzip',
        events: 5,
        rejected: { invalid_json: 2 },
      },
    ],
    events: 15,
    rulesLoaded: 3,
    seconds: 1.234,
    rulesRejected: [
      {
        file: 'x.yml',
        line: 4,
        column: 2,
        stage: 'compile',
        severity: 'error',
        message: 'unknown modifier',
        hint: '',
      },
    ],
    rulesUnmatchable: [{ ruleId: 'r9', reason: 'no zeek dns events' }],
    matchesLeftOut: 7,
    matches: { informational: 0, low: 1, medium: 0, high: 2, critical: 0 },
  });
  for (const part of [
    '1 ok, 0 empty, 1 partly read, 1 failed',
    'b.evtx: permission denied',
    '2 invalid_json',
    'x.yml:4:2',
    '1: no zeek dns events',
    '3: 0 critical, 2 high, 0 medium, 1 low',
    '1.23',
    'did not look at the last 7 matches',
  ]) {
    expect(text).toContain(part);
  }
});

test('progress never divides by zero', () => {
  expect(progressLine({ bytesDone: 0, bytesTotal: 0, events: 0, seconds: 0.001, file: 'x' })).toContain(
    '100%',
  );
  expect(progressLine({ bytesDone: 50, bytesTotal: 100, events: 10, seconds: 1, file: 'x' })).toContain(
    'eta 0:01',
  );
});
