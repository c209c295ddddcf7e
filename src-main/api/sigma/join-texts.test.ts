import { expect, test } from 'vitest';
import { parseYaml } from '../../platform/yaml.ts';
import { joinTexts } from './join-texts.ts';

test.each([
  ['nothing', [], ''],
  ['one', ['a: 1'], 'a: 1\n'],
  ['markers and comments in front', ['# one\n---\na: 1\n\n', '---\nb: 2'], '# one\na: 1\n---\nb: 2\n'],
  ['a text of several documents', ['a: 1\n---\nb: 2\n', 'c: 3'], 'a: 1\n---\nb: 2\n---\nc: 3\n'],
])('%s', (_, texts, joined) => {
  expect(joinTexts(texts)).toBe(joined);
  const outcome = parseYaml(joined);
  expect(outcome.ok && outcome.documents.every((document) => document !== null)).toBe(true);
});
