import type { ParsedRule } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';

/** What an analyst needs before an alert can be judged. */
const WANTED: readonly (readonly [key: string, isMissing: (rule: ParsedRule) => boolean])[] = [
  ['status', ({ status }) => status === ''],
  ['description', ({ description }) => description.trim() === ''],
  ['author', ({ author }) => author === ''],
  ['date', ({ date }) => date === null],
];

export const missingMetadata: RuleCheck = {
  id: 'missing-metadata',
  summary: 'A rule without status, description, author or date.',
  *check({ rule }) {
    const missing = WANTED.filter(([, isMissing]) => isMissing(rule)).map(([key]) => key);
    if (missing.length === 0) return;
    yield warning(
      ['title'],
      `The rule has no ${missing.join(', no ')}.`,
      'Add what whoever sees its alerts will ask.',
    );
  },
};
