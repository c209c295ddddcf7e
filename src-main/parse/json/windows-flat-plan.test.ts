import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FieldValue } from '#shared/model/event.ts';
import type { JsonObject } from './json-text.ts';
import { fieldsOf } from './windows-flat.ts';
import { FlatPlans } from './windows-flat-plan.ts';

/** Names that are renamed, collide, are System's, time, or what every object inherits. */
const name = fc.constantFrom(
  ...['EventID', 'Channel', 'SourceName', 'Provider_Name', 'ProviderName', 'Opcode', 'OpcodeValue'],
  ...['EventTime', '@timestamp', 'UtcTime', 'TimeCreated_SystemTime', 'Keywords', 'EventID_Qualifiers'],
  ...['Image', 'Source Name', 'Rule Name', 'RuleName', 'UserID', 'Security_UserID', '7'],
  ...['EventData', 'Event Data', 'constructor', '__proto__', 'toString', 'valueOf'],
);
const value = fc.constantFrom<FieldValue>(0, 1, '1', '', null, true, 'x', '2025-01-02T03:04:05Z', ['a'], {
  a: 1,
});
/** As JSON.parse makes them: `__proto__` is a member like any other. */
const record = fc
  .uniqueArray(fc.tuple(name, value), { selector: ([member]) => member, maxLength: 12 })
  .map(
    (members) =>
      JSON.parse(
        `{${members.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`).join()}}`,
      ) as JsonObject,
  );

test('a planned record has the fields, in the order, that a look at each member gives', () => {
  const plans = new FlatPlans();
  let planned = 0;
  fc.assert(
    fc.property(record, value, (first, changed) => {
      const second = Object.fromEntries(Object.keys(first).map((key) => [key, changed]));
      for (const one of [first, second, first]) {
        const fields = plans.fieldsOf(one);
        if (fields === null) continue;
        planned++;
        expect(JSON.stringify(fields)).toBe(JSON.stringify(fieldsOf(one)));
      }
    }),
    { numRuns: 2000 },
  );
  expect(planned).toBeGreaterThan(500);
});

test('records with values that say nothing, or with names that objects inherit, are not planned', () => {
  const plans = new FlatPlans();
  expect(plans.fieldsOf({ EventID: 1, Channel: '' })).toBeNull();
  expect(plans.fieldsOf({ EventID: 1, Channel: 'Security', toString: 'x' })).toBeNull();
  expect(plans.fieldsOf({ EventID: 1, Channel: 'Security' })).toEqual({ EventID: 1, Channel: 'Security' });
});

test('a file of ever new shapes ends in no plan, not in a search through all of them', () => {
  const plans = new FlatPlans();
  const fields = Array.from({ length: 40 }, (_, index) =>
    plans.fieldsOf({ EventID: 1, [`Name${index}`]: 'x' }),
  );
  expect(fields.filter((one) => one !== null)).toHaveLength(16);
});
