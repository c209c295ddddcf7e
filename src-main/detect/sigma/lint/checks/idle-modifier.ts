import type { DetectionItem, Finding } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';
import { itemsOf } from '../items.ts';

/** A dash or slash at the start of a parameter, as windash looks for it. */
const PARAMETER = /\B[-/–—―]\b/;
const PLACEHOLDER = /%[^%\s]+%/;
const LETTER = /\p{L}/u;
/** Letters of an expression besides those of its escapes. */
const EXPRESSION_LETTER = /(?<!\\)\p{L}/u;

/** Modifiers that change nothing for the values they stand beside. */
const IDLE: readonly { readonly name: string; readonly needs: RegExp; readonly what: string }[] = [
  { name: 'cased', needs: LETTER, what: 'a letter' },
  { name: 'i', needs: EXPRESSION_LETTER, what: 'a letter' },
  { name: 'windash', needs: PARAMETER, what: 'a dash or slash at the start of a parameter' },
  { name: 'expand', needs: PLACEHOLDER, what: 'a placeholder such as %servers%' },
];

export const idleModifier: RuleCheck = {
  id: 'idle-modifier',
  summary: 'A modifier without any effect on the values beside it.',
  *check({ rule }) {
    for (const item of itemsOf(rule)) yield* idle(item);
  },
};

function* idle({ modifiers, values, path }: DetectionItem): Generator<Finding> {
  for (const { name, needs, what } of IDLE) {
    if (!modifiers.includes(name) || values.some((value) => needs.test(String(value)))) continue;
    yield warning(path, `"${name}" has no effect: no value has ${what}.`, 'Remove the modifier.');
  }
}
