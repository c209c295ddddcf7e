import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '../src-main/detect/sigma/compile-rules.ts';
import type { SigmaEngine } from '../src-main/detect/sigma/engine.ts';
import { loadRules, type LoadedFiles } from '../src-main/detect/sigma/document/load.ts';
import { oracleMatches } from '../src-main/detect/sigma/testing/oracle/oracle.ts';
import { activeRuleFolders, dataFiles, eventsIn, otrfTexts, SIGMA_ARCHIVE } from './corpus.ts';
import { dataFolder, unpack } from './kit.ts';

/** One OTRF event in so many is held against the oracle: all of them would take it ten minutes. */
const ORACLE_STEP = 150;

describe.skipIf(!existsSync(join(dataFolder, SIGMA_ARCHIVE)))(
  'SigmaHQ (needs the test data; set HARRIER_DATA)',
  () => {
    let loaded: LoadedFiles;
    let engine: SigmaEngine;

    beforeAll(() => {
      loaded = loadRules(activeRuleFolders(unpack(SIGMA_ARCHIVE)));
      engine = compileRules(loaded, { anyLogsource: false });
    });

    test('all rules load; those with placeholders that have no values are rejected, and only those', () => {
      expect(loaded.files).toBe(3780);
      expect(loaded.rules).toHaveLength(3780);
      expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(engine.ruleIds).toHaveLength(3755);
      const expanding = loaded.rules.filter(({ yaml }) => /\|expand\b/.test(yaml));
      expect(engine.problems.map(({ file }) => file).sort()).toEqual(
        expanding.map(({ file }) => file).sort(),
      );
      for (const problem of engine.problems) expect(problem.message).toContain('has no values');
    });

    test('each regression sample fires its rule', () => {
      const missed = dataFiles('sigma-regression', '.json')
        .filter((file) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/.test(file))
        .filter((file) => {
          const detections = engine.detect(eventsIn(readFileSync(file)));
          return !detections.some(({ ruleId }) => ruleId === basename(file, '.json'));
        });
      expect(missed).toEqual([]);
    });

    test('engine and oracle agree on the regression samples and on every 150th OTRF event', async () => {
      const samples = dataFiles('sigma-regression', '.json').flatMap((file) => eventsIn(readFileSync(file)));
      const recorded = (await otrfTexts()).flatMap(eventsIn).filter((_, index) => index % ORACLE_STEP === 0);
      const events = [...samples, ...recorded];
      const rejected = new Set(engine.problems.map(({ file }) => file));
      const rules = loaded.rules.filter(({ file }) => !rejected.has(file));
      for (const event of events) {
        const expected = rules.filter((rule) => oracleMatches(rule, event)).map(({ id }) => id);
        expect(matches(engine, event)).toEqual(expected.sort());
      }
      expect(events.length).toBeGreaterThan(400);
    });
  },
);

function matches(engine: SigmaEngine, event: LogEvent): readonly string[] {
  return engine.detect([event]).map(({ ruleId }) => ruleId);
}
