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
import { mixes } from './mixes.ts';

/**
 * Events of each corpus that are held against the oracle, which takes some 10 ms for one. HARRIER_ORACLE_EVENTS
 * sets another number, for a campaign: the corpora have a few hundred thousand.
 */
const EVENTS_OF_EACH = Number(process.env.HARRIER_ORACLE_EVENTS ?? 20);
/** For campaigns: an hour. */
const TIMEOUT_MS = 3_600_000;

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

    /** Holds the engine's matches against the oracle's, and whole batches against single events. */
    function expectAgreement(events: readonly LogEvent[]): void {
      const rejected = new Set(engine.problems.map(({ file }) => file));
      const rules = loaded.rules.filter(({ file }) => !rejected.has(file));
      for (const event of events) {
        const expected = rules.filter((rule) => oracleMatches(rule, event)).map(({ id }) => id);
        expect(matches(engine, event)).toEqual(expected.sort());
      }
      const together = engine.detect(events).map(({ ruleId }) => ruleId);
      expect(together).toEqual(events.flatMap((event) => matches(engine, event)));
    }

    test('engine and oracle agree on the regression samples', () => {
      const samples = dataFiles('sigma-regression', '.json').flatMap((file) => eventsIn(readFileSync(file)));
      expectAgreement(samples);
      expect(samples.length).toBeGreaterThan(100);
    });

    test('engine and oracle agree on samples of every corpus', { timeout: TIMEOUT_MS }, async () => {
      const recorded = (await otrfTexts()).flatMap(eventsIn);
      const others = await mixes(recorded);
      for (const { name, events } of [{ name: 'OTRF', events: recorded }, ...others]) {
        expect([name, events.length > 0]).toEqual([name, true]);
        expectAgreement(sampleOf(events));
      }
    });
  },
);

/** Events spread over a corpus, none of them twice. */
function sampleOf(events: readonly LogEvent[]): readonly LogEvent[] {
  const distinct = [...new Set(events)];
  const step = Math.max(1, Math.floor(distinct.length / EVENTS_OF_EACH));
  return distinct.filter((_, index) => index % step === 0);
}

function matches(engine: SigmaEngine, event: LogEvent): readonly string[] {
  return engine.detect([event]).map(({ ruleId }) => ruleId);
}
