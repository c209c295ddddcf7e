import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentsAt, splitDocuments } from './yaml-documents.ts';
import { parseYaml } from './yaml.ts';

function documentsOf(text: string): readonly unknown[] {
  const outcome = parseYaml(text);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.documents;
}

describe('splitDocuments', () => {
  test.each([
    ['one document', 'a: 1\n', ['a: 1\n']],
    ['one document behind a marker stays as it is', '---\na: 1\n', ['---\na: 1\n']],
    ['comments in front are no document', '# head\n\n---\na: 1\n---\nb: 2\n', ['a: 1\n', 'b: 2\n']],
    ['a first document without a marker', 'a: 1\n---\nb: 2', ['a: 1\n', 'b: 2\n']],
    ['a value on the line of its marker', '--- {a: 1}\n--- {b: 2}\n', [' {a: 1}\n', ' {b: 2}\n']],
    ['dashes inside a text', 'a: |\n  ---\n  x\n---\nb: ----\n', ['a: |\n  ---\n  x\n', 'b: ----\n']],
    ['a text with ends of documents stays whole', 'a: 1\n...\n---\nb: 2\n', ['a: 1\n...\n---\nb: 2\n']],
    ['line ends of Windows', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1\n', 'b: 2\n']],
  ])('%s', (_, text, parts) => {
    expect(splitDocuments(text)).toEqual(parts);
  });

  test('the parts of a text of maps mean what it meant, whatever stands in it', () => {
    const line = fc.constantFrom(
      '---',
      '--- x',
      'a: 1',
      '  - b',
      "'c'",
      '# d',
      '',
      '...',
      'e: |',
      '  ---',
      '----',
      'f: >-',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        const whole = parseYaml(text);
        fc.pre(whole.ok && whole.documents.every((document) => typeof document === 'object'));
        const parts = splitDocuments(text);
        if (parts.length === 1) expect(parts).toEqual([text]);
        else expect(parts.map((part) => documentsOf(part)[0] ?? null)).toEqual(whole.documents);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('documentsAt gives the documents asked for as a text of their own', () => {
  const text = 'a: 1\n---\nb: 2\n---\nc: 3\n';
  expect(documentsAt(text, [1])).toBe('b: 2\n');
  expect(documentsAt(text, [2, 0])).toBe('a: 1\n---\nc: 3\n');
  expect(documentsAt('a: 1', [0])).toBe('a: 1');
});
