import { warning, type RuleCheck } from '../check.ts';
import { itemsOf, pathOfValue } from '../items.ts';

/** Letters, digits and escaped signs only: an expression that says no more than a text. */
const PLAIN = /^(?:[A-Za-z0-9 _:;,<>=!@#%&"'`~/-]|\\[\\.*+?()[\]{}|^$/-])+$/;

/** A text is found by the index and reads better. An expression tells case apart, a text does not. */
export const regexAsModifier: RuleCheck = {
  id: 'regex-as-modifier',
  summary: 'A regular expression that is only a text with something around it.',
  *check({ rule }) {
    for (const item of itemsOf(rule)) {
      if (item.field === null || !item.modifiers.includes('re') || item.modifiers.length > 1) continue;
      for (const [index, value] of item.values.entries()) {
        const modifier = modifierFor(String(value));
        if (modifier === null) continue;
        const hint = `"${item.field}${modifier}" says the same without an expression; add "cased" if case matters.`;
        yield warning(pathOfValue(item, index), 'This expression is only a text.', hint);
      }
    }
  },
};

/** The modifiers with which the text alone says the same; null when the expression says more. */
function modifierFor(source: string): string | null {
  const isTiedStart = source.startsWith('^');
  const isTiedEnd = source.endsWith('$') && !source.endsWith('\\$');
  const text = source.replace(/^\^?(?:\.\*)?/, '').replace(/(?:\.\*)?\$?$/, '');
  if (!PLAIN.test(text)) return null;
  const opensStart = !isTiedStart || source.startsWith('^.*');
  const opensEnd = !isTiedEnd || source.endsWith('.*$');
  if (opensStart) return opensEnd ? '|contains' : '|endswith';
  return opensEnd ? '|startswith' : '';
}
