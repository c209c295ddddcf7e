import { warning, type RuleCheck } from '../check.ts';

export const datesInOrder: RuleCheck = {
  id: 'dates-in-order',
  summary: 'A rule that was modified before it was written.',
  *check({ rule: { date, modified } }) {
    if (date === null || modified === null || modified >= date) return;
    yield warning(
      ['modified'],
      `The rule was modified (${modified}) before it was written (${date}).`,
      'Correct one.',
    );
  },
};
