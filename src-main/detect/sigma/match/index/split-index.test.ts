import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FieldValue } from '#shared/model/event.ts';
import { compileRules } from '../../compile-rules.ts';
import { eventOf, ruleOf, ruleYaml } from '../../testing/events.ts';
import { oracleMatches } from '../../testing/oracle/oracle.ts';

/** Ways to ask for an event number, and ways that only look like it. */
const asked = fc.constantFrom(
  ...['EventID: 1', 'EventID: [1, 2]', 'EventID: "1"', 'EventID: "01"', 'EventID|contains: 1'],
  ...['EventID|neq: 1', 'EventID: null', 'EventID|gte: 2', 'EventID: "?"', 'EventID|all: [1, 2]'],
  ...['EventID: x', 'EventID: [1, x]', 'Image: a', 'EventID|re: "^1"', 'EventID|exists: false'],
);
const condition = fc.constantFrom(
  's',
  'not s',
  's and t',
  's or t',
  's and not t',
  'not (s and t)',
  '1 of them',
);
const rule = fc
  .tuple(asked, asked, condition)
  .map(([s, t, text]) => `s: {${s}}\nt: {${t}}\ncondition: ${text}`);

const stated = fc.option(
  fc.constantFrom<FieldValue>(0, 1, 2, '1', '01', '0x1', 'x', '', null, true, 3, [1, 3], [], [[2]], { a: 1 }),
);

test('rules split by event number match what the full scan says', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 6 }),
      fc.array(stated, { maxLength: 8 }),
      (texts, ids) => {
        const rules = texts.map((text, index) => ruleOf(ruleYaml(text, `rule-${index}`)));
        const engine = compileRules({ rules }, { anyLogsource: false });
        for (const id of ids) {
          const event = eventOf(id === null ? { Image: 'a' } : { EventID: id, Image: 'a' });
          const expected = rules.filter((one) => oracleMatches(one, event)).map((one) => one.id);
          expect(engine.detect([event]).map(({ ruleId }) => ruleId)).toEqual(expected);
        }
      },
    ),
    { numRuns: 500 },
  );
});
