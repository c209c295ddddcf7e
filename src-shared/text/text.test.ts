import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell, csvLine } from './csv.ts';
import { escapeHtml } from './html.ts';
import { visible, visibleSegments } from './visible.ts';

describe('visible', () => {
  test.each([
    ['plain text\twith tab', 'plain text\twith tab'],
    ['a\u001b[31mred', 'a\\e[31mred'],
    ['gpj.\u202eexe', 'gpj.\\u202eexe'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['nul\0hides', 'nul\\0hides'],
    ['two\r\nlines', 'two\\r\\nlines'],
    ['soft\u00adhyphen', 'soft\\u00adhyphen'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['half \ud83d of a pair', 'half \\ud83d of a pair'],
    ['Grüße 日本 🙂', 'Grüße 日本 🙂'],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('what it returns has nothing left to spell out, and the segments say the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text);
        expect(visible(shown)).toBe(shown);
        expect(
          visibleSegments(text, '\t')
            .map((segment) => segment.text)
            .join(''),
        ).toBe(shown);
      }),
    );
  });

  test('no control, bidi or zero-width character is left', () => {
    const forbidden = /(?!\t)[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !forbidden.test(visible(text))));
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
