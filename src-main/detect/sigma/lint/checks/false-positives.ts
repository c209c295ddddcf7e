import { warning, type RuleCheck } from '../check.ts';

/** Words that say nothing about which harmless activity to expect. */
const EMPTY_WORDS = new Set([
  'none',
  'pentest',
  'penetration test',
  'penetration testing',
  'n/a',
  'todo',
  'tbd',
]);

export const falsePositives: RuleCheck = {
  id: 'false-positives',
  summary: 'False positives that say nothing, or do not begin with a capital letter.',
  *check({ rule }) {
    for (const [index, text] of rule.falsePositives.entries()) {
      const path = ['falsepositives', index];
      if (EMPTY_WORDS.has(text.trim().toLowerCase().replace(/\.$/, ''))) {
        yield warning(
          path,
          `"${text}" says nothing about harmless matches.`,
          'Write "Unknown", or what you expect.',
        );
      } else if (/^\p{Ll}/u.test(text)) {
        yield warning(path, `"${text}" does not begin with a capital letter.`, 'Write it as a sentence.');
      }
    }
  },
};
