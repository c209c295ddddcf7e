/** A piece of a condition as it is drawn. */
export interface ConditionPart {
  readonly kind: 'word' | 'selection' | 'text';
  readonly text: string;
  /** Names that it stands for: one, or those that a pattern means. */
  readonly names: readonly string[];
}

const WORDS = new Set(['and', 'or', 'not', 'of', 'all', 'any', '1', 'them']);

/** Cuts a condition into operators, names and what is between, keeping every character. */
export function conditionParts(condition: string, selections: readonly string[]): readonly ConditionPart[] {
  return condition.split(/([\w*-]+)/).flatMap((text): readonly ConditionPart[] => {
    if (text === '') return [];
    if (!/^[\w*-]+$/.test(text)) return [{ kind: 'text', text, names: [] }];
    if (text.toLowerCase() === 'them') return [{ kind: 'selection', text, names: visible(selections) }];
    if (selections.includes(text)) return [{ kind: 'selection', text, names: [text] }];
    if (WORDS.has(text.toLowerCase())) return [{ kind: 'word', text, names: [] }];
    if (text.includes('*')) return [{ kind: 'selection', text, names: matching(text, visible(selections)) }];
    return [{ kind: 'text', text, names: [] }];
  });
}

/** `them` and patterns pass over names that begin with an underscore (specification, "Condition"). */
function visible(selections: readonly string[]): readonly string[] {
  return selections.filter((name) => !name.startsWith('_'));
}

/** Without a regular expression: a pattern of many stars would let one run for very long. */
function matching(pattern: string, names: readonly string[]): readonly string[] {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  return names.filter((name) => {
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  });
}
