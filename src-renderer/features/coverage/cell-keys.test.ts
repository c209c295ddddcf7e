import { describe, expect, it } from 'vitest';
import { nextCell } from './cell-keys.ts';

const COLUMNS = [['a1', 'a2', 'a3'], [], ['c1']];

describe('nextCell', () => {
  it.each([
    ['a1', 'ArrowDown', 'a2'],
    ['a3', 'ArrowDown', 'a3'],
    ['a1', 'ArrowUp', 'a1'],
    ['a3', 'ArrowRight', 'c1'],
    ['c1', 'ArrowLeft', 'a1'],
    ['c1', 'ArrowRight', 'c1'],
    ['a2', 'End', 'a3'],
    ['a2', 'Home', 'a1'],
    ['a2', 'j', null],
  ])('%s %s: %s', (current, key, expected) => {
    expect(nextCell(COLUMNS, current, key)).toBe(expected);
  });
});
