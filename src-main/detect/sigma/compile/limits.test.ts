import { expect, test } from 'vitest';
import { compileProblems, type CompileOptions } from '../compile-rules.ts';
import { parseRules } from '../document/parse-rule.ts';
import { ruleYaml } from '../testing/events.ts';

/** Lists as long as the API takes them. */
const LONG = { placeholders: new Map([['S', Array.from({ length: 9_999 }, (_, index) => `v${index}`)]]) };

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** Detections that would take gigabytes, and why each is refused. */
test.each<readonly [name: string, detection: string, message: string, options: Partial<CompileOptions>]>([
  [
    'patterns that name every selection again and again',
    `${lines(5_000, (index) => `a${index}: {F: ${index}}`)}\ncondition: ${Array(5_000).fill('1 of a*').join(' or ')}`,
    'names more than 10000 selections',
    {},
  ],
  [
    'a list of placeholders',
    `s: {F|expand: [${lines(5_000, (index) => `'${index}%S%'`).replaceAll('\n', ', ')}]}\ncondition: s`,
    'more than 100000 values',
    LONG,
  ],
  [
    'many fields with a placeholder each',
    `s:\n${lines(5_000, (index) => `  F${index}|expand: '%S%'`)}\ncondition: s`,
    'too many values',
    LONG,
  ],
])('%s', (_, detection, message, options) => {
  const documents = parseRules(ruleYaml(detection), 'a.yml');
  expect(documents.rules).toHaveLength(1);
  const problems = compileProblems(documents, options);
  expect(problems).toMatchObject([
    { severity: 'error', message: expect.stringContaining(message) as unknown },
  ]);
});
