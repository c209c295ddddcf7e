import { describe, expect, it } from 'vitest';
import type { CoverageCell, CoverageGroup } from '#shared/contract/coverage.ts';
import { NO_MARKS } from './cell-face.ts';
import { choiceOf, type MatrixChoice } from './coverage-choice.ts';
import { cellKey, matrixOf, type Coverage, type MarksByCell } from './matrix.ts';
import { summaryOf } from './summary.ts';

const GROUP: CoverageGroup = {
  status: 'test',
  origin: 'shipped',
  kind: 'sigma',
  enabled: true,
  has_data: true,
  rules: 1,
  fired: 0,
  fired_24h: 0,
  fired_7d: 0,
  last_fired: null,
};

function cell(technique: string, name: string, ...groups: readonly Partial<CoverageGroup>[]): CoverageCell {
  return {
    tactic: 'credential-access',
    technique,
    name,
    parent: technique.includes('.') ? (technique.split('.')[0] ?? null) : null,
    rule_count: 0,
    enabled_count: 0,
    data_count: 0,
    fired: 0,
    fired_24h: 0,
    fired_7d: 0,
    last_fired: null,
    groups: groups.map((group) => ({ ...GROUP, ...group })),
  };
}

const COVERAGE: Coverage = {
  attack_version: '19',
  generated_at: '2026-05-01T00:00:00.000Z',
  age_seconds: 0,
  tactics: [
    {
      id: 'TA0006',
      tactic: 'credential-access',
      name: 'Credential Access',
      technique_count: 4,
      covered_count: 2,
    },
  ],
  items: [
    cell('T1110', 'Brute Force', {}, { enabled: false, status: 'stable', has_data: false, rules: 2 }),
    cell('T1110.001', 'Password Guessing', { rules: 4, kind: 'correlation', has_data: false }),
    cell('T1110.004', 'Credential Stuffing'),
    cell('T1111', 'Interception'),
  ],
  techniques: [],
  unknown_techniques: [],
};

const ALL = choiceOf({}, new Set());

function shown(choice: Partial<MatrixChoice>, marks?: MarksByCell): readonly string[] {
  return matrixOf(COVERAGE, { ...ALL, ...choice }, marks).flatMap(({ rows }) =>
    rows.flatMap((row) => [
      row.cell.technique,
      ...(row.isOpen ? row.subs.map((sub) => sub.cell.technique) : []),
    ]),
  );
}

/** Wanted by one group. */
function wanted(...techniques: readonly string[]): MarksByCell {
  return new Map(
    techniques.map((technique) => [
      cellKey({ tactic: 'credential-access', technique }),
      { ...NO_MARKS, wantedBy: ['APT0'] },
    ]),
  );
}

describe('matrixOf', () => {
  it.each<[Partial<MatrixChoice>, readonly string[]]>([
    [{}, ['T1110', 'T1111']],
    [{ allOpen: true }, ['T1110', 'T1110.001', 'T1110.004', 'T1111']],
    [{ open: new Set(['credential-access T1110']) }, ['T1110', 'T1110.001', 'T1110.004', 'T1111']],
    [{ onlyMarked: true, allOpen: true }, ['T1110', 'T1110.001']],
    [{ onlyMarked: true, allOpen: true, mode: 'data' }, ['T1110']],
    [{ text: 'GUESS' }, ['T1110', 'T1110.001']],
    [{ text: 't1111' }, ['T1111']],
    [{ mode: 'fired', onlyMarked: true }, []],
    [{ mode: 'gap', onlyMarked: true }, []],
  ])('%j shows %j', (choice, expected) => {
    expect(shown(choice)).toEqual(expected);
  });

  it('counts the folded sub-techniques with their technique', () => {
    const counts = (choice: MatrixChoice) => matrixOf(COVERAGE, choice)[0]?.rows[0]?.counts;
    expect(counts(ALL)).toMatchObject({ total: 7, enabled: 5, ready: 1, withData: 1 });
    expect(counts({ ...ALL, allOpen: true })).toMatchObject({ total: 3, enabled: 1 });
  });

  it.each<[Partial<MatrixChoice['rules']>, number]>([
    [{ statuses: ['stable'] }, 2],
    [{ statuses: ['stable', 'test'] }, 7],
    [{ kinds: ['correlation'] }, 4],
    [{ origins: ['custom'] }, 0],
    [{ enabled: 'false' }, 2],
    [{ enabled: 'true', kinds: ['sigma'] }, 1],
  ])('of rules with %j it counts %d', (rules, expected) => {
    const choice = { ...ALL, rules: { ...ALL.rules, ...rules } };
    expect(matrixOf(COVERAGE, choice)[0]?.rows[0]?.counts.total).toBe(expected);
  });
});

describe('gaps', () => {
  const gapsOfFirst = (marks: MarksByCell, choice: Partial<MatrixChoice> = {}) =>
    matrixOf(COVERAGE, { ...ALL, mode: 'gap', ...choice }, marks)[0]?.rows[0]?.gaps;

  it.each<[readonly string[], number, number, number]>([
    [[], 0, 0, 0],
    [['T1110'], 1, 0, 0],
    [['T1110.001'], 1, 0, 1],
    [['T1110', 'T1110.004'], 2, 1, 0],
    [['T1110', 'T1110.001'], 2, 0, 1],
  ])('%j wanted: of %d folded into one, %d have no rule on and %d no data', (ids, total, missing, blind) => {
    expect(gapsOfFirst(wanted(...ids))).toEqual({ wanted: total, missing, blind });
  });

  it('a rule of a sub-technique meets the wish for its technique, also when it is unfolded', () => {
    const rules = { ...ALL.rules, kinds: ['correlation'] };
    expect(gapsOfFirst(wanted('T1110'), { rules, allOpen: true })).toEqual({
      wanted: 1,
      missing: 0,
      blind: 1,
    });
  });

  it('are counted by technique', () => {
    const marks = wanted('T1110', 'T1110.001', 'T1110.004', 'T1111');
    const choice: MatrixChoice = { ...ALL, mode: 'gap', allOpen: true };
    expect(summaryOf(matrixOf(COVERAGE, choice, marks), choice)).toEqual({
      techniques: 4,
      marked: 4,
      wanted: 4,
      missing: 2,
      blind: 1,
    });
  });
});
