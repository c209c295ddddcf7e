import { parsePattern } from '../../compile/pattern.ts';
import type { DetectionItem, SigmaValue } from '../../document/rule.ts';
import { hasWildcard, plainText, withWildcards } from '../item-text.ts';
import type { Parameters } from '../parameters.ts';
import { compileTextPattern } from '../text-pattern.ts';
import type { Test, TestFactory } from './condition-set.ts';
import { appliedId, stateTest } from './state-conditions.ts';

/** Conditions on one comparison of a rule, by their names in pySigma. */
export const ITEM_CONDITIONS: Readonly<Record<string, TestFactory<DetectionItem>>> = {
  match_string(parameters) {
    const pattern = compileTextPattern(parameters.text('pattern'), parameters.pathOf('pattern'));
    const isNegated = parameters.flag('negate');
    return valueTest(parameters, (value) => {
      const matches = typeof value === 'string' && pattern.matchesStart(plainText(value));
      return matches !== isNegated;
    });
  },
  match_value(parameters) {
    const wanted = parameters.scalar('value');
    return valueTest(parameters, (value) =>
      typeof value === 'string' && typeof wanted === 'string'
        ? plainText(value) === plainText(wanted)
        : value === wanted,
    );
  },
  contains_wildcard: (parameters) =>
    valueTest(parameters, (value) => typeof value === 'string' && hasWildcard(parsePattern(value))),
  is_null: (parameters) => valueTest(parameters, (value) => value === null),
  processing_item_applied(parameters) {
    const id = appliedId(parameters);
    return (item, draft) => draft.appliedTo(item).has(id);
  },
  processing_state(parameters) {
    const holds = stateTest(parameters);
    return (_, draft) => holds(draft);
  },
};

/** `cond` says whether any or all of the values have to fit. Values that are no texts fit nothing but null. */
function valueTest(parameters: Parameters, fits: (value: SigmaValue) => boolean): Test<DetectionItem> {
  const linking = parameters.choice('cond', ['any', 'all']);
  return (item) => {
    const values = withWildcards(item)?.values ?? [];
    return linking === 'any' ? values.some(fits) : values.length > 0 && values.every(fits);
  };
}
