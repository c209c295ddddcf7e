import { describe, expect, it } from 'vitest';
import { coverageGaps } from './runner/coverage.ts';
import { runCase } from './runner/run-case.ts';
import { loadChecklist, loadSuite } from './runner/suite.ts';

const suite = loadSuite();

describe.each(suite.map((file) => [file.section, file] as const))('%s', (_section, { cases }) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(runCase(one)).toEqual([]);
  });
});

describe('the suite', () => {
  const cases = suite.flatMap((file) => file.cases);

  it('has a firing and a silent case for every line of the checklist', () => {
    expect(coverageGaps(loadChecklist(), cases)).toEqual([]);
  });

  it('has no case that expects nothing, and no two of one name', () => {
    const empty = cases.filter(
      ({ fires, silent, events, rejected }) =>
        fires.length + silent.length + events.length === 0 && rejected === undefined,
    );
    expect(empty.map(({ name }) => name)).toEqual([]);
    const names = suite.flatMap(({ section, cases }) => cases.map(({ name }) => `${section}: ${name}`));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
