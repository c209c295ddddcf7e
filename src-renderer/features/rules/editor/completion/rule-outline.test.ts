import { expect, it } from 'vitest';
import { outlineOf } from './rule-outline.ts';

const TEXT = `title: One
logsource:
    product: Windows # the product
    category: 'process_creation'
detection:
    selection_a:
        Image: x
    filter_b: [1]
    condition: selection_a
    timeframe: 5m
---
title: Two
filter:
  rules: any
  known:
    User: svc
`.split('\n');

it('reads log source and selections of the document around a line, half-written or not', () => {
  expect(outlineOf(TEXT, 3)).toEqual({
    logsource: { product: 'windows', category: 'process_creation', service: null },
    selections: ['selection_a', 'filter_b'],
  });
  expect(outlineOf(TEXT, 13)).toEqual({
    logsource: { product: null, category: null, service: null },
    selections: ['known'],
  });
});
