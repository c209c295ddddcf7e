import { describe, expect, it } from 'vitest';
import type { RuleVocabularyWire } from '#shared/contract/rule-questions.ts';
import { outlineOf } from './rule-outline.ts';
import { suggest } from './suggestions.ts';
import { cursorIn } from './yaml-cursor.ts';

const windows = { product: 'windows', category: 'process_creation', service: null };
const linux = { product: 'linux', category: null, service: 'sshd' };

const VOCABULARY: RuleVocabularyWire = {
  keys: [
    { name: 'title', description: 'What it finds.', section: 'rule', required: true },
    { name: 'product', description: 'Who wrote the log.', section: 'logsource', required: false },
    { name: 'condition', description: 'Which selections.', section: 'detection', required: true },
    { name: 'timespan', description: 'How long.', section: 'correlation', required: true },
  ],
  modifiers: [
    { name: 'contains', description: 'Anywhere in it.', group: 'text' },
    { name: 'all', description: 'Every value.', group: 'list' },
  ],
  conditions: [{ name: 'and', description: 'Both.' }],
  logsources: [
    { ...windows, known: true, events: 7 },
    { ...linux, known: true, events: 0 },
  ],
  seen: [
    {
      ...windows,
      events: 7,
      sampled: 4,
      fields: [
        { name: 'User', count: 2 },
        { name: 'Image', count: 4 },
      ],
    },
    { ...linux, events: 1, sampled: 1, fields: [{ name: 'pid', count: 1 }] },
  ],
  taxonomy: [{ ...windows, fields: ['Image', 'Hashes'] }],
  tags: [{ name: 'attack.t1110', description: 'Brute Force' }],
  statuses: [{ name: 'stable', description: 'Ready.' }],
  levels: [{ name: 'high', description: 'Look soon.' }],
  placeholders: ['Administrators'],
};

const RULE = `logsource:
    product: windows
    category: process_creation
detection:
    sel_a:
        Image: x
`;

function words(end: string, before = RULE) {
  const lines = (before + end).split('\n');
  const found = suggest(cursorIn(lines), outlineOf(lines, lines.length - 1), VOCABULARY);
  return found.words.map(({ text }) => text);
}

describe('suggest', () => {
  it.each([
    ['ti', ['title']],
    ['    con', ['condition']],
    ['        Im', ['Image', 'User', 'Hashes']],
    ['        - Im', ['Image', 'User', 'Hashes']],
    ['        Image|', ['contains', 'all']],
    ['        Image|all|con', ['contains']],
    ['        User|expand: "%Ad', ['%Administrators%']],
    ['    condition: sel_a an', ['sel_a', 'and']],
    ['tags:\n    - attack.', ['attack.t1110']],
    ['status: s', ['stable']],
    ['level: ', ['high']],
    ['author: ', []],
    ['correlation:\n    ti', ['timespan']],
  ])('%j', (end, expected) => {
    expect(words(end)).toEqual(expected);
  });

  it('offers log sources that fit what is written, those with events first', () => {
    expect(words('logsource:\n    product: ', '')).toEqual(['windows', 'linux']);
    expect(words('logsource:\n    product: linux\n    service: ', '')).toEqual(['sshd']);
    expect(words('logsource:\n    product: linux\n    category: ', '')).toEqual([]);
  });

  it('replaces only the word of a condition and only what follows the pipe', () => {
    const from = (line: string) => suggest(cursorIn([line]), outlineOf([line], 0), VOCABULARY).from;
    expect(from('condition: sel_a an')).toBe(6);
    const lines = `${RULE}        Image|con`.split('\n');
    expect(suggest(cursorIn(lines), outlineOf(lines, 6), VOCABULARY).from).toBe(6);
  });
});
