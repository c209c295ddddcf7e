import { describe, expect, it } from 'vitest';
import { oracleMatches } from '#main/detect/sigma/testing/oracle/oracle.ts';
import { coverageGaps } from './runner/coverage.ts';
import { prepareCase, runCase } from './runner/run-case.ts';
import { loadChecklist, loadSuite } from './runner/suite.ts';

const suite = loadSuite();

describe.each(suite.map((file) => [file.section, file] as const))('%s', (_section, { cases }) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(runCase(one)).toEqual([]);
  });
});

/** Documents about other rules, which the oracle does not read. */
const META_RULE = /^(?:correlation|filter):/m;
/** Expressions and wildcards on which the oracle's own expressions differ in dialect, or never come to an end. */
const BEYOND_THE_ORACLE = ['re.dialect', 're.linear', 'wildcard.linear'];

describe('the suite', () => {
  const cases = suite.flatMap((file) => file.cases);

  it('expects what a full scan of its rules finds, which knows nothing of the compiler', () => {
    const known = cases
      .filter(({ covers }) => !covers.some((id) => BEYOND_THE_ORACLE.includes(id)))
      .filter(({ rules = '', pipelines }) => pipelines === undefined && !META_RULE.test(rules));
    for (const one of known) {
      const { engine, rules, events, expected } = prepareCase(one);
      // Of two rules with one id the first runs.
      const running = engine.ruleIds.flatMap((id) => rules.find((rule) => rule.id === id) ?? []);
      const placeholders = new Map(Object.entries(one.placeholders ?? {}));
      for (const [index, event] of events.entries()) {
        const found = running.filter((rule) => oracleMatches(rule, event, { placeholders }));
        const wanted = expected[index]?.matches;
        const ids = found.map(({ id }) => id).sort();
        expect([one.name, index, ids]).toEqual([one.name, index, [...(wanted ?? [])].sort()]);
      }
    }
  });

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
