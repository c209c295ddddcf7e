import { expect, test } from 'vitest';
import { StoredTexts } from './stored-texts.ts';

test('a text is parsed again when it, or its place, changed; and once it was not asked for', () => {
  const texts = new StoredTexts();
  const first = texts.parse('a', 'title: x', 'a.yml');
  texts.forgetUnused();
  expect(texts.parse('a', 'title: x', 'a.yml')).toBe(first);
  texts.forgetUnused();
  const moved = texts.parse('a', 'title: x', 'b.yml');
  expect(moved.problems).toMatchObject([{ file: 'b.yml' }]);
  texts.forgetUnused();
  expect(texts.parse('a', 'title: y', 'b.yml')).not.toBe(moved);
  texts.forgetUnused();
  texts.forgetUnused();
  expect(texts.parse('a', 'title: y', 'b.yml')).not.toBe(moved);
});
