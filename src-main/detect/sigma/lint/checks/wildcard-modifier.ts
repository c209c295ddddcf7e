import { literalForm, parsePattern, type LiteralMode } from '../../compile/pattern.ts';
import type { DetectionItem, Finding } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';
import { itemsOf, keyOf } from '../items.ts';

const PLACEMENTS = ['contains', 'startswith', 'endswith'];

/** Modifiers say what wildcards at the ends of a value mean, and tools understand them better. */
export const wildcardModifier: RuleCheck = {
  id: 'wildcard-modifier',
  summary: 'Wildcards at the ends of values where a modifier says the same.',
  *check({ rule }) {
    for (const item of itemsOf(rule)) yield* wildcards(item);
  },
};

function* wildcards(item: DetectionItem): Generator<Finding> {
  if (item.field === null || item.modifiers.some((name) => name === 're' || name === 'exists')) return;
  const modes = new Set(item.values.map(modeOf));
  const [mode] = modes;
  if (PLACEMENTS.some((name) => item.modifiers.includes(name))) {
    if (!modes.has('equals') && !modes.has(null)) {
      const message = `The wildcards at the ends of the values add nothing to "${keyOf(item)}".`;
      yield warning(item.path, message, 'Remove them, or the modifier.');
    }
    return;
  }
  if (modes.size !== 1 || mode === undefined || mode === null || mode === 'equals') return;
  const better = [item.field, mode, ...item.modifiers].join('|');
  yield warning(item.path, 'All values have wildcards at their ends.', `Write "${better}" without them.`);
}

/** Null for values that are no text, or that have wildcards inside. */
function modeOf(value: DetectionItem['values'][number]): LiteralMode | null {
  return typeof value === 'string' ? (literalForm(parsePattern(value))?.mode ?? null) : null;
}
