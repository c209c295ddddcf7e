import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell, csvLine } from './csv.ts';
import { escapeHtml } from './html.ts';
import { isDeceptive, visible } from './visible.ts';

describe('visible', () => {
  test.each([
    ['plain text\twith tab', 'plain text\twith tab'],
    ['a\u001b[31mred', 'a\\e[31mred'],
    ['gpj.\u202eexe', 'gpj.\\u202eexe'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['nul\0hides', 'nul\\0hides'],
    ['two\r\nlines', 'two\\r\\nlines'],
    ['soft\u00adhyphen', 'soft\\u00adhyphen'],
    ['Grüße 日本', 'Grüße 日本'],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('what it returns is never deceptive', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !isDeceptive(visible(text))));
  });
});

describe('csv', () => {
  test.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-enc', "'-enc"],
    ['\t=1', "'\t=1"],
    [null, ''],
    [-5, '-5'],
  ])('%j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  test('lines end in CRLF', () => {
    expect(csvLine(['a', 1, null])).toBe('a,1,\r\n');
  });
});

test('html text cannot open a tag or leave an attribute', () => {
  expect(escapeHtml(`<img src=x onerror="a('&')">`)).toBe(
    '&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;',
  );
});
