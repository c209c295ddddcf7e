import { warning, type RuleCheck } from '../check.ts';

/** Specification, "condition": discouraged, because it means more with each selection that is added later. */
export const allOfThem: RuleCheck = {
  id: 'all-of-them',
  summary: 'A condition with "all of them".',
  *check({ rule }) {
    for (const { text, path } of rule.conditions) {
      if (!/\ball\s+of\s+them\b/i.test(text)) continue;
      yield warning(
        path,
        '"all of them" also takes in selections that are added later.',
        'Name the selections.',
      );
    }
  },
};
