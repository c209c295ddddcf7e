import { describe, expect, it } from 'vitest';
import type { CoverageCell } from '#shared/contract/coverage.ts';
import { matrixOf, shadeOf, type Coverage, type MatrixChoice } from './matrix.ts';

function cell(technique: string, name: string, enabled: number): CoverageCell {
  return {
    tactic: 'credential-access',
    technique,
    name,
    parent: technique.includes('.') ? (technique.split('.')[0] ?? null) : null,
    rule_count: enabled,
    enabled_count: enabled,
    data_count: enabled,
    fired: 0,
    fired_24h: 0,
    fired_7d: 0,
    last_fired: null,
    groups: [],
  };
}

const COVERAGE: Coverage = {
  attack_version: '19',
  generated_at: '2026-05-01T00:00:00.000Z',
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
    cell('T1110', 'Brute Force', 1),
    cell('T1110.001', 'Password Guessing', 4),
    cell('T1110.004', 'Credential Stuffing', 0),
    cell('T1111', 'Interception', 0),
  ],
  age_seconds: 0,
  techniques: [],
  unknown_techniques: [],
};

const ALL: MatrixChoice = { mode: 'rules', text: '', onlyCovered: false, allOpen: false, open: new Set() };

function shown(choice: Partial<MatrixChoice>): readonly string[] {
  return matrixOf(COVERAGE, { ...ALL, ...choice }).flatMap(({ rows }) =>
    rows.flatMap(({ cell: { technique }, subs, isOpen }) => [
      technique,
      ...(isOpen ? subs.map((sub) => sub.technique) : []),
    ]),
  );
}

describe('matrixOf', () => {
  it.each([
    [{}, ['T1110', 'T1111']],
    [{ allOpen: true }, ['T1110', 'T1110.001', 'T1110.004', 'T1111']],
    [{ open: new Set(['credential-access T1110']) }, ['T1110', 'T1110.001', 'T1110.004', 'T1111']],
    [{ onlyCovered: true, allOpen: true }, ['T1110', 'T1110.001']],
    [{ text: 'GUESS' }, ['T1110', 'T1110.001']],
    [{ text: 't1111' }, ['T1111']],
    [{ mode: 'fired' as const, onlyCovered: true }, []],
  ])('%j shows %j', (choice, expected) => {
    expect(shown(choice)).toEqual(expected);
  });

  it('counts the folded sub-techniques with their technique', () => {
    expect(matrixOf(COVERAGE, ALL)[0]?.rows[0]?.value).toBe(5);
  });
});

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
