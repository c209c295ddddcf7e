import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evidenceFromArguments, OpenedEvidence } from './opened-evidence.ts';

describe('evidence from arguments', () => {
  const here = resolve('/cases');
  const exists = (path: string): boolean => !path.includes('none');

  test.each([
    { name: 'relative to the working folder', given: ['a.evtx'], paths: [resolve('/cases/a.evtx')] },
    { name: 'absolute', given: [resolve('/logs/b.evtx')], paths: [resolve('/logs/b.evtx')] },
    { name: 'options left out', given: ['--inspect', '-x', 'a.evtx'], paths: [resolve('/cases/a.evtx')] },
    { name: 'missing left out', given: ['none.evtx', ''], paths: [] },
  ])('$name', ({ given, paths }) => {
    expect(evidenceFromArguments(given, here, exists)).toEqual(paths);
  });

  test('at most 1,000', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `${index}.evtx`);
    expect(evidenceFromArguments(many, here, exists).length).toBe(1_000);
  });
});

describe('opened evidence', () => {
  test('is announced, and taken once', () => {
    let announced = 0;
    const opened = new OpenedEvidence(() => (announced += 1));
    opened.add([]);
    opened.add(['/a']);
    opened.add(['/b']);
    expect(announced).toBe(2);
    expect(opened.take()).toEqual(['/a', '/b']);
    expect(opened.take()).toEqual([]);
  });
});
