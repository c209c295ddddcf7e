import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fields, LogEvent } from '#shared/model/event.ts';
import { compileRules } from '../../compile-rules.ts';
import { parseRules } from '../../document/parse-rule.ts';
import type { ParsedRule } from '../../document/rule.ts';
import type { SigmaEngine } from '../../engine.ts';
import { eventOf } from '../events.ts';
import { detection, PLACEHOLDERS, recordsFor, type Detection } from '../generators.ts';
import { oracleMatches } from './oracle.ts';

/** Cases a property tries; raise it for a campaign. */
const RUNS = Number(process.env.HARRIER_FUZZ_RUNS ?? 1000);

const setting = fc
  .array(detection, { minLength: 1, maxLength: 6 })
  .chain((detections) => recordsFor(detections).map((records) => ({ detections, records })));

function parsed(detections: readonly Detection[]): readonly ParsedRule[] {
  return detections.flatMap((one, index) => {
    const rule = { title: 't', id: `rule-${index}`, logsource: { product: 'windows' }, detection: one };
    return parseRules(JSON.stringify(rule), 'generated').rules;
  });
}

function compiled(rules: readonly ParsedRule[]): SigmaEngine {
  return compileRules({ rules }, { anyLogsource: false, placeholders: PLACEHOLDERS });
}

function events(records: readonly Fields[]): readonly LogEvent[] {
  return records.map((record, index) =>
    eventOf(record, { id: `event-${index}`, message: `message ${index} ab` }),
  );
}

/** Rule ids by event, in the order of the events. */
function matches(engine: SigmaEngine, batch: readonly LogEvent[]): readonly (readonly string[])[] {
  const detections = engine.detect(batch);
  return batch.map(({ id }) =>
    detections.filter(({ eventId }) => eventId === id).map(({ ruleId }) => ruleId),
  );
}

test('engine and full scan give the same matches for generated rules and events', () => {
  let accepted = 0;
  let matched = 0;
  fc.assert(
    fc.property(setting, ({ detections, records }) => {
      const rules = parsed(detections);
      const engine = compiled(rules);
      const running = rules.filter(({ id }) => engine.ruleIds.includes(id));
      const batch = events(records);
      const expected = batch.map((event) =>
        running
          .filter((rule) => oracleMatches(rule, event, { placeholders: PLACEHOLDERS }))
          .map(({ id }) => id),
      );
      expect(matches(engine, batch)).toEqual(expected);
      accepted += running.length;
      matched += expected.flat().length;
    }),
    { numRuns: RUNS },
  );
  // A generator of rules that are all refused, or never match, would prove nothing.
  expect(accepted).toBeGreaterThan(RUNS);
  expect(matched).toBeGreaterThan(RUNS);
});

test('matches depend neither on other rules, nor on the batch, nor on earlier events', () => {
  fc.assert(
    fc.property(setting, ({ detections, records }) => {
      const rules = parsed(detections);
      const engine = compiled(rules);
      const batch = events(records);
      const together = matches(engine, batch);
      const reversed = [...batch].reverse();
      expect([...matches(engine, reversed)].reverse()).toEqual(together);
      expect(batch.flatMap((event) => matches(engine, [event]))).toEqual(together);
      const alone = rules.map((rule) => matches(compiled([rule]), batch));
      const joined = batch.map((_, index) => alone.flatMap((found) => found[index] ?? []));
      expect(joined).toEqual(together);
    }),
    { numRuns: RUNS / 4 },
  );
});
