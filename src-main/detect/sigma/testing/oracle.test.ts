import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FieldValue } from '#shared/model/event.ts';
import { compileRules } from '../compile-rules.ts';
import { parseRules } from '../document/parse-rule.ts';
import { eventOf } from './events.ts';
import { oracleMatches } from './oracle.ts';

/** Few letters, so that values and events meet often; and what Sigma or an index may trip over. */
const letters = fc.constantFrom('a', 'b', 'A', 'c', '-', '/', ' ', '*', '?', '\\', '1', '0', 'é', '😀', '.');
const short = fc.array(letters, { maxLength: 5 }).map((list) => list.join(''));
/** Longer than what an index keeps of a literal, and alike but for one letter. */
const long = fc
  .tuple(short, fc.constantFrom('a', 'b'))
  .map(([text, one]) => `${one}${'ab'.repeat(8)}${text}${one}`);
const text = fc.oneof({ weight: 4, arbitrary: short }, { weight: 1, arbitrary: long });
const scalar = fc.oneof(text, fc.constantFrom<FieldValue>(0, 1, 10, -1, true, false, '10', '0x1', null, ''));
const fieldValue: fc.Arbitrary<FieldValue> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ b: scalar }) },
);
const fields = fc.dictionary(fc.constantFrom('F', 'G', 'a', 'a.b'), fieldValue, { noNullPrototype: true });

const chain = fc.constantFrom(
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|contains|all',
  '|cased',
  '|contains|cased',
  '|neq',
  '|contains|neq',
  '|windash',
  '|contains|windash',
  '|endswith|windash',
  '|exists',
  '|fieldref',
  '|fieldref|contains',
  '|lt',
  '|gte',
  '|base64',
  '|base64offset|contains',
  '|cidr',
);
const regexes = fc.constantFrom(
  'a+b',
  '^ab',
  '(ab|ba)c',
  'a.b$',
  '[ab]c?',
  'abab',
  'ab{2}',
  '(?i)ABA',
  'a|b',
  'x*',
  'é',
);
const ruleValue = fc.oneof(text, fc.constantFrom<FieldValue>(0, 1, 10, true, null, 'F', 'G'));
const plainItem = fc.tuple(
  fc.constantFrom('F', 'G', 'a.b', ''),
  chain,
  fc.oneof(ruleValue, fc.array(ruleValue, { minLength: 1, maxLength: 4 })),
);
const manyItem = fc.tuple(
  fc.constantFrom('F', 'G'),
  fc.constantFrom('', '|contains', '|endswith', '|startswith'),
  fc.array(text, { minLength: 12, maxLength: 20 }),
);
const regexItem = fc.tuple(fc.constantFrom('F', ''), fc.constantFrom('|re', '|re|i'), regexes);
const item = fc.oneof({ weight: 5, arbitrary: plainItem }, manyItem, regexItem);
const selection = fc
  .array(item, { minLength: 1, maxLength: 2 })
  .map((items) =>
    Object.fromEntries(items.map(([field, modifiers, value]) => [`${field}${modifiers}`, value])),
  );
const condition = fc.constantFrom(
  's1',
  'not s1',
  's1 and s2',
  's1 or s2',
  's1 and not s2',
  'not (s1 and s2)',
  '1 of s*',
  'all of s*',
  '(s1 or s2) and not s3',
  's1 or not s2',
  's1 and (s2 or s3)',
  'not 1 of s*',
  's3 and not (s1 or not s2)',
);
const rules = fc.array(fc.tuple(selection, selection, selection, condition), { minLength: 1, maxLength: 8 });

test('engine and full scan give the same matches for generated rules and events', () => {
  let accepted = 0;
  let matched = 0;
  fc.assert(
    fc.property(rules, fc.array(fields, { minLength: 1, maxLength: 5 }), (drafts, records) => {
      const yaml = drafts.map(([s1, s2, s3, text], index) =>
        JSON.stringify({
          title: 't',
          id: `rule-${index}`,
          logsource: { product: 'windows' },
          detection: { s1, s2, s3, condition: text },
        }),
      );
      const parsed = yaml.flatMap((text) => parseRules(text, 'generated').rules);
      const engine = compileRules({ rules: parsed }, { anyLogsource: false });
      const running = parsed.filter(({ id }) => engine.ruleIds.includes(id));
      accepted += running.length;
      for (const [index, record] of records.entries()) {
        const event = eventOf(record, { message: `message ${index} ab` });
        const expected = running.filter((rule) => oracleMatches(rule, event)).map(({ id }) => id);
        expect(engine.detect([event]).map(({ ruleId }) => ruleId)).toEqual(expected);
        matched += expected.length;
      }
    }),
    { numRuns: 3000 },
  );
  // A generator of rules that are all refused, or never match, would prove nothing.
  expect(accepted).toBeGreaterThan(2000);
  expect(matched).toBeGreaterThan(2000);
});
