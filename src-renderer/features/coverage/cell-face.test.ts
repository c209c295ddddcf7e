import { describe, expect, it } from 'vitest';
import { NO_COUNTS, type CellCounts } from './cell-counts.ts';
import { faceOf, NO_GAPS, NO_MARKS, shadeOf, type FaceOptions, type GapTally } from './cell-face.ts';

const NOW = Date.parse('2026-05-13T12:00:00.000Z');
const DAY_MS = 86_400_000;

function face(counts: Partial<CellCounts>, options: Partial<FaceOptions> = {}, gaps: GapTally = NO_GAPS) {
  return faceOf(
    { counts: { ...NO_COUNTS, ...counts }, marks: NO_MARKS, gaps },
    { mode: 'rules', window: 'all', nowMs: NOW, ...options },
  );
}

describe('shadeOf', () => {
  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [14, 3],
    [49, 4],
    [250, 5],
  ])('%d rules: shade %d', (value, shade) => expect(shadeOf(value)).toBe(shade));
});

describe('faceOf', () => {
  it('shades what the mode counts', () => {
    const counts = { total: 60, enabled: 20, ready: 3, withData: 9, fired: 100, firedDay: 1, firedWeek: 5 };
    expect(face(counts).shade).toBe(4);
    expect(face(counts, { mode: 'data' }).shade).toBe(2);
    expect(face(counts, { mode: 'fired' }).shade).toBe(5);
    expect(face(counts, { mode: 'fired', window: '24h' }).shade).toBe(1);
    expect(face(counts, { mode: 'fired', window: '7d' }).shade).toBe(3);
    expect(face(counts).ratio).toBe('20/60');
  });

  it.each([
    [0, 5],
    [2, 4],
    [20, 3],
    [200, 2],
    [2000, 1],
  ])('%d days since the last fire: shade %d', (days, shade) => {
    const lastFired = new Date(NOW - days * DAY_MS).toISOString();
    expect(face({ lastFired }, { mode: 'fired', window: 'recency' }).shade).toBe(shade);
  });

  it('never fired has no recency', () => {
    expect(face({}, { mode: 'fired', window: 'recency' }).shade).toBe(0);
  });

  it('is striped when there are rules and no log source sends anything', () => {
    expect(face({ total: 2, enabled: 2 }).isStriped).toBe(true);
    expect(face({ total: 2, enabled: 2, withData: 1 }).isStriped).toBe(false);
    expect(face({}).isStriped).toBe(false);
  });

  it.each<[Partial<GapTally>, string, string, number]>([
    [{ wanted: 1, missing: 1 }, 'missing', 'no rule on', 0],
    [{ wanted: 1, blind: 1 }, 'blind', 'no data', 0],
    [{ wanted: 1 }, 'met', 'covered', 3],
    [{ wanted: 5, missing: 2, blind: 1 }, 'missing', '2 of 5 no rule on', 0],
    [{ wanted: 5, blind: 1 }, 'blind', '1 of 5 no data', 0],
    [{ wanted: 5 }, 'met', 'covered', 3],
  ])('in gap mode %j is %s: %s', (tally, gap, note, shade) => {
    const gaps = { ...NO_GAPS, ...tally };
    expect(face({ total: 9, ready: 9, withData: 9 }, { mode: 'gap' }, gaps)).toMatchObject({
      gap,
      note,
      shade,
      isStriped: gap === 'blind',
    });
    expect(face({}, { mode: 'rules' }, gaps).gap).toBeNull();
  });

  it('says everything as a sentence', () => {
    const lastFired = new Date(NOW - DAY_MS).toISOString();
    const counts = { ...NO_COUNTS, total: 3, enabled: 1, withData: 2, fired: 4, lastFired };
    const marks = { wantedBy: ['APT0'], layerScore: 7, comments: ['Plan: so\u202eon'] };
    const { sentence } = faceOf(
      { counts, marks, gaps: NO_GAPS },
      { mode: 'rules', window: 'all', nowMs: NOW },
    );
    expect(sentence.split('\n')).toEqual([
      '1 of 3 rules on, 2 with data',
      'fired 4 times, last 1 d ago',
      'in APT0',
      'layer score 7',
      'Plan: so\\u202eon',
    ]);
  });
});
