import { describe, expect, it } from 'vitest';
import { RULE_TEMPLATE, withNewId } from './rule-template.ts';

describe('withNewId', () => {
  it.each([
    ['title: a\nid: old\nlevel: low\n', 'title: a\nid: new\nlevel: low\n'],
    ['title: a\nlevel: low\n', 'title: a\nid: new\nlevel: low\n'],
    ['title: a\nrelated:\n  - id: kept\n', 'title: a\nid: new\nrelated:\n  - id: kept\n'],
  ])('%j', (source, expected) => expect(withNewId(source, 'new')).toBe(expected));

  it('gives the template an id of its own', () => {
    expect(withNewId(RULE_TEMPLATE, 'new')).toContain('\nid: new\n');
  });
});
